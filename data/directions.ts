import { type Catalogue, type Place, type Service } from './catalogue.ts'
import { type Building, type Site } from './site.ts'

/** One step of the way; its words are in the renderer's i18n. Nothing here is more exact than the guide. */
export type Step =
  | { readonly kind: 'go-to-building'; readonly building: Building }
  | { readonly kind: 'ask-building'; readonly text: string }
  | { readonly kind: 'go-to-floor'; readonly floor: number }
  | { readonly kind: 'stay-on-floor'; readonly floor: number }
  | { readonly kind: 'find-room'; readonly rooms: readonly string[] }
  | { readonly kind: 'find-counter'; readonly counters: readonly string[]; readonly area: string | null }
  | { readonly kind: 'find-area'; readonly area: string }
  | { readonly kind: 'ask-floor' }
  | { readonly kind: 'ask-room'; readonly department: string | null }
  | { readonly kind: 'say'; readonly service: string }

/** The building a place is in, or null where the guide does not name one the site knows. */
export function buildingOf(place: Place, site: Site): Building | null {
  return site.buildings.find(({ id }) => id === place.building) ?? null
}

/** True where `place` is in the building this kiosk stands in. */
export function isHere(place: Place, site: Site): boolean {
  return place.kind === 'site' && place.building === site.kiosk.building
}

/** From this kiosk to `place`, as far as the guide goes. Empty for what is no place in a building. */
export function stepsTo(place: Place, site: Site, service: string): readonly Step[] {
  if (place.kind !== 'site') return []
  const building = buildingOf(place, site)
  const here = isHere(place, site)
  const steps: Step[] = []
  if (building === null) steps.push({ kind: 'ask-building', text: place.text })
  else if (!here) steps.push({ kind: 'go-to-building', building })

  if (place.floor !== null) {
    const kind = here && place.floor === site.kiosk.floor ? 'stay-on-floor' : 'go-to-floor'
    steps.push({ kind, floor: place.floor })
  } else if (building !== null) steps.push({ kind: 'ask-floor' })

  if (place.counters.length > 0)
    steps.push({ kind: 'find-counter', counters: place.counters, area: place.area })
  else if (place.rooms.length > 0) steps.push({ kind: 'find-room', rooms: place.rooms })
  else if (place.area !== null) steps.push({ kind: 'find-area', area: place.area })
  else if (place.floor !== null) steps.push({ kind: 'ask-room', department: place.department })

  steps.push({ kind: 'say', service })
  return steps
}

/** A floor of a building as the guide's places draw it. */
export type Floor = {
  readonly floor: number
  /** Departments named on this floor, in the guide's order. */
  readonly departments: readonly string[]
  /** Rooms the guide names on this floor, ascending. */
  readonly rooms: readonly string[]
}

/** The floors of a building that the guide mentions, with the kiosk's own, from the ground up. */
export function floorsOf(building: string, catalogue: Catalogue, site: Site): readonly Floor[] {
  const floors = new Map<number, { departments: Set<string>; rooms: Set<string> }>()
  const at = (floor: number) => {
    const known = floors.get(floor) ?? { departments: new Set<string>(), rooms: new Set<string>() }
    floors.set(floor, known)
    return known
  }
  if (site.kiosk.building === building) at(site.kiosk.floor)
  for (const place of catalogue.services.flatMap(({ places }) => places)) {
    if (place.kind !== 'site' || place.building !== building || place.floor === null) continue
    const floor = at(place.floor)
    if (place.department !== null) floor.departments.add(place.department)
    for (const room of place.rooms) floor.rooms.add(room)
  }
  return [...floors]
    .sort(([a], [b]) => a - b)
    .map(([floor, { departments, rooms }]) => ({
      floor,
      departments: [...departments],
      rooms: [...rooms].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    }))
}

/** Counter or room numbers as a sign would have them: ["6","7","8","9"] → ["6–9"], ["822","823"] → ["822","823"] when `least` is 3. */
export function runsOf(numbers: readonly string[], least = 2): readonly string[] {
  const runs: string[][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last !== undefined && Number(number) === Number(last) + 1) run.push(number)
    else runs.push([number])
  }
  return runs.flatMap((run) => (run.length >= least ? [`${run[0] ?? ''}–${run.at(-1) ?? ''}`] : run))
}

/** One part of a door plate. */
export type PlateHalf = {
  readonly kind: 'building' | 'floor' | 'room' | 'counter' | 'area'
  readonly text: string
}

/**
 * What stands on the door plate of a place: its floor and its door, as far as the guide names them, and before
 * them `otherBuilding`, the name of the building where it is not the one the visitor stands in.
 */
export function plateOf(place: Place, otherBuilding: string | null): readonly PlateHalf[] {
  const building: PlateHalf[] = otherBuilding === null ? [] : [{ kind: 'building', text: otherBuilding }]
  const floor: PlateHalf[] = [
    ...building,
    ...(place.floor === null ? [] : [{ kind: 'floor' as const, text: String(place.floor) }]),
  ]
  if (place.counters.length > 0)
    return [...floor, { kind: 'counter', text: runsOf(place.counters).join('、') }]
  if (place.rooms.length > 0) return [...floor, { kind: 'room', text: runsOf(place.rooms, 3).join('、') }]
  return place.area === null ? floor : [...floor, { kind: 'area', text: place.area }]
}

/** True where the guide offers a service online and in no other way. */
export function isOnlineOnly({ channels }: Pick<Service, 'channels'>): boolean {
  return channels.length > 0 && channels.every((channel) => channel === 'online')
}

/** True where a visitor has nothing to bring to a counter: done online, without a document. */
export function needsNoVisit(service: Pick<Service, 'channels' | 'materials'>): boolean {
  const brings = service.materials.some((group) => group.materials.some(({ kind }) => kind === 'document'))
  return isOnlineOnly(service) && !brings
}
