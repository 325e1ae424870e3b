import * as v from 'valibot'
import { catalogueSchema, fieldNames } from './catalogue.ts'
import { bundleProblems } from './edition/bundle-problems.ts'
import { origins } from './edition/manifest.ts'
import { previewSchema } from './edition/preview.ts'
import { editionIdSchema, editionSummarySchema } from './edition/summary.ts'
import { questionWordsSchema } from './questions.ts'
import { siteSchema } from './site.ts'
import { situationsSchema } from './situations.ts'
import { refusals } from './sources.ts'
import { pinSchema, wrongPinSchema, lockedOutSchema } from './staff-pins.ts'
import { offerSchema, stickSchema } from './sticks.ts'
import { topicsSchema } from './topics.ts'
import { translationsSchema } from './translations.ts'

/** A stick, and what lies on it that a kiosk could take. */
export const stickViewSchema = v.object({
  stick: stickSchema,
  offers: v.array(offerSchema),
  /** False where there is more on it than is looked at. */
  complete: v.boolean(),
})

export type StickView = v.InferOutput<typeof stickViewSchema>

/** The most changes of services and findings one preview carries; how many there are it says beside. */
export const mostPreviewed = { services: 500, findings: 200 } as const

const findingSchema = v.object({
  severity: v.picklist(['error', 'warning', 'info']),
  rule: v.string(),
  line: v.nullable(v.number()),
  service: v.nullable(v.string()),
  field: v.nullable(v.picklist(fieldNames)),
  message: v.string(),
  text: v.string(),
  cell: v.optional(v.string()),
  /** The edition in force has it already. */
  known: v.optional(v.literal(true)),
})

/** What staff look at before they put an edition in force. */
export const offerPreviewSchema = v.object({
  kind: v.literal('preview'),
  /** Names it until another is looked at, or staff log out. */
  id: v.string(),
  origin: v.picklist(origins),
  source: v.string(),
  /** Who signed it; null: nobody. */
  signer: v.nullable(v.string()),
  edition: v.string(),
  editionBefore: v.string(),
  preview: previewSchema,
  /** How many services and findings there are altogether. */
  totals: v.object({ added: v.number(), removed: v.number(), changed: v.number(), findings: v.number() }),
  findings: v.array(findingSchema),
})

export type OfferPreview = v.InferOutput<typeof offerPreviewSchema>

/** Why nothing came of a file: it is no edition, the stick did not give it, or this kiosk does not take its like. */
export const offerProblems = [
  ...refusals,
  ...bundleProblems.map((problem) => `bundle-${problem}` as const),
  'gone',
  'no-file',
  'unreadable',
  'not-accepted',
  'signature-demanded',
] as const

export const readReplySchema = v.variant('kind', [
  offerPreviewSchema,
  v.object({
    kind: v.literal('refused'),
    problem: v.picklist(offerProblems),
    details: v.record(v.string(), v.union([v.string(), v.number()])),
    findings: v.array(findingSchema),
  }),
])

export type ReadReply = v.InferOutput<typeof readReplySchema>
export type OfferRefusal = Extract<ReadReply, { kind: 'refused' }>

const diskProblems = ['disk-full', 'read-only', 'disk-error'] as const

/** What comes of approving. */
export const approveReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('installed'), edition: editionSummarySchema }),
  v.object({ kind: v.literal('already-installed'), edition: editionSummarySchema }),
  /** What was looked at is not known any more, or not all of its warnings were acknowledged. */
  v.object({ kind: v.literal('look-again') }),
  v.object({
    kind: v.literal('refused'),
    problem: v.picklist(['older-sequence', 'sequence-jump', 'content-unusable', 'too-large']),
  }),
  v.object({ kind: v.literal('failed'), problem: v.picklist(diskProblems) }),
  wrongPinSchema,
  lockedOutSchema,
])

export type ApproveReply = v.InferOutput<typeof approveReplySchema>

export const rollBackReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('rolled-back'), edition: editionSummarySchema }),
  v.object({ kind: v.literal('already-in-force'), edition: editionSummarySchema }),
  v.object({ kind: v.literal('refused'), problem: v.picklist(['unknown', 'content-unusable']) }),
  v.object({ kind: v.literal('failed'), problem: v.picklist(diskProblems) }),
])

export type RollBackReply = v.InferOutput<typeof rollBackReplySchema>

/** What can be taken away on a stick. */
export const takings = ['workbook', 'bundle', 'usage', 'prints', 'audit', 'diagnostics'] as const

export const takeAwayReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('written'), folder: v.string(), files: v.array(v.string()) }),
  v.object({ kind: v.literal('gone') }),
  v.object({ kind: v.literal('read-only') }),
  v.object({ kind: v.literal('full'), missing: v.number() }),
  v.object({ kind: v.literal('failed') }),
  v.object({ kind: v.literal('cell-too-long'), service: v.string(), field: v.string() }),
  v.object({ kind: v.literal('no-bundle') }),
])

export type TakeAwayReply = v.InferOutput<typeof takeAwayReplySchema>

const none = v.strictObject({})

/** The staff's calls about editions and sticks; every one throws `not-allowed` where nobody is logged in. */
export const updateContract = {
  'staff-get-sticks': { args: none, reply: v.array(stickViewSchema) },
  /** Reads files of one stick, once, and says what they would change; nothing is in force yet. */
  'staff-read-offer': {
    args: v.strictObject({
      stick: v.string(),
      paths: v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.minLength(1), v.maxLength(50)),
    }),
    reply: readReplySchema,
  },
  /** What visitors would be shown of the edition that is being looked at. Throws `not-found` where it is not any more. */
  'staff-see-offer': {
    args: v.strictObject({ id: v.string() }),
    reply: v.object({
      catalogue: catalogueSchema,
      site: siteSchema,
      topics: topicsSchema,
      questions: questionWordsSchema,
      situations: situationsSchema,
      translations: translationsSchema,
    }),
  },
  /** Puts what was looked at in force. `acknowledged`: how many of its warnings staff have acknowledged: all, or nothing happens. */
  'staff-approve': {
    args: v.strictObject({ id: v.string(), acknowledged: v.number(), pin: pinSchema }),
    reply: approveReplySchema,
  },
  'staff-get-editions': { args: none, reply: v.array(editionSummarySchema) },
  'staff-roll-back': { args: v.strictObject({ id: editionIdSchema }), reply: rollBackReplySchema },
  'staff-take-away': {
    args: v.strictObject({
      stick: v.string(),
      wanted: v.pipe(v.array(v.picklist(takings)), v.minLength(1)),
    }),
    reply: takeAwayReplySchema,
  },
} as const
