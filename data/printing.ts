import * as v from 'valibot'

/** What keeps a printer from printing, as far as it has said so; `offline`: it does not answer at all. */
export const printerProblems = [
  'paper-empty',
  'paper-jam',
  'cover-open',
  'toner-empty',
  'offline',
  'paused',
  'wrong-paper',
  'busy',
  /** Of a folder that slips are saved in. */
  'disk-full',
  'not-writable',
  'unknown',
] as const

export type PrinterProblem = (typeof printerProblems)[number]

/** What will soon keep it from printing: for staff. */
export const printerWarnings = ['paper-low', 'toner-low'] as const

export type PrinterWarning = (typeof printerWarnings)[number]

/** What a printer says of itself before anything is sent. */
export const printerStatusSchema = v.variant('kind', [
  v.object({ kind: v.literal('ready'), warnings: v.array(v.picklist(printerWarnings)) }),
  v.object({ kind: v.literal('blocked'), problem: v.picklist(printerProblems) }),
])

export type PrinterStatus = v.InferOutput<typeof printerStatusSchema>

/** Kinds of printers; `folder`: slips become PDF files, because no printer is set. */
export const printerKinds = ['folder', 'ipp', 'escpos', 'windows'] as const

export type PrinterKind = (typeof printerKinds)[number]

/**
 * The life of a print job: `sent` is written before the printer is given anything, `printed` only when the
 * printer itself reported it completed, `saved` where a folder stands for the printer, `unknown` where nobody
 * can say whether a slip came out.
 */
export const jobStates = [
  'accepted',
  'rendering',
  'sent',
  'printing',
  'printed',
  'saved',
  'failed',
  'unknown',
] as const

export type JobState = (typeof jobStates)[number]

/** Why a job failed or is held up: the printer's problem, or what happened before one was asked. */
export const jobEnds = [
  ...printerProblems,
  /** The slip could not be drawn. */
  'render',
  /** The visitor took it back. */
  'withdrawn',
  /** The kiosk lost its power before anything was sent. */
  'interrupted',
] as const

export type JobEnd = (typeof jobEnds)[number]

/** One job as the visitor's screen is told of it. */
export const jobViewSchema = v.object({
  id: v.string(),
  state: v.picklist(jobStates),
  /** Why it failed, or what holds it up just now; else null. */
  reason: v.nullable(v.picklist(jobEnds)),
  /** Name of the file it was saved in, without its path; else null. */
  file: v.nullable(v.string()),
})

export type JobView = v.InferOutput<typeof jobViewSchema>

/** True once nothing more will happen to a job. */
export function hasEnded(state: JobState): boolean {
  return state === 'printed' || state === 'saved' || state === 'failed' || state === 'unknown'
}

/**
 * Why something is not printed though it was asked for: another is under way, this visit or minute has had
 * enough, or it needs sheets and the printer has a roll.
 */
export const refusals = ['under-way', 'visit-limit', 'minute-limit', 'no-sheets'] as const

export type Refusal = (typeof refusals)[number]

/** What comes of asking for a slip. */
export const printReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('job'), job: jobViewSchema }),
  v.object({ kind: v.literal('refused'), reason: v.picklist(refusals) }),
])

export type PrintReply = v.InferOutput<typeof printReplySchema>

/** How many slips are printed at most. */
export const printLimitsSchema = v.strictObject({
  perVisit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
  perMinute: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
})

export type PrintLimits = v.InferOutput<typeof printLimitsSchema>

/** What is usual in a lobby: one list for oneself, one for whoever one helps, and again after a jam. */
export const usualLimits: PrintLimits = { perVisit: 6, perMinute: 4 }

/** One job as staff are told of it. */
export const jobSummarySchema = v.object({
  /** What stands on the paper. */
  number: v.string(),
  state: v.picklist(jobStates),
  reason: v.nullable(v.picklist(jobEnds)),
  pages: v.nullable(v.number()),
  acceptedAt: v.pipe(v.string(), v.isoTimestamp()),
})

export type JobSummary = v.InferOutput<typeof jobSummarySchema>

/** Jobs of one day at the site by how they ended; those under way are not counted. */
export const dayCountSchema = v.object({
  day: v.string(),
  printed: v.number(),
  saved: v.number(),
  failed: v.number(),
  unknown: v.number(),
})

export type DayCount = v.InferOutput<typeof dayCountSchema>

/** What became of the journal: it is kept, a broken one was replaced lately, or it lasts for this run only. */
export const journalFates = ['kept', 'begun-anew', 'this-run-only'] as const

export type JournalFate = (typeof journalFates)[number]

/** What staff are shown of the printer: how it is, what waits, the latest jobs, and counts by day. */
export const printingReportSchema = v.object({
  kind: v.picklist(printerKinds),
  /** As the kiosk is set: "cups:Lobby". */
  printer: v.string(),
  status: v.nullable(printerStatusSchema),
  journal: v.picklist(journalFates),
  queue: v.array(jobSummarySchema),
  latest: v.array(jobSummarySchema),
  days: v.array(dayCountSchema),
})

export type PrintingReport = v.InferOutput<typeof printingReportSchema>
