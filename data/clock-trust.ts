import { type CalendarDate, addDays, daysBetween, isCalendarDate, wallClock } from './calendar.ts'

/**
 * Why a clock cannot be right: it shows no time at all, a time before the edition was made, one so long
 * after that the kiosk would be a ruin, or an earlier one than it has shown already.
 */
export type ClockFault = 'no-time' | 'before-edition' | 'long-after-edition' | 'jumped-back'

/** Whether "open now" may be said. `edition-unreadable`: the edition names no day to measure the clock by. */
export type ClockTrust =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'untrusted'; readonly reason: ClockFault | 'edition-unreadable' }

export type ClockLimits = {
  /** Years after the edition beyond which the clock is thought wrong rather than the edition old. */
  readonly years: number
  /** Minutes a clock may be set back: setting right a clock that runs fast is no fault. */
  readonly minutesBack: number
}

const usualLimits: ClockLimits = { years: 5, minutesBack: 5 }

/** The day of an edition, "2026-11-23" for "2026-11-23.1"; null where it names none. */
function editionDate(edition: string): CalendarDate | null {
  const date = edition.slice(0, 10)
  return isCalendarDate(date) ? date : null
}

/**
 * Whether a clock showing `now` can be right, given the edition in force and the last time seen.
 *
 * A day is allowed before the edition's, which was dated in some zone of the world. `lastSeen` is the latest
 * `now` that was trusted, kept across restarts by the caller, or null; forget it when staff set the clock.
 */
export function clockTrust(
  now: Date,
  edition: string,
  lastSeen: Date | null = null,
  { years, minutesBack }: ClockLimits = usualLimits,
): ClockTrust {
  const untrusted = (reason: ClockFault | 'edition-unreadable'): ClockTrust => ({ kind: 'untrusted', reason })
  const date = editionDate(edition)
  if (date === null) return untrusted('edition-unreadable')
  if (Number.isNaN(now.getTime())) return untrusted('no-time')
  const earliest = new Date(addDays(date, -1))
  const latest = new Date(date)
  latest.setUTCFullYear(latest.getUTCFullYear() + years)
  if (now < earliest) return untrusted('before-edition')
  if (now > latest) return untrusted('long-after-edition')
  if (lastSeen !== null && now.getTime() < lastSeen.getTime() - minutesBack * 60_000)
    return untrusted('jumped-back')
  return { kind: 'trusted' }
}

/** Days after which content that nobody has renewed is said to be old: half a year. */
export const oldContentDays = 180

/**
 * How old the edition is, in days of the site's calendar: 0 on its own day, negative before it; null where
 * the edition names no day. Throws RangeError for an invalid `now` and for a zone Intl does not know.
 */
export function editionAge(edition: string, now: Date, timeZone: string): number | null {
  const date = editionDate(edition)
  return date === null ? null : daysBetween(date, wallClock(now, timeZone).date)
}
