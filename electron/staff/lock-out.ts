import type { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { type Role, roles } from '../../data/staff.ts'

/** Wrong PINs that are taken without a wait. */
const freeTries = 3
/** Seconds of the first wait; each further wrong PIN doubles it, up to the longest. */
const firstWait = 30
const longestWait = 3600
/** Milliseconds of a wait that may be waited again after a restart. */
const grain = 10_000

/** Seconds to wait after `wrong` wrong PINs in a row. */
export function waitAfter(wrong: number): number {
  return wrong < freeTries ? 0 : Math.min(longestWait, firstWait * 2 ** (wrong - freeTries))
}

/** How many more wrong PINs are taken before there is a wait. */
export const triesLeft = (wrong: number): number => Math.max(0, freeTries - wrong)

/** Makes guessing slow. */
export type LockOut = {
  /** Seconds until a PIN of this role is taken again; 0: now. */
  readonly wait: (role: Role) => number
  /** Wrong PINs in a row. */
  readonly wrong: (role: Role) => number
  /** A PIN is about to be tried: it counts as wrong, on the disk, until `right` says otherwise. */
  readonly begin: (role: Role) => void
  readonly right: (role: Role) => void
  /** Writes down how much of the waits has passed; to be called now and then. */
  readonly note: () => void
}

const rowSchema = v.object({ wrong: v.number(), wait: v.number() })

type Tries = v.InferOutput<typeof rowSchema>

/**
 * The lock-out kept in `database`. Waits are counted in milliseconds the kiosk has been running (`elapsed`), not by
 * the wall clock: setting that, or pulling the plug, shortens nothing.
 */
export function createLockOut(database: DatabaseSync, elapsed: () => number): LockOut {
  const select = database.prepare('SELECT wrong, wait FROM tries WHERE role = ?')
  const write = database.prepare('INSERT OR REPLACE INTO tries (role, wrong, wait) VALUES (?, ?, ?)')
  const since = new Map<Role, Tries & { readonly at: number }>()

  function of(role: Role): Tries & { readonly at: number } {
    const row = select.get(role)
    const kept = row ? v.parse(rowSchema, row) : { wrong: 0, wait: 0 }
    const known = since.get(role)
    if (known && known.wrong === kept.wrong && known.wait === kept.wait) return known
    // First seen, or changed by whoever has the machine itself in hand.
    const seen = { ...kept, at: elapsed() }
    since.set(role, seen)
    return seen
  }

  function set(role: Role, wrong: number, wait: number): void {
    write.run(role, wrong, Math.ceil(wait))
    since.set(role, { wrong, wait: Math.ceil(wait), at: elapsed() })
  }

  function left(role: Role): number {
    const { wait, at } = of(role)
    return Math.max(0, wait - (elapsed() - at))
  }
  // What was left of a wait runs from the start on, not from the first question.
  for (const role of roles) of(role)

  return {
    wait: (role) => Math.ceil(left(role) / 1000),
    wrong: (role) => of(role).wrong,
    begin: (role) => {
      const wrong = of(role).wrong + 1
      set(role, wrong, waitAfter(wrong) * 1000)
    },
    right: (role) => set(role, 0, 0),
    note: () => {
      for (const role of roles) {
        const { wrong, wait } = of(role)
        const now = left(role)
        if (wait - now >= grain || (wait > 0 && now === 0)) set(role, wrong, now)
      }
    },
  }
}
