import { randomBytes } from 'node:crypto'
import type { PrinterProblem } from '../../../data/printing.ts'
import type { Log } from '../../log.ts'
import type { Handover, PrintDevice, PrintDocument } from '../device.ts'
import { numberOf, textsOf } from './attributes.ts'
import { type IppClient, type IppReply, operations, statuses } from './client.ts'
import { isLoaded, mediaFor, type MediaRequest, pageLength } from './media.ts'
import { groupTags, type IppAttributes, type IppValue } from './message.ts'
import {
  askJob,
  askPrinter,
  askableDevice,
  integer,
  isDone,
  type PrinterDescription,
  problemOfStatus,
} from './printer-query.ts'
import { jobStates } from './reasons.ts'
import { writeTicket } from './ticket.ts'

const format = 'application/pdf'

type OnTicket = (ticket: string) => void

const refused = (problem: PrinterProblem): Handover => ({ kind: 'refused', problem })

/**
 * Hands documents to a printer. Where it can, it opens the job first and sends the document then: so the
 * job's number is known whatever becomes of the connection, and a printer that would put another paper in
 * place of the one asked for says so while it has nothing to print.
 */
export function createSubmission(options: {
  readonly uri: string
  readonly atQueue: IppClient
  readonly atDevice: IppClient
  /** Milliseconds a document may take on its way. */
  readonly sendLimit: number
  /** Takes a job back; true where that is confirmed. */
  readonly takeBack: (id: number) => Promise<boolean>
  readonly log: Log
}): PrintDevice['submit'] {
  const { uri, atQueue, atDevice, sendLimit, takeBack, log } = options

  const ticketOf = async (id: number): Promise<string> => {
    const job = await askJob(atQueue, uri, id)
    return writeTicket({ uri, id, mark: job.kind === 'told' ? job.value.mark : null })
  }

  async function submit(document: PrintDocument, onTicket: OnTicket = () => {}): Promise<Handover> {
    const asked = await askPrinter(atQueue, uri)
    if (asked.kind === 'silent') return refused('offline')
    if (asked.kind === 'refused') return refused(asked.problem)
    const queue = asked.value
    if (queue.words.isAccepting === false) return refused('paused')
    const formats = textsOf(queue.attributes, 'document-format-supported')
    if (formats.length > 0 && !formats.includes(format)) {
      log.error('The printer takes no PDF: it needs a queue that makes pictures of it', { uri, formats })
      return refused('unknown')
    }
    const media = await mediaOf(document, queue)
    if (typeof media === 'string') return refused(media)
    const scaling = textsOf(queue.attributes, 'print-scaling-supported').includes('none')
    const jobAttributes = {
      ...media,
      // The page is laid out for this paper; a printer that fits it to its margins makes letters smaller.
      ...(scaling && { 'print-scaling': [{ tag: 'keyword', value: 'none' }] satisfies IppValue[] }),
    }
    const opensFirst = [operations.createJob, operations.sendDocument].every((each) =>
      queue.operations.includes(each),
    )
    // Only by its name can a queue's job be found again at the device behind it.
    const ownName = `${document.name} ${randomBytes(4).toString('hex')}`
    const named = askableDevice(queue) === null ? document : { ...document, name: ownName }
    return opensFirst ? openAndSend(named, jobAttributes, onTicket) : sendAtOnce(named, jobAttributes)
  }

  /** What asks for the document's paper, or why it cannot be had. */
  async function mediaOf(
    document: PrintDocument,
    queue: PrinterDescription,
  ): Promise<MediaRequest | PrinterProblem> {
    const length = pageLength(document.pdf)
    const media = mediaFor(document.paper, length, queue.attributes)
    if (media === null) return 'wrong-paper'
    const deviceUri = askableDevice(queue)
    if (deviceUri === null) {
      const isDevice = queue.deviceUri === null
      return isDevice && !isLoaded(document.paper, queue.attributes) ? 'wrong-paper' : media
    }
    const device = await askPrinter(atDevice, deviceUri)
    // A queue would keep it and print it whenever the device comes back.
    if (device.kind === 'silent') return 'offline'
    if (device.kind === 'refused') return device.problem
    const hasIt =
      mediaFor(document.paper, length, device.value.attributes) !== null &&
      isLoaded(document.paper, device.value.attributes)
    return hasIt ? media : 'wrong-paper'
  }

  async function openAndSend(
    document: PrintDocument,
    jobAttributes: MediaRequest,
    onTicket: OnTicket,
  ): Promise<Handover> {
    const opened = await atQueue({
      operation: operations.createJob,
      uri,
      operationAttributes: { 'job-name': [{ tag: 'name', value: document.name }] },
      jobAttributes,
    })
    // Whatever became of the request: a job without a document prints nothing.
    if (opened.kind === 'unreachable' || opened.kind === 'broken') return refused('offline')
    const id = jobId(opened)
    if (id === null) return refused(whyRefused(opened))
    if (replacesPaper(opened)) {
      await takeBack(id)
      return refused('wrong-paper')
    }
    const ticket = await ticketOf(id)
    onTicket(ticket)
    const sent = await atQueue({
      operation: operations.sendDocument,
      uri,
      operationAttributes: {
        'job-id': integer(id),
        'document-format': [{ tag: 'mimeMediaType', value: format }],
        'last-document': [{ tag: 'boolean', value: true }],
      },
      document: document.pdf,
      limit: sendLimit,
    })
    if (sent.kind === 'answer' && isDone(sent.status)) return { kind: 'taken', ticket }
    if (sent.kind === 'broken') return afterBreak(id, ticket)
    const why = sent.kind === 'unreachable' ? 'offline' : whyRefused(sent)
    // The open job is empty either way, but one that is left keeps some printers busy for minutes.
    await takeBack(id)
    return refused(why)
  }

  /** The connection broke under the document: the job itself tells how much of it arrived. */
  async function afterBreak(id: number, ticket: string): Promise<Handover> {
    const asked = await askJob(atQueue, uri, id)
    const isWaiting = asked.kind === 'told' && asked.value.state === jobStates.held
    if (isWaiting && (await takeBack(id))) return refused('offline')
    // The ticket is good: the printer has the job, and can be asked and told to drop it when it is back.
    return { kind: 'taken', ticket }
  }

  async function sendAtOnce(document: PrintDocument, jobAttributes: MediaRequest): Promise<Handover> {
    const sent = await atQueue({
      operation: operations.printJob,
      uri,
      operationAttributes: {
        'job-name': [{ tag: 'name', value: document.name }],
        'document-format': [{ tag: 'mimeMediaType', value: format }],
        // There is no other moment to object to another paper.
        'ipp-attribute-fidelity': [{ tag: 'boolean', value: true }],
      },
      jobAttributes,
      document: document.pdf,
      limit: sendLimit,
    })
    if (sent.kind === 'unreachable') return refused('offline')
    if (sent.kind === 'broken') return { kind: 'unknown' }
    const id = jobId(sent)
    return id === null ? refused(whyRefused(sent)) : { kind: 'taken', ticket: await ticketOf(id) }
  }

  function whyRefused(reply: IppReply): PrinterProblem {
    log.warn('The printer takes no document', {
      uri,
      ...(reply.kind === 'answer' && { ippStatus: reply.status }),
      ...(reply.kind === 'barred' && { httpStatus: reply.httpStatus }),
    })
    if (reply.kind !== 'answer') return 'unknown'
    const objectsToPaper = reply.status === statuses.attributesNotSupported && replacesPaper(reply)
    return objectsToPaper ? 'wrong-paper' : problemOfStatus(reply.status)
  }

  return submit
}

/** The number of the job an answer says was made; null where it says none. */
function jobId(reply: IppReply): number | null {
  if (reply.kind !== 'answer' || !isDone(reply.status)) return null
  return numberOf(groupIn(reply, groupTags.job), 'job-id')
}

/** Whether an answer names the paper among what it will not do (RFC 8011 section 4.1.7). */
function replacesPaper(reply: IppReply): boolean {
  const unsupported = groupIn(reply, groupTags.unsupported)
  return unsupported.has('media') || unsupported.has('media-col')
}

const groupIn = (reply: IppReply, tag: number): IppAttributes =>
  (reply.kind === 'answer' ? reply.groups.find((group) => group.tag === tag)?.attributes : null) ?? new Map()
