import { wallClock } from '../../data/calendar.ts'
import type { DayCount, JobSummary, JournalFate, PrinterStatus, PrintingReport } from '../../data/printing.ts'
import type { Paper } from '../../data/slip.ts'
import type { FoundPrinter } from '../../data/staff.ts'
import type { JobRecord, Journal } from '../journal.ts'
import type { Log } from '../log.ts'
import { OptionError } from '../options.ts'
import { choosePrinter } from './choose-printer.ts'
import { findPrinters } from './find-printers.ts'
import { createPrinterWatch } from './printer-watch.ts'
import type { Printer } from './printer.ts'
import { type SwitchablePrinter, switchablePrinter } from './switchable-printer.ts'

/** What comes of choosing another printer. */
export type PrinterChoice =
  | { readonly kind: 'chosen' }
  /** A slip is under way on the one before. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-such-printer'; readonly why: string }

/** The kiosk's printer as staff see and choose it. */
export type PrinterControl = {
  readonly printer: SwitchablePrinter
  readonly status: () => Promise<PrinterStatus | null>
  /** How it is, what waits, the latest 200 jobs and the last 31 days by the calendar of `timeZone`. */
  readonly report: (timeZone: string) => Promise<PrintingReport>
  /** Jobs by day, the newest first, as far back as the journal goes. */
  readonly days: (timeZone: string) => readonly DayCount[]
  readonly find: () => Promise<FoundPrinter[]>
  /** From now on slips go to the printer that `setting` names. */
  readonly use: (setting: string, paper: Paper) => PrinterChoice
}

/** How many jobs and days staff are shown. */
const latestJobs = 200
const latestDays = 31
/** The journal keeps no more. */
const allDays = 400

/** Begins with the printer `first`; `prints` is the folder that stands for one. */
export function createPrinterControl(options: {
  readonly first: Printer
  readonly prints: string
  readonly journal: Journal
  /** What staff are to know of the journal. */
  readonly fate: JournalFate
  readonly now: () => Date
  readonly log: Log
}): PrinterControl {
  const { first, prints, journal, fate, now, log } = options
  const printer = switchablePrinter(first)
  let watch = createPrinterWatch(printer, log)

  return {
    printer,
    status: () => watch.status(),
    report: async (timeZone) => ({
      kind: printer.kind,
      printer: printer.name,
      status: await watch.status(),
      journal: fate,
      queue: journal.unfinished().map(summaryOf),
      latest: journal.latest(latestJobs).map(summaryOf),
      days: [...journal.days(latestDays, (instant) => wallClock(instant, timeZone).date)],
    }),
    days: (timeZone) => journal.days(allDays, (instant) => wallClock(instant, timeZone).date),
    find: () => findPrinters({ log }),
    use: (setting, paper) => {
      if (journal.unfinished().length > 0) return { kind: 'busy' }
      try {
        printer.switchTo(choosePrinter(setting, { prints, paper, now, log }))
      } catch (error) {
        if (error instanceof OptionError) return { kind: 'no-such-printer', why: error.message }
        throw error
      }
      watch = createPrinterWatch(printer, log)
      return { kind: 'chosen' }
    },
  }
}

function summaryOf({ number, state, reason, pages, times }: JobRecord): JobSummary {
  return { number, state, reason, pages, acceptedAt: times.accepted ?? '' }
}
