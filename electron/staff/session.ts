import { KioskError } from '../../data/errors.ts'
import { type Role, staffIdle } from '../../data/staff.ts'

/** Who is logged in at this kiosk's one screen. */
export type Session = {
  readonly begin: (role: Role) => void
  /** The role that is logged in; null: nobody, or nobody any more. */
  readonly role: () => Role | null
  /** The role; throws `not-allowed` where nobody is logged in, or another than `only`. */
  readonly demand: (only?: Role) => Role
  /** Staff have touched the screen. */
  readonly stay: () => void
  readonly end: () => Role | null
}

/** Milliseconds: the screen ends a session itself after `staffIdle`, and says touches some seconds late. */
const longest = (staffIdle + 15) * 1000

/** A session that ends by itself; `onTimeout` is told once, when that is noticed. */
export function createSession(elapsed: () => number, onTimeout: (role: Role) => void): Session {
  let current: { readonly role: Role; touched: number } | null = null

  function role(): Role | null {
    if (current && elapsed() - current.touched > longest) {
      const ended = current.role
      current = null
      onTimeout(ended)
    }
    return current?.role ?? null
  }

  return {
    role,
    begin: (role) => {
      current = { role, touched: elapsed() }
    },
    demand: (only) => {
      const known = role()
      if (known === null) throw new KioskError('not-allowed', 'Nobody of the staff is logged in')
      if (only !== undefined && known !== only) throw new KioskError('not-allowed', `Only for ${only}`)
      return known
    },
    stay: () => {
      if (role() !== null && current) current.touched = elapsed()
    },
    end: () => {
      const ended = role()
      current = null
      return ended
    },
  }
}
