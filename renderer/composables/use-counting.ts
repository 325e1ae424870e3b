import { onScopeDispose, watch } from 'vue'
import { useRoute } from 'vue-router'
import { officialLanguage } from '../../data/translations.ts'
import type { Use } from '../../data/usage.ts'
import { host } from '../host.ts'
import { useVisit } from '../stores/visit.ts'
import { afterFrame } from './after-frame.ts'

/** Tells the host of something to be counted; nobody waits for it, and a visit goes on without. */
export function count(use: Use): void {
  afterFrame(() => tell(use))
}

function tell(use: Use): void {
  host.call('count-use', use).catch(() => undefined)
}

/** Counts visits, services looked at and languages chosen, for as long as the screen is there. */
export function useCounting(): void {
  const route = useRoute()
  const visit = useVisit()
  watch(
    () => [route.name, route.params['id']] as const,
    ([name, id], [before]) => {
      // Staff come by the same screen, and are no visit.
      if (before === 'attract' && typeof name === 'string' && !name.startsWith('staff'))
        count({ kind: 'visit' })
      if (name === 'service' && typeof id === 'string') count({ kind: 'view', service: id.slice(0, 64) })
    },
  )
  watch(
    () => visit.language,
    (language) => {
      if (language !== officialLanguage) count({ kind: 'language', language })
    },
  )
}

/**
 * Counts a search that is left with nothing found: once, as the screen is left, not at every letter.
 *
 * @param search what is looked for and how much of it is there; null while nothing is.
 */
export function useMissCounting(
  search: () => { readonly query: string; readonly found: number } | null,
): void {
  let missed: string | null = null
  watch(search, (now) => {
    // An empty field says nothing: it is emptied, too, when the visit ends.
    if (now !== null) missed = now.found === 0 ? now.query : null
  })
  onScopeDispose(() => {
    // At once: the host must hear of it before it hears that the visit is over.
    if (missed !== null) tell({ kind: 'search-miss', query: missed.slice(0, 40) })
  })
}
