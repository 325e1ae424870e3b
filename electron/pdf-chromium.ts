import type { Browser, BrowserContext } from 'playwright-core'
import { KioskError } from '../data/errors.ts'
import { type Slip } from '../data/slip.ts'
import { type Log } from './log.ts'
import { within } from './time-limit.ts'

export type ChromiumPdfOptions = {
  /** Path of the Chromium to start, or null where none was found. */
  readonly executable: string | null
  /** The host the pages come from, asked for when the browser starts. */
  readonly site: () => {
    readonly origin: string
    readonly cookie: { readonly name: string; readonly value: string }
  }
  readonly log: Log
  /** Milliseconds a slip's page may take until it says that it is ready. */
  readonly timeout?: number
}

/** Draws slips with a headless Chromium that is kept warm. */
export type ChromiumPdf = {
  /** Starts the browser ahead of the first slip; a failure is left to that slip to report. */
  readonly warmUp: () => Promise<void>
  /** The PDF of the page of a slip the host still remembers; throws `printing-failed`. */
  readonly render: (slip: Slip) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

type Session = { readonly browser: Browser; readonly context: BrowserContext }

/** A renderer on the Chromium at `executable`; a browser that died is started anew, once a slip. */
export function createChromiumPdf(options: ChromiumPdfOptions): ChromiumPdf {
  const { executable, site, log, timeout = 15_000 } = options
  let session: Promise<Session> | null = null
  let isClosed = false

  async function current(): Promise<Session> {
    if (isClosed) throw new KioskError('printing-failed', 'The PDF renderer is closed')
    if (session) return session
    const starting = start()
    session = starting
    const forget = () => {
      if (session === starting) session = null
    }
    starting.then(({ browser }) => browser.once('disconnected', forget), forget)
    return starting
  }

  async function start(): Promise<Session> {
    if (!executable) throw new KioskError('printing-failed', 'There is no Chromium to draw slips with')
    // Loaded here, so that a host without slips to draw starts without it.
    const { chromium } = await import('playwright-core')
    const browser = await chromium.launch({
      executablePath: executable,
      timeout,
      // Chromium's sandbox refuses to run as root; for anyone else it stays on.
      chromiumSandbox: process.getuid?.() !== 0,
      handleSIGHUP: false,
      handleSIGINT: false,
      handleSIGTERM: false,
    })
    try {
      const { origin, cookie } = site()
      const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
      await context.addCookies([{ ...cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
      return { browser, context }
    } catch (error) {
      await browser.close().catch(() => {})
      throw error
    }
  }

  async function renderOnce(slip: Slip, { browser, context }: Session): Promise<Uint8Array> {
    let isLate = true
    const printing = printPage(context, `${site().origin}/slip.html?id=${encodeURIComponent(slip.id)}`)
    try {
      return await within(
        timeout,
        printing.finally(() => {
          isLate = false
        }),
      )
    } catch (error) {
      // What has not answered in time may never answer again: the next slip gets a new browser.
      if (isLate) discard(browser)
      throw error
    }
  }

  function discard(browser: Browser): void {
    session = null
    browser.close().catch(() => {})
  }

  return {
    warmUp: () =>
      current().then(
        () => {},
        (error: unknown) => log.warn('The PDF browser did not start', { error }),
      ),
    render: async (slip) => {
      const first = await current()
      try {
        return await renderOnce(slip, first)
      } catch (error) {
        if (first.browser.isConnected()) throw error
        log.warn('The PDF browser ended within a slip and is started anew', { error })
        return renderOnce(slip, await current())
      }
    },
    close: async () => {
      isClosed = true
      const open = await session?.catch(() => null)
      await open?.browser.close().catch(() => {})
    },
  }
}

async function printPage(context: BrowserContext, address: string): Promise<Uint8Array> {
  const page = await context.newPage()
  try {
    const answer = await page.goto(address, { timeout: 0, waitUntil: 'domcontentloaded' })
    if (!answer?.ok()) throw new KioskError('printing-failed', `The slip's page answers ${answer?.status()}`)
    const root = page.locator('html[data-slip="ready"], html[data-slip="failed"]')
    await root.waitFor({ state: 'attached', timeout: 0 })
    if ((await root.getAttribute('data-slip')) !== 'ready') {
      throw new KioskError('printing-failed', "The slip's page says that it failed")
    }
    return await page.pdf({ preferCSSPageSize: true, printBackground: true })
  } finally {
    await page.close().catch(() => {})
  }
}
