import type { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { type Door, type NewPinReply, type PinReply, type Role, roles } from '../../data/staff.ts'
import { isTooSimple } from '../../data/staff-pins.ts'
import { createQueue } from '../queue.ts'
import { type Audit, createAudit } from './audit.ts'
import { openStaffDatabase } from './database.ts'
import { createLockOut, triesLeft } from './lock-out.ts'
import { hashPin, isPin, type PinCost, usualCost } from './pin.ts'
import { createSession, type Session } from './session.ts'

export type StaffDoorOptions = {
  /** The state folder; null: for this run only. */
  readonly folder: string | null
  readonly now: () => Date
  /** Milliseconds on a clock that nobody sets. */
  readonly elapsed?: () => number
  readonly cost?: PinCost
}

/** The door between visitors and staff: PINs, the waits after wrong ones, who is in, and the log of what they did. */
export type StaffDoor = {
  readonly look: () => Door
  readonly setUp: (pins: { readonly frontDesk: string; readonly it: string }) => Promise<NewPinReply>
  /** Logs in where the PIN is right. */
  readonly enter: (role: Role, pin: string) => Promise<PinReply>
  /** Asks whoever is logged in for the PIN again, before something that matters. */
  readonly confirm: (pin: string) => Promise<PinReply>
  readonly changePin: (role: Role, own: string, next: string) => Promise<NewPinReply>
  readonly leave: () => void
  /** Wrong PINs typed before this log-in. */
  readonly wrongSince: () => number
  readonly session: Session
  readonly audit: Audit
  readonly close: () => void
}

/** How many tries may wait for their turn: more than fingers can make. */
const mostWaiting = 20

const pinRow = v.object({ hash: v.string() })

/** Opens the door. Throws where its database cannot be had: nobody may come in then. */
export function openStaffDoor(options: StaffDoorOptions): StaffDoor {
  const { folder, now, elapsed = () => performance.now(), cost = usualCost } = options
  const database = openStaffDatabase(folder)
  const audit = createAudit(database, now)
  const lockOut = createLockOut(database, elapsed)
  const session = createSession(elapsed, (role) => audit.write({ role, deed: 'timed-out' }))
  const pins = pinsIn(database)
  let wrongSince = 0
  // Tries come one after the other, so that none is taken before the one before has been counted.
  const inTurn = createQueue(mostWaiting)
  const noting = setInterval(lockOut.note, 10_000).unref()

  async function tryPin(role: Role, pin: string): Promise<PinReply> {
    const seconds = lockOut.wait(role)
    if (seconds > 0) return { kind: 'locked', seconds }
    const kept = pins.of(role)
    if (kept === null) return { kind: 'wrong', left: 0 }
    const before = lockOut.wrong(role)
    lockOut.begin(role)
    if (await isPin(pin, kept)) {
      lockOut.right(role)
      wrongSince = before
      return { kind: 'right' }
    }
    const wrong = lockOut.wrong(role)
    const wait = lockOut.wait(role)
    audit.write({ role, deed: wait > 0 ? 'shut-out' : 'wrong-pin', details: wait > 0 ? [`${wait} s`] : [] })
    return wait > 0 ? { kind: 'locked', seconds: wait } : { kind: 'wrong', left: triesLeft(wrong) }
  }

  async function changePin(role: Role, own: string, next: string): Promise<NewPinReply> {
    const asking = session.demand(role === 'it' ? 'it' : undefined)
    if (isTooSimple(next)) return { kind: 'refused', problem: 'too-simple' }
    const confirmed = await tryPin(asking, own)
    if (confirmed.kind !== 'right') return confirmed
    // Only IT is told that another has this PIN: to the front desk it would be a way to guess IT's.
    const other = pins.of(role === 'it' ? 'front-desk' : 'it')
    if (asking === 'it' && other !== null && (await isPin(next, other)))
      return { kind: 'refused', problem: 'same-as-other' }
    pins.keep(role, await hashPin(next, cost))
    lockOut.right(role)
    audit.write({ role: asking, deed: 'pin-changed', details: [role] })
    return { kind: 'done' }
  }

  async function setUp({ frontDesk, it }: { frontDesk: string; it: string }): Promise<NewPinReply> {
    if (pins.any()) return { kind: 'refused', problem: 'set-already' }
    if (isTooSimple(frontDesk) || isTooSimple(it)) return { kind: 'refused', problem: 'too-simple' }
    if (frontDesk === it) return { kind: 'refused', problem: 'same-as-other' }
    pins.keepBoth(await hashPin(frontDesk, cost), await hashPin(it, cost))
    session.begin('it')
    audit.write({ role: 'it', deed: 'set-up' })
    return { kind: 'done' }
  }

  return {
    look: () => ({
      state: pins.any() ? 'ready' : 'first-start',
      wait: { 'front-desk': lockOut.wait('front-desk'), it: lockOut.wait('it') },
    }),
    setUp: (given) => inTurn(() => setUp(given)),
    enter: (role, pin) =>
      inTurn(async () => {
        const reply = await tryPin(role, pin)
        if (reply.kind === 'right') {
          session.begin(role)
          audit.write({ role, deed: 'logged-in' })
        }
        return reply
      }),
    confirm: (pin) => inTurn(() => tryPin(session.demand(), pin)),
    changePin: (role, own, next) => inTurn(() => changePin(role, own, next)),
    leave: () => {
      const role = session.end()
      if (role !== null) audit.write({ role, deed: 'logged-out' })
    },
    wrongSince: () => wrongSince,
    session,
    audit,
    close: () => {
      clearInterval(noting)
      lockOut.note()
      database.close()
    },
  }
}

/**
 * For whoever has the machine itself in hand: forgets both PINs, so that the kiosk asks for new ones, or only the waits.
 * The log stays, and says so. Throws where the database cannot be had.
 */
export function resetStaff(folder: string, what: 'pins' | 'waits', now: () => Date): void {
  const database = openStaffDatabase(folder)
  try {
    database.exec(what === 'pins' ? 'DELETE FROM pin; DELETE FROM tries;' : 'DELETE FROM tries;')
    createAudit(database, now).write({ role: null, deed: what === 'pins' ? 'pins-removed' : 'unlocked' })
  } finally {
    database.close()
  }
}

function pinsIn(database: DatabaseSync) {
  const select = database.prepare('SELECT hash FROM pin WHERE role = ?')
  const write = database.prepare('INSERT OR REPLACE INTO pin (role, hash) VALUES (?, ?)')
  const both = database.prepare('INSERT INTO pin (role, hash) VALUES (?, ?), (?, ?)')
  const of = (role: Role): string | null => {
    const row = select.get(role)
    return row ? v.parse(pinRow, row).hash : null
  }
  return {
    of,
    keep: (role: Role, hash: string) => void write.run(role, hash),
    /** Both or, where the power goes, neither. */
    keepBoth: (frontDesk: string, it: string) => void both.run('front-desk', frontDesk, 'it', it),
    any: () => roles.some((role) => of(role) !== null),
  }
}
