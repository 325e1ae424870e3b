import * as v from 'valibot'
import { compassPoints } from './bearing.ts'
import { noOwnDays, ownDaysSchema } from './calendar.ts'

/** What others name a thing by. */
const id = v.pipe(v.string(), v.nonEmpty())

/** A month, 1 to 12. */
const month = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12))

/** A floor as its sign has it: 1 is the ground floor, -1 the one below it, and no house has a floor 0. */
const floor = v.pipe(v.number(), v.integer(), v.minValue(-9), v.maxValue(99), v.notValue(0))

/** Words of staff, or null where nobody has given any. */
const words = v.optional(v.nullable(v.pipe(v.string(), v.nonEmpty())), null)

/** Id of a kiosk → where something lies as seen from it. */
const bearings = v.optional(v.record(v.string(), v.picklist(compassPoints)), {})

/** A room or a hall that staff know and the guide does not, or not so exactly. */
const spotSchema = v.object({
  /** As on its door: "616", "南侧经办大厅". */
  name: id,
  department: words,
  /** The part of the floor it lies in; an area of the same floor. */
  area: words,
  /** How staff would say where it is: "茶水间对面". */
  where: words,
  bearings,
})

/** A lift or a flight of stairs. */
const passageSchema = v.object({
  id,
  /** "1号电梯" */
  name: id,
  /** Where it stops. */
  floors: v.array(floor),
  where: words,
  bearings,
})

const entranceSchema = v.object({
  id,
  /** "南门" */
  name: id,
  floor,
  /** True where nobody has to climb a step; null: not known. */
  stepFree: v.optional(v.nullable(v.boolean()), null),
  where: words,
})

/** A building the guide sends visitors to, and what staff have added to it. */
export const buildingSchema = v.object({
  id,
  /** What the kiosk calls it. */
  name: v.string(),
  /** Street and number as printed on the slip. */
  address: v.string(),
  /** The ways the guide writes it; the longest that matches a place's text wins. */
  aliases: v.array(v.string()),
  /** Its lowest and its highest floor; null: not known. */
  storeys: v.optional(v.nullable(v.object({ lowest: floor, highest: floor })), null),
  floors: v.optional(
    v.array(
      v.object({
        floor,
        /** What its sign says beside the number. */
        label: words,
        rooms: v.optional(v.array(spotSchema), []),
        areas: v.optional(v.array(spotSchema), []),
      }),
    ),
    [],
  ),
  lifts: v.optional(v.array(passageSchema), []),
  stairs: v.optional(v.array(passageSchema), []),
  /** The usual one first. */
  entrances: v.optional(v.array(entranceSchema), []),
  /** What one sees on a floor: "服务台". */
  landmarks: v.optional(v.array(v.object({ floor, name: id })), []),
  /** Drawings of floors: files beside site.json. */
  plans: v.optional(
    v.array(v.object({ floor, file: v.pipe(v.string(), v.regex(/^[^./\\][^/\\]*\.svg$/)) })),
    [],
  ),
})

export const kioskSchema = v.object({
  id,
  /** "大厅 1 号机" */
  name: v.string(),
  building: id,
  floor,
  /** How staff would say where it stands: "进门右手边". */
  where: words,
  /** Which way its screen looks; null: not known, and nothing is said of left and right. */
  faces: v.optional(v.nullable(v.picklist(compassPoints)), null),
})

/** What the file and the site of one kiosk have in common. */
const common = {
  format: v.literal(1),
  /** What a bundle calls this site where it says which ones it is for. */
  id: v.optional(id),
  timeZone: v.string(),
  buildings: v.array(buildingSchema),
  seasons: v.object({
    /** First and last month of 夏季; the rest of the year is 冬季. */
    summer: v.object({ fromMonth: month, toMonth: month }),
    /** False until staff have said that these are the months. */
    confirmed: v.optional(v.boolean(), false),
  }),
  /** Closures and working days that the public calendar does not know. */
  days: v.optional(ownDaysSchema, noOwnDays),
  /** Whom a visitor can ask who finds nothing: a number to ring, and where somebody sits, in words; null: nobody is named. */
  help: v.object({ phone: v.nullable(v.string()), place: v.nullable(v.string()) }),
  /** What somebody assumed and staff have not confirmed, in words for staff. */
  assumptions: v.array(v.string()),
}

/** What the guide does not say, as one kiosk knows it: the buildings, where it stands itself, the months of 夏季 and 冬季. */
export const siteSchema = v.object({ ...common, kiosk: kioskSchema })

/** site.json: the same for every kiosk, the usual one first. One that stands alone may be written as `kiosk`. */
export const siteFileSchema = v.pipe(
  v.object({
    ...common,
    kiosks: v.optional(v.array(kioskSchema), []),
    kiosk: v.optional(kioskSchema),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { kiosk, kiosks, ...rest } = dataset.value
    const [usual, ...others] = kiosk ? [kiosk, ...kiosks] : kiosks
    if (!usual) {
      addIssue({ expected: 'at least one kiosk' })
      return NEVER
    }
    const all: readonly [Kiosk, ...Kiosk[]] = [usual, ...others]
    return { ...rest, kiosks: all }
  }),
)

export type Building = v.InferOutput<typeof buildingSchema>
export type Spot = v.InferOutput<typeof spotSchema>
export type Passage = v.InferOutput<typeof passageSchema>
export type Entrance = v.InferOutput<typeof entranceSchema>
export type Kiosk = v.InferOutput<typeof kioskSchema>
export type Site = v.InferOutput<typeof siteSchema>
export type SiteFile = v.InferOutput<typeof siteFileSchema>

/** The site as the kiosk `kioskId` knows it; as the usual one does where there is no such kiosk, or null is given. */
export function standAt(file: SiteFile, kioskId: string | null): Site {
  const { kiosks, ...rest } = file
  return { ...rest, kiosk: kiosks.find(({ id: known }) => known === kioskId) ?? kiosks[0] }
}
