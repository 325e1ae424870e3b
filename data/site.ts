import * as v from 'valibot'

/** What others name a thing by. */
const id = v.pipe(v.string(), v.nonEmpty())

/** A month, 1 to 12. */
const month = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12))

/** A building the guide sends visitors to. */
export const buildingSchema = v.object({
  id,
  /** What the kiosk calls it. */
  name: v.string(),
  /** Street and number as printed on the slip. */
  address: v.string(),
  /** The ways the guide writes it; the longest that matches a place's text wins. */
  aliases: v.array(v.string()),
})

/** What the guide does not say: the buildings, where this kiosk stands, the months of 夏季 and 冬季. */
export const siteSchema = v.object({
  format: v.literal(1),
  timeZone: v.string(),
  buildings: v.array(buildingSchema),
  kiosk: v.object({
    id,
    /** "大厅 1 号机" */
    name: v.string(),
    building: id,
    floor: v.pipe(v.number(), v.integer()),
  }),
  seasons: v.object({
    /** First and last month of 夏季; the rest of the year is 冬季. */
    summer: v.object({ fromMonth: month, toMonth: month }),
  }),
  /** Whom a visitor can ask who finds nothing: a number to ring, and where somebody sits, in words; null: nobody is named. */
  help: v.object({ phone: v.nullable(v.string()), place: v.nullable(v.string()) }),
  /** What somebody assumed and staff have not confirmed, in words for staff. */
  assumptions: v.array(v.string()),
})

export type Building = v.InferOutput<typeof buildingSchema>
export type Site = v.InferOutput<typeof siteSchema>
