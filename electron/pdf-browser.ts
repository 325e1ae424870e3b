import type { Browser, BrowserContext, BrowserServer } from 'playwright-core'
import { KioskError } from '../data/errors.ts'

export type PdfBrowserOptions = {
  /** Path of the Chromium to start, or null where none was found. */
  readonly executable: string | null
  /** The host the pages come from, asked for when the browser starts. */
  readonly site: () => {
    readonly origin: string
    readonly cookie: { readonly name: string; readonly value: string }
  }
  /** Milliseconds a browser may take to start. */
  readonly timeout: number
}

/** A headless Chromium that is let into the host. */
export type PdfBrowser = {
  readonly context: BrowserContext
  readonly onceEnded: (listener: () => void) => void
  readonly kill: () => Promise<void>
}

/** Starts headless Chromiums and knows all that still live. */
export type PdfBrowsers = {
  /** Throws `printing-failed` where there is none to start, or once all were ended for good. */
  readonly start: () => Promise<PdfBrowser>
  /** Kills every browser that lives, whether it still answers or not; resolves when they are gone. */
  readonly killAll: () => Promise<void>
  /** The same, for those that are still starting too; no other starts. */
  readonly endAll: () => Promise<void>
}

export function createPdfBrowsers({ executable, site, timeout }: PdfBrowserOptions): PdfBrowsers {
  const living = new Set<BrowserServer>()
  const starting = new Set<Promise<PdfBrowser>>()
  let isOver = false

  async function launch(): Promise<PdfBrowser> {
    if (!executable) throw new KioskError('printing-failed', 'There is no Chromium to draw slips with')
    // Loaded here, so that a host without slips to draw starts without it.
    const { chromium } = await import('playwright-core')
    // A browser launched as a server can be killed when it no longer answers; one launched directly cannot.
    const server = await chromium.launchServer({
      executablePath: executable,
      host: '127.0.0.1',
      timeout,
      // Chromium's sandbox refuses to run as root; for anyone else it stays on.
      chromiumSandbox: process.getuid?.() !== 0,
      handleSIGHUP: false,
      handleSIGINT: false,
      handleSIGTERM: false,
    })
    living.add(server)
    server.once('close', () => living.delete(server))
    try {
      const browser = await chromium.connect(server.wsEndpoint(), { timeout })
      const kill = () => server.kill()
      return { ...(await letIn(browser)), kill }
    } catch (error) {
      await server.kill()
      throw error
    }
  }

  async function letIn(browser: Browser): Promise<Omit<PdfBrowser, 'kill'>> {
    const { origin, cookie } = site()
    const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
    await context.addCookies([{ ...cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
    return {
      context,
      onceEnded: (listener) => void browser.once('disconnected', listener),
    }
  }

  async function killAll(): Promise<void> {
    await Promise.allSettled([...living].map((server) => server.kill()))
  }

  return {
    start: async () => {
      if (isOver) throw over()
      const launching = launch()
      starting.add(launching)
      try {
        return await launching
      } finally {
        starting.delete(launching)
      }
    },
    killAll,
    endAll: async () => {
      isOver = true
      await killAll()
      await Promise.allSettled(starting)
      await killAll()
    },
  }
}

function over(): KioskError {
  return new KioskError('printing-failed', 'The PDF renderer is closed')
}
