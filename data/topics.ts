import * as v from 'valibot'
import type { Category, Service } from './catalogue.ts'

/** A kind of errand within a category: a service belongs to the first topic of which its title has a word. */
export const topicsSchema = v.object({
  format: v.literal(1),
  topics: v.array(v.object({ id: v.string(), title: v.string(), words: v.array(v.string()) })),
})

export type Topics = v.InferOutput<typeof topicsSchema>

/** Some services of one category that belong together. `title` is null for those no topic claims. */
export type TopicGroup = {
  readonly id: string
  readonly title: string | null
  readonly services: readonly Service[]
}

/** Neighbouring services that share the first half of their title. */
export type FamilyGroup = { readonly family: string | null; readonly services: readonly Service[] }

/** The most services a category may have to be listed at once, without topics between. */
export const listedAtOnce = 12

/** The id under which services that no topic claims are found. */
export const otherTopic = 'other'

/** The services of `category` by topic, topics in the order in which the guide first comes to them, unclaimed ones last. */
export function topicsOf(
  category: Category,
  services: readonly Service[],
  { topics }: Topics,
): readonly TopicGroup[] {
  const groups = new Map<string, { id: string; title: string | null; services: Service[] }>()
  for (const service of services) {
    if (service.category !== category.id) continue
    const topic = topics.find(({ words }) => words.some((word) => service.title.includes(word)))
    const id = topic?.id ?? otherTopic
    const group = groups.get(id) ?? { id, title: topic?.title ?? null, services: [] }
    group.services.push(service)
    groups.set(id, group)
  }
  return [...groups.values()].sort((a, b) => Number(a.title === null) - Number(b.title === null))
}

/** `services` in families, each where its first member stands. */
export function familiesOf(services: readonly Service[]): readonly FamilyGroup[] {
  const groups = new Map<string | symbol, { family: string | null; services: Service[] }>()
  for (const service of services) {
    const group = service.family === null ? undefined : groups.get(service.family)
    if (group) group.services.push(service)
    else groups.set(service.family ?? Symbol(service.id), { family: service.family, services: [service] })
  }
  return [...groups.values()]
}
