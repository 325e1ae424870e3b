import type { PrinterProblem, PrinterStatus, PrinterWarning } from '../../../data/printing.ts'
import type { JobReport } from '../device.ts'

/** What a printer says of itself (RFC 8011 section 5.4): its state, why, and whether it takes jobs. */
export type PrinterWords = {
  /** `printer-state`: 3 idle, 4 processing, 5 stopped. */
  readonly state: number | null
  /** `printer-state-reasons`, as they came. */
  readonly reasons: readonly string[]
  /** `printer-is-accepting-jobs`; null where it says nothing of that. */
  readonly isAccepting: boolean | null
}

/** What a printer says of a job (RFC 8011 section 5.3.7 and 5.3.8). */
export type JobWords = {
  readonly state: number | null
  /** `job-state-reasons`, as they came. */
  readonly reasons: readonly string[]
  /** What keeps the printer that has the job from going on; null where nothing does. */
  readonly problem: PrinterProblem | null
}

/** `printer-state` (RFC 8011 section 5.4.11). */
export const printerStates = { idle: 3, processing: 4, stopped: 5 } as const

/** `job-state` (RFC 8011 section 5.3.7). */
export const jobStates = {
  pending: 3,
  held: 4,
  processing: 5,
  stopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const

/** Keywords that keep a printer from printing (RFC 8011 section 5.4.12, PWG 5100.9 and 5100.13, CUPS). */
const problems = new Map<string, PrinterProblem>([
  ['media-empty', 'paper-empty'],
  ['media-needed', 'paper-empty'],
  ['input-media-supply-empty', 'paper-empty'],
  ['input-tray-missing', 'paper-empty'],
  ['input-media-tray-missing', 'paper-empty'],
  ['input-media-tray-feed-error', 'paper-jam'],
  ['media-jam', 'paper-jam'],
  ['media-path-media-tray-feed-error', 'paper-jam'],
  ['media-path-jam', 'paper-jam'],
  ['input-media-size-change', 'wrong-paper'],
  ['input-media-form-parts-missing', 'wrong-paper'],
  ['cover-open', 'cover-open'],
  ['door-open', 'cover-open'],
  ['interlock-open', 'cover-open'],
  ['input-cannot-feed-size-selected', 'wrong-paper'],
  ['toner-empty', 'toner-empty'],
  ['marker-supply-empty', 'toner-empty'],
  ['marker-supply-missing', 'toner-empty'],
  ['developer-empty', 'toner-empty'],
  ['marker-developer-empty', 'toner-empty'],
  ['marker-toner-empty', 'toner-empty'],
  ['marker-toner-cartridge-missing', 'toner-empty'],
  ['marker-ink-empty', 'toner-empty'],
  ['marker-print-ribbon-empty', 'toner-empty'],
  ['offline', 'offline'],
  ['shutdown', 'offline'],
  ['power-down', 'offline'],
  ['connecting-to-device', 'offline'],
  ['timed-out', 'offline'],
  ['cups-remote-stopped', 'paused'],
  ['paused', 'paused'],
  ['moving-to-paused', 'paused'],
  ['deactivated', 'paused'],
  ['hold-new-jobs', 'paused'],
  ['spool-area-full', 'busy'],
  ['output-area-full', 'unknown'],
  ['output-tray-missing', 'unknown'],
  ['marker-waste-full', 'unknown'],
  ['marker-waste-toner-receptacle-full', 'unknown'],
  ['fuser-over-temp', 'unknown'],
  ['opc-life-over', 'unknown'],
  ['cups-missing-filter', 'unknown'],
  ['cups-insecure-filter', 'unknown'],
])

/** Keywords of what will soon keep it from printing. */
const warnings = new Map<string, PrinterWarning>([
  ['media-low', 'paper-low'],
  ['input-media-supply-low', 'paper-low'],
  ['toner-low', 'toner-low'],
  ['marker-supply-low', 'toner-low'],
  ['developer-low', 'toner-low'],
  ['marker-developer-almost-empty', 'toner-low'],
  ['marker-toner-almost-empty', 'toner-low'],
  ['marker-ink-almost-empty', 'toner-low'],
])

/** Of several problems the first here is told: what a person at the printer sees first and can help. */
const order = [
  'paper-jam',
  'cover-open',
  'paper-empty',
  'wrong-paper',
  'toner-empty',
  'offline',
  'paused',
  'busy',
  'unknown',
] as const satisfies readonly PrinterProblem[]

/**
 * A keyword without the severity behind it. Printers do not agree on severities: the same empty tray is
 * `media-empty`, `-report`, `-warning` or `-error`, so the kind alone decides about kinds that are known.
 */
export const kindOf = (reason: string): string => reason.replace(/-(report|warning|error)$/, '')

/**
 * What keeps a printer with these reasons from printing; null where nothing does. A keyword of no known
 * kind counts only as an error: reports and warnings of conformance, of eco modes and the like block nothing.
 */
export function problemOf(reasons: readonly string[]): PrinterProblem | null {
  const found = new Set(
    reasons.flatMap((reason): PrinterProblem[] => {
      const kind = kindOf(reason)
      const problem = problems.get(kind)
      if (problem !== undefined) return [problem]
      return reason.endsWith('-error') && !warnings.has(kind) ? ['unknown'] : []
    }),
  )
  return order.find((problem) => found.has(problem)) ?? null
}

/** What staff should see to soon, each once. */
export const warningsOf = (reasons: readonly string[]): readonly PrinterWarning[] => [
  ...new Set(reasons.flatMap((reason) => warnings.get(kindOf(reason)) ?? [])),
]

/** Whether the printer can print now, in its own words; one that has stopped for no known reason cannot. */
export function statusOf({ state, reasons, isAccepting }: PrinterWords): PrinterStatus {
  const problem =
    problemOf(reasons) ??
    (isAccepting === false ? 'paused' : null) ??
    (state === printerStates.stopped ? 'unknown' : null)
  if (problem !== null) return { kind: 'blocked', problem }
  return { kind: 'ready', warnings: [...warningsOf(reasons)] }
}

/** Reasons with which a completed job did not come out whole. */
const spoiled = [
  'job-completed-with-errors',
  'aborted-by-system',
  'job-canceled-by-user',
  'job-canceled-by-operator',
  'job-canceled-at-device',
  'job-canceled-after-timeout',
  'document-format-error',
  'document-unprintable-error',
  'document-access-error',
  'unsupported-compression',
  'unsupported-document-format',
  'compression-error',
  'conversion-unsupported',
  'errors-detected',
]

/** Reasons with which a job waits for its document: what was sent did not arrive whole. */
const withoutDocument = ['job-incoming', 'job-data-insufficient']

/**
 * What has become of a job. `printed` only where the printer says it completed and nothing it adds says
 * otherwise: counted sheets (`job-impressions-completed`) are not asked, they run ahead of the paper. A job
 * handed on to a device that does not report back (`queued-in-device`) is `unknown`.
 */
export function reportOf({ state, reasons, problem }: JobWords): JobReport {
  const says = (keywords: readonly string[]): boolean => reasons.some((reason) => keywords.includes(reason))
  switch (state) {
    case jobStates.completed:
      if (says(spoiled)) return { kind: 'failed', problem: 'unknown' }
      return says(['queued-in-device']) ? { kind: 'unknown' } : { kind: 'printed' }
    case jobStates.canceled:
      // What the printer complains of now need not be why somebody cancelled it.
      return { kind: 'failed', problem: problem === 'paused' ? 'paused' : 'unknown' }
    case jobStates.aborted:
      return { kind: 'failed', problem: problem ?? 'unknown' }
    case jobStates.pending:
    case jobStates.processing:
      if (problem !== null) return { kind: 'stuck', problem }
      return says(['printer-stopped']) ? { kind: 'stuck', problem: 'paused' } : { kind: 'printing' }
    case jobStates.held:
      return says(withoutDocument) ? { kind: 'unknown' } : { kind: 'stuck', problem: problem ?? 'paused' }
    case jobStates.stopped:
      return { kind: 'stuck', problem: problem ?? 'unknown' }
    default:
      return { kind: 'unknown' }
  }
}
