import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hasEnded, type JobView, printerProblems, usualLimits } from '../../../../data/printing.ts'
import { type Journal, openJournal } from '../../../../electron/journal.ts'
import {
  createPrintDesk,
  type Customer,
  type DeskOptions,
  usualTiming,
} from '../../../../electron/printing/desk.ts'
import type { JobReport, PrintDevice } from '../../../../electron/printing/device.ts'
import { aPdf, aSlip, memoryLog, noon } from '../../../fixtures/hosts.ts'

beforeEach(() => void vi.useFakeTimers({ now: noon, toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** A printer whose word a test sets, and that notes what it was asked. */
function scripted(changes: Partial<PrintDevice> = {}) {
  const calls: string[] = []
  let report: JobReport = { kind: 'printed' }
  const device: PrintDevice = {
    status: async () => ({ kind: 'ready', warnings: [] }),
    submit: async (_document, onTicket) => {
      onTicket?.('7')
      return { kind: 'taken', ticket: '7' }
    },
    ask: async () => report,
    cancel: async () => true,
    ...changes,
  }
  const noting: PrintDevice = {
    status: () => note('status', device.status()),
    submit: (document, onTicket) => note('submit', device.submit(document, onTicket)),
    ask: (ticket) => note('ask', device.ask(ticket)),
    cancel: (ticket) => note('cancel', device.cancel(ticket)),
  }
  function note<T>(what: string, answer: T): T {
    calls.push(what)
    return answer
  }
  return { device: noting, calls, says: (next: JobReport) => (report = next) }
}

function deskWith(device: PrintDevice, changes: Partial<DeskOptions> = {}) {
  const log = memoryLog()
  const journal = openJournal(null, () => new Date())
  const desk = createPrintDesk({
    device,
    printer: 'cups:Lobby',
    journal,
    render: async () => aPdf(),
    renderDots: () => Promise.reject(new Error('No dots')),
    hasRoom: () => true,
    limits: usualLimits,
    elapsed: () => Date.now(),
    log,
    ...changes,
  })
  const viewed = (id: string): JobView => {
    const view = desk.job(id)
    if (!view) throw new Error(`No job ${id}`)
    return view
  }
  return { desk, journal, log, viewed }
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

/** The states a job of the journal went through, and how it ended. */
function lifeOf(journal: Journal, id: string) {
  const job = journal.job(id)
  return { states: Object.keys(job?.times ?? {}), state: job?.state, reason: job?.reason }
}

describe('a slip', () => {
  it('is accepted at once, and printed when the printer says so, not before', async () => {
    const printer = scripted()
    printer.says({ kind: 'printing' })
    const { desk, journal, viewed } = deskWith(printer.device)
    expect(desk.print(aSlip(), 'a')).toMatchObject({ kind: 'job', job: { id: 'a', state: 'accepted' } })
    await pass(60_000)
    expect(viewed('a')).toMatchObject({ state: 'printing', reason: null })
    printer.says({ kind: 'printed' })
    await pass(usualTiming.poll)
    expect(viewed('a').state).toBe('printed')
    expect(lifeOf(journal, 'a')).toEqual({
      states: ['accepted', 'rendering', 'sent', 'printing', 'printed'],
      state: 'printed',
      reason: null,
    })
    expect(journal.job('a')).toMatchObject({ ticket: '7', pages: 1, printer: 'cups:Lobby' })
  })

  it('is in the journal as sent, with its ticket, before the printer has it', async () => {
    const seen: unknown[] = []
    let journal: Journal | null = null
    const { device } = scripted({
      submit: async (_document, onTicket) => {
        seen.push(journal?.job('a')?.state)
        onTicket?.('9')
        seen.push(journal?.job('a')?.ticket)
        return { kind: 'taken', ticket: '9' }
      },
    })
    const parts = deskWith(device)
    journal = parts.journal
    parts.desk.print(aSlip(), 'a')
    await pass(1)
    expect(seen).toEqual(['sent', '9'])
  })

  it.each(printerProblems.filter((problem) => problem !== 'busy'))(
    'goes nowhere where the printer says before that it is %s',
    async (problem) => {
      const printer = scripted({ status: async () => ({ kind: 'blocked', problem }) })
      const { desk, journal } = deskWith(printer.device)
      desk.print(aSlip(), 'a')
      await pass(1)
      expect(lifeOf(journal, 'a')).toMatchObject({ state: 'failed', reason: problem })
      expect(printer.calls).not.toContain('submit')
    },
  )

  it.each(['paper-empty', 'paper-jam', 'cover-open', 'offline', 'paused'] as const)(
    'that is stuck by %s waits a little, is taken back, and the cancel is confirmed',
    async (problem) => {
      const printer = scripted()
      printer.says({ kind: 'stuck', problem })
      const { desk, viewed } = deskWith(printer.device)
      desk.print(aSlip(), 'a')
      await pass(usualTiming.stuck)
      expect(viewed('a')).toMatchObject({ state: 'printing', reason: problem })
      expect(printer.calls).not.toContain('cancel')
      await pass(2 * usualTiming.poll)
      expect(viewed('a')).toMatchObject({ state: 'failed', reason: problem })
      expect(printer.calls.filter((call) => call === 'cancel')).toHaveLength(1)
    },
  )

  it('that is helped in time is printed', async () => {
    const printer = scripted()
    printer.says({ kind: 'stuck', problem: 'paper-empty' })
    const { desk, viewed } = deskWith(printer.device)
    desk.print(aSlip(), 'a')
    await pass(usualTiming.stuck - usualTiming.poll)
    printer.says({ kind: 'printing' })
    await pass(usualTiming.stuck)
    expect(viewed('a')).toMatchObject({ state: 'printing', reason: null })
    printer.says({ kind: 'printed' })
    await pass(usualTiming.poll)
    expect(viewed('a').state).toBe('printed')
  })

  it.each([
    { title: 'it came out all the same', report: { kind: 'printed' }, state: 'printed' },
    { title: 'the printer says it failed', report: { kind: 'failed', problem: 'unknown' }, state: 'failed' },
    { title: 'the printer says nothing', report: { kind: 'unknown' }, state: 'unknown' },
    { title: 'it still hangs there', report: { kind: 'stuck', problem: 'paper-jam' }, state: 'unknown' },
  ] as const)('whose cancel is not confirmed is what the printer says: $title', async ({ report, state }) => {
    let cancelled = false
    const { device } = scripted({
      cancel: async () => {
        cancelled = true
        return false
      },
      ask: async () => (cancelled ? report : { kind: 'stuck', problem: 'paper-jam' }),
    })
    const { desk, viewed } = deskWith(device)
    desk.print(aSlip(), 'a')
    await pass(usualTiming.stuck + 2 * usualTiming.poll)
    expect(viewed('a').state).toBe(state)
  })

  it('of which the printer says no more is unknown or taken back, never printed', async () => {
    const printer = scripted({ cancel: async () => false })
    printer.says({ kind: 'unknown' })
    const { desk, viewed } = deskWith(printer.device)
    desk.print(aSlip(), 'a')
    await pass(usualTiming.silent)
    expect(hasEnded(viewed('a').state)).toBe(false)
    await pass(2 * usualTiming.poll)
    expect(viewed('a')).toMatchObject({ state: 'unknown' })
  })

  it('waits while the printer is busy with another, but not for ever', async () => {
    let busy = true
    const { device } = scripted({
      submit: async () => (busy ? { kind: 'refused', problem: 'busy' } : { kind: 'taken', ticket: '7' }),
    })
    const { desk, viewed } = deskWith(device)
    desk.print(aSlip(), 'a')
    await pass(usualTiming.busy - usualTiming.poll)
    expect(viewed('a')).toMatchObject({ state: 'sent', reason: 'busy' })
    busy = false
    await pass(usualTiming.poll)
    expect(viewed('a').state).toBe('printed')
    busy = true
    desk.print(aSlip(), 'b')
    await pass(usualTiming.busy + 2 * usualTiming.poll)
    expect(viewed('b')).toMatchObject({ state: 'failed', reason: 'busy' })
  })

  it('that was lost on its way to the printer is unknown', async () => {
    const { desk, viewed } = deskWith(scripted({ submit: async () => ({ kind: 'unknown' }) }).device)
    desk.print(aSlip(), 'a')
    await pass(1)
    expect(viewed('a').state).toBe('unknown')
  })

  it('takes three minutes at most', async () => {
    const printer = scripted()
    printer.says({ kind: 'printing' })
    const { desk, viewed } = deskWith(printer.device)
    desk.print(aSlip(), 'a')
    await pass(usualTiming.most)
    expect(viewed('a').state).toBe('printing')
    await pass(2 * usualTiming.poll)
    expect(viewed('a')).toMatchObject({ state: 'failed', reason: 'unknown' })
  })

  it.each(['status', 'submit', 'ask'] as const)(
    'of a printer that throws at %s is never printed',
    async (call) => {
      const { device } = scripted({ [call]: () => Promise.reject(new Error('unplugged')) })
      const { desk, viewed } = deskWith(device)
      desk.print(aSlip(), 'a')
      await pass(1)
      expect(viewed('a').state).toBe(call === 'status' ? 'failed' : 'unknown')
      expect(desk.print(aSlip(), 'b')).toMatchObject({ kind: 'job' })
    },
  )
})

describe('giving up', () => {
  it('takes the slip back and says so once that is known', async () => {
    const printer = scripted()
    printer.says({ kind: 'printing' })
    const { desk } = deskWith(printer.device)
    desk.print(aSlip(), 'a')
    await pass(5000)
    const stopping = desk.withdraw('a')
    await pass(usualTiming.poll)
    expect(await stopping).toMatchObject({ state: 'failed', reason: 'withdrawn' })
    expect(printer.calls).toContain('cancel')
  })

  it('before anything was sent sends nothing', async () => {
    const gate = Promise.withResolvers<Uint8Array>()
    const printer = scripted()
    const { desk } = deskWith(printer.device, { render: () => gate.promise })
    desk.print(aSlip(), 'a')
    await pass(1)
    const stopping = desk.withdraw('a')
    gate.resolve(aPdf())
    expect(await stopping).toMatchObject({ state: 'failed', reason: 'withdrawn' })
    expect(printer.calls).not.toContain('submit')
  })

  it('of what is printed already changes nothing, and nobody knows of another', async () => {
    const { desk } = deskWith(scripted().device)
    desk.print(aSlip(), 'a')
    await pass(1)
    expect(await desk.withdraw('a')).toMatchObject({ state: 'printed' })
    expect(await desk.withdraw('none')).toBeNull()
  })
})

describe('a slip that cannot be drawn', () => {
  it.each([
    { title: 'has failed', hasRoom: true, reason: 'render' },
    { title: 'on a full disk has failed for want of room', hasRoom: false, reason: 'disk-full' },
  ])('$title', async ({ hasRoom, reason }) => {
    const printer = scripted()
    const render = () => Promise.reject(new Error('no browser'))
    const { desk, viewed } = deskWith(printer.device, { render, hasRoom: () => hasRoom })
    desk.print(aSlip(), 'a')
    await pass(1)
    expect(viewed('a')).toMatchObject({ state: 'failed', reason })
    expect(printer.calls).not.toContain('submit')
  })
})

describe('restraint', () => {
  it('prints one slip for any number of taps, and refuses another while it is under way', async () => {
    const printer = scripted()
    printer.says({ kind: 'printing' })
    const { desk } = deskWith(printer.device)
    const replies = ['a', 'b', 'c'].map((id) => desk.print(aSlip(), id))
    expect(replies.map((reply) => reply.kind === 'job' && reply.job.id)).toEqual(['a', 'a', 'a'])
    expect(desk.print(aSlip('other'), 'd')).toEqual({ kind: 'refused', reason: 'under-way' })
    await pass(1000)
    expect(printer.calls.filter((call) => call === 'submit')).toHaveLength(1)
  })

  it('has a limit a visit, which the next visitor finds unused', async () => {
    const { desk } = deskWith(scripted().device, { limits: { perVisit: 2, perMinute: 30 } })
    for (const id of ['a', 'b']) {
      expect(desk.print(aSlip(), id).kind).toBe('job')
      await pass(1)
    }
    expect(desk.print(aSlip(), 'c')).toEqual({ kind: 'refused', reason: 'visit-limit' })
    desk.endVisit()
    expect(desk.print(aSlip(), 'd').kind).toBe('job')
  })

  it('has a limit a minute, whoever asks', async () => {
    const { desk } = deskWith(scripted().device, { limits: { perVisit: 50, perMinute: 2 } })
    for (const id of ['a', 'b']) {
      desk.print(aSlip(), id)
      await pass(1)
      desk.endVisit()
    }
    expect(desk.print(aSlip(), 'c')).toEqual({ kind: 'refused', reason: 'minute-limit' })
    await pass(60_000)
    expect(desk.print(aSlip(), 'd').kind).toBe('job')
  })

  it('has all of its limits whatever staff print, who have none', async () => {
    const { desk } = deskWith(scripted().device, { limits: { perVisit: 1, perMinute: 1 } })
    const printed = async (id: string, customer?: Customer) => {
      const { kind } = desk.print(aSlip(), id, customer)
      await pass(1)
      return kind
    }
    expect(await printed('a', 'staff')).toBe('job')
    expect(await printed('b', 'staff')).toBe('job')
    expect(await printed('c')).toBe('job')
    expect(await printed('d')).toBe('refused')
    expect(await printed('e', 'staff')).toBe('job')
  })
})

describe('after a power cut', () => {
  /** A journal with one job in `state`. */
  function left(state: 'accepted' | 'rendering' | 'sent' | 'printing', ticket: string | null): Journal {
    const journal = openJournal(null, () => new Date())
    journal.accept({ id: 'old', number: 'N', printer: 'cups:Lobby' })
    if (state !== 'accepted') journal.enter('old', state, ticket === null ? {} : { ticket })
    return journal
  }

  it.each([
    { state: 'accepted', ticket: null, says: 'printed', end: 'failed', reason: 'interrupted' },
    { state: 'rendering', ticket: null, says: 'printed', end: 'failed', reason: 'interrupted' },
    { state: 'sent', ticket: null, says: 'printed', end: 'unknown', reason: null },
    { state: 'sent', ticket: '7', says: 'printed', end: 'printed', reason: null },
    { state: 'printing', ticket: '7', says: 'printed', end: 'printed', reason: null },
    { state: 'printing', ticket: '7', says: 'failed', end: 'failed', reason: 'paper-jam' },
    { state: 'printing', ticket: '7', says: 'stuck', end: 'failed', reason: 'paper-jam' },
    { state: 'printing', ticket: '7', says: 'unknown', end: 'failed', reason: 'offline' },
  ] as const)(
    'a slip that was $state with ticket $ticket, of which the printer says $says, is $end',
    async (row) => {
      const reports: Readonly<Record<'printed' | 'failed' | 'stuck' | 'unknown', JobReport>> = {
        printed: { kind: 'printed' },
        failed: { kind: 'failed', problem: 'paper-jam' },
        stuck: { kind: 'stuck', problem: 'paper-jam' },
        unknown: { kind: 'unknown' },
      }
      const printer = scripted({ ask: async () => reports[row.says] })
      const journal = left(row.state, row.ticket)
      const { desk } = deskWith(printer.device, { journal })
      const recovering = desk.recover()
      await pass(60_000)
      await recovering
      expect(lifeOf(journal, 'old')).toMatchObject({ state: row.end, reason: row.reason })
      expect(printer.calls).not.toContain('submit')
    },
  )

  it('nothing is printed again, and what cannot be found out keeps nobody from printing', async () => {
    const printer = scripted({ ask: () => Promise.reject(new Error('unplugged')) })
    const journal = left('printing', '7')
    const { desk } = deskWith(printer.device, { journal })
    await desk.recover()
    expect(printer.calls).toEqual(['ask'])
    expect(desk.print(aSlip(), 'new').kind).toBe('job')
  })
})

describe('a slip whose end nobody could say', () => {
  /** A desk whose printer fell silent over the slip "a". */
  async function lost() {
    let confirms = false
    const printer = scripted({ cancel: async () => confirms })
    printer.says({ kind: 'unknown' })
    const parts = deskWith(printer.device)
    parts.desk.print(aSlip(), 'a')
    await pass(usualTiming.silent + 20 * usualTiming.poll)
    expect(parts.viewed('a')).toMatchObject({ state: 'unknown', reason: 'offline' })
    printer.calls.length = 0
    const isBack = (report: JobReport): void => {
      confirms = true
      printer.says(report)
    }
    return { ...parts, printer, isBack }
  }

  it.each<{ says: JobReport; ends: string; reason: string | null; cancels: number }>([
    { says: { kind: 'printed' }, ends: 'printed', reason: null, cancels: 0 },
    { says: { kind: 'failed', problem: 'paper-jam' }, ends: 'failed', reason: 'paper-jam', cancels: 0 },
    { says: { kind: 'printing' }, ends: 'failed', reason: 'offline', cancels: 1 },
    { says: { kind: 'stuck', problem: 'paper-empty' }, ends: 'failed', reason: 'offline', cancels: 1 },
  ])(
    'is known once the printer answers again: $says.kind → $ends',
    async ({ says, ends, reason, cancels }) => {
      const { printer, journal, isBack } = await lost()
      isBack(says)
      await pass(usualTiming.again)
      expect(lifeOf(journal, 'a')).toMatchObject({ state: ends, reason })
      expect(printer.calls.filter((call) => call === 'cancel')).toHaveLength(cancels)
      // And nobody asks any more.
      printer.calls.length = 0
      await pass(10 * usualTiming.again)
      expect(printer.calls).toEqual([])
    },
  )

  it('stays unknown while the printer does not answer, and is asked about ever more seldom, for a day', async () => {
    const { printer, journal, desk } = await lost()
    await pass(10 * usualTiming.again)
    expect(printer.calls.length).toBeLessThan(20)
    expect(lifeOf(journal, 'a').state).toBe('unknown')
    await pass(86_400_000)
    printer.calls.length = 0
    await pass(10 * usualTiming.again)
    expect(printer.calls).toEqual([])
    await desk.close()
  })

  it('is cleared up before the next one is sent, so that not both come out', async () => {
    const { printer, desk, journal, isBack } = await lost()
    isBack({ kind: 'printing' })
    desk.print(aSlip(), 'b')
    await pass(1)
    expect(printer.calls.slice(0, 4)).toEqual(['ask', 'cancel', 'status', 'submit'])
    expect(lifeOf(journal, 'a').state).toBe('failed')
  })

  it('is found out by a later run too', async () => {
    const journal = openJournal(null, () => new Date())
    journal.accept({ id: 'old', number: '1', printer: 'cups:Lobby' })
    journal.enter('old', 'unknown', { ticket: '7' })
    const { desk } = deskWith(scripted().device, { journal })
    await desk.recover()
    await pass(usualTiming.again)
    expect(lifeOf(journal, 'old').state).toBe('printed')
  })

  it('is no longer asked about by a desk that is closed', async () => {
    const { printer, desk } = await lost()
    await desk.close()
    printer.calls.length = 0
    await pass(usualTiming.again)
    expect(printer.calls).toEqual([])
  })
})

describe('a journal that cannot be written', () => {
  it('when a slip is asked for: it is not begun', () => {
    const printer = scripted()
    const { desk, journal } = deskWith(printer.device)
    vi.spyOn(journal, 'accept').mockImplementation(() => {
      throw new Error('disk full')
    })
    expect(desk.print(aSlip(), 'a')).toMatchObject({ job: { state: 'failed', reason: 'disk-full' } })
    expect(desk.job('a')).toMatchObject({ state: 'failed' })
    expect(printer.calls).toEqual([])
  })

  it('later: the screen still tells the truth, and staff are told', async () => {
    const { desk, journal, log, viewed } = deskWith(scripted().device)
    vi.spyOn(journal, 'enter').mockImplementation(() => {
      throw new Error('disk full')
    })
    desk.print(aSlip(), 'a')
    await pass(1)
    expect(viewed('a').state).toBe('printed')
    expect(log.lines).toContainEqual(expect.objectContaining({ message: 'The journal could not be written' }))
  })
})

it('never says printed where the printer did not, whatever it says', async () => {
  const aReport = fc.oneof(
    fc.constantFrom<JobReport>({ kind: 'printing' }, { kind: 'unknown' }, { kind: 'printed' }),
    fc.constantFrom(...printerProblems).map((problem): JobReport => ({ kind: 'stuck', problem })),
    fc.constantFrom(...printerProblems).map((problem): JobReport => ({ kind: 'failed', problem })),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(aReport, { minLength: 1, maxLength: 60 }),
      fc.boolean(),
      async (reports, confirms) => {
        let at = 0
        let last: JobReport | undefined
        const { device } = scripted({
          ask: async () => (last = reports[at++ % reports.length] ?? { kind: 'unknown' }),
          cancel: async () => confirms,
        })
        const { desk, viewed } = deskWith(device)
        desk.print(aSlip(), 'a')
        await pass(usualTiming.most + 60_000)
        expect(hasEnded(viewed('a').state)).toBe(true)
        expect(viewed('a').state === 'printed').toBe(last?.kind === 'printed')
      },
    ),
    { numRuns: 60 },
  )
})
