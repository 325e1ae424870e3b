import * as v from 'valibot'

/** The eleven fields every service table of the guide has, in the guide's order and under its own names. */
export const fieldNames = [
  '事项名称',
  '事项简述',
  '办理材料',
  '办理方式',
  '办理时限',
  '结果送达',
  '收费依据及标准',
  '办事时间',
  '办理机构及地点',
  '咨询查询途径',
  '监督投诉渠道',
] as const

export type FieldName = (typeof fieldNames)[number]

/** What others name a thing by. */
const id = v.pipe(v.string(), v.nonEmpty())

const count = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))

/**
 * One entry of 办理材料.
 *
 * `text` is the guide's wording with the list numbering removed and nothing else changed; counts and
 * `when` annotate it and never replace any of it.
 */
export const materialSchema = v.object({
  /** `document`: to bring; `action`: to do; `note`: to know. */
  kind: v.picklist(['document', 'action', 'note']),
  text: v.string(),
  /** How many originals and photocopies; null where the guide does not say. */
  originals: count,
  photocopies: count,
  /** What the wording asks for, counted or not: "身份证原件" asks for an original and gives no count. */
  asks: v.array(v.picklist(['original', 'photocopy'])),
  /** 备查: shown at the counter and handed back. */
  inspectOnly: v.boolean(),
  /** The condition on this one entry, quoted from `text` ("属于职业病的"), or null. */
  when: v.nullable(v.string()),
})

/** A run of entries under one case of the guide ("转移申请"), or under none. */
export const materialGroupSchema = v.object({
  /** The case as the guide heads it; null: always. */
  when: v.nullable(v.string()),
  /** The headings this case stands under, outermost first: ["转移申请"] for its "委托他人办理的". */
  within: v.array(v.string()),
  /** What else the heading says ("除提供正常退休所需材料外，还需提供："), or null. */
  note: v.nullable(v.string()),
  materials: v.array(materialSchema),
})

/** One place of 办理机构及地点, exactly as far as the guide names it. */
export const placeSchema = v.object({
  /** `site`: one of the department's buildings; `elsewhere`: a bank, another hall; `online`; `phone`. */
  kind: v.picklist(['site', 'elsewhere', 'online', 'phone']),
  /** The guide's words for this place. */
  text: v.string(),
  /** Id of a building in site.json; null where the guide names none, or none that is known. */
  building: v.nullable(id),
  floor: v.nullable(v.pipe(v.number(), v.integer())),
  rooms: v.array(v.string()),
  counters: v.array(v.string()),
  /** A part of the building that is no room: "南侧经办大厅", "服务大厅". */
  area: v.nullable(v.string()),
  department: v.nullable(v.string()),
  /** What this place is for where the guide tells several apart: "审核材料、证书盖章". */
  purpose: v.nullable(v.string()),
})

export const phoneSchema = v.object({
  /** As dialled, area code first where the guide gives one: "0991-3689687", "12333". */
  number: v.string(),
  /** Whose number it is: "职业能力建设处". */
  owner: v.nullable(v.string()),
  use: v.picklist(['enquiry', 'complaint']),
  /** False where the number cannot be right (a digit missing): shown as the guide has it, never as a number to ring. */
  plausible: v.boolean(),
})

export const websiteSchema = v.object({
  /** The address as the guide has it; null where it names a site without one ("中国人事考试网"). */
  url: v.nullable(v.string()),
  name: v.nullable(v.string()),
  field: v.picklist(fieldNames),
})

const clockTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** Opening hours of 办事时间. Times are local to the site. */
export const hoursSchema = v.object({
  text: v.string(),
  /** `workdays` where the guide says 工作日; null where no hours can be computed. */
  days: v.nullable(v.literal('workdays')),
  sessions: v.array(
    v.object({
      from: clockTime,
      to: clockTime,
      /** 冬季 or 夏季; null: all year. */
      season: v.nullable(v.picklist(['winter', 'summer'])),
    }),
  ),
  /** What the field says beside its hours ("社会保障卡合作银行即时制卡网点：以银行公布时间为准"). */
  remarks: v.array(v.string()),
})

/** The days of each month on which the service is accepted. */
export const acceptanceSchema = v.object({
  fromDay: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)),
  toDay: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)),
  /** False where the guide says "25日前" and so leaves open whether the 25th itself counts. */
  lastDayCertain: v.boolean(),
  text: v.string(),
  field: v.picklist(fieldNames),
})

/**
 * How a text is read: for each of its characters that can be searched for, in order, every reading without
 * tones, the likeliest first (["gong"], ["shang"], …); letters and digits stand for themselves. `at` is the
 * character's index in the text.
 */
export const readingsSchema = v.array(v.object({ at: v.number(), syllables: v.array(v.string()) }))

export const serviceSchema = v.object({
  id,
  title: v.string(),
  family: v.nullable(v.string()),
  name: v.string(),
  category: id,
  fields: v.object(v.entriesFromList(fieldNames, v.string())),
  materials: v.array(materialGroupSchema),
  places: v.array(placeSchema),
  phones: v.array(phoneSchema),
  websites: v.array(websiteSchema),
  channels: v.array(v.picklist(['counter', 'online', 'phone', 'mail'])),
  fee: v.object({ free: v.nullable(v.boolean()), text: v.string() }),
  hours: hoursSchema,
  acceptance: v.nullable(acceptanceSchema),
  /** Of `title`. */
  readings: readingsSchema,
  /** Everyday words for this service that are not in its title ("社保卡"), with their readings. */
  synonyms: v.array(v.object({ text: v.string(), readings: readingsSchema })),
})

export const categorySchema = v.object({
  id,
  title: v.string(),
  group: v.string(),
})

/** All the kiosk knows of the department's services: what `npm run intake` writes. */
export const catalogueSchema = v.object({
  format: v.literal(1),
  /** "2026-11-23.1": the day and the day's running number. */
  edition: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}\.\d+$/)),
  department: v.string(),
  source: v.object({ file: v.string(), sha256: v.string() }),
  categories: v.array(categorySchema),
  services: v.array(serviceSchema),
})

export type Material = v.InferOutput<typeof materialSchema>
export type MaterialGroup = v.InferOutput<typeof materialGroupSchema>
export type Place = v.InferOutput<typeof placeSchema>
export type Phone = v.InferOutput<typeof phoneSchema>
export type Website = v.InferOutput<typeof websiteSchema>
export type Hours = v.InferOutput<typeof hoursSchema>
export type Acceptance = v.InferOutput<typeof acceptanceSchema>
export type Service = v.InferOutput<typeof serviceSchema>
export type Category = v.InferOutput<typeof categorySchema>
export type Catalogue = v.InferOutput<typeof catalogueSchema>
export type Channel = Service['channels'][number]
