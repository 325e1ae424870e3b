import type { Building, Passage, SiteFile, Spot } from './site.ts'

type Kiosks = SiteFile['kiosks']

/**
 * Everything in which a site.json that fits its schema does not fit itself or the world: the rest of a
 * sentence that begins with the file's name, the first problem first.
 */
export function* problemsOfSite({ buildings, kiosks, days, timeZone }: SiteFile): Generator<string> {
  for (const twice of repeated(buildings.map(({ id }) => id))) yield `names building ${short(twice)} twice`
  for (const twice of repeated(kiosks.map(({ id }) => id))) yield `names kiosk ${short(twice)} twice`
  for (const kiosk of kiosks) {
    const building = buildings.find(({ id }) => id === kiosk.building)
    const who = `kiosk ${short(kiosk.id)}`
    if (!building) yield `puts ${who} into building ${short(kiosk.building)}, which it does not have`
    else yield* strayFloor(`puts ${who} on`, kiosk.floor, building)
  }
  for (const alias of repeated(buildings.flatMap(({ aliases }) => [...new Set(aliases)])))
    yield `calls two buildings ${short(alias)}`
  for (const building of buildings) yield* problemsOfBuilding(building, kiosks)
  for (const day of days.closures)
    if (days.workdays.includes(day)) yield `has ${day} both among its closures and among its workdays`
  if (!isTimeZone(timeZone)) yield `names time zone ${short(timeZone)}, which is not known`
}

function* problemsOfBuilding(building: Building, kiosks: Kiosks): Generator<string> {
  const { storeys, floors, lifts, stairs, entrances, landmarks, plans } = building
  const name = short(building.name)
  if (storeys && storeys.lowest > storeys.highest)
    yield `has the lowest floor of ${name}, ${storeys.lowest}, above its highest, ${storeys.highest}`
  for (const twice of repeated(floors.map(({ floor }) => floor)))
    yield `lists floor ${twice} of ${name} twice`
  for (const { floor, rooms, areas } of floors) {
    yield* strayFloor('lists', floor, building)
    yield* problemsOfSpots('room', rooms, { floor, areas, building, kiosks })
    yield* problemsOfSpots('area', areas, { floor, areas, building, kiosks })
  }
  yield* problemsOfPassages('lift', lifts, building, kiosks)
  yield* problemsOfPassages('stairs', stairs, building, kiosks)
  for (const twice of repeated(entrances.map(({ id }) => id)))
    yield `names entrance ${short(twice)} of ${name} twice`
  for (const { id, floor } of entrances) yield* strayFloor(`puts entrance ${short(id)} on`, floor, building)
  for (const each of landmarks) yield* strayFloor(`puts ${short(each.name)} on`, each.floor, building)
  for (const twice of repeated(plans.map(({ floor }) => floor)))
    yield `has two plans of floor ${twice} of ${name}`
  for (const { floor, file } of plans) yield* strayFloor(`has plan ${short(file)} of`, floor, building)
}

function* problemsOfSpots(
  kind: 'room' | 'area',
  spots: readonly Spot[],
  on: {
    readonly floor: number
    readonly areas: readonly Spot[]
    readonly building: Building
    readonly kiosks: Kiosks
  },
): Generator<string> {
  const where = `on floor ${on.floor} of ${short(on.building.name)}`
  for (const twice of repeated(spots.map(({ name }) => name)))
    yield `names ${kind} ${short(twice)} ${where} twice`
  for (const { name, area, bearings } of spots) {
    if (area !== null && !on.areas.some((known) => known.name === area))
      yield `puts ${kind} ${short(name)} ${where} into area ${short(area)}, which that floor does not have`
    yield* strayBearings(`${kind} ${short(name)} ${where}`, bearings, [on.floor], on.building, on.kiosks)
  }
}

function* problemsOfPassages(
  kind: 'lift' | 'stairs',
  passages: readonly Passage[],
  building: Building,
  kiosks: Kiosks,
): Generator<string> {
  const name = short(building.name)
  for (const twice of repeated(passages.map(({ id }) => id)))
    yield `names ${kind} ${short(twice)} of ${name} twice`
  for (const { id, floors, bearings } of passages) {
    const which = `${kind} ${short(id)} of ${name}`
    for (const twice of repeated(floors)) yield `says ${which} stops at floor ${twice} twice`
    if (floors.length < 2) yield `says ${which} stops at ${floors.length} floors, which leads nowhere`
    for (const floor of floors) {
      if (!hasFloor(building, floor))
        yield `says ${which} stops at floor ${floor}, which is outside ${extent(building)}`
    }
    yield* strayBearings(which, bearings, floors, building, kiosks)
  }
}

/** Bearings from kiosks that are not there, or from which the thing cannot be walked to straight. */
function* strayBearings(
  what: string,
  bearings: Spot['bearings'],
  floors: readonly number[],
  building: Building,
  kiosks: Kiosks,
): Generator<string> {
  for (const from of Object.keys(bearings)) {
    const kiosk = kiosks.find(({ id }) => id === from)
    const says = `says where ${what} lies from kiosk ${short(from)}`
    if (!kiosk) yield `${says}, which it does not have`
    else if (kiosk.building !== building.id) yield `${says}, which stands in another building`
    else if (!floors.includes(kiosk.floor)) yield `${says}, which stands on floor ${kiosk.floor}`
  }
}

function* strayFloor(says: string, floor: number, building: Building): Generator<string> {
  if (!hasFloor(building, floor))
    yield `${says} floor ${floor} of ${short(building.name)}, which is outside ${extent(building)}`
}

function hasFloor({ storeys }: Building, floor: number): boolean {
  return storeys === null || (floor >= storeys.lowest && floor <= storeys.highest)
}

function extent({ storeys }: Building): string {
  return `its floors ${storeys?.lowest ?? ''} to ${storeys?.highest ?? ''}`
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function repeated<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all.filter((each, index) => all.indexOf(each) < index))]
}

/** As much of what somebody wrote as a sentence can hold. */
function short(text: string): string {
  return text.slice(0, 80)
}
