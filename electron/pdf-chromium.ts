import type { BrowserContext, Page } from 'playwright-core'
import { KioskError } from '../data/errors.ts'
import type { Printable } from '../data/printable.ts'
import type { Log } from './log.ts'
import { pictureRequest, type RenderDots, slipDots } from './printing/dots.ts'
import type { RenderPdf } from './printing/pdf.ts'
import { type PdfBrowser, type PdfBrowserOptions, createPdfBrowsers } from './pdf-browser.ts'
import { createQueue, mostWaitingSlips } from './queue.ts'
import { TooLate, within } from './time-limit.ts'

export type ChromiumPdfOptions = Pick<PdfBrowserOptions, 'executable' | 'site'> & {
  readonly log: Log
  /** Milliseconds a slip may take from its turn on, the start of a browser included. */
  readonly timeout?: number
}

/** Draws slips and whatever else is printed with a headless Chromium that is kept warm, one at a time. */
export type ChromiumPdf = {
  /** Starts the browser ahead of the first slip; a failure is left to that slip to report. */
  readonly warmUp: () => Promise<void>
  /** The PDF of the page of a slip the host still remembers; throws `printing-failed`, at once where too many wait. */
  readonly render: RenderPdf
  /** The same page `width` dots wide, its margins left out as a thermal head leaves them. Throws the same. */
  readonly renderDots: RenderDots
  /** Ends every browser that was ever started. */
  readonly close: () => Promise<void>
}

/** A slip's turn. Once it is over, nothing may be started for it any more. */
type Turn = { isOver: boolean }

/** A renderer on the Chromium at `executable`. A slip whose browser or page dies or hangs is drawn again, once. */
export function createChromiumPdf(options: ChromiumPdfOptions): ChromiumPdf {
  const { executable, site, log, timeout = 15_000 } = options
  const browsers = createPdfBrowsers({ executable, site, timeout })
  const queue = createQueue(mostWaitingSlips)
  let current: Promise<PdfBrowser> | null = null

  function warmBrowser(): Promise<PdfBrowser> {
    if (current) return current
    const starting = browsers.start()
    current = starting
    // A browser that ends late must not take a later one's place away.
    const forget = () => {
      if (current === starting) current = null
    }
    starting.then((browser) => browser.onceEnded(forget), forget)
    return starting
  }

  /** The page of a browser that shows one slip after the other: a new one would cost as much as the slip. */
  const sheets = new WeakMap<PdfBrowser, Promise<Page>>()

  function sheetOf(browser: PdfBrowser): Promise<Page> {
    const known = sheets.get(browser)
    if (known) return known
    const opening = openSheet(browser.context, `${site().origin}/slip.html`)
    sheets.set(browser, opening)
    opening.catch(() => sheets.delete(browser))
    return opening
  }

  async function print(browser: PdfBrowser, { id }: Printable, take: Take): Promise<Uint8Array> {
    const page = await sheetOf(browser)
    try {
      return await printOn(page, id, take)
    } catch (error) {
      // Whatever went wrong must not be in the way of the next slip.
      sheets.delete(browser)
      void page.close().catch(() => {})
      throw error
    }
  }

  async function draw(slip: Printable, turn: Turn, take: Take): Promise<Uint8Array> {
    // One that has stood ready for long may have got stuck, as on a disk that was full: half the time is kept for another.
    const patience = current ? timeout / 2 : timeout
    const held = warmBrowser()
    const browser = await held
    try {
      return await within(patience, print(browser, slip, take))
    } catch (error) {
      // A fault that is not worded here is Playwright's: the browser or the page has died in one of many ways.
      const isItsOwn = error instanceof KioskError && !(error instanceof TooLate)
      if (turn.isOver || isItsOwn) throw error
      log.warn('A slip is drawn again, since its browser or page died or hangs', { error })
      discard(held)
      return print(await warmBrowser(), slip, take)
    }
  }

  async function takeTurn(slip: Printable, take: Take): Promise<Uint8Array> {
    const turn: Turn = { isOver: false }
    try {
      return await within(timeout, draw(slip, turn, take))
    } catch (error) {
      turn.isOver = true
      // What has not answered in time may never answer again: the next slip gets a new browser.
      if (error instanceof TooLate && current) discard(current)
      throw error
    }
  }

  function discard(held: Promise<PdfBrowser>): void {
    if (current === held) current = null
    void browsers.killAll()
    // Should it still be starting, it is killed as soon as there is something to kill.
    held.then(({ kill }) => kill()).catch(() => {})
  }

  return {
    warmUp: async () => {
      try {
        await sheetOf(await warmBrowser())
      } catch (error) {
        log.warn('The PDF browser did not start', { error })
      }
    },
    render: (slip) => queue(() => takeTurn(slip, pdfOf)),
    renderDots: async (slip, width) =>
      slipDots(await queue(() => takeTurn(slip, (page) => pictureOf(page, width))), width),
    close: browsers.endAll,
  }
}

/** What is made of a page that stands. */
type Take = (page: Page) => Promise<Uint8Array>

const pdfOf: Take = (page) => page.pdf({ preferCSSPageSize: true, printBackground: true })

/** The slip on the page as PNG, `width` pixels across what a head can burn. */
async function pictureOf(page: Page, width: number): Promise<Uint8Array> {
  const height = await page.locator('.slip').evaluate((slip) => slip.getBoundingClientRect().height)
  const devtools = await page.context().newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', pictureRequest(width, height))
  return Buffer.from(data, 'base64')
}

/** The page slips are drawn on, with none yet. Throws `printing-failed` where the host does not give it. */
async function openSheet(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  const answer = await page.goto(address, { timeout: 0 })
  if (!answer?.ok()) throw new KioskError('printing-failed', `The slip's page answers ${answer?.status()}`)
  return page
}

/** Shows the slip `id`, takes what is wanted of it, and leaves the page with none. */
async function printOn(page: Page, id: string, take: Take): Promise<Uint8Array> {
  const crash = new Promise<never>((_resolve, reject) => {
    page.once('crash', () => reject(new Error('Page crashed')))
  })
  const print = async (): Promise<Uint8Array> => {
    const show = (hash: string) =>
      page.evaluate((wanted) => {
        window.location.hash = wanted
      }, hash)
    await show(encodeURIComponent(id))
    const root = page.locator(`html[data-id="${id}"][data-slip]`)
    await root.waitFor({ state: 'attached', timeout: 0 })
    if ((await root.getAttribute('data-slip')) !== 'ready') {
      throw new KioskError('printing-failed', "The slip's page says that it failed")
    }
    const taken = await take(page)
    await show('')
    return taken
  }
  return Promise.race([print(), crash])
}
