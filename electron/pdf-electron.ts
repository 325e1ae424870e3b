import { KioskError } from '../data/errors.ts'
import { type RenderPdf } from './printing/pdf.ts'
import { createQueue, mostWaitingSlips } from './queue.ts'
import { within } from './time-limit.ts'

/** As much of an Electron window as drawing a slip needs. */
export type SlipWindow = {
  readonly loadURL: (url: string) => Promise<void>
  readonly destroy: () => void
  readonly webContents: {
    once(event: 'render-process-gone', listener: () => void): unknown
    readonly executeJavaScript: (code: string) => Promise<unknown>
    readonly printToPDF: (options: {
      preferCSSPageSize: boolean
      printBackground: boolean
      pageSize: 'A4'
    }) => Promise<Uint8Array>
  }
}

/** Waits in the page, without timers (an unseen page's are slowed), for the flag that says how drawing went. */
const waitForFlag = `new Promise((resolve) => {
  const root = document.documentElement
  const look = () => {
    const flag = root.dataset.slip
    if (flag === 'ready' || flag === 'failed') resolve(flag)
  }
  new MutationObserver(look).observe(root, { attributes: true, attributeFilter: ['data-slip'] })
  look()
})`

/**
 * Draws slips in an unseen Electron window, one at a time and one window a slip.
 * The renderer throws `printing-failed` where the page fails, dies or takes longer than `timeout` milliseconds
 * from its turn on, and at once where too many wait.
 */
export function createElectronPdf(options: {
  readonly origin: string
  readonly openWindow: () => SlipWindow
  readonly timeout?: number
}): RenderPdf {
  const { origin, openWindow, timeout = 15_000 } = options
  const queue = createQueue(mostWaitingSlips)

  async function draw(window: SlipWindow, id: string): Promise<Uint8Array> {
    await window.loadURL(`${origin}/slip.html?id=${encodeURIComponent(id)}`)
    const flag = await window.webContents.executeJavaScript(waitForFlag)
    if (flag !== 'ready') throw new KioskError('printing-failed', "The slip's page says that it failed")
    // Letter unless told otherwise, should the page's own size not be read.
    return window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, pageSize: 'A4' })
  }

  async function takeTurn(id: string): Promise<Uint8Array> {
    const window = openWindow()
    const death = new Promise<never>((_resolve, reject) => {
      window.webContents.once('render-process-gone', () =>
        reject(new KioskError('printing-failed', "The slip's page crashed")),
      )
    })
    try {
      return await within(timeout, Promise.race([draw(window, id), death]))
    } finally {
      window.destroy()
    }
  }
  return (slip) => queue(() => takeTurn(slip.id))
}
