import type { EditionFiles } from './edition/files.ts'
import type { Finding } from './intake/source.ts'

/** What an offer on a stick can be; `bundle` is a signed edition, the others change the edition in force. */
export const offerKinds = [
  'bundle',
  'guide',
  'workbook',
  'site',
  'holidays',
  'plan',
  'synonyms',
  'readings',
  'questions',
  'situations',
  'topics',
  'translations',
] as const

export type OfferKind = (typeof offerKinds)[number]

/** What an edition came from. */
export const origins = ['bundle', 'guide', 'workbook', 'parts'] as const

export type Origin = (typeof origins)[number]

/**
 * Every way in which a file is no new edition; each has words for staff in `renderer/i18n`, filled in from
 * the details named here.
 */
export const refusals = [
  /** A word processor's or spreadsheet's file that is broken, or a bundle that is. */
  'damaged',
  /** It fits its own form but not the rest: `file`, `problem`. */
  'contradicts',
  'empty',
  /** Cells of a workbook are wrong; each is a finding with its cell. */
  'cells',
  /** It needs a password, or it is from before 2007: `name`. */
  'locked-or-old',
  /** No table of a service was found, or nearly nothing of the text is one: `services`. */
  'not-a-guide',
  /** Not JSON: `file`, `line`. */
  'not-json',
  'not-text',
  /** Nothing a kiosk takes: `name`. */
  'not-taken',
  /** The content is not what the name says: `looksLike`. */
  'not-what-it-says',
  /** A Word document of before 2007: `name`. */
  'old-word',
  /** A workbook of before 2007: `name`. */
  'old-spreadsheet',
  /** Not a drawing of a floor: `file`, `problem`. */
  'plan-unusable',
  /** More than is read: `megabytes`, `most`. */
  'too-large',
  /** It unpacks into more than a guide can be: `most` in megabytes. */
  'too-large-unpacked',
  'too-many-rows',
  /** No floor of the site has this drawing: `file`. */
  'unknown-plan',
  /** Not the workbook this kiosk writes: `sheet`, `missing`. */
  'workbook-form',
  /** It does not fit its form: `file`, `at`, `expected`. */
  'wrong-form',
] as const

export type RefusalCode = (typeof refusals)[number]

/** A file that is no new edition: why, and what fills the words. */
export type Refusal = {
  readonly kind: 'refused'
  readonly problem: RefusalCode
  readonly details: Readonly<Record<string, string | number>>
  /** What is wrong, place by place, where there is more than one thing to say. */
  readonly findings: readonly Finding[]
}

/** A whole new edition, checked, that nobody has approved yet. */
export type Candidate = {
  readonly kind: 'candidate'
  readonly origin: Origin
  /** The texts of the whole edition; the very ones in force where nothing changes. */
  readonly files: EditionFiles
  readonly findings: readonly Finding[]
  /** The file's name. */
  readonly sourceName: string
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string
}

/** What became of a file. */
export type OfferOutcome = Candidate | Refusal

/** A refusal without findings. */
export function refuse(
  problem: RefusalCode,
  details: Refusal['details'] = {},
  findings: readonly Finding[] = [],
): Refusal {
  return { kind: 'refused', problem, details, findings }
}
