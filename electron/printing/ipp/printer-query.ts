import type { PrinterProblem } from '../../../data/printing.ts'
import { flagOf, groupOf, numberOf, numbersOf, textOf, textsOf } from './attributes.ts'
import { httpTarget, type IppClient, type IppReply, operations, statuses } from './client.ts'
import { groupTags, type IppAttributes, type IppValue } from './message.ts'
import type { PrinterWords } from './reasons.ts'

/** A printer or queue as it describes itself. */
export type PrinterDescription = {
  readonly words: PrinterWords
  readonly attributes: IppAttributes
  readonly operations: readonly number[]
  /** Where a queue sends its jobs; null at a device itself. */
  readonly deviceUri: string | null
  /** Seconds since it was switched on (`printer-up-time`); null where it does not say. */
  readonly upTime: number | null
}

/** A job as the printer describes it. */
export type JobDescription = {
  /** `job-id`; null where it does not say. */
  readonly id: number | null
  readonly state: number | null
  readonly reasons: readonly string[]
  readonly name: string | null
  /** `job-printer-state-reasons`, as they came. */
  readonly printerReasons: readonly string[]
  /** What no other job of this printer has, before or after a restart; null where it says nothing such. */
  readonly mark: string | null
  /** Seconds since its turn came; null where it does not say. */
  readonly age: number | null
}

/** An answer, or why there is none. */
export type Asked<T> =
  | { readonly kind: 'told'; readonly value: T }
  | { readonly kind: 'silent' }
  | { readonly kind: 'refused'; readonly problem: PrinterProblem; readonly status: number }

/** Values for `requested-attributes` and the like. */
export const keywords = (...values: readonly string[]): readonly IppValue[] =>
  values.map((value) => ({ tag: 'keyword', value }))

/** One whole number as an attribute's value. */
export const integer = (value: number): readonly IppValue[] => [{ tag: 'integer', value }]

/** Whether an answer says that what was asked for is done (RFC 8011 appendix B.1.2). */
export const isDone = (status: number): boolean => status < 0x0100

/** What a refusal says of the printer. */
export function problemOfStatus(status: number): PrinterProblem {
  if (status === statuses.busy) return 'busy'
  return status === statuses.notAccepting ? 'paused' : 'unknown'
}

/** The attributes of a kind in an answer, or why there are none. */
export function toldIn(reply: IppReply, group: number): Asked<IppAttributes> {
  if (reply.kind === 'barred') return { kind: 'refused', problem: 'unknown', status: statuses.forbidden }
  if (reply.kind !== 'answer') return { kind: 'silent' }
  if (!isDone(reply.status))
    return { kind: 'refused', problem: problemOfStatus(reply.status), status: reply.status }
  return { kind: 'told', value: groupOf(reply.groups, group) }
}

/** Asks a printer or queue about itself (Get-Printer-Attributes). */
export async function askPrinter(client: IppClient, uri: string): Promise<Asked<PrinterDescription>> {
  const reply = await client({
    operation: operations.getPrinterAttributes,
    uri,
    operationAttributes: {
      'requested-attributes': keywords(
        'device-uri',
        'document-format-supported',
        'media-ready',
        'media-supported',
        'operations-supported',
        'print-scaling-supported',
        'printer-is-accepting-jobs',
        'printer-state',
        'printer-state-reasons',
        'printer-up-time',
      ),
    },
  })
  const asked = toldIn(reply, groupTags.printer)
  if (asked.kind !== 'told') return asked
  const attributes = asked.value
  const words = {
    state: numberOf(attributes, 'printer-state'),
    reasons: textsOf(attributes, 'printer-state-reasons'),
    isAccepting: flagOf(attributes, 'printer-is-accepting-jobs'),
  }
  return {
    kind: 'told',
    value: {
      words,
      attributes,
      operations: numbersOf(attributes, 'operations-supported'),
      deviceUri: textOf(attributes, 'device-uri'),
      upTime: numberOf(attributes, 'printer-up-time'),
    },
  }
}

const jobAttributes = keywords(
  'job-id',
  'job-name',
  'job-printer-state-reasons',
  'job-printer-up-time',
  'job-state',
  'job-state-reasons',
  'job-uuid',
  'time-at-creation',
  'time-at-processing',
)

function jobIn(job: IppAttributes): JobDescription {
  const created = numberOf(job, 'time-at-creation')
  const now = numberOf(job, 'job-printer-up-time')
  const began = numberOf(job, 'time-at-processing')
  return {
    id: numberOf(job, 'job-id'),
    state: numberOf(job, 'job-state'),
    reasons: textsOf(job, 'job-state-reasons'),
    name: textOf(job, 'job-name'),
    printerReasons: textsOf(job, 'job-printer-state-reasons'),
    mark: textOf(job, 'job-uuid') ?? (created === null ? null : `created ${created}`),
    age: now === null || began === null ? null : now - began,
  }
}

/** Asks a printer or queue about one job (Get-Job-Attributes). */
export async function askJob(client: IppClient, uri: string, id: number): Promise<Asked<JobDescription>> {
  const reply = await client({
    operation: operations.getJobAttributes,
    uri,
    operationAttributes: { 'job-id': integer(id), 'requested-attributes': jobAttributes },
  })
  const asked = toldIn(reply, groupTags.job)
  return asked.kind === 'told' ? { kind: 'told', value: jobIn(asked.value) } : asked
}

/** The kiosk's jobs that are over, or those that are not (Get-Jobs); null where the printer does not say. */
export async function listJobs(
  client: IppClient,
  uri: string,
  which: 'completed' | 'not-completed',
): Promise<readonly JobDescription[] | null> {
  const reply = await client({
    operation: operations.getJobs,
    uri,
    operationAttributes: {
      // The newest of those that are over come first (RFC 8011 section 4.2.6.2).
      limit: integer(100),
      'which-jobs': keywords(which),
      'my-jobs': [{ tag: 'boolean', value: true }],
      'requested-attributes': jobAttributes,
    },
  })
  if (reply.kind !== 'answer' || !isDone(reply.status)) return null
  return reply.groups.flatMap(({ tag, attributes }) => (tag === groupTags.job ? [jobIn(attributes)] : []))
}

/** Where the device behind a queue can be asked by IPP itself; null where it cannot. */
export function askableDevice(queue: PrinterDescription): string | null {
  // CUPS puts its own options for the way to the device behind the address.
  const uri = queue.deviceUri?.replace(/[?#].*$/, '') ?? null
  return uri !== null && httpTarget(uri) !== null ? uri : null
}
