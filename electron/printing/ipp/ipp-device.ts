import { setTimeout as after } from 'node:timers/promises'
import type { PrinterProblem, PrinterStatus } from '../../../data/printing.ts'
import type { Paper } from '../../../data/slip.ts'
import type { Log } from '../../log.ts'
import type { JobReport, PrintDevice } from '../device.ts'
import { stillBehindQueue, reportBehindQueue } from './behind-queue.ts'
import { createIppClient, type IppClient, operations, statuses } from './client.ts'
import { groupTags, type IppAttributes } from './message.ts'
import { isLoaded, mediaFor } from './media.ts'
import {
  type Asked,
  askJob,
  askPrinter,
  askableDevice,
  integer,
  type JobDescription,
  listJobs,
  type PrinterDescription,
  toldIn,
} from './printer-query.ts'
import { jobStates, printerStates, problemOf, reportOf, statusOf } from './reasons.ts'
import { createSubmission } from './submission.ts'
import { readTicket, type Ticket } from './ticket.ts'

/** Milliseconds the parts of talking to a printer may take. */
export type IppTimeouts = {
  /** One question. */
  readonly request: number
  /** Handing a document over. */
  readonly send: number
  /** Until the printer has confirmed that a job is taken back. */
  readonly cancel: number
  /** Between two questions whether it has. */
  readonly pause: number
}

const usualTimeouts: IppTimeouts = { request: 5_000, send: 30_000, cancel: 12_000, pause: 250 }

const blocked = (problem: PrinterProblem): PrinterStatus => ({ kind: 'blocked', problem })

/**
 * A printer that speaks IPP (RFC 8010, RFC 8011), or a queue of CUPS.
 *
 * `uri`: `ipp://`, `ipps://`, `http://` or `https://`. `socket`: the file CUPS listens on, asked instead of
 * the address's host. `paper`: what it is meant to print on, so that `status` can say `wrong-paper`. Where a
 * queue leads to a device that speaks IPP too, the device is asked about itself: a queue repeats what it was
 * told while it last printed.
 */
export function createIppDevice(options: {
  readonly uri: string
  readonly socket?: string
  readonly paper?: Paper
  readonly log: Log
  readonly timeouts?: Partial<IppTimeouts>
}): PrintDevice {
  const { uri, socket, paper, log } = options
  const timeouts = { ...usualTimeouts, ...options.timeouts }
  const atQueue = createIppClient({ limit: timeouts.request, log, ...(socket !== undefined && { socket }) })
  const atDevice = createIppClient({ limit: timeouts.request, log })
  const submit = createSubmission({ uri, atQueue, atDevice, sendLimit: timeouts.send, takeBack, log })

  async function status(): Promise<PrinterStatus> {
    const asked = await askPrinter(atQueue, uri)
    if (asked.kind === 'silent') return blocked('offline')
    if (asked.kind === 'refused') {
      log.warn('The printer says nothing of itself', { uri, ippStatus: asked.status })
      return blocked(asked.problem)
    }
    const queue = asked.value
    const own = ownStatus(queue)
    if (own.kind === 'blocked') return own
    const deviceUri = askableDevice(queue)
    const device = deviceUri === null ? asked : await askPrinter(atDevice, deviceUri)
    if (device.kind === 'silent') return blocked('offline')
    if (device.kind === 'refused') return blocked(device.problem)
    const said = deviceUri === null ? own : statusOf(device.value.words)
    if (said.kind === 'blocked' || paper === undefined) return said
    const hasPaper =
      // How long the slip will be is not known yet: any length will do.
      mediaFor(paper, null, queue.attributes) !== null &&
      mediaFor(paper, null, device.value.attributes) !== null &&
      (queue.deviceUri !== null && deviceUri === null ? true : isLoaded(paper, device.value.attributes))
    return hasPaper ? said : blocked('wrong-paper')
  }

  /** The job a ticket stands for, and not another that got its number after a restart of the printer. */
  async function find(text: string): Promise<{ ticket: Ticket; job: Asked<JobDescription> } | null> {
    const ticket = readTicket(text)
    if (ticket?.uri !== uri) {
      log.warn('A ticket is not of this printer', { uri, ticket: text })
      return null
    }
    const job = await askJob(atQueue, uri, ticket.id)
    const isOther = job.kind === 'told' && ticket.mark !== null && job.value.mark !== ticket.mark
    return isOther ? null : { ticket, job }
  }

  async function ask(text: string): Promise<JobReport> {
    const found = await find(text)
    if (found?.job.kind !== 'told') return { kind: 'unknown' }
    const job = found.job.value
    const isOver = job.state !== null && job.state >= jobStates.canceled
    if (!isOver) return reportOf({ ...job, problem: await problemNow(job) })
    const report = reportOf({ ...job, problem: problemOf(job.printerReasons) })
    if (report.kind === 'unknown') return report
    const queue = await askPrinter(atQueue, uri)
    if (queue.kind !== 'told') return report.kind === 'printed' ? { kind: 'unknown' } : report
    const deviceUri = askableDevice(queue.value)
    return deviceUri === null ? report : reportBehindQueue(atDevice, deviceUri, job)
  }

  /** What keeps the printer from going on with a job that is not over. */
  async function problemNow(job: JobDescription): Promise<PrinterProblem | null> {
    const asked = await askPrinter(atQueue, uri)
    if (asked.kind !== 'told') return problemOf(job.printerReasons)
    const queue = asked.value
    const deviceUri = askableDevice(queue)
    if (deviceUri === null) return problemOf([...job.printerReasons, ...queue.words.reasons])
    const own = ownStatus({ ...queue, words: { ...queue.words, isAccepting: null } })
    if (own.kind === 'blocked') return own.problem
    const device = await askPrinter(atDevice, deviceUri)
    if (device.kind === 'silent') return 'offline'
    return device.kind === 'refused' ? device.problem : problemOf(device.value.words.reasons)
  }

  async function takeBack(id: number): Promise<boolean> {
    const began = performance.now()
    const asked = await cancelAt(atQueue, uri, id)
    // Not possible: it is over already, and its state says how.
    if (asked.kind === 'refused' && asked.status !== statuses.notPossible) {
      log.warn('The printer takes no job back', { uri, ippStatus: asked.status })
      return false
    }
    while (performance.now() - began < timeouts.cancel) {
      const end = await endOf(id)
      if (end !== 'open') return end === 'taken-back'
      await after(timeouts.pause)
    }
    log.warn('The printer did not confirm that it took a job back', { uri, job: id })
    return false
  }

  /** Whether a job that was cancelled is over, at the device too, with nothing more to come. */
  async function endOf(id: number): Promise<'taken-back' | 'not' | 'open'> {
    const asked = await askJob(atQueue, uri, id)
    if (asked.kind === 'refused') return 'not'
    if (asked.kind === 'silent') return 'open'
    const { state, reasons, name } = asked.value
    if (state === jobStates.completed) return 'not'
    if (state !== jobStates.canceled && state !== jobStates.aborted) return 'open'
    const queue = await askPrinter(atQueue, uri)
    if (queue.kind !== 'told') return 'open'
    // CUPS says `canceled` at once and leaves this reason for as long as it still talks to the device,
    // but for ever where it gave up on the job itself.
    const isStopping = reasons.includes('processing-to-stop-point')
    if (isStopping && queue.value.words.state === printerStates.processing) return 'open'
    const deviceUri = askableDevice(queue.value)
    if (deviceUri === null) return 'taken-back'
    const there = await stillBehindQueue(atDevice, deviceUri, name)
    if (there === null) return 'not'
    // CUPS cancels at the device what it knows of; a CUPS that was killed has forgotten what it handed on.
    if (!isStopping) for (const orphan of there) await cancelAt(atDevice, deviceUri, orphan)
    return there.length > 0 ? 'open' : 'taken-back'
  }

  async function cancel(text: string): Promise<boolean> {
    const found = await find(text)
    return found?.job.kind === 'told' && (await takeBack(found.ticket.id))
  }

  async function cancelNamed(name: string): Promise<boolean> {
    const open = (await listJobs(atQueue, uri, 'not-completed')) ?? []
    // At a queue a name has a piece of its own behind it.
    const mine = open.filter((job) => job.name === name || job.name?.startsWith(`${name} `))
    const taken = await Promise.all(mine.map(({ id }) => id !== null && takeBack(id)))
    return taken.length > 0 && taken.every(Boolean)
  }

  return { status, submit, ask, cancel, cancelNamed }
}

const cancelAt = async (client: IppClient, uri: string, id: number): Promise<Asked<IppAttributes>> =>
  toldIn(
    await client({ operation: operations.cancelJob, uri, operationAttributes: { 'job-id': integer(id) } }),
    groupTags.operation,
  )

/**
 * What a queue says of itself, leaving out what it repeats of its device; of a device, all it says. An idle
 * queue's reasons are as old as its last job.
 */
function ownStatus({ words, deviceUri }: PrinterDescription): PrinterStatus {
  if (deviceUri === null) return statusOf(words)
  const isStopped = words.state === printerStates.stopped || words.isAccepting === false
  const reasons = words.reasons.filter((reason) => problemOf([reason]) === 'paused')
  return isStopped ? blocked('paused') : statusOf({ ...words, reasons })
}
