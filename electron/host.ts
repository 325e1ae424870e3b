import { randomBytes } from 'node:crypto'
import { type Handlers } from '../data/contract.ts'
import { type Panel, usualPanel } from '../data/physical-size.ts'
import { type Paper } from '../data/slip.ts'
import { createDispatcher } from './dispatch.ts'
import { createHttpHost } from './http.ts'
import { type Log } from './log.ts'
import { createChromiumPdf } from './pdf-chromium.ts'
import { type RenderPdf, renderSound } from './printing/pdf.ts'
import { type Clock, createServices, systemClock } from './services.ts'
import { createStaticFiles } from './static-files.ts'

export type BrowserHostOptions = {
  readonly folders: {
    /** catalogue.json, site.json and the rest of the content */
    readonly content: string
    /** Where slips are saved. */
    readonly prints: string
    /** What the kiosk keeps for itself; left out: for this run only. */
    readonly state?: string | null
    /** The built renderer: index.html, slip.html, assets/ */
    readonly renderer: string
  }
  /** 0: any free port. */
  readonly port: number
  /** Path of the Chromium that draws slips; null: slips cannot be drawn. */
  readonly chromium: string | null
  readonly version: string
  readonly log: Log
  readonly clock?: Clock
  /** Which kiosk of site.json this is; the first unless given. */
  readonly kiosk?: string | null
  /** What lies in the printer; A4 unless given. */
  readonly paper?: Paper
  /** The panel the screen is shown on; the usual one unless given. */
  readonly panel?: Panel
}

/** The services behind the screen, served on 127.0.0.1 and able to draw slips. */
export type BrowserHost = {
  /** The address that lets a browser in, token and all. */
  readonly url: string
  readonly origin: string
  readonly port: number
  /** The same handlers the screen calls, for tools in this process. */
  readonly services: Handlers
  /** A sound PDF of a slip that `services['compose-slip']` made; throws `printing-failed`. */
  readonly renderPdf: RenderPdf
  /** Starts the PDF browser ahead of the first slip; never rejects. */
  readonly warmUp: () => Promise<void>
  /** Ends the PDF browser and every connection. */
  readonly close: () => Promise<void>
}

/**
 * Starts the browser host without a window: for `browser-host.ts`, for tools that make a slip, for tests.
 * Rejects with the error of `listen` (`EADDRINUSE`) where the port cannot be had.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { folders, port, chromium, version, log, clock = systemClock } = options
  const { panel = usualPanel, kiosk = null, paper = 'a4' } = options
  const pdf = createChromiumPdf({ executable: chromium, site: () => http, log })
  const services = createServices({
    paths: folders,
    clock,
    log,
    kiosk,
    panel,
    paper,
    shell: { host: 'browser', version, renderPdf: pdf.render },
  })
  const http = await createHttpHost({
    dispatch: createDispatcher(services, log),
    files: createStaticFiles(folders.renderer),
    token: randomBytes(24).toString('base64url'),
    port,
  })
  return {
    url: http.url,
    origin: http.origin,
    port: http.port,
    services,
    renderPdf: (slip) => renderSound(pdf.render, slip),
    warmUp: pdf.warmUp,
    close: async () => {
      await pdf.close()
      await http.close()
    },
  }
}
