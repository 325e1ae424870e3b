import * as v from 'valibot'
import { KioskError } from '../data/errors.ts'
import { pictureRequest, type RenderDots, slipDots } from './printing/dots.ts'
import type { RenderPdf } from './printing/pdf.ts'
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
    readonly debugger: {
      readonly attach: (version: string) => void
      readonly sendCommand: (method: string, parameters: object) => Promise<unknown>
    }
  }
}

const pictureSchema = v.object({ data: v.string() })

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
}): { readonly renderPdf: RenderPdf; readonly renderDots: RenderDots } {
  const { origin, openWindow, timeout = 15_000 } = options
  const queue = createQueue(mostWaitingSlips)

  async function draw(window: SlipWindow, id: string, take: Take): Promise<Uint8Array> {
    await window.loadURL(`${origin}/slip.html?id=${encodeURIComponent(id)}`)
    const flag = await window.webContents.executeJavaScript(waitForFlag)
    if (flag !== 'ready') throw new KioskError('printing-failed', "The slip's page says that it failed")
    return take(window)
  }

  async function takeTurn(id: string, take: Take): Promise<Uint8Array> {
    const window = openWindow()
    const death = new Promise<never>((_resolve, reject) => {
      window.webContents.once('render-process-gone', () =>
        reject(new KioskError('printing-failed', "The slip's page crashed")),
      )
    })
    try {
      return await within(timeout, Promise.race([draw(window, id, take), death]))
    } finally {
      window.destroy()
    }
  }
  return {
    renderPdf: (slip) => queue(() => takeTurn(slip.id, pdfOf)),
    renderDots: async (slip, width) =>
      slipDots(await queue(() => takeTurn(slip.id, (window) => pictureOf(window, width))), width),
  }
}

/** What is made of a page that stands. */
type Take = (window: SlipWindow) => Promise<Uint8Array>

const pdfOf: Take = ({ webContents }) =>
  // Letter unless told otherwise, should the page's own size not be read.
  webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, pageSize: 'A4' })

/** The slip on the page as PNG, through the same DevTools call as in the browser host. */
async function pictureOf({ webContents }: SlipWindow, width: number): Promise<Uint8Array> {
  const height = await webContents.executeJavaScript(
    "document.querySelector('.slip').getBoundingClientRect().height",
  )
  webContents.debugger.attach('1.3')
  const request = pictureRequest(width, v.parse(v.number(), height))
  const answer = await webContents.debugger.sendCommand('Page.captureScreenshot', request)
  return Buffer.from(v.parse(pictureSchema, answer).data, 'base64')
}
