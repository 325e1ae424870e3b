import { join } from 'node:path'
import * as v from 'valibot'
import { catalogueSchema } from '../../data/catalogue.ts'
import { highestSequence, lineSchema, origins, sha256Schema } from '../../data/edition/manifest.ts'
import { editionIdSchema, factoryId } from '../../data/edition/summary.ts'
import { readRegular, writeDurably } from './disk.ts'
import { sha256 } from './keys.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const sequence = v.pipe(count, v.maxValue(highestSequence))

/** One edition that lies in the store. */
const entrySchema = v.strictObject({
  id: editionIdSchema,
  sequence,
  edition: catalogueSchema.entries.edition,
  /** Of its texts; the fingerprint is made from it. */
  content: sha256Schema,
  /** Of its file, which is held against it at every start. */
  file: sha256Schema,
  origin: v.picklist(origins),
  who: lineSchema,
  source: lineSchema,
  signer: v.nullable(lineSchema),
  created: v.string(),
  expires: v.nullable(v.string()),
  installed: v.pipe(v.string(), v.isoTimestamp()),
  /** True once the kiosk has gone back from it by itself. */
  failed: v.boolean(),
})

export type Entry = v.InferOutput<typeof entrySchema>

const recordSchema = v.strictObject({
  format: v.literal(1),
  /** Of two records the one with the higher counter holds. */
  counter: count,
  current: editionIdSchema,
  previous: editionIdSchema,
  /** How often the kiosk has started on a new edition that has not proved itself; null: it has. */
  trial: v.nullable(v.strictObject({ starts: count })),
  /** The highest number of a signed bundle so far: nothing at or below it is taken as an update. */
  floor: sequence,
  /** The version of the latest key list, so that an older one cannot come back. */
  keyList: count,
  /** The latest first. */
  entries: v.array(entrySchema),
})

export type EditionRecord = v.InferOutput<typeof recordSchema>

/** What holds before anything was installed. */
export const firstRecord: EditionRecord = {
  format: 1,
  counter: 0,
  current: factoryId,
  previous: factoryId,
  trial: null,
  floor: 0,
  keyList: 0,
  entries: [],
}

/** The two places a record is kept in: the one that does not hold is written over, so one is whole at any time. */
const slots = ['pointer-a', 'pointer-b'] as const

const longestRecord = 1_000_000

/** The record that holds in `folder`, and how many of its slots could not be read though they are there. Never throws. */
export function readRecord(folder: string): {
  readonly record: EditionRecord
  readonly slot: (typeof slots)[number] | null
  readonly broken: number
} {
  const read = slots.map((slot) => ({ slot, ...readSlot(join(folder, slot)) }))
  const broken = read.filter(({ isBroken }) => isBroken).length
  const [best] = read
    .flatMap(({ slot, record }) => (record ? [{ slot, record }] : []))
    .sort((a, b) => b.record.counter - a.record.counter)
  return best ? { ...best, broken } : { record: firstRecord, slot: null, broken }
}

function readSlot(file: string): { readonly record: EditionRecord | null; readonly isBroken: boolean } {
  try {
    const bytes = readRegular(file, longestRecord)
    if (bytes === null) return { record: null, isBroken: false }
    const [hash = '', text = ''] = bytes.toString('utf8').split('\n')
    if (sha256(Buffer.from(text)) !== hash) return { record: null, isBroken: true }
    return { record: v.parse(v.pipe(v.string(), v.parseJson(), recordSchema), text), isBroken: false }
  } catch {
    return { record: null, isBroken: true }
  }
}

/**
 * Writes `change` of the record that holds into the other slot and says which record holds then: as told by the disk,
 * since an error of the very last step may come although the new one is there. Throws where the old one still holds.
 */
export function changeRecord(
  folder: string,
  change: (record: EditionRecord) => EditionRecord,
): EditionRecord {
  const { record, slot } = readRecord(folder)
  const next = { ...change(record), counter: record.counter + 1 }
  const text = JSON.stringify(next)
  const target = slot === 'pointer-a' ? 'pointer-b' : 'pointer-a'
  try {
    writeDurably(join(folder, target), Buffer.from(`${sha256(Buffer.from(text))}\n${text}\n`))
  } catch (error) {
    const now = readRecord(folder).record
    if (now.counter !== next.counter) throw error
    return now
  }
  return next
}
