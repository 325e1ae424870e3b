import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import * as v from 'valibot'

/** A day, "2026-10-01". Days compare as text. */
export type CalendarDate = string

/** A time of the day to the minute, "09:30", on the site's clocks. Times compare as text. */
export type Time = string

/** What a day is to an office that opens on 工作日; `unknown` where nobody has told the kiosk. */
export type DayKind = 'workday' | 'holiday' | 'unknown'

/** Tells the days an office works from those it does not. */
export type Calendar = { readonly kindOf: (date: CalendarDate) => DayKind }

const millisecondsPerDay = 86_400_000
const instantOf = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`)
const dateOf = (instant: number): CalendarDate => new Date(instant).toISOString().slice(0, 10)

/** True for "2028-02-29"; false for a day that no month has and for any other writing of a date. */
export function isCalendarDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(instantOf(text)) && dateOf(instantOf(text)) === text
  )
}

/** The day `days` later; earlier where negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(instantOf(date) + days * millisecondsPerDay)
}

/** How many days `to` is after `from`; negative where it is before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (instantOf(to) - instantOf(from)) / millisecondsPerDay
}

/** Day of the week, 0 for Sunday to 6 for Saturday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(instantOf(date)).getUTCDay()
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(timeZone, formatter)
  return formatter
}

/**
 * What calendar and clock on the wall show at `now` in `timeZone` (IANA), whatever the machine's own zone.
 * Throws RangeError for a zone that Intl does not know and for an invalid Date.
 */
export function wallClock(now: Date, timeZone: string): { readonly date: CalendarDate; readonly time: Time } {
  const parts = formatterFor(timeZone).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  }
}

const dates = v.array(v.pipe(v.string(), v.check(isCalendarDate, 'A day is written 2026-10-01.')))

/** What staff know better than the public calendar. Days as "2026-10-01". */
export const ownDaysSchema = v.object({
  /** Days the hall is closed; they win over everything else. */
  closures: dates,
  /** Days the hall works, such as make-up workdays. */
  workdays: dates,
  /** Years whose holidays and make-up workdays stand completely in the two lists above. */
  years: v.array(v.pipe(v.number(), v.integer())),
})

export type OwnDays = v.InferOutput<typeof ownDaysSchema>

/** Staff have told of no day. */
export const noOwnDays: OwnDays = { closures: [], workdays: [], years: [] }

/** A New Year's notice may rearrange the year before it from this day on; none since 2004 has reached further back. */
const newYearReachesBackTo = '12-29'

/**
 * Working days under the State Council's yearly notices, with staff's own days over them.
 *
 * A year nobody has told of is `unknown` throughout, weekends too, since they may be make-up workdays; so
 * are the last days of a year whose successor is unknown.
 */
export function createCalendar(own: OwnDays = noOwnDays): Calendar {
  const holidays = new Set(Object.keys(arrangements.holidays))
  const makeUpWorkdays = new Set(Object.keys(arrangements.workdays))
  const closures = new Set(own.closures)
  const workdays = new Set(own.workdays)
  // A notice arranges its year to the end, so its National Day stands for all of it.
  const isKnown = (year: number) => own.years.includes(year) || holidays.has(`${year}-10-01`)

  return {
    kindOf: (date) => {
      if (closures.has(date)) return 'holiday'
      if (workdays.has(date)) return 'workday'
      const year = Number(date.slice(0, 4))
      if (!isKnown(year)) return 'unknown'
      if (date.slice(5) >= newYearReachesBackTo && !isKnown(year + 1)) return 'unknown'
      if (makeUpWorkdays.has(date)) return 'workday'
      const weekend = weekdayOf(date) % 6 === 0
      return weekend || holidays.has(date) ? 'holiday' : 'workday'
    },
  }
}
