import * as v from 'valibot'
import { type Calendar, wallClock } from './calendar.ts'
import type { Service } from './catalogue.ts'
import { needsNoVisit } from './directions.ts'
import { acceptanceAt, nextVisit, openingAt, type SiteClock } from './opening-hours.ts'

const date = v.pipe(v.string(), v.isoDate())
const time = v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/))
const next = v.nullable(v.object({ date, days: v.number(), from: time }))

/**
 * When a visitor can hand a service in, as of one moment at the site: computed from the guide's hours and
 * days, the calendar and a clock that can be right.
 */
export const visitAdviceSchema = v.object({
  /** What calendar and clock on the wall showed. */
  asOf: v.object({ date, time }),
  opening: v.variant('kind', [
    v.object({ kind: v.literal('open'), until: time }),
    v.object({ kind: v.literal('closed'), next }),
    /** The guide gives no hours that can be computed, or nobody has said whether the day is a working day. */
    v.object({ kind: v.literal('unknown') }),
  ]),
  /** The days of the month; null where every day will do. */
  acceptance: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('open'), until: date }),
      v.object({ kind: v.literal('last-day-unclear'), nextFrom: v.nullable(date) }),
      v.object({ kind: v.literal('closed'), nextFrom: v.nullable(date) }),
    ]),
  ),
  /** The next time at which the counter is open and the service certainly accepted; null: now, or not known. */
  come: next,
})

export type VisitAdvice = v.InferOutput<typeof visitAdviceSchema>

/** What to say of `service` at `now`; null where nobody has to go anywhere for it. Ask only of a trusted clock. */
export function visitAdvice(
  service: Service,
  site: SiteClock,
  now: Date,
  calendar: Calendar,
): VisitAdvice | null {
  if (needsNoVisit(service) || !service.places.some(({ kind }) => kind === 'site')) return null
  const { hours, acceptance } = service
  const opening = openingAt(hours, site, now, calendar)
  const visit = nextVisit(service, site, now, calendar)
  return {
    asOf: wallClock(now, site.timeZone),
    opening: opening.kind === 'unknown' ? { kind: 'unknown' } : opening,
    acceptance: acceptance === null ? null : acceptanceAt(acceptance, site, now),
    come: visit.kind === 'later' ? visit.next : null,
  }
}
