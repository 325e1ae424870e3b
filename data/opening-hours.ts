import { type Calendar, type CalendarDate, type Time, addDays, wallClock } from './calendar.ts'
import type { Acceptance, Hours, Service } from './catalogue.ts'
import type { Site } from './site.ts'

/** From when to when a counter is open, on one day. */
export type Session = { readonly from: Time; readonly to: Time }

/** The sessions of one season, or of the whole year (season null), in the order of the day. */
export type SeasonHours = {
  readonly season: 'winter' | 'summer' | null
  readonly sessions: readonly Session[]
}

/** A service's hours, season by season; sessions the guide gives for all the year stand in each. Empty where none can be computed. */
export function hoursBySeason(hours: Hours): readonly SeasonHours[] {
  const seasons = (['winter', 'summer'] as const).filter((season) =>
    hours.sessions.some((session) => session.season === season),
  )
  const sessionsOf = (season: SeasonHours['season']) =>
    hours.sessions
      .filter((session) => session.season === null || session.season === season)
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => a.from.localeCompare(b.from))
  if (seasons.length > 0) return seasons.map((season) => ({ season, sessions: sessionsOf(season) }))
  return hours.sessions.length > 0 ? [{ season: null, sessions: sessionsOf(null) }] : []
}

/** What the rules need to know of the site: its zone, and which months are 夏季. */
export type SiteClock = Pick<Site, 'timeZone'> & { readonly seasons: Pick<Site['seasons'], 'summer'> }

/** A time to come; `days` from today, 0 for later today, 1 for tomorrow. */
export type NextOpening = { readonly date: CalendarDate; readonly days: number; readonly from: Time }

/**
 * Whether a counter is open.
 *
 * `until`: when it closes, today. `next`: when it opens again, or null where the calendar does not reach so
 * far. `unknown`: the guide gives no hours that can be computed (`hours`), or nobody has told the kiosk
 * whether today is a working day (`calendar`); it must never be shown as open.
 */
export type Opening =
  | { readonly kind: 'open'; readonly until: Time }
  | { readonly kind: 'closed'; readonly next: NextOpening | null }
  | { readonly kind: 'unknown'; readonly reason: 'hours' | 'calendar' }

/** Far enough for any window of any month, and an end to the search where a calendar has no working days. */
const daysAhead = 366

const dayOfMonth = (date: CalendarDate): number => Number(date.slice(8))

function seasonOf(date: CalendarDate, { fromMonth, toMonth }: Site['seasons']['summer']) {
  const month = Number(date.slice(5, 7))
  const inSummer =
    fromMonth <= toMonth ? month >= fromMonth && month <= toMonth : month >= fromMonth || month <= toMonth
  return inSummer ? 'summer' : 'winter'
}

/** The sessions of a working day, overlapping and adjoining ones made one; null where they cannot be computed. */
function sessionsOn(date: CalendarDate, hours: Hours, site: SiteClock): readonly Session[] | null {
  if (hours.days === null || hours.sessions.some(({ from, to }) => to <= from)) return null
  const today = seasonOf(date, site.seasons.summer)
  const ofSeason = hoursBySeason(hours).find(({ season }) => season === null || season === today)
  if (!ofSeason) return null
  const merged: Session[] = []
  for (const session of ofSeason.sessions) {
    const last = merged.at(-1)
    if (!last || session.from > last.to) merged.push(session)
    else if (session.to > last.to) merged[merged.length - 1] = { from: last.from, to: session.to }
  }
  return merged
}

/** The first session that begins after `now`, on a day that is `wanted`; null where that cannot be told. */
function nextOpening(
  hours: Hours,
  site: SiteClock,
  now: Date,
  calendar: Calendar,
  wanted: (date: CalendarDate) => boolean = () => true,
): NextOpening | null {
  const { date: today, time } = wallClock(now, site.timeZone)
  for (let days = 0; days <= daysAhead; days += 1) {
    const date = addDays(today, days)
    if (!wanted(date)) continue
    const kind = calendar.kindOf(date)
    if (kind === 'unknown') return null
    if (kind === 'holiday') continue
    const sessions = sessionsOn(date, hours, site)
    if (sessions === null) return null
    const session = sessions.find(({ from }) => days > 0 || from > time)
    if (session) return { date, days, from: session.from }
  }
  return null
}

/**
 * Whether a counter with these hours is open at `now`, until when, or when next. Ask only of a clock that
 * is trusted. A session includes the minute it begins with and not the one it ends with.
 * Throws RangeError for an invalid `now` and for a zone Intl does not know.
 */
export function openingAt(hours: Hours, site: SiteClock, now: Date, calendar: Calendar): Opening {
  const { date, time } = wallClock(now, site.timeZone)
  const sessions = sessionsOn(date, hours, site)
  if (sessions === null) return { kind: 'unknown', reason: 'hours' }
  const kind = calendar.kindOf(date)
  if (kind === 'unknown') return { kind: 'unknown', reason: 'calendar' }
  const session = sessions.find(({ from, to }) => from <= time && time < to)
  if (kind === 'workday' && session) return { kind: 'open', until: session.to }
  return { kind: 'closed', next: nextOpening(hours, site, now, calendar) }
}

/**
 * Where a day stands in the month's acceptance window, holidays left aside.
 *
 * `open`: until that day, included. `last-day-unclear`: today is the day of "25日前", and whether it counts
 * only the counter can say. `nextFrom`: the first day certain to be accepted again, or null where no month has one.
 */
export type AcceptanceState =
  | { readonly kind: 'open'; readonly until: CalendarDate }
  | { readonly kind: 'last-day-unclear'; readonly nextFrom: CalendarDate | null }
  | { readonly kind: 'closed'; readonly nextFrom: CalendarDate | null }

function acceptanceOn(acceptance: Acceptance, date: CalendarDate): AcceptanceState['kind'] {
  const { fromDay, toDay, lastDayCertain } = acceptance
  const day = dayOfMonth(date)
  const inside = fromDay <= toDay ? day >= fromDay && day <= toDay : day >= fromDay || day <= toDay
  if (!inside) return 'closed'
  return day === toDay && !lastDayCertain ? 'last-day-unclear' : 'open'
}

/**
 * Whether the day it is at `now` lies in the window of a service accepted on some days of the month only.
 * A window that begins later in the month than it ends runs over the month's end; days a month lacks are
 * left out. Throws as `openingAt` does.
 */
export function acceptanceAt(
  acceptance: Acceptance,
  site: Pick<Site, 'timeZone'>,
  now: Date,
): AcceptanceState {
  const { date: today } = wallClock(now, site.timeZone)
  const isOpen = (date: CalendarDate) => acceptanceOn(acceptance, date) === 'open'
  const kind = acceptanceOn(acceptance, today)
  if (kind === 'open') {
    // A window of all the month begins anew with the next one, and so ends with this one.
    const goesOn = (date: CalendarDate) => isOpen(date) && dayOfMonth(date) !== acceptance.fromDay
    let until = today
    while (goesOn(addDays(until, 1))) until = addDays(until, 1)
    return { kind, until }
  }
  const ahead = Array.from({ length: daysAhead }, (_, days) => addDays(today, days + 1))
  return { kind, nextFrom: ahead.find(isOpen) ?? null }
}

/**
 * When to come: the counter open and the service certainly accepted, at once.
 *
 * `later` passes over the day whose acceptance is unclear; `unknown` where hours or calendar do not say.
 */
export type Visit =
  | { readonly kind: 'now'; readonly until: Time }
  | { readonly kind: 'later'; readonly next: NextOpening }
  | { readonly kind: 'unknown' }

/** The first moment from `now` on at which a visitor can hand a service in. Throws as `openingAt` does. */
export function nextVisit(
  { hours, acceptance }: Pick<Service, 'hours' | 'acceptance'>,
  site: SiteClock,
  now: Date,
  calendar: Calendar,
): Visit {
  const accepted = (date: CalendarDate) => acceptance === null || acceptanceOn(acceptance, date) === 'open'
  const opening = openingAt(hours, site, now, calendar)
  if (opening.kind === 'unknown') return { kind: 'unknown' }
  if (opening.kind === 'open' && accepted(wallClock(now, site.timeZone).date))
    return { kind: 'now', until: opening.until }
  const next = nextOpening(hours, site, now, calendar, accepted)
  return next ? { kind: 'later', next } : { kind: 'unknown' }
}

/**
 * The hours more than half of the services share, for where no service is meant; null where none are. They
 * are the department's and not a service's own, so what the guide remarks beside some of them is left out.
 */
export function departmentHours(services: readonly Pick<Service, 'hours'>[]): Hours | null {
  const sharing = new Map<string, Hours[]>()
  for (const { hours } of services) {
    if (hours.days === null || hours.sessions.length === 0) continue
    const key = JSON.stringify(hoursBySeason(hours))
    sharing.set(key, [...(sharing.get(key) ?? []), hours])
  }
  const shared = [...sharing.values()].find((group) => group.length * 2 > services.length)
  const plain = shared?.find(({ remarks }) => remarks.length === 0) ?? shared?.[0]
  return plain ? { ...plain, remarks: [] } : null
}
