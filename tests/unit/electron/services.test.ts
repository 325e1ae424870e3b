import { mkdir } from 'node:fs/promises'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Handlers } from '../../../data/contract.ts'
import { KioskError } from '../../../data/errors.ts'
import { usualPanel } from '../../../data/physical-size.ts'
import type { Printable } from '../../../data/printable.ts'
import { composeSlip } from '../../../data/slip.ts'
import type { PrintDevice } from '../../../electron/printing/device.ts'
import { createServices, rememberedSlips } from '../../../electron/services.ts'
import { openUsage } from '../../../electron/usage.ts'
import type { RenderPdf } from '../../../electron/printing/pdf.ts'
import { aRequest, aSite, someContent } from '../../fixtures/catalogue.ts'
import { aPdf, contentFolder, endOf, memoryLog, noon, temporaryFolder } from '../../fixtures/hosts.ts'

/** A value that arrives when the test says so. */
function later<T>() {
  return Promise.withResolvers<T>()
}

type Parts = {
  readonly renderPdf?: RenderPdf
  readonly device?: Partial<PrintDevice>
}

const noDots = () => Promise.reject(new Error('No dots were drawn'))

/** A printer that prints at once, but for what `changes` says. */
function aDevice(changes: Partial<PrintDevice> = {}): PrintDevice {
  return {
    status: async () => ({ kind: 'ready', warnings: [] }),
    submit: async () => ({ kind: 'taken', ticket: '1' }),
    ask: async () => ({ kind: 'printed' }),
    cancel: async () => true,
    ...changes,
  }
}

let log = memoryLog()
beforeEach(() => {
  log = memoryLog()
})

async function services({ renderPdf = async () => aPdf(), device }: Parts = {}): Promise<Handlers> {
  return createServices({
    paths: { content: await contentFolder(), prints: await temporaryFolder('prints') },
    clock: { now: () => noon },
    log,
    shell: { host: 'browser', version: '1.2.3', renderPdf, renderDots: noDots },
    panel: usualPanel,
    ...(device && { printer: { kind: 'ipp', name: 'test', device: aDevice(device) } }),
  }).handlers
}

const request = aRequest()

describe('content', () => {
  it('is what the folder has', async () => {
    const content = someContent()
    const mark = {
      id: 'factory',
      edition: '2026-11-23.1',
      fingerprint: expect.stringMatching(/^\p{Script=Han}{4}$/u),
    }
    expect(await (await services())['get-content']({})).toStrictEqual({ ...content, mark })
  })

  it('is unusable where the folder is empty', async () => {
    const folder = await temporaryFolder('empty')
    await mkdir(folder, { recursive: true })
    const calls = createServices({
      paths: { content: folder, prints: folder },
      clock: { now: () => noon },
      log,
      shell: { host: 'browser', version: '', renderPdf: async () => aPdf(), renderDots: noDots },
      panel: usualPanel,
    }).handlers
    await expect(calls['get-content']({})).rejects.toMatchObject({ code: 'content-unusable' })
    await expect(calls['compose-slip'](request)).rejects.toMatchObject({ code: 'content-unusable' })
  })
})

it('says what kiosk this is', async () => {
  expect(await (await services())['get-kiosk']({})).toStrictEqual({
    host: 'browser',
    version: '1.2.3',
    panel: { diagonal: 27, lowerEdge: 800 },
    printer: { kind: 'folder', paper: 'a4' },
    brightness: { brightness: 100, night: null, nightBrightness: 100 },
    call: { who: null, phone: null },
    settingsProblems: [],
  })
})

it('logs no more of a report than its beginning', async () => {
  await (await services())['report-fault']({ message: 'm'.repeat(2000), where: 'w'.repeat(200) })
  expect(log.lines).toMatchObject([{ fields: { fault: 'm'.repeat(80), where: 'w'.repeat(80) } }])
})

it('logs what the screen reports', async () => {
  await (await services())['report-fault']({ message: 'No such element', where: 'HomePage' })
  expect(log.lines).toMatchObject([
    { level: 'error', fields: { fault: 'No such element', where: 'HomePage' } },
  ])
})

describe('a slip', () => {
  it('is composed from the edition, the site and the clock, under a name of its own', async () => {
    const calls = await services()
    const slip = await calls['compose-slip'](request)
    expect(slip.id).toMatch(/^[0-9a-f-]{36}$/)
    const mark = await calls['get-edition']({ shown: null })
    expect(slip).toStrictEqual(composeSlip(request, { ...someContent(), mark }, { now: noon }, slip.id))
    expect((await calls['compose-slip'](request)).id).not.toBe(slip.id)
  })

  it('of an unknown service is not found', async () => {
    const composing = (await services())['compose-slip'](aRequest('none'))
    await expect(composing).rejects.toMatchObject({
      code: 'not-found',
      message: 'No such service in edition 2026-11-23.1',
    })
  })

  it('is remembered until eight later ones push it out', async () => {
    const calls = await services()
    const first = await calls['compose-slip'](request)
    const later = []
    for (let count = 1; count < rememberedSlips; count += 1) later.push(await calls['compose-slip'](request))
    expect(await calls['get-slip']({ id: first.id })).toStrictEqual(first)
    await calls['compose-slip'](request)
    await expect(calls['get-slip']({ id: first.id })).rejects.toMatchObject({ code: 'not-found' })
    for (const slip of later) expect(await calls['get-slip']({ id: slip.id })).toStrictEqual(slip)
  })

  it('is forgotten with the visit', async () => {
    const calls = await services()
    const { id } = await calls['compose-slip'](request)
    expect(await calls['end-visit']({})).toStrictEqual({})
    await expect(calls['get-slip']({ id })).rejects.toMatchObject({ code: 'not-found' })
    await expect(calls['print-slip']({ id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['', 'none', '__proto__', 'constructor'])('has no id %j', async (id) => {
    const calls = await services()
    await expect(calls['get-slip']({ id })).rejects.toBeInstanceOf(KioskError)
    await expect(calls['print-slip']({ id })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('printing', () => {
  it('draws the slip that was composed and saves it', async () => {
    const drawn: Printable[] = []
    const calls = await services({
      renderPdf: async (slip) => {
        drawn.push(slip)
        return aPdf()
      },
    })
    const slip = await calls['compose-slip'](request)
    expect(await endOf(calls, slip.id)).toMatchObject({
      state: 'saved',
      file: expect.stringMatching(/^slip-20261123T040000Z-[0-9a-f]{4}\.pdf$/),
    })
    expect(drawn).toStrictEqual([slip])
  })

  it('prints once for two taps, and again for a tap after that', async () => {
    const gate = later<{ kind: 'taken'; ticket: string }>()
    let submitted = 0
    const calls = await services({
      device: {
        submit: () => {
          submitted += 1
          return submitted === 1 ? gate.promise : Promise.resolve({ kind: 'taken', ticket: '2' })
        },
      },
    })
    const { id } = await calls['compose-slip'](request)
    const taps = await Promise.all([calls['print-slip']({ id }), calls['print-slip']({ id })])
    const jobs = taps.map((reply) => (reply.kind === 'job' ? reply.job.id : reply.reason))
    expect(new Set(jobs).size).toBe(1)
    gate.resolve({ kind: 'taken', ticket: '1' })
    const [job = ''] = jobs
    await vi.waitFor(async () =>
      expect(await calls['get-job']({ id: job })).toMatchObject({ state: 'printed' }),
    )
    expect(submitted).toBe(1)
    expect(await endOf(calls, id)).toMatchObject({ state: 'printed' })
    expect(submitted).toBe(2)
  })

  it('goes on when the visit ends, and its page still finds the slip', async () => {
    const gate = later<Uint8Array>()
    const calls = await services({ renderPdf: () => gate.promise })
    const slip = await calls['compose-slip'](request)
    const ending = endOf(calls, slip.id)
    await calls['end-visit']({})
    expect(await calls['get-slip']({ id: slip.id })).toStrictEqual(slip)
    gate.resolve(aPdf())
    expect(await ending).toMatchObject({ state: 'saved' })
    await expect(calls['get-slip']({ id: slip.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each([
    { title: 'cannot be drawn', renderPdf: () => Promise.reject(new Error('no browser')) },
    { title: 'is drawn damaged', renderPdf: async () => aPdf({ pages: 0 }) },
    { title: 'is drawn on other paper', renderPdf: async () => aPdf({ mediaBox: '0 0 612 792' }) },
  ])('fails where the slip $title, and nothing reaches the printer', async ({ renderPdf }) => {
    let submitted = 0
    const calls = await services({
      renderPdf,
      device: {
        submit: async () => {
          submitted += 1
          return { kind: 'taken', ticket: '1' }
        },
      },
    })
    const { id } = await calls['compose-slip'](request)
    expect(await endOf(calls, id)).toMatchObject({ state: 'failed', reason: 'render' })
    expect(submitted).toBe(0)
    expect(log.lines).toContainEqual(expect.objectContaining({ message: 'A slip could not be drawn' }))
  })

  it('says nothing of the visit in the log', async () => {
    const calls = await services()
    const slip = await calls['compose-slip'](request)
    await endOf(calls, slip.id)
    const text = JSON.stringify(log.lines)
    expect(log.lines.length).toBeGreaterThan(0)
    for (const secret of [slip.id, slip.number, ...slip.services.flatMap(({ id, title }) => [id, title])])
      expect(text).not.toContain(secret)
  })

  it.each(['', 'none', '__proto__', 'constructor'])('knows no job %j', async (id) => {
    const calls = await services()
    await expect(calls['get-job']({ id })).rejects.toMatchObject({ code: 'not-found' })
    await expect(calls['withdraw-job']({ id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tells what the printer says of itself, and asks it no more often than need be', async () => {
    let asked = 0
    const calls = await services({
      device: {
        status: async () => {
          asked += 1
          return { kind: 'blocked', problem: 'paper-empty' }
        },
      },
    })
    const status = { kind: 'blocked', problem: 'paper-empty' }
    expect(await calls['get-printer']({})).toStrictEqual({ status })
    expect(await calls['get-printer']({})).toStrictEqual({ status })
    expect(asked).toBe(1)
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'The printer needs somebody' }])
    expect(await (await services())['get-printer']({})).toStrictEqual({ status: null })
  })
})

describe('the clock', () => {
  async function servicesAt(now: () => Date, state: string | null = null) {
    return createServices({
      paths: { content: await contentFolder(), prints: await temporaryFolder('prints'), state },
      clock: { now },
      log,
      shell: { host: 'browser', version: '', renderPdf: async () => aPdf(), renderDots: noDots },
      panel: usualPanel,
    }).handlers
  }

  it('is compared with the latest time seen, across restarts', async () => {
    const state = await temporaryFolder('state')
    const first = await servicesAt(() => noon, state)
    expect(await first['get-clock']({})).toStrictEqual({ lastSeen: null })
    const second = await servicesAt(() => noon, state)
    expect(await second['get-clock']({})).toStrictEqual({ lastSeen: noon.toISOString() })
  })

  it('that has jumped back, or cannot be right, gives slips without advice, and staff are told', async () => {
    let now = noon
    const calls = await servicesAt(() => now)
    expect((await calls['compose-slip'](request)).advice).not.toBeNull()
    for (const wrong of ['2026-11-23T03:00:00Z', '1970-01-01T00:00:00Z', '2046-01-01T00:00:00Z']) {
      now = new Date(wrong)
      expect((await calls['compose-slip'](request)).advice).toEqual({})
    }
    expect(log.lines.map(({ level, fields }) => [level, fields['reason']])).toEqual([
      ['warn', 'jumped-back'],
      ['warn', 'before-edition'],
      ['warn', 'long-after-edition'],
    ])
  })
})

it('has no plan of a floor of which staff have drawn none', async () => {
  expect(await (await services())['get-plan']({ building: 'main', floor: 1 })).toStrictEqual({ svg: null })
})

it('gives the plan of a floor as staff have drawn it', async () => {
  const [main] = aSite().buildings
  const site = { ...aSite(), buildings: [{ ...main, plans: [{ floor: 2, file: 'second.svg' }] }] }
  const content = await contentFolder({ 'site.json': site, 'second.svg': '<svg/>' })
  const calls = createServices({
    paths: { content, prints: await temporaryFolder('prints') },
    clock: { now: () => noon },
    log,
    shell: { host: 'browser', version: '', renderPdf: async () => aPdf(), renderDots: noDots },
    panel: usualPanel,
  }).handlers
  expect(await calls['get-plan']({ building: 'main', floor: 2 })).toStrictEqual({ svg: '<svg/>' })
  expect(await calls['get-plan']({ building: 'elsewhere', floor: 2 })).toStrictEqual({ svg: null })
})

describe('counting', () => {
  it('takes what the edition has, and turns away what it does not', async () => {
    const state = await temporaryFolder('state')
    const { handlers: calls, close } = createServices({
      paths: { content: await contentFolder(), prints: state, state },
      clock: { now: () => noon },
      log,
      shell: { host: 'browser', version: '', renderPdf: async () => aPdf(), renderDots: noDots },
      panel: usualPanel,
    })
    const [service] = someContent().catalogue.services
    await calls['count-use']({ kind: 'view', service: service?.id ?? '' })
    await calls['count-use']({ kind: 'view', service: '13912345678' })
    await calls['count-use']({ kind: 'visit' })
    await close()
    const usage = openUsage(state, log)
    expect(usage.counts(1).map(({ day, kind, key }) => [day, kind, key])).toEqual([
      ['2026-11-23', 'view', service?.id],
      ['2026-11-23', 'visit', ''],
    ])
    usage.close()
  })
})
