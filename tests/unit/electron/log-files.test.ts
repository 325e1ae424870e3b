import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, createSinks } from '../../../electron/log.ts'
import { logPaths, openLogFiles } from '../../../electron/log-files.ts'
import { noon, temporaryFolder } from '../../fixtures/hosts.ts'
import { mountSmallDisk, noSmallDisk } from '../../fixtures/small-disk.ts'

const now = () => noon
const messages = (lines: readonly { readonly message: string }[]) => lines.map(({ message }) => message)
const sizes = (folder: string) =>
  logPaths(folder).map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0)

describe('the log on the disk', () => {
  it('gives back the latest lines, the newest first, with their fields', async () => {
    const files = openLogFiles(join(await temporaryFolder('logs'), 'not/there/yet'))
    const log = createLog(files.sink, now)
    for (const message of ['one', 'two', 'three']) log.warn(message, { pages: 2 })
    expect(files.readLatest(2)).toStrictEqual([
      { time: noon.toISOString(), level: 'warn', message: 'three', pages: 2 },
      { time: noon.toISOString(), level: 'warn', message: 'two', pages: 2 },
    ])
    expect(files.readLatest(0)).toStrictEqual([])
    expect(messages(files.readLatest(99))).toEqual(['three', 'two', 'one'])
  })

  it('never holds more than its files may, loses only the oldest, and goes on in the next run', async () => {
    const limits = { bytes: 2000, count: 3 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 1, maxLength: 80 }),
        fc.nat(80),
        async (said, restart) => {
          const folder = await temporaryFolder('logs')
          let files = openLogFiles(folder, limits)
          for (const [index, message] of said.entries()) {
            if (index === restart) files = openLogFiles(folder, limits)
            createLog(files.sink, now).info(message)
            for (const size of sizes(folder)) expect(size).toBeLessThanOrEqual(limits.bytes)
          }
          expect(sizes(folder).filter((size) => size > 0).length).toBeLessThanOrEqual(limits.count)
          const kept = messages(files.readLatest(1000))
          expect(kept.length).toBeGreaterThan(0)
          expect(kept).toStrictEqual(said.toReversed().slice(0, kept.length))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('passes over a line that a power cut has torn, and lets it swallow no other', async () => {
    const folder = await temporaryFolder('logs')
    const path = join(folder, 'kiosk.log')
    createLog(openLogFiles(folder).sink, now).info('before')
    appendFileSync(path, '{"time":"2026-11-23T04:00:00.000Z","level":"in')
    const files = openLogFiles(folder)
    createLog(files.sink, now).info('after')
    expect(messages(files.readLatest(9))).toEqual(['after', 'before'])
    appendFileSync(path, '\u0000\u0000\n"text"\n{"level":"odd"}\n')
    expect(messages(files.readLatest(9))).toEqual(['after', 'before'])
  })

  it('costs the kiosk nothing where its folder cannot be had', async () => {
    const folder = join(await temporaryFolder('logs'), 'file')
    writeFileSync(folder, '')
    const files = openLogFiles(folder)
    expect(() => files.sink('{}')).not.toThrow()
    expect(files.readLatest(5)).toEqual([])
  })

  it('costs the kiosk nothing where a folder stands in the place of a file', async () => {
    const folder = await temporaryFolder('logs')
    mkdirSync(join(folder, 'kiosk.log'))
    const files = openLogFiles(folder)
    expect(() => files.sink('{}')).not.toThrow()
    expect(files.readLatest(5)).toEqual([])
  })

  it('bounds a line, so that one does not push out all others', async () => {
    const files = openLogFiles(await temporaryFolder('logs'))
    createLog(files.sink, now).error('much', { text: 'x'.repeat(5_000_000) })
    const [line] = files.readLatest(1)
    expect(line).toMatchObject({ message: 'much', tooLong: expect.stringContaining('xxx') })
    expect(JSON.stringify(line).length).toBeLessThan(16_000)
  })

  it.skipIf(noSmallDisk)(
    `gives up its oldest lines on a full disk and never throws${noSmallDisk ? ` (not run: ${noSmallDisk})` : ''}`,
    () => {
      const disk = mountSmallDisk(256)
      try {
        const folder = join(disk.folder, 'logs')
        const files = openLogFiles(folder, { bytes: 8192, count: 5 })
        const log = createLog(files.sink, now)
        for (let line = 0; line < 300; line += 1) log.info(`room ${line} ${'·'.repeat(40)}`)
        disk.fill()
        for (let line = 0; line < 300; line += 1) log.info(`full ${line} ${'·'.repeat(40)}`)
        expect(messages(files.readLatest(1))[0]).toMatch(/^full /u)
        disk.clear()
        log.info('room again')
        expect(messages(files.readLatest(1))).toEqual(['room again'])
        expect(readFileSync(join(folder, 'kiosk.log'), 'utf8')).toMatch(/"room again"\}\n$/u)
      } finally {
        disk.remove()
      }
    },
  )
})

it('several sinks take each line, those that join later what was said before too', () => {
  const early: string[] = []
  const late: string[] = []
  const sinks = createSinks((line) => void early.push(line))
  sinks.sink('1')
  sinks.add((line) => void late.push(line))
  sinks.sink('2')
  expect({ early, late }).toEqual({ early: ['1', '2'], late: ['1', '2'] })
})
