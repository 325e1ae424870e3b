import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { createCalendar } from '../../data/calendar.ts'
import type { Category, Service } from '../../data/catalogue.ts'
import type { CallReply } from '../../data/contract.ts'
import { KioskError } from '../../data/errors.ts'
import { departmentHours } from '../../data/opening-hours.ts'
import { createSearch, type Search } from '../../data/search.ts'
import { topicsOf, type TopicGroup } from '../../data/topics.ts'
import { type Language, translate } from '../../data/translations.ts'
import { type Audience, type Situation, situationsFor } from '../../data/situations.ts'
import { host } from '../host.ts'

type Edition = CallReply<'get-content'> & {
  kiosk: CallReply<'get-kiosk'>
  /** The latest time the kiosk had seen when it started. */
  lastSeen: Date | null
}

/** The content in force, loaded from the host at the start and, between visits, whenever it has changed. */
export const useEdition = defineStore('edition', () => {
  const loaded = shallowRef<Edition | null>(null)
  const error = shallowRef<KioskError | null>(null)

  async function ask(): Promise<Edition> {
    const [content, kiosk, { lastSeen }] = await Promise.all([
      host.call('get-content', {}),
      host.call('get-kiosk', {}),
      host.call('get-clock', {}),
    ])
    return { ...content, kiosk, lastSeen: lastSeen === null ? null : new Date(lastSeen) }
  }

  async function load(): Promise<void> {
    error.value = null
    try {
      loaded.value = await ask()
    } catch (thrown) {
      error.value = KioskError.from(thrown)
    }
  }

  /** Takes the edition that is in force by now, where it is another; what is shown stays where that cannot be had. For use between visits. */
  async function refresh(): Promise<void> {
    if (loaded.value === null) return
    try {
      const shown = loaded.value.mark.id
      const { id } = await host.call('get-edition', { shown })
      if (id !== shown) loaded.value = await ask()
    } catch {
      // The host has logged it, and is asked again in a moment.
      return
    }
  }

  /** What was loaded before a trial; null: there is none. */
  const beforeTrial = shallowRef<Edition | null>(null)
  const onTrial = computed(() => beforeTrial.value !== null)

  /** Staff look at an edition that is not in force, on the visitors' own screens. */
  function beginTrial(content: CallReply<'staff-see-offer'>): void {
    if (loaded.value === null || onTrial.value) return
    beforeTrial.value = loaded.value
    loaded.value = { ...loaded.value, ...content }
  }

  function endTrial(): void {
    if (beforeTrial.value === null) return
    loaded.value = beforeTrial.value
    beforeTrial.value = null
  }

  /** What of the machine staff have changed is in force on the screen too. */
  async function loadKiosk(): Promise<void> {
    const kiosk = await host.call('get-kiosk', {})
    if (loaded.value) loaded.value = { ...loaded.value, kiosk }
  }

  /** The edition; only pages shown after `load` has succeeded may ask. */
  const edition = computed<Edition>(() => {
    if (loaded.value === null)
      throw new KioskError('content-unusable', 'The content was asked for before it was loaded')
    return loaded.value
  })
  const services = computed(() => edition.value.catalogue.services)
  const calendar = computed(() => createCalendar(edition.value.site.days))
  const hours = computed(() => departmentHours(services.value))
  /** By language: names in the visitor's own are searched beside the official ones. */
  const searches = computed(() => new Map<Language, Search>())
  function searchIn(language: Language): Search {
    const known = searches.value.get(language)
    if (known) return known
    const { translations } = edition.value
    const made = createSearch(services.value, ({ name, family, category }) => {
      const official = [name, family, categoryById(category)?.title]
      const names = official.flatMap((text) => (text ? [translate(text, language, translations)] : []))
      return names.filter((text) => text !== null).join(' ') || null
    })
    searches.value.set(language, made)
    return made
  }
  /** What visitors have asked is theirs, whatever language they asked in. */
  function forgetSearches(): void {
    for (const search of searches.value.values()) search.forget()
  }
  const byId = computed(() => new Map(services.value.map((service) => [service.id, service])))

  const serviceById = (id: string): Service | null => byId.value.get(id) ?? null
  const categoryById = (id: string): Category | null =>
    edition.value.catalogue.categories.find((category) => category.id === id) ?? null
  /** What each category holds: worked out once, not at every tap. */
  const categoriesInside = computed(
    () =>
      new Map(
        edition.value.catalogue.categories.map((category) => [
          category.id,
          {
            services: services.value.filter((service) => service.category === category.id),
            topics: topicsOf(category, services.value, edition.value.topics),
          },
        ]),
      ),
  )
  const servicesIn = ({ id }: Category): readonly Service[] => categoriesInside.value.get(id)?.services ?? []
  const topicsIn = ({ id }: Category): readonly TopicGroup[] => categoriesInside.value.get(id)?.topics ?? []

  const situationsOf = computed(() => {
    const of = (audience: Audience) => situationsFor(edition.value.situations, services.value, audience)
    return { person: of('person'), employer: of('employer') }
  })
  const situations = (audience: Audience): readonly Situation[] => situationsOf.value[audience]

  return {
    situations,
    loaded,
    error,
    load,
    refresh,
    loadKiosk,
    onTrial,
    beginTrial,
    endTrial,
    edition,
    services,
    calendar,
    hours,
    searchIn,
    forgetSearches,
    serviceById,
    categoryById,
    servicesIn,
    topicsIn,
  }
})
