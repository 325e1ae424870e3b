import type { Envelope } from '../data/contract.ts'
import { type Dispatch, failure } from './dispatch.ts'
import { ipcChannel } from './ipc-channel.ts'
import type { Log } from './log.ts'

/** Who sent a message, as Electron tells it; `senderFrame` is null once that frame is gone. */
export type Sender = {
  readonly sender: { readonly id: number; readonly mainFrame: SenderFrame }
  readonly senderFrame: SenderFrame | null
}

type SenderFrame = { readonly origin: string }

/** Says whether a message comes from a page of ours. */
export type IsOurFrame = (event: Sender) => boolean

/** As much of Electron's ipcMain as answering calls needs. */
export type IpcListener = {
  handle(channel: string, listener: (event: Sender, ...args: unknown[]) => Promise<Envelope>): void
}

/** The windows whose pages may call; a window that is gone is forgotten. */
export type TrustedWindows = {
  readonly trust: (contents: {
    readonly id: number
    once(event: 'destroyed', listener: () => void): unknown
  }) => void
  readonly isOurFrame: IsOurFrame
}

/** Answers the calls of our pages on the one channel there is; anyone else gets `refused`, and the log says so. */
export function registerIpc(
  ipcMain: IpcListener,
  dispatch: Dispatch,
  isOurFrame: IsOurFrame,
  log: Log,
): void {
  ipcMain.handle(ipcChannel, async (event, name, args) => {
    if (isOurFrame(event)) return dispatch(name, args)
    log.error('A stranger called and was refused', { origin: event.senderFrame?.origin ?? null })
    return failure('refused', 'Calls are taken from the kiosk itself only')
  })
}

/** Trusts the main frame of the windows it is told of, while that frame shows a page of `origin`. */
export function createTrustedWindows(origin: string): TrustedWindows {
  const trusted = new Set<number>()
  return {
    trust: (contents) => {
      trusted.add(contents.id)
      contents.once('destroyed', () => trusted.delete(contents.id))
    },
    isOurFrame: ({ sender, senderFrame }) =>
      // No frame: it navigated away or is gone, and nobody can say who it was.
      senderFrame !== null &&
      trusted.has(sender.id) &&
      senderFrame === sender.mainFrame &&
      senderFrame.origin === origin,
  }
}
