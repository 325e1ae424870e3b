import type { JobEnd, JobView, PrintLimits, PrintReply, Refusal } from '../../data/printing.ts'
import type { Printable } from '../../data/printable.ts'
import { paperOf } from '../../data/slip.ts'
import type { JobChange, JobRecord, Journal } from '../journal.ts'
import type { Log } from '../log.ts'
import type { JobReport, PrintDevice } from './device.ts'
import type { RenderDots } from './dots.ts'
import { type RenderPdf, renderSound } from './pdf.ts'

/** Milliseconds of the desk's patience. */
export type DeskTiming = {
  /** Between two questions about a job. */
  readonly poll: number
  /** A printer that says what it lacks gets this long to be helped before the job is taken back. */
  readonly stuck: number
  /** A printer that is busy with somebody else's job gets this long. */
  readonly busy: number
  /** A printer that has stopped answering gets this long. */
  readonly silent: number
  /** The longest a job may take altogether. */
  readonly most: number
  /** The longest between two questions about a job whose end nobody could say. */
  readonly again: number
}

export const usualTiming: DeskTiming = {
  poll: 500,
  stuck: 8000,
  busy: 12_000,
  silent: 12_000,
  most: 180_000,
  again: 30_000,
}

export type DeskOptions = {
  readonly device: PrintDevice
  /** How the journal names the printer. */
  readonly printer: string
  readonly journal: Journal
  readonly render: RenderPdf
  /** The slip as dots, for a printer that takes no PDF. */
  readonly renderDots: RenderDots
  /** Whether there is room on the disk to draw on; asked where something could not be drawn. */
  readonly hasRoom: () => boolean
  readonly limits: PrintLimits
  readonly timing?: DeskTiming
  /** Milliseconds on a clock that nobody sets. */
  readonly elapsed?: () => number
  readonly log: Log
}

/** Who asks for something to be printed: visitors are held to the limits, staff are not and take nothing of them. */
export type Customer = 'visitor' | 'staff'

/** Where documents are handed in to be printed, one at a time, and where their fate is known. */
export type PrintDesk = {
  /** Accepts a document, a visitor's unless said otherwise, and says so at once; asked again for one under way, it names the same job. */
  readonly print: (document: Printable, newId: string, customer?: Customer) => PrintReply
  /** What is known of a job; null where there is none of that id. */
  readonly job: (id: string) => JobView | null
  /** The visitor no longer wants it: it is taken back if it still can be. Resolves when its end is known. */
  readonly withdraw: (id: string) => Promise<JobView | null>
  /** Finds out what became of jobs that a power cut left open; prints nothing. Never rejects. */
  readonly recover: () => Promise<void>
  /** A document that is being drawn or printed, though its visit may have ended; null where it is none. */
  readonly underWay: (id: string) => Printable | null
  /** The next visitor has a count of his own. */
  readonly endVisit: () => void
  /** Asks no more about earlier jobs; resolves when none is under way. For the end of the program. */
  readonly close: () => Promise<void>
}

/** Jobs of this run whose fate the screen may still ask for; older ones are in the journal. */
const mostViews = 50

type UnderWay = {
  readonly printable: Printable
  readonly id: string
  withdrawn: boolean
  end: Promise<void>
}

/** Why a job is being taken back. */
type Cause = { readonly reason: JobEnd }

/** The one desk of a kiosk. Says `printed` only where the device did. */
export function createPrintDesk(options: DeskOptions): PrintDesk {
  const { device, journal, log, limits, timing = usualTiming, elapsed = () => performance.now() } = options
  const views = new Map<string, JobView>()
  let current: UnderWay | null = null
  let inVisit = 0
  let lately: readonly number[] = []
  let isClosed = false
  let clearing: Promise<void> | null = null
  let untilNextLook: number | null = null

  const pause = (time = timing.poll): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))

  function enter(id: string, state: JobView['state'], change: JobChange = {}): void {
    try {
      journal.enter(id, state, change)
    } catch (error) {
      // A full disk must not stop a slip that the printer has already; the visitor's screen goes by `views`.
      log.error('The journal could not be written', { error, state })
    }
    const before = views.get(id) ?? { id, file: null }
    views.set(id, { ...before, state, reason: change.reason ?? null })
  }

  function refusal(customer: Customer): Refusal | null {
    const now = elapsed()
    lately = lately.filter((at) => now - at < 60_000)
    if (current) return 'under-way'
    if (customer === 'staff') return null
    if (inVisit >= limits.perVisit) return 'visit-limit'
    return lately.length >= limits.perMinute ? 'minute-limit' : null
  }

  async function carryOut(job: UnderWay): Promise<void> {
    const { printable, id } = job
    enter(id, 'rendering')
    // Asked while the page is being drawn, so that an empty tray costs nobody the wait.
    const [status, pdf] = await Promise.all([clearUp().then(() => device.status()), drawn(printable)])
    if (pdf === null) return enter(id, 'failed', { reason: options.hasRoom() ? 'render' : 'disk-full' })
    if (job.withdrawn) return enter(id, 'failed', { reason: 'withdrawn' })
    if (status.kind === 'blocked' && status.problem !== 'busy') {
      return enter(id, 'failed', { reason: status.problem })
    }
    const document = {
      pdf: pdf.bytes,
      pages: pdf.pages,
      paper: paperOf[printable.format],
      name: printable.number,
      dots: (width: number) => options.renderDots(printable, width),
    }
    enter(id, 'sent', { pages: pdf.pages })
    for (const began = elapsed(); ;) {
      // Written down before the printer has anything to print: after a power cut it can be asked.
      const note = (ticket: string): void => enter(id, 'sent', { ticket })
      const handover = await device.submit(document, note)
      if (handover.kind === 'taken') {
        if (journal.job(id)?.ticket !== handover.ticket) note(handover.ticket)
        return follow(job, handover.ticket)
      }
      if (handover.kind === 'unknown') return enter(id, 'unknown')
      const { problem } = handover
      if (job.withdrawn) return enter(id, 'failed', { reason: 'withdrawn' })
      if (problem !== 'busy' || elapsed() - began > timing.busy)
        return enter(id, 'failed', { reason: problem })
      enter(id, 'sent', { reason: 'busy' })
      await pause()
    }
  }

  async function drawn(printable: Printable): Promise<{ bytes: Uint8Array; pages: number } | null> {
    try {
      return await renderSound(options.render, printable)
    } catch (error) {
      log.error('A slip could not be drawn', { error })
      return null
    }
  }

  async function follow(job: Pick<UnderWay, 'id' | 'withdrawn'>, ticket: string): Promise<void> {
    const began = elapsed()
    let since: { readonly what: string; readonly at: number } = { what: '', at: began }
    for (;;) {
      const report = await device.ask(ticket)
      const what = report.kind === 'stuck' ? report.problem : report.kind
      const now = elapsed()
      if (what !== since.what) since = { what, at: now }
      if (endedBy(job.id, report)) return
      const cause = causeToStop(job, report, now - since.at, now - began)
      if (cause) return takeBack(job.id, ticket, cause)
      await pause()
    }
  }

  /** Writes down what a report says; true where it is the end. */
  function endedBy(id: string, report: JobReport): boolean {
    if (report.kind === 'printed') enter(id, 'printed')
    else if (report.kind === 'saved') {
      const before = views.get(id)
      if (before) views.set(id, { ...before, file: report.file })
      enter(id, 'saved')
    } else if (report.kind === 'failed') enter(id, 'failed', { reason: report.problem })
    else if (report.kind === 'stuck') enter(id, 'printing', { reason: report.problem })
    else if (report.kind === 'printing') enter(id, 'printing')
    return report.kind === 'printed' || report.kind === 'saved' || report.kind === 'failed'
  }

  function causeToStop(
    job: Pick<UnderWay, 'withdrawn'>,
    report: JobReport,
    since: number,
    altogether: number,
  ): Cause | null {
    if (job.withdrawn) return { reason: 'withdrawn' }
    if (report.kind === 'stuck' && since > timing.stuck) return { reason: report.problem }
    if (report.kind === 'unknown' && since > timing.silent) return { reason: 'offline' }
    return altogether > timing.most ? { reason: 'unknown' } : null
  }

  /** Cancels and has the cancel confirmed: nothing may flow out when somebody refills the tray. */
  async function takeBack(id: string, ticket: string, { reason }: Cause): Promise<void> {
    if (await device.cancel(ticket)) return enter(id, 'failed', { reason })
    const report = await device.ask(ticket)
    if (!endedBy(id, report)) enter(id, 'unknown', { reason })
  }

  /** One round of questions about the jobs whose end nobody could say; never rejects. */
  function clearUp(): Promise<void> {
    clearing ??= findOut().finally(() => {
      clearing = null
    })
    return clearing
  }

  async function findOut(): Promise<void> {
    try {
      for (const { id, ticket, reason } of journal.uncertain(options.printer)) {
        if (isClosed || ticket === null) return
        const report = await device.ask(ticket)
        if (report.kind === 'unknown') continue
        // The visitor was told that nobody knows and has gone another way: what has yet to come out must not.
        if (report.kind !== 'printing' && report.kind !== 'stuck') endedBy(id, report)
        else if (await device.cancel(ticket)) enter(id, 'failed', { reason: reason ?? 'interrupted' })
      }
    } catch (error) {
      log.error('What became of an earlier slip could not be found out', { error })
    }
  }

  /**
   * Asks about such jobs, ever more seldom, until none is left: CUPS that was killed prints again what it had
   * begun as soon as it is back.
   */
  async function keepLooking(): Promise<void> {
    const isLooking = untilNextLook !== null
    untilNextLook = timing.poll
    if (isLooking) return
    try {
      while (!isClosed && journal.uncertain(options.printer).length > 0) {
        await pause(untilNextLook)
        untilNextLook = Math.min(untilNextLook * 2, timing.again)
        if (current === null) await clearUp()
      }
    } catch (error) {
      log.error('The journal could not be read', { error })
    }
    untilNextLook = null
  }

  async function begin(job: UnderWay): Promise<void> {
    try {
      await carryOut(job)
    } catch (error) {
      log.error('Printing failed in a way it should not', { error })
      const state = views.get(job.id)?.state
      if (state === 'sent' || state === 'printing') enter(job.id, 'unknown')
      else enter(job.id, 'failed', { reason: 'unknown' })
    } finally {
      if (current === job) current = null
      void keepLooking()
      const { state, reason } = views.get(job.id) ?? { state: 'unknown', reason: null }
      log.info('A print job has ended', { state, reason })
    }
  }

  return {
    print: (printable, newId, customer = 'visitor') => {
      if (current?.printable.id === printable.id) {
        const job = views.get(current.id)
        if (job) return { kind: 'job', job }
      }
      const reason = refusal(customer)
      if (reason) return { kind: 'refused', reason }
      const job: JobView = { id: newId, state: 'accepted', reason: null, file: null }
      try {
        journal.accept({ id: newId, number: printable.number, printer: options.printer })
      } catch (error) {
        // What the journal does not know of is not begun: after a power cut nobody could say what became of it.
        log.error('The journal could not be written, so a slip is not printed', { error })
        const failed: JobView = { ...job, state: 'failed', reason: 'disk-full' }
        views.set(newId, failed)
        return { kind: 'job', job: failed }
      }
      views.set(newId, job)
      for (const old of views.keys()) if (views.size > mostViews) views.delete(old)
      if (customer === 'visitor') {
        inVisit += 1
        lately = [...lately, elapsed()]
      }
      const underWay: UnderWay = { printable, id: newId, withdrawn: false, end: Promise.resolve() }
      current = underWay
      underWay.end = begin(underWay)
      return { kind: 'job', job }
    },
    job: (id) => views.get(id) ?? viewOf(journal.job(id)),
    withdraw: async (id) => {
      if (current?.id === id) {
        const job = current
        job.withdrawn = true
        await job.end
      }
      return views.get(id) ?? viewOf(journal.job(id))
    },
    recover: async () => {
      for (const { id, number, state, ticket } of journal.unfinished()) {
        if (current?.id === id) continue
        try {
          if (state === 'accepted' || state === 'rendering') enter(id, 'failed', { reason: 'interrupted' })
          else if (ticket === null) {
            if (await device.cancelNamed?.(number)) enter(id, 'failed', { reason: 'interrupted' })
            else enter(id, 'unknown')
          } else await follow({ id, withdrawn: false }, ticket)
        } catch (error) {
          log.error('What became of an earlier slip could not be found out', { error })
        }
      }
      void keepLooking()
    },
    underWay: (id) => (current?.printable.id === id ? current.printable : null),
    endVisit: () => {
      inVisit = 0
    },
    close: async () => {
      isClosed = true
      await current?.end
      await clearing
    },
  }
}

function viewOf(record: JobRecord | null): JobView | null {
  return record && { id: record.id, state: record.state, reason: record.reason, file: null }
}
