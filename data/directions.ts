import type { Turn } from './bearing.ts'
import type { Catalogue, Place, Service } from './catalogue.ts'
import { enquiryPhone } from './other-way.ts'
import { completePlace, entranceFor, passageBetween, spotOf, turnFrom } from './passage.ts'
import type { Building, Entrance, Site } from './site.ts'

/** What to ask on the phone before a walk to another house. */
export type Check = 'hours' | 'acceptance' | 'building' | 'floor' | 'room' | 'step-free'

/** A floor one comes to, with what staff say one sees there. */
type Arrival = { readonly floor: number; readonly landmarks: readonly string[] }

/**
 * One step of the way; its words are in the renderer's i18n. Nothing here is more exact than the guide and
 * what staff have added to the site.
 */
export type Step =
  | { readonly kind: 'go-to-building'; readonly building: Building; readonly entrance: Entrance | null }
  | { readonly kind: 'ask-building'; readonly text: string }
  | { readonly kind: 'call-first'; readonly phone: string; readonly checks: readonly Check[] }
  /** Nobody has told the kiosk of a way without stairs; `place` is where somebody sits who can be asked. */
  | { readonly kind: 'ask-step-free'; readonly place: string | null }
  /** As seen by a visitor who looks at the screen. */
  | { readonly kind: 'turn'; readonly to: Turn }
  | ({ readonly kind: 'go-to-floor' | 'stay-on-floor' } & Arrival)
  | ({
      readonly kind: 'take-lift' | 'take-stairs'
      readonly name: string
      readonly where: string | null
    } & Arrival)
  | {
      readonly kind: 'find-room'
      readonly rooms: readonly string[]
      readonly area: string | null
      readonly where: string | null
    }
  | { readonly kind: 'find-counter'; readonly counters: readonly string[]; readonly area: string | null }
  | {
      readonly kind: 'find-area'
      readonly area: string
      readonly department: string | null
      readonly where: string | null
    }
  | { readonly kind: 'ask-floor'; readonly department: string | null }
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

/** What the way to a place takes from its service. */
type Errand = Pick<Service, 'name' | 'phones' | 'acceptance'>

/**
 * From this kiosk to `place` in two to five steps, as far as the guide and the site go. `stepFree`: by lifts
 * and entrances that staff have named, and where they have not, by asking. Empty for what is no place in a
 * building: for that there is `otherWay`.
 */
export function stepsTo(
  place: Place,
  site: Site,
  service: Errand,
  { stepFree }: { readonly stepFree: boolean } = { stepFree: false },
): readonly Step[] {
  if (place.kind !== 'site') return []
  const door = completePlace(place, site)
  const say: Step = { kind: 'say', service: service.name }
  const building = buildingOf(door, site)
  if (building !== null && isHere(door, site)) {
    return [...stepsInside(door, building, site, stepFree), ...doorSteps(door, building), say]
  }
  return [...stepsOutside(door, building, service, stepFree), ...doorSteps(door, building), say]
}

/** From before the screen to the floor of a door in the same building. */
function stepsInside(door: Place, building: Building, site: Site, stepFree: boolean): readonly Step[] {
  const { floor } = door
  const asking: readonly Step[] = stepFree ? [{ kind: 'ask-step-free', place: site.help.place }] : []
  if (floor === null) return [...asking, { kind: 'ask-floor', department: door.department }]
  const arrival = arriveAt(floor, building)
  if (floor === site.kiosk.floor) {
    const turn = turnFrom(site, spotOf(door, building)?.bearings ?? {})
    return [{ kind: 'stay-on-floor', ...arrival }, ...turnSteps(turn)]
  }
  const found = passageBetween(building, site.kiosk.floor, floor, stepFree)
  if (found === null) return [...asking, { kind: 'go-to-floor', ...arrival }]
  const { name, where, bearings } = found.passage
  return [...turnSteps(turnFrom(site, bearings)), { kind: found.kind, name, where, ...arrival }]
}

/** To the floor of a door in another building: its address, what to ask before the walk, how to get up there. */
function stepsOutside(
  door: Place,
  building: Building | null,
  service: Errand,
  stepFree: boolean,
): readonly Step[] {
  const { floor } = door
  const entrance = building && entranceFor(building, stepFree)
  const entered = entrance !== null && entrance.floor === floor
  const found =
    building && entrance && floor !== null && !entered
      ? passageBetween(building, entrance.floor, floor, stepFree)
      : null
  const unknownWay = stepFree && !entered && found === null
  const steps: Step[] = [
    building === null
      ? { kind: 'ask-building', text: door.text }
      : { kind: 'go-to-building', building, entrance },
  ]
  const phone = enquiryPhone(service)
  if (phone !== null) steps.push({ kind: 'call-first', phone, checks: checksFor(door, service, unknownWay) })
  else if (unknownWay) steps.push({ kind: 'ask-step-free', place: null })

  if (floor !== null) {
    const arrival = building ? arriveAt(floor, building) : { floor, landmarks: [] }
    if (found === null) steps.push({ kind: 'go-to-floor', ...arrival })
    else steps.push({ kind: found.kind, name: found.passage.name, where: found.passage.where, ...arrival })
  } else if (building !== null) steps.push({ kind: 'ask-floor', department: door.department })
  return steps
}

/** From the floor to the door. */
function doorSteps(door: Place, building: Building | null): readonly Step[] {
  const { rooms, counters, area, department, floor } = door
  const spot = building && spotOf(door, building)
  const where = spot?.where ?? null
  if (counters.length > 0) return [{ kind: 'find-counter', counters, area }]
  if (rooms.length > 0) return [{ kind: 'find-room', rooms, area: area ?? spot?.area ?? null, where }]
  if (area !== null) return [{ kind: 'find-area', area, department, where }]
  return floor === null ? [] : [{ kind: 'ask-room', department }]
}

function turnSteps(to: Turn | null): readonly Step[] {
  return to === null ? [] : [{ kind: 'turn', to }]
}

function arriveAt(floor: number, { landmarks }: Building): Arrival {
  return { floor, landmarks: landmarks.filter((each) => each.floor === floor).map(({ name }) => name) }
}

function checksFor(door: Place, { acceptance }: Errand, unknownWay: boolean): readonly Check[] {
  const hasDoor = door.rooms.length > 0 || door.counters.length > 0 || door.area !== null
  const asked: readonly (readonly [Check, boolean])[] = [
    ['hours', true],
    ['acceptance', acceptance !== null],
    ['building', door.building === null],
    ['floor', door.floor === null && door.building !== null],
    ['room', !hasDoor],
    ['step-free', unknownWay],
  ]
  return asked.flatMap(([check, isAsked]) => (isAsked ? [check] : []))
}

/** A floor of a building as the guide's places and staff's additions draw it. */
export type Floor = {
  readonly floor: number
  /** What its sign says beside the number, in staff's words; null: not known. */
  readonly label: string | null
  /** Departments known on this floor, in the guide's order, then in staff's. */
  readonly departments: readonly string[]
  /** Rooms known on this floor, ascending. */
  readonly rooms: readonly string[]
}

/** The floors of a building that the guide or staff mention, with the kiosk's own, from the ground up. */
export function floorsOf(building: string, catalogue: Catalogue, site: Site): readonly Floor[] {
  const floors = new Map<number, { departments: Set<string>; rooms: Set<string> }>()
  const at = (floor: number) => {
    const known = floors.get(floor) ?? { departments: new Set<string>(), rooms: new Set<string>() }
    floors.set(floor, known)
    return known
  }
  const additions = site.buildings.find(({ id }) => id === building)?.floors ?? []
  if (site.kiosk.building === building) at(site.kiosk.floor)
  for (const place of catalogue.services.flatMap(({ places }) => places)) {
    if (place.kind !== 'site' || place.building !== building || place.floor === null) continue
    const floor = at(place.floor)
    if (place.department !== null) floor.departments.add(place.department)
    for (const room of place.rooms) floor.rooms.add(room)
  }
  for (const { floor: number, rooms, areas } of additions) {
    const floor = at(number)
    for (const { name } of rooms) floor.rooms.add(name)
    for (const { department } of [...rooms, ...areas])
      if (department !== null) floor.departments.add(department)
  }
  return [...floors]
    .sort(([a], [b]) => a - b)
    .map(([floor, { departments, rooms }]) => ({
      floor,
      label: additions.find((each) => each.floor === floor)?.label ?? null,
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
