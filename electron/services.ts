import { randomUUID } from 'node:crypto'
import { clockTrust } from '../data/clock-trust.ts'
import { type Handlers, type KioskInfo, type PrintOutcome } from '../data/contract.ts'
import { KioskError } from '../data/errors.ts'
import { type Panel } from '../data/physical-size.ts'
import { type Paper, type Slip, composeSlip } from '../data/slip.ts'
import { createClockMemory } from './clock-memory.ts'
import { createContentStore } from './content-store.ts'
import { type Log } from './log.ts'
import { createFolderPrinter } from './printing/folder.ts'
import { type RenderPdf, renderSound } from './printing/pdf.ts'
import { type Printer } from './printing/printer.ts'

/** Tells the time; tests hold it still. */
export type Clock = { readonly now: () => Date }

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() }

/** What differs between the hosts that run the services. */
export type Shell = {
  readonly host: KioskInfo['host']
  readonly version: string
  /** Draws the page of a slip that `get-slip` will give. */
  readonly renderPdf: RenderPdf
}

export type ServiceOptions = {
  readonly paths: {
    /** Folder of catalogue.json, site.json and the rest of the content. */
    readonly content: string
    /** Folder slips are saved in while no printer is set. */
    readonly prints: string
    /** Folder of what the kiosk keeps for itself; null or left out: for this run only. */
    readonly state?: string | null
  }
  readonly clock: Clock
  readonly log: Log
  readonly shell: Shell
  /** The panel the kiosk shows itself on. */
  readonly panel: Panel
  /** Which kiosk of site.json this is; the first unless given. */
  readonly kiosk?: string | null
  /** What lies in the printer; A4 unless given. */
  readonly paper?: Paper
  /** Where slips go; the folder `paths.prints` unless given. */
  readonly printer?: Printer
}

/** How many slips one visit may have composed before the oldest is forgotten. */
export const rememberedSlips = 8

/** As much of what the screen says as is repeated to the log. */
const short = (text: string): string => text.slice(0, 80)

/** The handlers of every call of the contract, as both hosts run them. */
export function createServices(options: ServiceOptions): Handlers {
  const { paths, clock, log, shell, panel, paper = 'a4' } = options
  const content = createContentStore(paths.content, { id: options.kiosk ?? null, log })
  const printer = options.printer ?? createFolderPrinter({ folder: paths.prints, now: clock.now, log })
  const memory = createClockMemory(paths.state ?? null, log)
  const slips = new Map<string, Slip>()
  const underWay = new Map<string, { readonly slip: Slip; readonly outcome: Promise<PrintOutcome> }>()

  function remember(slip: Slip): void {
    slips.set(slip.id, slip)
    for (const id of slips.keys()) {
      if (slips.size <= rememberedSlips) break
      slips.delete(id)
    }
  }

  /** The time, and the latest seen before it; the latter is what tells a clock that has jumped back. */
  async function lookAtClock(): Promise<{ readonly now: Date; readonly lastSeen: Date | null }> {
    const { catalogue } = await content.load()
    const seen = { now: clock.now(), lastSeen: memory.lastSeen() }
    const trust = clockTrust(seen.now, catalogue.edition, seen.lastSeen)
    if (trust.kind === 'trusted') memory.note(seen.now)
    else log.warn('The clock cannot be right, so nothing is called open', { ...seen, reason: trust.reason })
    return seen
  }

  function find(id: string): Slip {
    // The page that is being printed still asks for its slip when the visit has ended meanwhile.
    const slip = slips.get(id) ?? underWay.get(id)?.slip
    if (!slip) throw new KioskError('not-found', 'That slip is no longer remembered')
    return slip
  }

  return {
    'get-content': () => content.load(),
    'get-plan': async ({ building, floor }) => ({ svg: await content.plan(building, floor) }),
    'get-clock': async () => {
      const { lastSeen } = await lookAtClock()
      return { lastSeen: lastSeen?.toISOString() ?? null }
    },
    'get-kiosk': async () => ({
      host: shell.host,
      version: shell.version,
      panel,
      printer: { kind: printer.kind, paper },
    }),
    'compose-slip': async (request) => {
      const edition = await content.load()
      const known = new Set(edition.catalogue.services.map(({ id }) => id))
      if (request.services.some(({ id }) => !known.has(id))) {
        // Said without its id: the log is not to know what a visitor asked for.
        throw new KioskError('not-found', `No such service in edition ${edition.catalogue.edition}`)
      }
      const slip = composeSlip(request, edition, await lookAtClock(), randomUUID())
      remember(slip)
      return slip
    },
    'get-slip': async ({ id }) => find(id),
    'print-slip': async ({ id }) => {
      const joined = underWay.get(id)
      if (joined) return joined.outcome
      const slip = find(id)
      const outcome = printSlip(slip, shell.renderPdf, printer, log).finally(() => underWay.delete(id))
      underWay.set(id, { slip, outcome })
      return outcome
    },
    'end-visit': async () => {
      slips.clear()
      return {}
    },
    'report-fault': async ({ message, where }) => {
      log.error('The screen reports a fault', { fault: short(message), where: short(where) })
      return {}
    },
  }
}

async function printSlip(slip: Slip, render: RenderPdf, printer: Printer, log: Log): Promise<PrintOutcome> {
  let bytes
  try {
    bytes = await renderSound(render, slip)
  } catch (error) {
    log.error('A slip could not be drawn', { error })
    return { kind: 'failed', reason: 'render' }
  }
  try {
    const outcome = await printer.print({ bytes })
    log.info('A slip was sent to the printer', { outcome: outcome.kind, bytes: bytes.length })
    return outcome
  } catch (error) {
    log.error('The printer failed in a way it should not', { error })
    return { kind: 'failed', reason: 'unknown' }
  }
}
