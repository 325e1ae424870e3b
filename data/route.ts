import type { Place, Service } from './catalogue.ts'
import { needsNoVisit } from './directions.ts'
import { completePlace } from './passage.ts'
import type { Site } from './site.ts'

/** One service at one stop. */
export type RouteVisit = {
  readonly service: Service
  /** What is done here, where the guide tells several places of the service apart; else null. */
  readonly purpose: string | null
  /** False where the service's materials are handed in at another of its stops. */
  readonly handsIn: boolean
  /** False where the service has several stops and the guide does not say at which of them its materials are handed in. */
  readonly certain: boolean
  /** Other places the guide gives for the same errand, in its order. */
  readonly alternatives: readonly Place[]
}

/** What one door, website or number is good for on a route. */
export type RouteStop = {
  /** `door`: in a building; `nowhere`: the guide names no place at all. */
  readonly kind: 'door' | 'elsewhere' | 'online' | 'phone' | 'nowhere'
  /** As the first of the services has it; null where nobody has to go anywhere, and where nobody knows where. */
  readonly place: Place | null
  /** By title. */
  readonly visits: readonly RouteVisit[]
}

/** Where an errand is done and where that stands in the order; tuples compare entry by entry. */
type Errand = {
  readonly visit: RouteVisit
  readonly kind: RouteStop['kind']
  readonly place: Place | null
  readonly key: string
  /** Part of the way: this building, the others one by one, elsewhere, what needs no walk. */
  readonly zone: Order
  /** Within the zone. */
  readonly spot: Order
}

type Order = readonly (number | string)[]

/** A visit in the making: its zone is walked through for the `zoneRound`th time, and within it the floors for the `floorRound`th. */
type Leg = { readonly errand: Errand; readonly zoneRound: number; readonly floorRound: number }

/**
 * The stops for several services, in the order to go: this floor, then up once through this building, then
 * the other buildings of the site in its file's order, each up once, then those nobody can place, then
 * elsewhere, then what needs no walk. Services at one door (building, floor, rooms, counters, area) share a
 * stop. Several places of one service are one errand, done at the guide's first, unless the guide gives
 * them different purposes: then each is a stop, never before an earlier one of the same service, even if
 * that means climbing again or coming back to a door. The order of `services` does not matter; one named
 * twice is gone to once.
 */
export function routeFor(services: readonly Service[], site: Site): readonly RouteStop[] {
  const unique = [...new Map(services.map((service) => [service.id, service])).values()].sort((a, b) =>
    compare([a.title, a.id], [b.title, b.id]),
  )
  const chains = withoutDetours(unique.map((service) => inRounds(errandsOf(service, site))))
  const stops = new Map<string, Leg[]>()
  for (const leg of chains.flat()) stops.set(stopKey(leg), [...(stops.get(stopKey(leg)) ?? []), leg])
  return [...stops.values()]
    .sort(([a], [b]) => (a && b ? compare(positionOf(a), positionOf(b)) : 0))
    .flatMap((legs) => {
      const [first] = legs
      if (!first) return []
      const { kind, place } = first.errand
      return [{ kind, place, visits: legs.map(({ errand }) => errand.visit) }]
    })
}

function errandsOf(service: Service, site: Site): readonly Errand[] {
  const { places } = service
  const whole = { service, purpose: null, handsIn: true, certain: true, alternatives: [] }
  if (needsNoVisit(service)) {
    const key = onlineKey(service)
    const visit = { ...whole, alternatives: places }
    return [{ visit, kind: 'online', place: null, key, zone: zoneOf('online', null, site), spot: [key] }]
  }
  const purposes = [...new Set(places.flatMap(({ purpose }) => (purpose === null ? [] : [purpose])))]
  const [first, ...others] = places
  if (first === undefined) {
    const key = `nowhere ${service.id}`
    return [
      { visit: whole, kind: 'nowhere', place: null, key, zone: zoneOf('nowhere', null, site), spot: [key] },
    ]
  }
  if (purposes.length < 2) {
    return [errandAt(first, { ...whole, purpose: first.purpose, alternatives: others }, site)]
  }
  const handIn = purposes.filter((purpose) => purpose.includes('材料'))
  const [takes] = handIn.length === 1 ? handIn : purposes
  return purposes.flatMap((purpose, index) => {
    const [place, ...same] = places.filter((each) => each.purpose === purpose)
    const anyPurpose = index === 0 ? places.filter((each) => each.purpose === null) : []
    const visit: RouteVisit = {
      service,
      purpose,
      handsIn: purpose === takes,
      certain: handIn.length === 1,
      alternatives: [...same, ...anyPurpose],
    }
    return place ? [errandAt(place, visit, site)] : []
  })
}

function errandAt(asWritten: Place, visit: RouteVisit, site: Site): Errand {
  const place = completePlace(asWritten, site)
  const { building, floor, rooms, counters, area, department, text } = place
  const kind = place.kind === 'site' ? 'door' : place.kind
  const zone = zoneOf(kind, place, site)
  if (kind !== 'door') {
    const key = `${kind} ${kind === 'elsewhere' ? (department ?? text) : text}`
    return { visit, kind, place, key, zone, spot: [key] }
  }
  const doors = [inOrder(rooms), inOrder(counters), area ?? '']
  // Two departments on one floor, neither with a door, are asked for one by one.
  const door = doors.every((each) => each === '') ? [...doors, department ?? ''] : doors
  const isOnThisFloor = building === site.kiosk.building && floor === site.kiosk.floor
  const spot = [isOnThisFloor ? 0 : 1, floor ?? -Infinity, ...door]
  return { visit, kind, place, key: JSON.stringify([...zone, String(floor), ...door]), zone, spot }
}

function zoneOf(kind: RouteStop['kind'], place: Place | null, site: Site): Order {
  switch (kind) {
    case 'door': {
      if (place?.building === site.kiosk.building) return [0]
      const index = site.buildings.findIndex(({ id }) => id === place?.building)
      // A building nobody can place is as far as its words tell it from others.
      return index < 0 ? [2, place?.text ?? ''] : [1, index]
    }
    case 'elsewhere':
      return [3]
    case 'online':
      return [4]
    case 'phone':
      return [5]
    case 'nowhere':
      return [6]
  }
}

/** One stop for all that is done on the same websites. */
function onlineKey({ id, websites }: Service): string {
  const sites = [...new Set(websites.map(({ name, url }) => name ?? url ?? ''))].sort()
  return sites.length > 0 ? `online ${sites.join('、')}` : `online ${id}`
}

function inOrder(numbers: readonly string[]): string {
  return numbers.toSorted().join('、')
}

/** The errands of one service, each as early as the one before it allows. */
function inRounds(errands: readonly Errand[]): readonly Leg[] {
  const legs: Leg[] = []
  for (const errand of errands) {
    const before = legs.at(-1)
    if (!before) legs.push({ errand, zoneRound: 0, floorRound: 0 })
    else {
      const onward = compare(errand.zone, before.errand.zone)
      const back = onward === 0 && compare(errand.spot, before.errand.spot) < 0
      legs.push({
        errand,
        zoneRound: before.zoneRound + (onward < 0 ? 1 : 0),
        floorRound: onward === 0 ? before.floorRound + (back ? 1 : 0) : 0,
      })
    }
  }
  return legs
}

/** The same with doors that would be come to twice put off to the later time, where the services' own order allows it. */
function withoutDetours(chains: readonly (readonly Leg[])[]): readonly (readonly Leg[])[] {
  let current = chains
  for (;;) {
    const better = withOneDetourLess(current)
    if (better === null) return current
    current = better
  }
}

function withOneDetourLess(chains: readonly (readonly Leg[])[]): readonly (readonly Leg[])[] | null {
  const byDoor = Map.groupBy(chains.flat(), ({ errand }) => errand.key)
  for (const legs of byDoor.values()) {
    const times = [...new Map(legs.map((leg) => [stopKey(leg), leg])).values()].sort((a, b) =>
      compare(positionOf(a), positionOf(b)),
    )
    for (const [index, earlier] of times.entries()) {
      const later = times[index + 1]
      if (later && chains.every((chain) => canMove(chain, earlier, later)))
        return chains.map((chain) =>
          chain.map((leg) =>
            stopKey(leg) === stopKey(earlier)
              ? { ...leg, zoneRound: later.zoneRound, floorRound: later.floorRound }
              : leg,
          ),
        )
    }
  }
  return null
}

/** True unless `chain` has something to do between the two times at the door and after the first of them. */
function canMove(chain: readonly Leg[], earlier: Leg, later: Leg): boolean {
  const at = chain.findLastIndex((leg) => stopKey(leg) === stopKey(earlier))
  const next = at < 0 ? undefined : chain[at + 1]
  return next === undefined || compare(positionOf(next), positionOf(later)) >= 0
}

function positionOf({ errand, zoneRound, floorRound }: Leg): Order {
  return [zoneRound, ...errand.zone, floorRound, ...errand.spot]
}

function stopKey({ errand, zoneRound, floorRound }: Leg): string {
  return JSON.stringify([zoneRound, floorRound, errand.key])
}

/** Entry by entry; numbers by size, texts by their characters' numbers, so that no machine's locale changes a route. */
function compare(a: Order, b: Order): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined || left === right) continue
    if (typeof left === 'number' && typeof right === 'number') return left - right
    return String(left) < String(right) ? -1 : 1
  }
  return a.length - b.length
}
