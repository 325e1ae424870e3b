import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { callNames } from '../../../data/contract.ts'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>>(),
  invoked: [] as unknown[][],
}))

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (
      name: string,
      api: Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>,
    ) => void electron.exposed.set(name, api),
  },
  ipcRenderer: {
    invoke: async (...message: unknown[]) => {
      electron.invoked.push(message)
      return { ok: true, value: 'answer' }
    },
  },
}))

beforeAll(() => import('../../../electron/preload.ts'))
beforeEach(() => {
  electron.invoked.length = 0
})

const call = (...args: unknown[]) => electron.exposed.get('kiosk')?.['call']?.(...args)

describe('the page', () => {
  it('sees one function', () => {
    expect([...electron.exposed.keys()]).toStrictEqual(['kiosk'])
    expect(Object.keys(electron.exposed.get('kiosk') ?? {})).toStrictEqual(['call'])
  })

  it.each(callNames)('may call %s', async (name) => {
    expect(await call(name, { id: 'a' })).toStrictEqual({ ok: true, value: 'answer' })
    expect(electron.invoked).toStrictEqual([['kiosk:call', name, { id: 'a' }]])
  })

  it.each([
    'nope',
    '',
    'constructor',
    '__proto__',
    'toString',
    'kiosk:call',
    undefined,
    null,
    7,
    {},
    ['end-visit'],
  ])('may not call %j, and nothing is sent', async (name) => {
    expect(await call(name, {})).toStrictEqual({
      ok: false,
      error: { code: 'unknown-call', message: 'There is no such call' },
    })
    expect(electron.invoked).toStrictEqual([])
  })

  it('cannot add a channel or more arguments', async () => {
    await call('end-visit', {}, 'more', 'and more')
    expect(electron.invoked).toStrictEqual([['kiosk:call', 'end-visit', {}]])
  })
})
