import { computed } from 'vue'
import { wallClock } from '../../data/calendar.ts'
import type { Service } from '../../data/catalogue.ts'
import { clockTrust, editionAge } from '../../data/clock-trust.ts'
import { type Opening, openingAt } from '../../data/opening-hours.ts'
import { type VisitAdvice, visitAdvice } from '../../data/visit-advice.ts'
import { useEdition } from '../stores/edition.ts'
import { useNow } from './use-now.ts'

/** The latest time this screen has shown since it was loaded. */
let latest: Date | null = null

function isTrusted(now: Date, edition: string, beforeStart: Date | null): boolean {
  const lastSeen = latest ?? beforeStart
  const trusted = clockTrust(now, edition, lastSeen).kind === 'trusted'
  if (trusted && (latest === null || now > latest)) latest = now
  return trusted
}

/** The time at the site and what follows from it; everything is null where the clock cannot be right. */
export function useClock() {
  const now = useNow()
  const { edition, calendar, hours } = useEdition()
  const { site, catalogue } = edition

  const trusted = computed(() => isTrusted(now.value, catalogue.edition, edition.lastSeen))
  const onTheWall = computed(() => (trusted.value ? wallClock(now.value, site.timeZone) : null))
  const opening = computed<Opening | null>(() =>
    trusted.value && hours ? openingAt(hours, site, now.value, calendar) : null,
  )
  const contentAge = computed(() =>
    trusted.value ? editionAge(catalogue.edition, now.value, site.timeZone) : null,
  )

  /** When a service can be handed in, as of now; null where that cannot be said, or nobody has to go. */
  const adviceFor = (service: Service): VisitAdvice | null =>
    trusted.value ? visitAdvice(service, site, now.value, calendar) : null

  return { now, trusted, onTheWall, opening, contentAge, hours, adviceFor }
}
