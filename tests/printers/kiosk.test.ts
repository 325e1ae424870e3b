import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { usualPanel } from '../../data/physical-size.ts'
import { hasEnded, type JobState, type JobView, type PrinterStatus } from '../../data/printing.ts'
import { openJournal } from '../../electron/journal.ts'
import { choosePrinter } from '../../electron/printing/choose-printer.ts'
import { type DeskTiming, usualTiming } from '../../electron/printing/desk.ts'
import { createServices, type Services, systemClock } from '../../electron/services.ts'
import { aRequest } from '../fixtures/catalogue.ts'
import { aPdf, contentFolder, memoryLog, temporaryFolder } from '../fixtures/hosts.ts'
import { isRoot, labServer, type LabServer, needsRoot } from '../fixtures/cups-lab.ts'
import { endTree, run, until } from '../fixtures/lab-processes.ts'
import { type LabPrinter, labPrinter, type Mishap } from '../fixtures/printer-lab.ts'

/** The usual patience, shortened: what is waited for is the same. */
const timing: DeskTiming = { ...usualTiming, poll: 50, stuck: 600, busy: 600, silent: 800 }

const table: string[] = []
/** Where the table of these cases is left for people to read. */
const reports = join(import.meta.dirname, '../../node_modules/.cache/reports')
afterAll(async () => {
  await mkdir(reports, { recursive: true })
  await writeFile(join(reports, 'printing-cases.txt'), `${table.join('\n')}\n`)
})

let printer: LabPrinter
let state: string
beforeEach(async () => {
  printer = await labPrinter()
  state = await temporaryFolder('state')
  return () => printer.kill()
})

async function kiosk(changes: Partial<DeskTiming> = {}, address = printer.uri): Promise<Services> {
  const log = memoryLog()
  return createServices({
    paths: { content: await contentFolder(), prints: state, state },
    clock: systemClock,
    log,
    panel: usualPanel,
    printer: choosePrinter(address, { prints: state, paper: 'a4', now: systemClock.now, log }),
    timing: { ...timing, ...changes },
    limits: { perVisit: 1000, perMinute: 1000 },
    shell: {
      host: 'browser',
      version: 'test',
      renderPdf: async () => aPdf(),
      renderDots: () => Promise.reject(new Error('No dots were drawn')),
    },
  })
}

/** What the visitor's screen was given of a slip, word by word, and what the journal has of it. */
type Course = { readonly seen: readonly string[]; readonly life: string }

/** Asks for a slip and follows it to its end. */
async function printed(services: Services, meanwhile: (job: JobView) => unknown = () => {}): Promise<Course> {
  const { handlers } = services
  const { id } = await handlers['compose-slip'](aRequest())
  const reply = await handlers['print-slip']({ id })
  if (reply.kind !== 'job') throw new Error(reply.reason)
  const seen: string[] = []
  await until(
    'the end of the job',
    async () => {
      const job = await handlers['get-job']({ id: reply.job.id })
      const words = job.reason === null ? job.state : `${job.state}: ${job.reason}`
      if (seen.at(-1) !== words) seen.push(words)
      await meanwhile(job)
      return hasEnded(job.state)
    },
    20_000,
  )
  return { seen, life: lifeIn(state) }
}

const lifeIn = (folder: string): string => {
  const journal = openJournal(folder, () => new Date())
  const [job] = journal.latest(1)
  journal.close()
  const states = Object.keys(job?.times ?? {}).join(' → ')
  return job?.reason ? `${states} (${job.reason})` : states
}

const onHome = async ({ handlers }: Services): Promise<string> => {
  const { status } = await handlers['get-printer']({})
  const told = (said: PrinterStatus | null): string =>
    said === null ? '—' : said.kind === 'ready' ? 'ready' : said.problem
  return told(status)
}

/** A row of the table: what happened, what Home said before, what the visitor was told, what the journal says of it. */
function note(title: string, home: string, { seen, life }: Course, sheets: number): void {
  table.push([title, `home: ${home}`, seen.join(' → '), `journal: ${life}`, `${sheets} on paper`].join(' | '))
}

describe('a slip from the tap to the tray', () => {
  test.each<{ mishap: Mishap; end: string; sheets: number }>([
    { mishap: 'ready', end: 'printed', sheets: 1 },
    { mishap: 'media-empty', end: 'failed: paper-empty', sheets: 0 },
    { mishap: 'media-jam', end: 'failed: paper-jam', sheets: 0 },
    { mishap: 'cover-open', end: 'failed: cover-open', sheets: 0 },
    { mishap: 'toner-empty', end: 'failed: toner-empty', sheets: 0 },
    { mishap: 'abort', end: 'failed: unknown', sheets: 0 },
  ])(
    'a printer that meets with $mishap: $end, and nothing flows out later',
    async ({ mishap, end, sheets }) => {
      const services = await kiosk()
      const home = await onHome(services)
      await printer.set(mishap)
      const course = await printed(services)
      expect(course.seen.at(-1)).toBe(end)
      await printer.set('ready')
      expect((await printed(services)).seen).toContain('printed')
      expect(await printer.cameOut()).toHaveLength(sheets + 1)
      await services.close()
      note(mishap, home, course, sheets)
    },
  )

  test('paper that is refilled in time: printed', async () => {
    const services = await kiosk({ stuck: 15_000 })
    await printer.set('media-empty')
    const course = await printed(services, ({ reason }) => reason === 'paper-empty' && printer.set('ready'))
    expect(course.seen).toContain('printing: paper-empty')
    expect(course.seen.at(-1)).toBe('printed')
    expect(await printer.cameOut()).toHaveLength(1)
    await services.close()
    note('media-empty, then refilled', 'ready', course, 1)
  })

  test('trays empty beforehand: said on Home, and nothing is sent', async () => {
    await printer.kill()
    printer = await labPrinter({ plain: true })
    await printer.emptyTrays()
    const services = await kiosk()
    expect(await onHome(services)).toBe('paper-empty')
    const course = await printed(services)
    expect(course.seen.at(-1)).toBe('failed: paper-empty')
    expect(await printer.received()).toEqual([])
    await services.close()
    note('empty before', 'paper-empty', course, 0)
  })

  test('a printer without the paper: wrong-paper', async () => {
    await printer.kill()
    printer = await labPrinter({ papers: ['a5'] })
    const services = await kiosk()
    expect(await onHome(services)).toBe('wrong-paper')
    const course = await printed(services)
    expect(course.seen.at(-1)).toBe('failed: wrong-paper')
    await services.close()
    note('A5 in an A4 kiosk', 'wrong-paper', course, 0)
  })

  test('a printer that is off: offline at once', async () => {
    await printer.kill()
    const services = await kiosk()
    const course = await printed(services)
    expect(course.seen.at(-1)).toBe('failed: offline')
    await services.close()
    note('unreachable', 'offline', course, 0)
  })

  test('a printer killed while it prints: unknown, also when it is back', async () => {
    const services = await kiosk()
    await printer.set('slow')
    const course = await printed(services, ({ state: now }) => now === 'printing' && printer.kill())
    expect(course.seen.at(-1)).toMatch(/^unknown/u)
    await printer.set('ready')
    await printer.start()
    expect((await printed(services)).seen).toContain('printed')
    expect(await printer.cameOut()).toHaveLength(1)
    await services.close()
    note('killed mid-job', 'ready', course, 0)
  })

  test('a printer busy with somebody else: waited for a while, then busy', async () => {
    await printer.set('slow')
    const other = await kiosk()
    const theirs = printed(other, () => {})
    await until('their job on the printer', async () => (await onHome(await kiosk())) !== 'offline')
    await until('their job being printed', async () => lifeIn(state).includes('printing'))
    const services = await kiosk()
    const course = await printed(services)
    expect(course.seen.at(-1)).toBe('failed: busy')
    await printer.set('ready')
    expect((await theirs).seen.at(-1)).toBe('printed')
    await Promise.all([other.close(), services.close()])
    table.push(`busy with another | ${course.seen.join(' → ')}`)
  })

  test('a visitor who will not wait for a slow one: taken back, and nothing comes out', async () => {
    const services = await kiosk()
    await printer.set('slow')
    const course = await printed(
      services,
      ({ id, state: now }) => now === 'printing' && services.handlers['withdraw-job']({ id }),
    )
    expect(course.seen.at(-1)).toBe('failed: withdrawn')
    await printer.set('ready')
    expect((await printed(services)).seen).toContain('printed')
    expect(await printer.cameOut()).toHaveLength(1)
    await services.close()
    note('slow, withdrawn', 'ready', course, 0)
  })
})

describe.skipIf(!isRoot)(`a slip through CUPS${needsRoot}`, () => {
  let server: LabServer
  let queue: string
  beforeEach(async () => {
    server = await labServer()
    queue = await server.addQueue('Lobby', printer.uri, true)
    return () => server.kill()
  })

  test('comes out once; taken back where the paper is out, and nothing flows out after the refill', async () => {
    const services = await kiosk({}, queue)
    expect((await printed(services)).seen.at(-1)).toBe('printed')
    await printer.set('media-empty')
    const course = await printed(services)
    expect(course.seen.at(-1)).toBe('failed: paper-empty')
    await printer.set('ready')
    expect((await printed(services)).seen.at(-1)).toBe('printed')
    expect(await printer.cameOut()).toHaveLength(2)
    await services.close()
    note('CUPS, media-empty', 'ready', course, 0)
  })

  test('whose CUPS is killed meanwhile is unknown; with CUPS back it is taken back before CUPS prints it anew', async () => {
    const services = await kiosk({ again: 200 }, queue)
    await printer.set('slow')
    let killed = false
    const course = await printed(services, async ({ state: now }) => {
      if (now === 'printing' && !killed) {
        killed = true
        await server.kill()
      }
    })
    expect(course.seen.at(-1)).toMatch(/^unknown/u)
    expect(await onHome(await kiosk({}, queue))).toBe('offline')
    await server.start()
    await until('the truth in the journal', () => !lifeIn(state).endsWith('unknown (offline)'), 20_000)
    const life = lifeIn(state)
    await printer.set('ready')
    await until('a queue that answers', async () => (await onHome(await kiosk({}, queue))) === 'ready')
    expect((await printed(services)).seen.at(-1)).toBe('printed')
    const sheets = (await printer.cameOut()).length - 1
    // By the moment, CUPS had written the job down before it was killed, or not.
    expect([life.endsWith('unknown → failed (offline)') || life, sheets]).toEqual([true, 0])
    await services.close()
    note('CUPS killed and back', 'ready', { ...course, life }, sheets)
  })
})

test('200 slips in a row come out, each once, each in the journal', { timeout: 120_000 }, async () => {
  const services = await kiosk({ poll: 10 })
  for (let count = 1; count <= 200; count += 1) expect((await printed(services)).seen.at(-1)).toBe('printed')
  expect(await printer.cameOut()).toHaveLength(200)
  const journal = openJournal(state, () => new Date())
  expect(journal.latest(300).filter((job) => job.state === 'printed')).toHaveLength(200)
  expect(new Set(journal.latest(300).map(({ ticket }) => ticket)).size).toBe(200)
  journal.close()
  await services.close()
  table.push(`200 in a row | 200 printed | ${(await printer.cameOut()).length} on paper`)
})

describe('a kiosk that is killed', () => {
  const moments: readonly Exclude<JobState, 'saved' | 'failed' | 'unknown'>[] = [
    'accepted',
    'rendering',
    'sent',
    'printing',
    'printed',
  ]
  test.each(moments)('while a slip is %s neither repeats nor invents it', async (moment) => {
    const content = await contentFolder()
    const [pdf, gate] = [join(state, 'slip.pdf'), join(state, 'gate')]
    await writeFile(pdf, aPdf())
    await printer.set(moment === 'printed' ? 'ready' : 'slow')
    if (moment !== 'accepted' && moment !== 'rendering') await writeFile(gate, '')
    const program = join(import.meta.dirname, '../fixtures/printing-kiosk.ts')
    const child = run(process.execPath, [program, content, state, printer.uri, pdf, gate])
    const watch = await until('a journal', () => {
      try {
        return openJournal(state, () => new Date())
      } catch {
        return null
      }
    })
    await until(`a slip that is ${moment}`, () => {
      const [job] = watch.latest(1)
      return job !== undefined && Object.hasOwn(job.times, moment)
    })
    await endTree(child)
    const left = watch.latest(1)[0]
    watch.close()

    const services = await kiosk()
    await Promise.all([services.recover(), printer.set('ready')])
    const journal = openJournal(state, () => new Date())
    const [job, ...others] = journal.latest(5)
    journal.close()
    const sheets = (await printer.cameOut()).length
    expect(others).toEqual([])
    expect(hasEnded(job?.state ?? 'accepted')).toBe(true)
    if (moment === 'accepted' || moment === 'rendering') {
      expect(job).toMatchObject({ state: 'failed', reason: 'interrupted' })
      expect(sheets).toBe(0)
    }
    if (job?.state === 'printed') expect(sheets).toBe(1)
    if (job?.state === 'failed') expect(sheets).toBe(0)
    if (moment === 'printing' || moment === 'printed') expect(job?.state).toBe('printed')
    // What comes after it is printed as ever, once.
    expect((await printed(services)).seen).toContain('printed')
    expect((await printer.cameOut()).length).toBeLessThanOrEqual(2)
    await services.close()
    table.push(`kill -9 when ${moment} | left as ${left?.state} | found ${job?.state} | ${sheets} on paper`)
  })
})
