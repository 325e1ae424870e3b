import { type Turn, turnTowards } from './bearing.ts'
import type { Place } from './catalogue.ts'
import type { Building, Entrance, Passage, Site, Spot } from './site.ts'

/** The lift or the stairs by which one gets from floor to floor. */
export type PassageFound = { readonly kind: 'take-lift' | 'take-stairs'; readonly passage: Passage }

/** The first lift that stops at both floors, else the first stairs; null where the site knows none. Stairs are no way for `stepFree`. */
export function passageBetween(
  { lifts, stairs }: Building,
  from: number,
  to: number,
  stepFree: boolean,
): PassageFound | null {
  const serves = ({ floors }: Passage) => floors.includes(from) && floors.includes(to)
  const lift = lifts.find(serves)
  if (lift) return { kind: 'take-lift', passage: lift }
  const flight = stepFree ? undefined : stairs.find(serves)
  return flight ? { kind: 'take-stairs', passage: flight } : null
}

/** The entrance to take: the usual one, or the first that is known to be without steps; null where none is known. */
export function entranceFor({ entrances }: Building, stepFree: boolean): Entrance | null {
  return entrances.find((each) => !stepFree || each.stepFree === true) ?? null
}

/** What staff have written of the door of a place: its room where the guide names one, else its area. */
export function spotOf(place: Place, building: Building): Spot | null {
  const floor = building.floors.find((each) => each.floor === place.floor)
  const named = place.rooms.length > 0 ? floor?.rooms : floor?.areas
  const names = place.rooms.length > 0 ? place.rooms : [place.area]
  return named?.find(({ name }) => names.includes(name)) ?? null
}

/** Which way to turn before the screen towards something seen from this kiosk; null unless staff have said both. */
export function turnFrom({ kiosk }: Site, bearings: Spot['bearings']): Turn | null {
  const bearing = Object.hasOwn(bearings, kiosk.id) ? bearings[kiosk.id] : undefined
  return kiosk.faces === null || bearing === undefined ? null : turnTowards(kiosk.faces, bearing)
}

/**
 * The place with the door staff have added: where the guide names a department and no door, and all of the
 * department's rooms that site.json has are on one floor, the one of the guide if it names one.
 */
export function completePlace(place: Place, site: Pick<Site, 'buildings'>): Place {
  const { department, floor, rooms, counters, area } = place
  const hasDoor = rooms.length > 0 || counters.length > 0 || area !== null
  if (place.kind !== 'site' || department === null || hasDoor) return place
  const building = site.buildings.find(({ id }) => id === place.building)
  const floors = (building?.floors ?? [])
    .filter((each) => floor === null || each.floor === floor)
    .map((each) => ({
      floor: each.floor,
      rooms: each.rooms.filter((room) => room.department === department),
    }))
    .filter((each) => each.rooms.length > 0)
  const [only, ...others] = floors
  if (!only || others.length > 0) return place
  return { ...place, floor: only.floor, rooms: only.rooms.map(({ name }) => name) }
}
