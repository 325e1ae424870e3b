import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { KioskError } from '../../../data/errors.ts'
import { type LogStream, createLog, streamSink } from '../../../electron/log.ts'
import { noon } from '../../fixtures/hosts.ts'

function written(): { readonly lines: string[]; readonly log: ReturnType<typeof createLog> } {
  const lines: string[] = []
  const log = createLog(
    (line) => void lines.push(line),
    () => noon,
  )
  return { lines, log }
}

describe('a line of the log', () => {
  it.each(['info', 'warn', 'error'] as const)('has time, level %s, message and fields', (level) => {
    const { lines, log } = written()
    log[level]('纸已打印', { pages: 2 })
    expect(lines).toStrictEqual([
      `{"time":"2026-11-23T04:00:00.000Z","level":"${level}","message":"纸已打印","pages":2}`,
    ])
  })

  it('stays one line whatever the message', () => {
    const { lines, log } = written()
    log.info('two\nlines', { more: 'and\r\nmore' })
    expect(lines.join('')).not.toMatch(/[\r\n]/)
  })

  it('holds an error with its causes, codes and stack', () => {
    const { lines, log } = written()
    const cause = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    log.error('Failed', { error: new KioskError('printing-failed', 'not saved', { pages: 1 }, cause) })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      error: {
        name: 'KioskError',
        code: 'printing-failed',
        message: 'not saved',
        details: { pages: 1 },
        stack: expect.stringContaining('log.test.ts'),
        cause: { message: 'no space', code: 'ENOSPC' },
      },
    })
  })

  it('holds what JSON has no form for', () => {
    const { lines, log } = written()
    log.info('odd', { big: 7n, none: undefined })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ big: '7' })
  })
})

describe('what cannot be written', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle

  it.each([
    { title: 'a circle', value: circle },
    {
      title: 'a value that refuses',
      value: {
        toJSON: () => {
          throw new Error('no')
        },
      },
    },
  ])('leaves the message: $title', ({ value }) => {
    const { lines, log } = written()
    log.error('Failed', { error: 'lost too', value })
    expect(JSON.parse(lines[0] ?? '')).toStrictEqual({
      time: noon.toISOString(),
      level: 'error',
      message: 'Failed',
      unwritable: ['error', 'value'],
    })
  })

  it('is nobody else’s fault where the sink throws', () => {
    const log = createLog(() => {
      throw new Error('EPIPE')
    })
    expect(() => log.error('Failed')).not.toThrow()
  })

  it('ends nothing where the stream reports it', () => {
    const emitter = new EventEmitter()
    const stream: LogStream = Object.assign(emitter, {
      write: () => void emitter.emit('error', new Error('EPIPE')),
    })
    const logs = [1, 2, 3].map(() => createLog(streamSink(stream)))
    for (const log of logs) expect(() => log.info('Lost')).not.toThrow()
    expect(emitter.listenerCount('error')).toBe(1)
  })
})
