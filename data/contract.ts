import * as v from 'valibot'
import { catalogueSchema } from './catalogue.ts'
import { editionMarkSchema } from './edition/summary.ts'
import { errorBodySchema } from './errors.ts'
import { lifeSignSchema } from './life-sign.ts'
import { brightnessSchema } from './night.ts'
import { panelSchema } from './physical-size.ts'
import { printableSchema } from './printable.ts'
import { jobViewSchema, printerKinds, printerStatusSchema, printReplySchema } from './printing.ts'
import { questionWordsSchema } from './questions.ts'
import { settingsProblemSchema } from './settings-problem.ts'
import { siteSchema } from './site.ts'
import { situationsSchema } from './situations.ts'
import { paperNames, slipRequestSchema, slipSchema } from './slip.ts'
import { staffContract } from './staff.ts'
import { topicsSchema } from './topics.ts'
import { translationsSchema } from './translations.ts'
import { useSchema } from './usage.ts'

/** What the screen must know of the machine it runs on. */
export const kioskInfoSchema = v.object({
  host: v.picklist(['electron', 'browser']),
  version: v.string(),
  panel: panelSchema,
  printer: v.object({ kind: v.picklist(printerKinds), paper: v.picklist(paperNames) }),
  brightness: brightnessSchema,
  /** Whom to call where the kiosk is out of service, as its settings say; null where nobody has said. */
  call: v.object({ who: v.nullable(v.string()), phone: v.nullable(v.string()) }),
  /** What is wrong with the settings file, for staff. */
  settingsProblems: v.pipe(v.array(settingsProblemSchema), v.readonly()),
})

export type KioskInfo = v.InferOutput<typeof kioskInfoSchema>

const none = v.strictObject({})

/**
 * Every call across the bridge between screen and host, once: name → schemas of its arguments and reply.
 * Handler types, client types and the preload's allow-list are inferred from it; the host validates both.
 */
export const contract = {
  /** The edition in force, which the screen shows from now on: slips and plans are of it until this is asked again. */
  'get-content': {
    args: none,
    reply: v.object({
      mark: editionMarkSchema,
      catalogue: catalogueSchema,
      site: siteSchema,
      topics: topicsSchema,
      questions: questionWordsSchema,
      situations: situationsSchema,
      translations: translationsSchema,
    }),
  },
  /** Which edition is in force; asked every second between visits, with the one the screen shows. */
  'get-edition': { args: v.strictObject({ shown: v.nullable(v.string()) }), reply: editionMarkSchema },
  /** The latest time the kiosk has seen before now, across restarts: an earlier one on the clock cannot be right. */
  'get-clock': {
    args: none,
    reply: v.object({ lastSeen: v.nullable(v.pipe(v.string(), v.isoTimestamp())) }),
  },
  /** The plan of a floor as staff drew it, SVG text; null where there is none. */
  'get-plan': {
    args: v.strictObject({ building: v.string(), floor: v.pipe(v.number(), v.integer()) }),
    reply: v.object({ svg: v.nullable(v.string()) }),
  },
  'get-kiosk': { args: none, reply: kioskInfoSchema },
  /** Composes a slip and remembers it until the visit ends or a later one pushes it out. Throws `not-found`. */
  'compose-slip': { args: slipRequestSchema, reply: slipSchema },
  /** A slip composed earlier, or whatever is being printed just now. Throws `not-found`. */
  'get-slip': { args: v.strictObject({ id: v.string() }), reply: printableSchema },
  /** What the printer says of itself just now; null where it has not been asked yet, or is a folder. */
  'get-printer': { args: none, reply: v.object({ status: v.nullable(printerStatusSchema) }) },
  /**
   * Accepts a composed slip to be printed and says so at once; asked again while that one is under way, it names
   * the same job instead of printing twice. Throws `not-found`.
   */
  'print-slip': { args: v.strictObject({ id: v.string() }), reply: printReplySchema },
  /** What has become of a print job so far. Throws `not-found`. */
  'get-job': { args: v.strictObject({ id: v.string() }), reply: jobViewSchema },
  /** Takes a print job back as far as that can be; says what became of it once that is known. Throws `not-found`. */
  'withdraw-job': { args: v.strictObject({ id: v.string() }), reply: jobViewSchema },
  /** The page lives, and says what visitors see of it. */
  alive: { args: lifeSignSchema, reply: none },
  /** Something on the screen to be counted by day; never fails. */
  'count-use': { args: useSchema, reply: none },
  /** Forgets all composed slips: the visit is over. */
  'end-visit': { args: none, reply: none },
  /** The screen reports a fault of its own for the log; carries no visitor's data. */
  'report-fault': {
    args: v.strictObject({
      message: v.pipe(v.string(), v.maxLength(2000)),
      where: v.pipe(v.string(), v.maxLength(200)),
    }),
    reply: none,
  },
  ...staffContract,
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
export type CallArgs<N extends CallName> = v.InferOutput<Contract[N]['args']>
export type CallReply<N extends CallName> = v.InferOutput<Contract[N]['reply']>

/** How every call comes back over either bridge: the reply, or the error that becomes a `KioskError` again. */
export const envelopeSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.unknown() }),
  v.object({ ok: v.literal(false), error: errorBodySchema }),
])

export type Envelope = v.InferOutput<typeof envelopeSchema>

/** The host's side: one handler a call. */
export type Handlers = { readonly [N in CallName]: (args: CallArgs<N>) => Promise<CallReply<N>> }

/** The screen's side of the bridge: the same calls. */
export type HostClient = { call<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallReply<N>> }

/** The name of every call, in the contract's order. */
export const callNames = Object.keys(contract) as CallName[]

/** True where `name` is one of the contract's calls. */
export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(contract, name)
}
