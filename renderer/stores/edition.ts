import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { type Category, type Service } from '../../data/catalogue.ts'
import { type CallReply } from '../../data/contract.ts'
import { KioskError } from '../../data/errors.ts'
import { createSearch } from '../../data/search.ts'
import { topicsOf, type TopicGroup } from '../../data/topics.ts'
import { host } from '../host.ts'

type Edition = CallReply<'get-content'> & { kiosk: CallReply<'get-kiosk'> }

/** The content in force, loaded once from the host. */
export const useEdition = defineStore('edition', () => {
  const loaded = shallowRef<Edition | null>(null)
  const error = shallowRef<KioskError | null>(null)

  async function load(): Promise<void> {
    error.value = null
    try {
      const [content, kiosk] = await Promise.all([host.call('get-content', {}), host.call('get-kiosk', {})])
      loaded.value = { ...content, kiosk }
    } catch (thrown) {
      error.value = KioskError.from(thrown)
    }
  }

  /** The edition; only pages shown after `load` has succeeded may ask. */
  const edition = computed<Edition>(() => {
    if (loaded.value === null)
      throw new KioskError('content-unusable', 'The content was asked for before it was loaded')
    return loaded.value
  })
  const services = computed(() => edition.value.catalogue.services)
  const search = computed(() => createSearch(services.value))
  const byId = computed(() => new Map(services.value.map((service) => [service.id, service])))

  const serviceById = (id: string): Service | null => byId.value.get(id) ?? null
  const categoryById = (id: string): Category | null =>
    edition.value.catalogue.categories.find((category) => category.id === id) ?? null
  const servicesIn = (category: Category): readonly Service[] =>
    services.value.filter((service) => service.category === category.id)
  const topicsIn = (category: Category): readonly TopicGroup[] =>
    topicsOf(category, services.value, edition.value.topics)

  /** Every topic there is, the largest first, its id with that of the category it is listed in. */
  const allTopics = computed(() =>
    edition.value.catalogue.categories
      .flatMap((category) =>
        topicsIn(category)
          .filter(({ title }) => title !== null)
          .map((topic) => ({ ...topic, id: `${category.id}/${topic.id}` })),
      )
      .sort((a, b) => b.services.length - a.services.length),
  )

  return {
    allTopics,
    loaded,
    error,
    load,
    edition,
    services,
    search,
    serviceById,
    categoryById,
    servicesIn,
    topicsIn,
  }
})
