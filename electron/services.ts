import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { wallClock } from '../data/calendar.ts'
import { clockTrust } from '../data/clock-trust.ts'
import type { Handlers, KioskInfo } from '../data/contract.ts'
import { KioskError } from '../data/errors.ts'
import { type Brightness, fullBrightness } from '../data/night.ts'
import type { Panel } from '../data/physical-size.ts'
import type { Printable } from '../data/printable.ts'
import { type PrintLimits, type PrintReply, usualLimits } from '../data/printing.ts'
import type { Settings } from '../data/settings.ts'
import { type Paper, type Slip, composeSlip } from '../data/slip.ts'
import type { StaffSettings } from '../data/staff.ts'
import { composeStaffGuide } from '../data/staff-guide.ts'
import { officialLanguage } from '../data/translations.ts'
import { createClockMemory } from './clock-memory.ts'
import { createContentStore } from './content-store.ts'
import { type Heartbeat, createHeartbeat } from './heartbeat.ts'
import { readContentFolder } from './editions/content-folder.ts'
import { contentOf } from './editions/content-of.ts'
import { hasRoomFor } from './editions/disk.ts'
import { createEditionStore } from './editions/edition-store.ts'
import type { EditionStore } from './editions/editions.ts'
import type { Log } from './log.ts'
import type { LogFiles } from './log-files.ts'
import { within } from './time-limit.ts'
import { keepJournal } from './journal-care.ts'
import { openUsage } from './usage.ts'
import { type DeskTiming, createPrintDesk } from './printing/desk.ts'
import type { RenderPdf } from './printing/pdf.ts'
import { createPrinterControl } from './printing/printer-control.ts'
import type { RenderDots } from './printing/dots.ts'
import { type Printer, folderPrinter } from './printing/printer.ts'
import { createStaff } from './staff/staff.ts'
import type { StickSource } from './sticks/stick-source.ts'

/** Tells the time; tests hold it still. */
export type Clock = { readonly now: () => Date }

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() }

/** Bytes a browser writes down to draw a slip, about. */
const roomToDraw = 256 * 1024

/** What differs between the hosts that run the services. */
export type Shell = {
  readonly host: KioskInfo['host']
  readonly version: string
  /** Draws the page of a slip that `get-slip` will give. */
  readonly renderPdf: RenderPdf
  /** Draws the same page as dots, for printers that take no PDF. */
  readonly renderDots: RenderDots
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
  readonly limits?: PrintLimits
  readonly timing?: DeskTiming
  /** The log on the disk, for staff to read; nothing is shown of it unless given. */
  readonly logFiles?: LogFiles
  /** Always full unless given. */
  readonly brightness?: Brightness
  /** Where sticks are looked for; the drives of this machine unless given. */
  readonly sticks?: StickSource
  /** What a stick may bring; everything, unsigned with a PIN, unless given. */
  readonly updates?: Settings['updates']
  /** Whom to call when the kiosk is out of service; nobody unless given. */
  readonly call?: KioskInfo['call']
  /** What is wrong with the settings file; nothing unless given. */
  readonly settingsProblems?: KioskInfo['settingsProblems']
}

/** What both hosts run: the handlers, and what has to be begun and ended with them. */
export type Services = {
  readonly handlers: Handlers
  /** The signs of life the page gives. */
  readonly heartbeat: Heartbeat
  /** True while someone is at the kiosk or a slip is under way. */
  readonly isBusy: () => boolean
  readonly editions: EditionStore
  /** Finds out what became of slips that a power cut left open; never rejects. */
  readonly recover: () => Promise<void>
  /** Waits for the slip that is under way, at most `patience` milliseconds, and closes the journal. */
  readonly close: (patience?: number) => Promise<void>
}

/** How many slips one visit may have composed before the oldest is forgotten. */
export const rememberedSlips = 8

/** As many days of counts as are taken away. */
const countedDays = 400

/** As much of what the screen says as is repeated to the log. */
const short = (text: string): string => text.slice(0, 80)

/** The handlers of every call of the contract, as both hosts run them, and the journal behind them. */
export function createServices(options: ServiceOptions): Services {
  const { paths, clock, log, shell } = options
  const editions = createEditionStore({
    state: paths.state ?? null,
    factory: () => readContentFolder(paths.content),
    read: (files) => contentOf(files, { id: options.kiosk ?? null, log }),
    now: clock.now,
    log,
    app: shell.version,
  })
  const content = createContentStore(editions)
  const { journal, fate } = keepJournal(paths.state ?? null, clock.now, log)
  const first = options.printer ?? folderPrinter(paths.prints, clock.now, log)
  const control = createPrinterControl({ first, prints: paths.prints, journal, fate, now: clock.now, log })
  const { printer } = control
  const desk = createPrintDesk({
    device: printer.device,
    get printer() {
      return printer.name
    },
    journal,
    render: shell.renderPdf,
    renderDots: shell.renderDots,
    hasRoom: () => [tmpdir(), paths.state ?? paths.prints].every((folder) => hasRoomFor(roomToDraw, folder)),
    limits: options.limits ?? usualLimits,
    ...(options.timing && { timing: options.timing }),
    log,
  })
  const usage = openUsage(paths.state ?? null, log)
  const memory = createClockMemory(paths.state ?? null, log)
  const heartbeat = createHeartbeat()
  const slips = new Map<string, Slip>()

  function remember(slip: Slip): void {
    slips.set(slip.id, slip)
    for (const id of slips.keys()) {
      if (slips.size <= rememberedSlips) break
      slips.delete(id)
    }
  }

  /** The time, and the latest seen before it; the latter is what tells a clock that has jumped back. */
  async function lookAtClock(): Promise<{ readonly now: Date; readonly lastSeen: Date | null }> {
    const { catalogue } = await content.shown()
    const seen = { now: clock.now(), lastSeen: memory.lastSeen() }
    const trust = clockTrust(seen.now, catalogue.edition, seen.lastSeen)
    if (trust.kind === 'trusted') memory.note(seen.now)
    else log.warn('The clock cannot be right, so nothing is called open', { ...seen, reason: trust.reason })
    return seen
  }

  function find(id: string): Printable {
    // The page that is being printed still asks for its document when the visit has ended meanwhile.
    const slip = slips.get(id) ?? desk.underWay(id)
    if (!slip) throw new KioskError('not-found', 'That slip is no longer remembered')
    return slip
  }

  async function printTestPage({ paper }: StaffSettings): Promise<PrintReply> {
    const edition = await content.shown()
    const services = edition.catalogue.services.slice(0, 1).map(({ id }) => ({ id, answers: {} }))
    const request = { services, format: paper, language: officialLanguage } as const
    return desk.print(composeSlip(request, edition, await lookAtClock(), randomUUID()), randomUUID())
  }

  async function printGuide({ paper }: StaffSettings): Promise<PrintReply> {
    if (paper === 'roll') return { kind: 'refused', reason: 'no-sheets' }
    const which = { format: paper, program: shell.version }
    const guide = composeStaffGuide(which, await content.shown(), clock.now(), randomUUID())
    return desk.print(guide, randomUUID(), 'staff')
  }

  const staff = createStaff({
    folder: paths.state ?? null,
    now: clock.now,
    log,
    version: shell.version,
    inForce: {
      kiosk: options.kiosk ?? null,
      panel: options.panel,
      printer: first.name,
      paper: options.paper ?? 'a4',
    },
    printing: control,
    printTestPage,
    printGuide,
    editions,
    content,
    isClockTrusted: async () => {
      const { catalogue } = await content.shown()
      return clockTrust(clock.now(), catalogue.edition, memory.lastSeen()).kind === 'trusted'
    },
    counts: () => usage.counts(countedDays),
    readLog: (most) => options.logFiles?.readLatest(most) ?? [],
    ...(options.sticks && { sticks: options.sticks }),
    ...(options.updates && { policy: options.updates }),
  })

  const handlers: Handlers = {
    ...staff.handlers,
    'get-content': () => content.show(),
    'get-edition': async ({ shown }) => {
      if (shown !== null) editions.confirm(shown)
      return content.mark()
    },
    'get-plan': async ({ building, floor }) => ({ svg: await content.plan(building, floor) }),
    'get-clock': async () => {
      const { lastSeen } = await lookAtClock()
      return { lastSeen: lastSeen?.toISOString() ?? null }
    },
    'get-kiosk': async () => ({
      host: shell.host,
      version: shell.version,
      brightness: options.brightness ?? fullBrightness,
      panel: staff.settings().panel,
      printer: { kind: printer.kind, paper: staff.settings().paper },
      call: options.call ?? { who: null, phone: null },
      settingsProblems: options.settingsProblems ?? [],
    }),
    'compose-slip': async (request) => {
      const edition = await content.shown()
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
    'get-printer': async () => ({ status: await control.status() }),
    'print-slip': async ({ id }) => desk.print(find(id), randomUUID()),
    'get-job': async ({ id }) => known(desk.job(id)),
    'withdraw-job': async ({ id }) => known(await desk.withdraw(id)),
    alive: async (sign) => {
      heartbeat.note(sign)
      return {}
    },
    'count-use': async (use) => {
      const { catalogue, site } = await content.shown()
      // Only what the edition has is counted: nothing else can get into the counts by this way.
      const isKnown = use.kind !== 'view' || catalogue.services.some(({ id }) => id === use.service)
      if (isKnown) usage.count(use, wallClock(clock.now(), site.timeZone).date)
      return {}
    },
    'end-visit': async () => {
      slips.clear()
      usage.endVisit()
      desk.endVisit()
      staff.leave()
      return {}
    },
    'report-fault': async ({ message, where }) => {
      log.error('The screen reports a fault', { fault: short(message), where: short(where) })
      return {}
    },
  }

  return {
    handlers,
    heartbeat,
    isBusy: () => heartbeat.hasVisit() || journal.unfinished().length > 0,
    editions,
    recover: desk.recover,
    close: async (patience = 5000) => {
      await within(patience, desk.close()).catch(() => log.warn('A slip was still under way at the end'))
      staff.close()
      journal.close()
      usage.close()
    },
  }
}

function known<T>(job: T | null): T {
  if (job === null) throw new KioskError('not-found', 'That print job is not known')
  return job
}
