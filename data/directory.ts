import type { Catalogue, Place, Service } from './catalogue.ts'
import type { Building, Site } from './site.ts'

/** Who is to be found on a floor, at which doors, and for what. */
export type DirectoryOffice = {
  /** null where the guide names a door and nobody behind it. */
  readonly department: string | null
  /** Rooms, counters and areas the guide names for it on this floor, in the guide's order. */
  readonly doors: readonly string[]
  readonly services: readonly Service[]
}

/** `floor` null: the guide names the building and no floor. */
export type DirectoryFloor = { readonly floor: number | null; readonly offices: readonly DirectoryOffice[] }

export type DirectoryBuilding = { readonly building: Building; readonly floors: readonly DirectoryFloor[] }

/** The site's buildings, the kiosk's own first, each with its floors from the ground up, those without a floor last. */
export function directoryOf(catalogue: Catalogue, site: Site): readonly DirectoryBuilding[] {
  const own = site.buildings.filter(({ id }) => id === site.kiosk.building)
  const others = site.buildings.filter(({ id }) => id !== site.kiosk.building)
  return [...own, ...others].map((building) => ({ building, floors: floorsIn(building, catalogue, site) }))
}

function floorsIn(building: Building, { services }: Catalogue, site: Site): readonly DirectoryFloor[] {
  const found = services.flatMap((service) =>
    service.places
      .filter((place) => place.kind === 'site' && place.building === building.id)
      .map((place) => ({ service, place })),
  )
  const standsHere = site.kiosk.building === building.id ? [site.kiosk.floor] : []
  const floors = [...new Set([...standsHere, ...found.map(({ place }) => place.floor)])]
  return floors
    .sort((a, b) => (a ?? Infinity) - (b ?? Infinity))
    .map((floor) => ({ floor, offices: officesOn(found.filter(({ place }) => place.floor === floor)) }))
}

function officesOn(
  found: readonly { readonly service: Service; readonly place: Place }[],
): readonly DirectoryOffice[] {
  const departments = [...new Set(found.map(({ place }) => place.department))]
  return departments.map((department) => {
    const theirs = found.filter(({ place }) => place.department === department)
    return {
      department,
      doors: [...new Set(theirs.flatMap(({ place }) => doorsOf(place)))],
      services: [...new Set(theirs.map(({ service }) => service))],
    }
  })
}

/** Counters are named with their area: "13" alone would be taken for a room. */
function doorsOf({ rooms, area }: Place): readonly string[] {
  return rooms.length > 0 ? rooms : area === null ? [] : [area]
}
