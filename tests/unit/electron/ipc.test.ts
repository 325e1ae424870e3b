import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Envelope } from '../../../data/contract.ts'
import { type IpcListener, type Sender, createTrustedWindows, registerIpc } from '../../../electron/ipc.ts'
import { ipcChannel } from '../../../electron/ipc-channel.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

const origin = 'app://kiosk'
const page = { origin }

/** A window of ours, with its main frame on `page`. */
function ourWindow() {
  const windows = createTrustedWindows(origin)
  const contents = Object.assign(new EventEmitter(), { id: 3, mainFrame: page })
  windows.trust(contents)
  return { windows, contents }
}

const strangers: readonly { readonly title: string; readonly sender: Sender }[] = [
  { title: 'another window', sender: { sender: { id: 4, mainFrame: page }, senderFrame: page } },
  {
    title: 'a frame within our page',
    sender: { sender: { id: 3, mainFrame: page }, senderFrame: { origin } },
  },
  { title: 'a frame that is gone', sender: { sender: { id: 3, mainFrame: page }, senderFrame: null } },
  ...['https://example.org', 'app://kiosk.example', 'app://other', 'file://', 'null', ''].map((elsewhere) => {
    const frame = { origin: elsewhere }
    return {
      title: `our window on ${elsewhere || 'no origin'}`,
      sender: { sender: { id: 3, mainFrame: frame }, senderFrame: frame },
    }
  }),
]

const ours: Sender = { sender: { id: 3, mainFrame: page }, senderFrame: page }

describe('a sender', () => {
  it('is ours as the main frame of our window on our page', () => {
    expect(ourWindow().windows.isOurFrame(ours)).toBe(true)
  })

  it.each(strangers)('is a stranger as $title', ({ sender }) => {
    expect(ourWindow().windows.isOurFrame(sender)).toBe(false)
  })

  it('is a stranger once its window is gone', () => {
    const { windows, contents } = ourWindow()
    contents.emit('destroyed')
    expect(windows.isOurFrame(ours)).toBe(false)
  })
})

describe('a message', () => {
  function registered(isOurFrame: boolean) {
    const calls: unknown[][] = []
    const listeners = new Map<string, Parameters<IpcListener['handle']>[1]>()
    const log = memoryLog()
    const dispatch = async (...call: unknown[]): Promise<Envelope> => {
      calls.push(call)
      return { ok: true, value: 'answer' }
    }
    const ipcMain = {
      handle: (channel: string, listener: Parameters<IpcListener['handle']>[1]) =>
        void listeners.set(channel, listener),
    }
    registerIpc(ipcMain, dispatch, () => isOurFrame, log)
    return { calls, listeners, log }
  }

  it('is heard on one channel only', () => {
    expect([...registered(true).listeners.keys()]).toStrictEqual(['kiosk:call'])
  })

  it('of ours is dispatched', async () => {
    const { calls, listeners, log } = registered(true)
    const answer = await listeners.get(ipcChannel)?.(ours, 'get-slip', { id: 'a' }, 'more')
    expect(answer).toStrictEqual({ ok: true, value: 'answer' })
    expect(calls).toStrictEqual([['get-slip', { id: 'a' }]])
    expect(log.lines).toStrictEqual([])
  })

  it.each(strangers)('of a stranger ($title) is refused aloud and goes no further', async ({ sender }) => {
    const { calls, listeners, log } = registered(false)
    expect(await listeners.get(ipcChannel)?.(sender, 'get-slip', { id: 'a' })).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    })
    expect(calls).toStrictEqual([])
    expect(log.lines).toStrictEqual([
      {
        level: 'error',
        message: 'A stranger called and was refused',
        fields: { origin: sender.senderFrame?.origin ?? null },
      },
    ])
  })
})
