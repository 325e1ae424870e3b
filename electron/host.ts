import type { Handlers } from '../data/contract.ts'
import { type Panel, usualPanel } from '../data/physical-size.ts'
import type { PrintLimits } from '../data/printing.ts'
import type { Paper } from '../data/slip.ts'
import { createDispatcher } from './dispatch.ts'
import type { EditionStore } from './editions/editions.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import type { Log } from './log.ts'
import { createChromiumPdf } from './pdf-chromium.ts'
import type { RenderDots } from './printing/dots.ts'
import { type RenderPdf, renderSound } from './printing/pdf.ts'
import type { DeskTiming } from './printing/desk.ts'
import type { Printer } from './printing/printer.ts'
import { type Clock, type ServiceOptions, type Services, createServices, systemClock } from './services.ts'

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
  /** Where slips go; the folder `folders.prints` unless given. */
  readonly printer?: Printer
  readonly limits?: PrintLimits
  readonly timing?: DeskTiming
  /** The address, where it is open already; one is opened on `port` otherwise. */
  readonly door?: FrontDoor
} & Pick<ServiceOptions, 'logFiles' | 'brightness' | 'call' | 'settingsProblems' | 'sticks' | 'updates'>

/** The services behind the screen, served on 127.0.0.1 and able to draw slips. */
export type BrowserHost = {
  /** The address that lets a browser in as often as it is opened, token and all. */
  readonly url: string
  readonly origin: string
  readonly port: number
  /** The same handlers the screen calls, for tools in this process. */
  readonly services: Handlers
  /** What is behind them, for whoever watches over the kiosk. */
  readonly kiosk: Pick<Services, 'handlers' | 'heartbeat' | 'isBusy'>
  /** The editions of this kiosk. */
  readonly editions: EditionStore
  /** A sound PDF of a slip that `services['compose-slip']` made; throws `printing-failed`. */
  readonly renderPdf: RenderPdf
  /** The same slip as dots, for printers that take no PDF. */
  readonly renderDots: RenderDots
  /** Starts the PDF browser ahead of the first slip; never rejects. */
  readonly warmUp: () => Promise<void>
  /** Finds out what became of slips that a power cut left open; never rejects. */
  readonly recover: () => Promise<void>
  /** Ends the PDF browser and every connection, and closes the journal. */
  readonly close: () => Promise<void>
}

/**
 * Starts the browser host without a window: for `browser-host.ts`, for tools that make a slip, for tests.
 * Rejects with the error of `listen` (`EADDRINUSE`) where the port cannot be had.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { folders, port, chromium, version, log, clock = systemClock } = options
  const { panel = usualPanel, kiosk = null, paper = 'a4' } = options
  const door = options.door ?? (await openFrontDoor({ renderer: folders.renderer, port }))
  const pdf = createChromiumPdf({ executable: chromium, site: () => door, log })
  const services = createServices({
    paths: folders,
    clock,
    log,
    kiosk,
    panel,
    paper,
    ...(options.printer && { printer: options.printer }),
    ...(options.limits && { limits: options.limits }),
    ...(options.timing && { timing: options.timing }),
    ...(options.logFiles && { logFiles: options.logFiles }),
    ...(options.brightness && { brightness: options.brightness }),
    ...(options.call && { call: options.call }),
    ...(options.sticks && { sticks: options.sticks }),
    ...(options.updates && { updates: options.updates }),
    ...(options.settingsProblems && { settingsProblems: options.settingsProblems }),
    shell: { host: 'browser', version, renderPdf: pdf.render, renderDots: pdf.renderDots },
  })
  door.answerWith(createDispatcher(services.handlers, log))
  // Read and checked while the browser is still starting; whoever asks later is told what is wrong with it.
  services.handlers['get-content']({}).catch(() => undefined)
  return {
    url: door.url,
    origin: door.origin,
    port: door.port,
    services: services.handlers,
    kiosk: services,
    editions: services.editions,
    renderPdf: async (slip) => (await renderSound(pdf.render, slip)).bytes,
    renderDots: pdf.renderDots,
    warmUp: pdf.warmUp,
    recover: services.recover,
    close: async () => {
      await services.close()
      await pdf.close()
      await door.close()
    },
  }
}
