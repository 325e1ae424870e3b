import * as v from 'valibot'
import { catalogueSchema } from '../catalogue.ts'
import { lineSchema, origins, sha256Schema } from './manifest.ts'

/** The edition that came with the program; it is always there. */
export const factoryId = 'factory'

/** Names an edition at this kiosk: "12-0f3a…" (sequence and the beginning of its file's hash), or the factory one. */
export const editionIdSchema = v.union([
  v.literal(factoryId),
  v.pipe(v.string(), v.regex(/^\d{1,10}-[0-9a-f]{12}$/)),
])

/** What tells one edition from another on a screen and on paper. */
export const editionMarkSchema = v.object({
  id: editionIdSchema,
  edition: catalogueSchema.entries.edition,
  /** Four characters that two people can compare aloud. */
  fingerprint: v.string(),
})

export type EditionMark = v.InferOutput<typeof editionMarkSchema>

/** What staff are told of an edition that is, or was, at this kiosk. */
export const editionSummarySchema = v.object({
  ...editionMarkSchema.entries,
  /** SHA-256 of its texts, of which the fingerprint is the short form. */
  content: sha256Schema,
  /** 0 where it was approved here, or came with the program. */
  sequence: v.number(),
  origin: v.picklist([factoryId, ...origins]),
  /** The role that approved it; null: nobody had to. */
  who: v.nullable(lineSchema),
  /** Name of the file it came from; null: with the program. */
  source: v.nullable(lineSchema),
  /** Name of the key that signed it; null: none. */
  signer: v.nullable(lineSchema),
  created: v.nullable(v.string()),
  expires: v.nullable(v.string()),
  installed: v.nullable(v.string()),
  /** True of the one visitors see. */
  inForce: v.boolean(),
  /** True where the kiosk went back from it by itself, or could not load it. */
  failed: v.boolean(),
})

export type EditionSummary = v.InferOutput<typeof editionSummarySchema>
