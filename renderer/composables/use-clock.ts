import { computed } from 'vue'
import { createCalendar, wallClock } from '../../data/calendar.ts'
import { clockTrust, editionAge } from '../../data/clock-trust.ts'
import { departmentHours, type Opening, openingAt } from '../../data/opening-hours.ts'
import { useEdition } from '../stores/edition.ts'
import { useNow } from './use-now.ts'

/** The time at the site and what follows from it; everything is null where the clock cannot be right. */
export function useClock() {
  const now = useNow()
  const { edition, services } = useEdition()
  const { site, catalogue } = edition
  const calendar = createCalendar()
  const hours = departmentHours(services)

  const trusted = computed(() => clockTrust(now.value, catalogue.edition).kind === 'trusted')
  const onTheWall = computed(() => (trusted.value ? wallClock(now.value, site.timeZone) : null))
  const opening = computed<Opening | null>(() =>
    trusted.value && hours ? openingAt(hours, site, now.value, calendar) : null,
  )
  const contentAge = computed(() =>
    trusted.value ? editionAge(catalogue.edition, now.value, site.timeZone) : null,
  )

  return { now, onTheWall, opening, contentAge, hours }
}
