import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { isTooSimple } from '../../../../data/staff-pins.ts'
import { staffFile } from '../../../../electron/staff/database.ts'
import { waitAfter } from '../../../../electron/staff/lock-out.ts'
import { openStaffDoor, resetStaff, type StaffDoor } from '../../../../electron/staff/staff-door.ts'
import { noon, temporaryFolder } from '../../../fixtures/hosts.ts'

const cost = { N: 16, r: 8, p: 1 }
const pins = { frontDesk: '482915', it: '70315926' }
const minute = 60_000

const doors: StaffDoor[] = []
afterEach(() => {
  for (const door of doors.splice(0)) door.close()
})

/** A clock that stands until it is told to go, and keeps going over restarts of what is tested. */
function aClock() {
  let time = 0
  return { elapsed: () => time, pass: (milliseconds: number) => void (time += milliseconds) }
}

function open(
  folder: string | null,
  elapsed: () => number = () => 0,
  now: () => Date = () => noon,
): StaffDoor {
  const door = openStaffDoor({ folder, now, elapsed, cost })
  doors.push(door)
  return door
}

async function openSetUp(elapsed: () => number = () => 0, folder: string | null = null): Promise<StaffDoor> {
  const door = open(folder, elapsed)
  expect(await door.setUp(pins)).toEqual({ kind: 'done' })
  door.leave()
  return door
}

describe('at the first start', () => {
  it('asks for two PINs, lets whoever sets them go on as IT, and asks no second time', async () => {
    const door = open(null)
    expect(door.look().state).toBe('first-start')
    expect(await door.setUp(pins)).toEqual({ kind: 'done' })
    expect(door.session.role()).toBe('it')
    expect(door.look().state).toBe('ready')
    const again = await door.setUp({ frontDesk: '909192', it: '131517' })
    expect(again).toEqual({ kind: 'refused', problem: 'set-already' })
  })

  it.each([
    [{ frontDesk: '1234', it: '70315926' }, 'too-simple'],
    [{ frontDesk: '482915', it: '0000' }, 'too-simple'],
    [{ frontDesk: '482915', it: '482915' }, 'same-as-other'],
  ] as const)('refuses %j: %s', async (given, problem) => {
    const door = open(null)
    expect(await door.setUp(given)).toEqual({ kind: 'refused', problem })
    expect(door.look().state).toBe('first-start')
    expect(door.session.role()).toBeNull()
  })

  it('keeps the PINs over a restart', async () => {
    const folder = await temporaryFolder('staff')
    ;(await openSetUp(undefined, folder)).close()
    doors.pop()
    const door = open(folder)
    expect(await door.enter('it', pins.it)).toEqual({ kind: 'right' })
  })
})

it('finds PINs that everybody tries first too simple, and others not', () => {
  for (const pin of ['0000', '1234', '4321', '98765432', '1212', '8787', '77777777', '454545'])
    expect(isTooSimple(pin), pin).toBe(true)
  for (const pin of ['1357', '1235', '2580', '4829', '1001', '70315926'])
    expect(isTooSimple(pin), pin).toBe(false)
})

describe('a PIN', () => {
  it('opens for its own role only', async () => {
    const door = await openSetUp()
    expect(await door.enter('it', pins.frontDesk)).toMatchObject({ kind: 'wrong' })
    expect(door.session.role()).toBeNull()
    expect(await door.enter('front-desk', pins.frontDesk)).toEqual({ kind: 'right' })
    expect(door.session.role()).toBe('front-desk')
  })

  it('that is wrong three times shuts the door for longer and longer, and a right one opens it again', async () => {
    const clock = aClock()
    const door = await openSetUp(clock.elapsed)
    expect(await door.enter('it', '111222')).toEqual({ kind: 'wrong', left: 2 })
    expect(await door.enter('it', '111222')).toEqual({ kind: 'wrong', left: 1 })
    expect(await door.enter('it', '111222')).toEqual({ kind: 'locked', seconds: 30 })
    expect(await door.enter('it', pins.it), 'even the right one').toEqual({ kind: 'locked', seconds: 30 })
    expect(door.look().wait).toEqual({ 'front-desk': 0, it: 30 })
    clock.pass(30_000)
    expect(await door.enter('it', '111222')).toEqual({ kind: 'locked', seconds: 60 })
    clock.pass(60_000)
    expect(await door.enter('it', pins.it)).toEqual({ kind: 'right' })
    expect(door.wrongSince()).toBe(4)
    expect(await door.enter('it', '111222')).toEqual({ kind: 'wrong', left: 2 })
  })

  it('typed many times at once counts as often', async () => {
    const door = await openSetUp()
    const replies = await Promise.all(Array.from({ length: 10 }, () => door.enter('it', '111222')))
    expect(replies.filter(({ kind }) => kind === 'wrong')).toHaveLength(2)
    expect(replies.filter(({ kind }) => kind === 'locked')).toHaveLength(8)
  })

  it('waits never longer than an hour, so that staff can come in the same day', () => {
    expect([0, 1, 2, 3, 4, 9, 10, 11, 1000].map(waitAfter)).toEqual([0, 0, 0, 30, 60, 1920, 3600, 3600, 3600])
  })
})

describe('a wait', () => {
  it('goes on after a restart, whatever the wall clock says then', async () => {
    const folder = await temporaryFolder('staff')
    const clock = aClock()
    const door = await openSetUp(clock.elapsed, folder)
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await door.enter('it', '111222')
      clock.pass(wrong < 4 ? waitAfter(wrong + 1) * 1000 : 0)
    }
    expect(door.look().wait.it).toBe(120)
    clock.pass(50_000)
    doors.pop()?.close()
    const later = open(folder, clock.elapsed, () => new Date('2001-01-01T00:00:00Z'))
    expect(later.look().wait.it).toBe(70)
    expect(await later.enter('it', pins.it)).toEqual({ kind: 'locked', seconds: 70 })
  })

  it('is not shortened by pulling the plug in the middle of a try', async () => {
    const folder = await temporaryFolder('staff')
    const door = await openSetUp(undefined, folder)
    for (let tries = 0; tries < 2; tries += 1) await door.enter('it', '111222')
    const trying = door.enter('it', '111222')
    // What is on the disk while the third PIN is still being compared is all a power cut leaves.
    await Promise.resolve()
    const copy = await temporaryFolder('staff-copy')
    await cp(folder, copy, { recursive: true })
    await trying
    expect(open(copy).look().wait.it).toBe(30)
  })

  it(
    'leaves whoever guesses for a week, pulling the plug and setting the clock as he likes, under 190 tries',
    { timeout: 30_000 },
    async () => {
      const week = 7 * 24 * 60 * minute
      const folder = await temporaryFolder('staff')
      const clock = aClock()
      let year = 2026
      let door = await openSetUp(clock.elapsed, folder)
      let tries = 0
      for (let step = 0; clock.elapsed() < week; step += 1) {
        const reply = await door.enter('front-desk', String(100_000 + tries))
        if (reply.kind === 'wrong') tries += 1
        if (reply.kind === 'locked') {
          // The last try shut the door: it counts; the ones that find it shut do not.
          if (reply.seconds === waitAfter(tries + 1)) tries += 1
          clock.pass(step % 3 === 0 ? 5000 : door.look().wait['front-desk'] * 1000)
        }
        if (step % 50 === 0) {
          doors.pop()?.close()
          year = year === 2026 ? 2099 : 2026
          door = open(folder, clock.elapsed, () => new Date(`${year}-01-01T00:00:00Z`))
        }
      }
      expect(tries).toBeGreaterThan(100)
      expect(tries).toBeLessThan(190)
    },
  )
})

describe('whoever is in', () => {
  it('is out after two minutes without a touch; looks that the screen takes by itself are none', async () => {
    const clock = aClock()
    const door = await openSetUp(clock.elapsed)
    await door.enter('front-desk', pins.frontDesk)
    clock.pass(2 * minute)
    expect(door.session.demand()).toBe('front-desk')
    clock.pass(20_000)
    expect(() => door.session.demand()).toThrow(expect.objectContaining({ code: 'not-allowed' }))
    expect(door.audit.page(null, 1).entries).toMatchObject([{ deed: 'timed-out', role: 'front-desk' }])
  })

  it('stays in while touching', async () => {
    const clock = aClock()
    const door = await openSetUp(clock.elapsed)
    await door.enter('front-desk', pins.frontDesk)
    for (let touches = 0; touches < 10; touches += 1) {
      clock.pass(minute)
      door.session.stay()
    }
    expect(door.session.role()).toBe('front-desk')
  })

  it('from the front desk may not do what is for IT', async () => {
    const door = await openSetUp()
    await door.enter('front-desk', pins.frontDesk)
    expect(() => door.session.demand('it')).toThrow(expect.objectContaining({ code: 'not-allowed' }))
    await expect(door.changePin('it', pins.frontDesk, '606162')).rejects.toMatchObject({
      code: 'not-allowed',
    })
  })

  it('changes the own PIN with the old one', async () => {
    const door = await openSetUp()
    await door.enter('front-desk', pins.frontDesk)
    expect(await door.changePin('front-desk', '111222', '606172')).toMatchObject({ kind: 'wrong' })
    expect(await door.changePin('front-desk', pins.frontDesk, '606060')).toMatchObject({
      problem: 'too-simple',
    })
    expect(await door.changePin('front-desk', pins.frontDesk, '606172')).toEqual({ kind: 'done' })
    expect(await door.enter('front-desk', pins.frontDesk)).toMatchObject({ kind: 'wrong' })
    expect(await door.enter('front-desk', '606172')).toEqual({ kind: 'right' })
  })

  it('as IT gives the front desk a new PIN, also while its door is shut', async () => {
    const door = await openSetUp()
    for (let wrong = 0; wrong < 3; wrong += 1) await door.enter('front-desk', '111222')
    await door.enter('it', pins.it)
    expect(await door.changePin('front-desk', pins.it, pins.it)).toMatchObject({ problem: 'same-as-other' })
    expect(await door.changePin('front-desk', pins.it, '606172')).toEqual({ kind: 'done' })
    expect(await door.enter('front-desk', '606172')).toEqual({ kind: 'right' })
  })

  it('from the front desk cannot find out the PIN of IT by taking it as the own', async () => {
    const door = await openSetUp()
    await door.enter('front-desk', pins.frontDesk)
    expect(await door.changePin('front-desk', pins.frontDesk, pins.it)).toEqual({ kind: 'done' })
  })
})

describe('the log', () => {
  it('says who did what, the newest first, page by page', async () => {
    const door = await openSetUp()
    await door.enter('it', '111222')
    await door.enter('front-desk', pins.frontDesk)
    door.leave()
    const { entries, total, brokenAt } = door.audit.page(null, 3)
    expect(entries.map(({ number, role, deed }) => [number, role, deed])).toEqual([
      [5, 'front-desk', 'logged-out'],
      [4, 'front-desk', 'logged-in'],
      [3, 'it', 'wrong-pin'],
    ])
    expect({ total, brokenAt }).toEqual({ total: 5, brokenAt: null })
    expect(door.audit.page(3, 3).entries.map(({ deed }) => deed)).toEqual(['logged-out', 'set-up'])
    expect(door.audit.all().map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
  })

  it('cannot be changed or thinned out through the database as it stands', async () => {
    const folder = await temporaryFolder('staff')
    await openSetUp(undefined, folder)
    const database = new DatabaseSync(join(folder, staffFile))
    expect(() => database.exec("UPDATE audit SET role = 'front-desk'")).toThrow('kept')
    expect(() => database.exec('DELETE FROM audit')).toThrow('kept')
    database.close()
  })

  it('shows whatever was changed or taken out behind its back', { timeout: 30_000 }, async () => {
    const changes = [
      'at',
      'role',
      'deed',
      'details',
      'edition_before',
      'edition_after',
      'hash',
      'gone',
    ] as const
    const folder = await temporaryFolder('staff')
    const whole = await openSetUp(undefined, folder)
    const entries = 6
    for (let at = whole.audit.all().length; at < entries; at += 1)
      whole.audit.write({ role: 'it', deed: 'edition-installed', editionBefore: 'a', editionAfter: 'b' })
    whole.close()
    doors.pop()
    const values = {
      at: '2020-01-01T00:00:00.000Z',
      role: 'front-desk',
      deed: 'taken-away',
      details: '["x"]',
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...changes),
        fc.integer({ min: 1, max: entries - 1 }),
        async (change, number) => {
          const copy = await temporaryFolder('staff-copy')
          await cp(folder, copy, { recursive: true })
          const database = new DatabaseSync(join(copy, staffFile))
          database.exec('DROP TRIGGER audit_kept; DROP TRIGGER audit_whole')
          if (change === 'gone') database.prepare('DELETE FROM audit WHERE number = ?').run(number)
          else {
            const value = change in values ? Reflect.get(values, change) : 'c'
            database.prepare(`UPDATE audit SET ${change} = ? WHERE number = ?`).run(String(value), number)
          }
          database.close()
          const { brokenAt } = open(copy).audit.page(null, 1)
          expect(brokenAt).toBe(change === 'gone' ? number + 1 : number)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('whoever has the machine itself in hand', () => {
  it('takes the PINs away while the kiosk runs, so that it asks for new ones; the log says so', async () => {
    const folder = await temporaryFolder('staff')
    const door = await openSetUp(undefined, folder)
    resetStaff(folder, 'pins', () => noon)
    expect(door.look().state).toBe('first-start')
    expect(door.audit.page(null, 1).entries).toMatchObject([{ deed: 'pins-removed', role: null }])
    expect(await door.setUp({ frontDesk: '909182', it: '131527' })).toEqual({ kind: 'done' })
  })

  it('ends a wait', async () => {
    const folder = await temporaryFolder('staff')
    const door = await openSetUp(undefined, folder)
    for (let wrong = 0; wrong < 3; wrong += 1) await door.enter('it', '111222')
    expect(door.look().wait.it).toBe(30)
    resetStaff(folder, 'waits', () => noon)
    expect(door.look().wait.it).toBe(0)
    expect(await door.enter('it', pins.it)).toEqual({ kind: 'right' })
  })
})

it('opens to nobody where its file is broken', async () => {
  const folder = await temporaryFolder('staff')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, staffFile), 'no database'.repeat(1000))
  expect(() => openStaffDoor({ folder, now: () => noon })).toThrow()
})
