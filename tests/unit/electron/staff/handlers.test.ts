import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallName } from '../../../../data/contract.ts'
import type { Printable } from '../../../../data/printable.ts'
import { usualPanel } from '../../../../data/physical-size.ts'
import { staffContract } from '../../../../data/staff.ts'
import { createServices, type Services } from '../../../../electron/services.ts'
import type { RenderPdf } from '../../../../electron/printing/pdf.ts'
import { staffFile } from '../../../../electron/staff/database.ts'
import { aPdf, contentFolder, memoryLog, noon, temporaryFolder } from '../../../fixtures/hosts.ts'

let state: string
beforeEach(async () => {
  state = await temporaryFolder('state')
})
const running: Services[] = []
afterEach(async () => {
  for (const services of running.splice(0)) await services.close(0)
})

async function kiosk(renderPdf: RenderPdf = async () => aPdf()) {
  const services = createServices({
    paths: { content: await contentFolder(), prints: await temporaryFolder('prints'), state },
    clock: { now: () => noon },
    log: memoryLog(),
    shell: {
      host: 'browser',
      version: 'test',
      renderPdf,
      renderDots: () => Promise.reject(new Error('No dots')),
    },
    panel: usualPanel,
  })
  running.push(services)
  return services.handlers
}

const pins = { frontDesk: '482915', it: '70315926' }
const notAllowed = expect.objectContaining({ code: 'not-allowed' })
// Setting two PINs takes as long as it takes to compare two.
vi.setConfig({ testTimeout: 60_000 })

it('lets nobody who is not logged in do anything that is for staff', async () => {
  const calls = await kiosk()
  const args = {
    'staff-approve': () => calls['staff-approve']({ id: 'x', acknowledged: 0, pin: '482915' }),
    'staff-change-pin': () => calls['staff-change-pin']({ role: 'it', own: '482915', next: '606172' }),
    'staff-change-settings': () => calls['staff-change-settings']({ paper: 'a5' }),
    'staff-find-printers': () => calls['staff-find-printers']({}),
    'staff-get-audit': () => calls['staff-get-audit']({ before: null }),
    'staff-get-editions': () => calls['staff-get-editions']({}),
    'staff-get-log': () => calls['staff-get-log']({ most: 10 }),
    'staff-get-overview': () => calls['staff-get-overview']({}),
    'staff-get-printing': () => calls['staff-get-printing']({}),
    'staff-get-settings': () => calls['staff-get-settings']({}),
    'staff-get-sticks': () => calls['staff-get-sticks']({}),
    'staff-print-guide': () => calls['staff-print-guide']({}),
    'staff-read-offer': () => calls['staff-read-offer']({ stick: 'x', paths: ['a.docx'] }),
    'staff-roll-back': () => calls['staff-roll-back']({ id: 'factory' }),
    'staff-see-offer': () => calls['staff-see-offer']({ id: 'x' }),
    'staff-stay': () => calls['staff-stay']({}),
    'staff-take-away': () => calls['staff-take-away']({ stick: 'x', wanted: ['audit'] }),
    'staff-test-printer': () => calls['staff-test-printer']({}),
  }
  const forStaff = Object.keys(staffContract).filter((name) => name.startsWith('staff-'))
  expect(Object.keys(args)).toEqual(forStaff.toSorted())
  for (const [name, call] of Object.entries(args)) {
    const attempt = async () => call()
    await expect(attempt(), name).rejects.toEqual(notAllowed)
  }
  await calls['set-up-staff'](pins)
  await calls['leave-staff']({})
  for (const [name, call] of Object.entries(args)) {
    const attempt = async () => call()
    await expect(attempt(), name).rejects.toEqual(notAllowed)
  }
})

describe('what IT sets', () => {
  it('is in force at once, kept in the settings file beside its comments, and in the log', async () => {
    await mkdir(state, { recursive: true })
    await writeFile(join(state, 'kiosk.jsonc'), '{\n  // 前台左边那台\n  "paper": "a4"\n}\n')
    const calls = await kiosk()
    await calls['set-up-staff'](pins)
    const panel = { diagonal: 43, lowerEdge: 700 }
    expect(await calls['staff-change-settings']({ panel, paper: 'a5' })).toEqual({
      kind: 'done',
      afterRestart: false,
    })
    expect(await calls['get-kiosk']({})).toMatchObject({ panel, printer: { paper: 'a5' } })
    const kept = await readFile(join(state, 'kiosk.jsonc'), 'utf8')
    expect(kept).toContain('// 前台左边那台')
    expect(kept).toContain('"paper": "a5"')
    expect(kept).toContain('"inches": 43')
    const { entries } = await calls['staff-get-audit']({ before: null })
    expect(entries[0]).toMatchObject({
      role: 'it',
      deed: 'settings-changed',
      details: ['43″, 700 mm', 'a5'],
    })
  })

  it('is not changed in a file that is broken, nor for the time being', async () => {
    const broken = '{\n  "limits": { "perVisit": 2 }\n  "paper": "a4"\n}\n'
    await mkdir(state, { recursive: true })
    await writeFile(join(state, 'kiosk.jsonc'), broken)
    const calls = await kiosk()
    await calls['set-up-staff'](pins)
    expect(await calls['staff-change-settings']({ printer: 'ipp://127.0.0.1:9/ipp/print' })).toEqual({
      kind: 'refused',
      problem: 'not-kept',
      detail: `没有改动。第 3 行：前面少一个逗号。看得懂的设置仍然有效。请先改正 ${join(state, 'kiosk.jsonc')}。`,
    })
    expect(await readFile(join(state, 'kiosk.jsonc'), 'utf8')).toBe(broken)
    expect(await calls['staff-get-printing']({})).toMatchObject({ printer: 'folder' })
  })

  it('has to be a printer that there is', async () => {
    const calls = await kiosk()
    await calls['set-up-staff'](pins)
    expect(await calls['staff-change-settings']({ printer: 'nonsense' })).toMatchObject({
      kind: 'refused',
      problem: 'no-such-printer',
    })
    expect((await calls['staff-get-settings']({})).settings.printer).toBe('folder')
  })

  it('is another printer from the next slip on', async () => {
    const calls = await kiosk()
    await calls['set-up-staff'](pins)
    // Nobody listens there: the printer is chosen, and said to be offline.
    expect(await calls['staff-change-settings']({ printer: 'ipp://127.0.0.1:9/ipp/print' })).toMatchObject({
      kind: 'done',
    })
    expect(await calls['get-kiosk']({})).toMatchObject({ printer: { kind: 'ipp' } })
    expect(await calls['staff-get-printing']({})).toMatchObject({
      printer: 'ipp://127.0.0.1:9/ipp/print',
      status: { kind: 'blocked', problem: 'offline' },
    })
  })

  it('is no other printer while a slip is under way on this one', async () => {
    const drawn = Promise.withResolvers<Uint8Array>()
    const calls = await kiosk(() => drawn.promise)
    await calls['set-up-staff'](pins)
    expect(await calls['staff-test-printer']({})).toMatchObject({ kind: 'job' })
    expect(await calls['staff-change-settings']({ paper: 'a5' })).toMatchObject({ problem: 'busy' })
    drawn.resolve(aPdf())
    await expect
      .poll(async () => (await calls['staff-get-printing']({})).latest[0]?.state, { timeout: 10_000 })
      .toBe('saved')
    expect(await calls['staff-change-settings']({ paper: 'a5' })).toMatchObject({ kind: 'done' })
  })

  it('is for IT alone', async () => {
    const calls = await kiosk()
    await calls['set-up-staff'](pins)
    await calls['enter-staff']({ role: 'front-desk', pin: pins.frontDesk })
    await expect(calls['staff-change-settings']({ paper: 'a5' })).rejects.toEqual(notAllowed)
    expect((await calls['staff-get-overview']({})).role).toBe('front-desk')
  })
})

describe("the staff's guide", () => {
  const mediaBoxes = { a4: '0 0 594.95996 841.91998', a5: '0 0 419.52 595.2' }

  it.each(['a4', 'a5'] as const)('is printed on the %s paper that is set, and in the log', async (paper) => {
    const drawn: Printable[] = []
    const calls = await kiosk(async (printable) => {
      drawn.push(printable, await calls['get-slip']({ id: printable.id }))
      return aPdf({ mediaBox: mediaBoxes[paper], pages: 4 })
    })
    await calls['set-up-staff'](pins)
    await calls['staff-change-settings']({ paper })
    const reply = await calls['staff-print-guide']({})
    if (reply.kind !== 'job') throw new Error(reply.reason)
    await expect
      .poll(async () => (await calls['get-job']({ id: reply.job.id })).state, { timeout: 10_000 })
      .toBe('saved')
    const guide = { kind: 'staff-guide', format: paper, program: 'test', composedAt: noon.toISOString() }
    expect(drawn).toEqual([expect.objectContaining(guide), drawn[0]])
    expect((await calls['staff-get-printing']({})).latest[0]).toMatchObject({
      number: drawn[0]?.number,
      pages: 4,
    })
    const { entries } = await calls['staff-get-audit']({ before: null })
    expect(entries[0]).toMatchObject({ role: 'it', deed: 'guide-sent', details: ['folder', paper] })
  })

  it('is not printed on a roll: nothing is drawn, nothing in the log says so', async () => {
    const calls = await kiosk(() => Promise.reject(new Error('Drawn')))
    await calls['set-up-staff'](pins)
    await calls['staff-change-settings']({ paper: 'roll' })
    expect(await calls['staff-print-guide']({})).toEqual({ kind: 'refused', reason: 'no-sheets' })
    expect((await calls['staff-get-printing']({})).latest).toEqual([])
    const { entries } = await calls['staff-get-audit']({ before: null })
    expect(entries.map(({ deed }) => deed)).not.toContain('guide-sent')
  })
})

it('logs staff out when the visit ends', async () => {
  const calls = await kiosk()
  await calls['set-up-staff'](pins)
  await calls['end-visit']({})
  await expect(calls['staff-get-overview']({})).rejects.toEqual(notAllowed)
})

it('shuts the door, and shows visitors everything, where the PINs cannot be read', async () => {
  await mkdir(state, { recursive: true })
  await writeFile(join(state, staffFile), 'no database'.repeat(1000))
  const calls = await kiosk()
  expect((await calls['get-staff-door']({})).state).toBe('closed')
  await expect((async () => calls['set-up-staff'](pins))()).rejects.toEqual(notAllowed)
  expect((await calls['get-content']({})).catalogue.services.length).toBeGreaterThan(0)
})

/** The names of the door itself begin otherwise, so that nobody takes one for the other. */
it('names every call of the door apart from what is behind it', () => {
  const names: readonly CallName[] = ['get-staff-door', 'set-up-staff', 'enter-staff', 'leave-staff']
  expect(Object.keys(staffContract).filter((name) => !name.startsWith('staff-'))).toEqual(names)
})
