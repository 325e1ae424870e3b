import { randomUUID } from 'node:crypto'
import type { PrinterProblem, PrinterStatus } from '../../../data/printing.ts'
import type { Log } from '../../log.ts'
import { createQueue } from '../../queue.ts'
import type { Handover, JobReport, PrintDevice, PrintDocument } from '../device.ts'
import type { Target } from './connection.ts'
import { type Conversation, converse, type Timeouts } from './conversation.ts'
import { cut, initialise, mostBandRows, rasterBands } from './raster.ts'
import { hasPaper } from './status.ts'

const usualTimeouts: Timeouts = { connect: 3000, answer: 1000, finish: 30_000 }

type Job = {
  readonly ticket: string
  readonly talk: Conversation
  /** It takes slips but answers no question: nothing can be said of its jobs. */
  readonly isMute: boolean
  /** What is still to be sent. */
  readonly parts: Uint8Array[]
  isSending: boolean
  isCancelled: boolean
  /** On the process's own clock: since when nothing keeps the whole job from ending; null before that. */
  free: number | null
  outcome: JobReport | null
}

const blocked = (problem: PrinterProblem): PrinterStatus => ({ kind: 'blocked', problem })

/**
 * A thermal printer with rows of `width` dots (576: an 80 mm roll at 203 dpi) that takes ESC/POS raster, over TCP
 * or a device file. `printed` is its own answer to a question that stands behind the slip's cut (GS r 1); a slip is
 * sent band by band, so that one which cannot go on is held here and not in a full buffer behind which no question
 * gets through. One job at a time; tickets of an earlier run are `unknown`, since it keeps no list of jobs.
 * A printer that never answered is written to all the same, and its jobs end `unknown`.
 */
export function createEscposDevice(options: {
  readonly target: Target
  readonly log: Log
  readonly width?: number
  readonly timeouts?: Partial<Timeouts>
}): PrintDevice {
  const { target, log, width = 576 } = options
  const timeouts = { ...usualTimeouts, ...options.timeouts }
  // Printers take one connection at a time.
  const inTurn = createQueue(Infinity)
  let job: Job | null = null
  let hasEverAnswered = false
  let wasBrokenOff = false

  async function reach(onClose: () => void): Promise<Conversation | null> {
    try {
      return await converse(target, timeouts, onClose)
    } catch (error) {
      log.warn('The thermal printer cannot be reached', { error })
      return null
    }
  }

  /** What it says before a job; null where it is one that never answers. */
  async function firstWords(talk: Conversation): Promise<PrinterStatus | null> {
    const said = await talk.status()
    if (said) hasEverAnswered = true
    return said ?? (hasEverAnswered ? blocked('offline') : null)
  }

  function settle(ended: Job, outcome: JobReport): void {
    if (ended.outcome) return
    ended.outcome = outcome
    if (outcome.kind === 'unknown') wasBrokenOff = true
    ended.talk.end()
  }

  async function send(current: Job): Promise<void> {
    if (current.isSending) return
    current.isSending = true
    try {
      await sendParts(current)
    } catch (error) {
      log.warn('The connection to the thermal printer broke during a slip', { error })
      settle(current, { kind: 'unknown' })
    } finally {
      current.isSending = false
    }
  }

  async function sendParts(current: Job): Promise<void> {
    const { talk, parts } = current
    for (let part = parts[0]; part; part = parts[0]) {
      // Asked ahead of the part and heard after it: the head never waits for a question.
      const asked = current.isMute ? null : talk.status()
      parts.shift()
      await talk.send(part)
      if (asked && (await asked)?.kind !== 'ready') return
      if (current.isCancelled) return
    }
    current.free ??= performance.now()
    const answer = await talk.askAtTheEnd()
    // Without paper, or after a cancelled job was cleared, the end was not reached by printing.
    if (answer !== null && hasPaper(answer) && !current.isCancelled) settle(current, { kind: 'printed' })
  }

  async function submit(document: PrintDocument): Promise<Handover> {
    if (job && !job.outcome) return { kind: 'refused', problem: 'busy' }
    const dots = await document.dots(width)
    if (dots.width !== width) throw new RangeError(`A slip ${dots.width} dots wide, not ${width}`)
    const bands = rasterBands(dots)
    const closed = { listener: () => {} }
    const talk = await reach(() => closed.listener())
    if (!talk) return { kind: 'refused', problem: 'offline' }
    const said = await firstWords(talk)
    if (said?.kind === 'blocked') {
      talk.end()
      return { kind: 'refused', problem: said.problem }
    }
    if (!said) log.warn('The thermal printer answers no questions: what becomes of its slips is unknown')
    const current: Job = {
      ticket: randomUUID(),
      talk,
      isMute: said === null,
      parts: [...(wasBrokenOff ? afterBreak(width) : []), initialise, ...bands, cut()],
      isSending: false,
      isCancelled: false,
      free: null,
      outcome: null,
    }
    closed.listener = () => settle(current, { kind: 'unknown' })
    wasBrokenOff = false
    job = current
    void send(current)
    return { kind: 'taken', ticket: current.ticket }
  }

  async function ask(ticket: string): Promise<JobReport> {
    const current = job
    if (current?.ticket !== ticket) return { kind: 'unknown' }
    const said = current.isMute || current.outcome ? null : await current.talk.status()
    if (current.outcome) return current.outcome
    if (!current.isMute && said?.kind !== 'ready') {
      current.free = null
      return { kind: 'stuck', problem: said?.problem ?? 'offline' }
    }
    if (!current.isCancelled) void send(current)
    const isSent = current.parts.length === 0
    if (isSent) current.free ??= performance.now()
    if (current.free !== null && performance.now() - current.free >= timeouts.finish) {
      log.warn('The thermal printer did not say that it finished a slip')
      settle(current, { kind: 'unknown' })
    }
    return current.outcome ?? { kind: 'printing' }
  }

  async function cancel(ticket: string): Promise<boolean> {
    const current = job
    if (current?.ticket !== ticket || current.outcome) return false
    current.isCancelled = true
    const isCleared = await current.talk.clear()
    if (current.outcome) return false
    if (!isCleared) {
      settle(current, { kind: 'unknown' })
      current.talk.drop()
      return false
    }
    // What was burned already must not hang from the next visitor's slip.
    await current.talk.send(cut()).catch(() => {})
    settle(current, { kind: 'failed', problem: 'unknown' })
    return true
  }

  async function status(): Promise<PrinterStatus> {
    if (job && !job.outcome) {
      const { talk, isMute } = job
      const said = isMute ? blocked('busy') : await talk.status()
      return said?.kind === 'ready' ? blocked('busy') : (said ?? blocked('offline'))
    }
    const talk = await reach(() => {})
    if (!talk) return blocked('offline')
    const said = await firstWords(talk)
    talk.end()
    return said ?? { kind: 'ready', warnings: [] }
  }

  return { status: () => inTurn(status), submit: (document) => inTurn(() => submit(document)), ask, cancel }
}

/**
 * What goes before a slip where the last was broken off, perhaps within a band: white dots for the rest of that
 * band, which count as nothing outside of one, and a cut, so that no half slip hangs from the new one.
 */
function afterBreak(width: number): readonly Uint8Array[] {
  return [new Uint8Array(8 + Math.ceil(width / 8) * mostBandRows), cut()]
}
