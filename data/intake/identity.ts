import { fieldNames, type Service } from '../catalogue.ts'
import { bigrams, dice, pairUp } from './similarity.ts'
import { titleKey } from './titles.ts'

/** What identity is decided by: a service before it has an id. */
export type Identifiable = Pick<Service, 'title' | 'name' | 'category' | 'fields'>

/** A service of the catalogue in force, as far as identity needs it. */
export type KnownService = Identifiable & Pick<Service, 'id'>

/** A service that kept its id although its title was reworded. */
export type Rewording = { readonly index: number; readonly before: string; readonly id: string }

/**
 * 40 bits of a text as eight characters 0–9a–z: two rounds of FNV-1a over its UTF-16 code units. Not
 * cryptographic; stable across runs, machines and versions.
 */
export function shortHash(text: string): string {
  const round = (seed: number): number => {
    let hash = seed
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    }
    return hash >>> 0
  }
  const high = round(0x811c9dc5) % 256
  return (high * 2 ** 32 + round(0x01000193)).toString(36).padStart(8, '0')
}

const idOf = (key: string, attempt: number): string =>
  `svc-${shortHash(attempt === 0 ? key : `${key}#${String(attempt)}`)}`

/**
 * Gives every service its id. A title known from before keeps its id; a title that was reworded keeps it
 * where title, materials and description leave no doubt; any other gets one made from its title alone,
 * so that neither order nor company changes it.
 */
export function assignIds(
  services: readonly Identifiable[],
  previous: readonly KnownService[],
): { readonly ids: readonly string[]; readonly reworded: readonly Rewording[] } {
  const keys = services.map((service) => titleKey(service.title))
  const ids = new Map<number, string>()
  const taken = new Set<string>()
  const keep = (index: number, id: string): void => {
    ids.set(index, id)
    taken.add(id)
  }

  const byKey = new Map(previous.map((service) => [titleKey(service.title), service]))
  keys.forEach((key, index) => {
    const before = byKey.get(key)
    if (before && !taken.has(before.id)) keep(index, before.id)
  })

  const fresh = services.flatMap((service, index) => (ids.has(index) ? [] : [{ service, index }]))
  const gone = previous.filter((service) => !taken.has(service.id))
  const reworded = matchReworded(fresh, gone)
  for (const { index, id } of reworded) keep(index, id)

  // Ids that collide are settled in the order of the titles, not of the guide.
  const rest = fresh.filter(({ index }) => !ids.has(index))
  const inTitleOrder = rest.sort((a, b) => compareText(keys[a.index] ?? '', keys[b.index] ?? ''))
  for (const { index } of inTitleOrder) {
    let attempt = 0
    while (taken.has(idOf(keys[index] ?? '', attempt))) attempt++
    keep(index, idOf(keys[index] ?? '', attempt))
  }
  return { ids: services.map((_, index) => ids.get(index) ?? ''), reworded }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function matchReworded(
  fresh: readonly { readonly service: Identifiable; readonly index: number }[],
  gone: readonly KnownService[],
): Rewording[] {
  const pairs = pairUp(
    fresh.map(({ service }) => service.title),
    gone.map((service) => service.title),
    {
      threshold: 0.68,
      margin: 0.05,
      scoreOf: (left, right, likeness) => {
        const now = fresh[left]?.service
        const before = gone[right]
        if (!now || !before || now.category !== before.category) return 0
        // One family's members share most of their titles: what sets them apart is the name.
        const names = dice(bigrams(now.name), bigrams(before.name))
        if (likeness < 0.5 || names < 0.5) return 0
        return 0.6 * Math.min(likeness, names) + 0.4 * sameness(now, before)
      },
    },
  )
  return pairs.flatMap((pair) => {
    const now = fresh[pair.left]
    const before = gone[pair.right]
    return now && before ? [{ index: now.index, before: before.title, id: before.id }] : []
  })
}

/** How much of two services' fields is equal, 0 to 1; what only this service says weighs most. */
function sameness(a: Identifiable, b: Identifiable): number {
  const own = (['办理材料', '事项简述'] as const).filter((field) => a.fields[field] === b.fields[field])
  const rest = fieldNames.filter(
    (field) => field !== '事项名称' && field !== '办理材料' && field !== '事项简述',
  )
  const equal = rest.filter((field) => a.fields[field] === b.fields[field])
  return 0.35 * own.length + 0.3 * (equal.length / rest.length)
}
