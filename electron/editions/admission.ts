import type { EditionFiles } from '../../data/edition/files.ts'
import type { KeyList } from '../../data/edition/key-list.ts'
import { type Origin, plainVersion } from '../../data/edition/manifest.ts'
import type { EditionSummary } from '../../data/edition/summary.ts'
import { KioskError } from '../../data/errors.ts'
import type { Content } from '../content-checks.ts'
import { type MadeBundle, type OpenBundle, makeBundle } from './bundle.ts'
import { type TrustedKeys, sha256 } from './keys.ts'
import type { EditionRecord, Entry } from './record.ts'

/** What staff are about to put in force: a bundle that was opened, or texts that were read from something else. */
export type Candidate = {
  readonly origin: Origin
  readonly files: EditionFiles
  /** Name of the file it came from, and its hash. */
  readonly sourceName: string
  readonly sha256: string
  /** The opened bundle where `origin` is 'bundle'; its own texts are what is installed. */
  readonly bundle?: OpenBundle
}

/** Why a candidate is not let in. */
export type Refusal =
  | { readonly kind: 'refused'; readonly problem: 'older-sequence' | 'sequence-jump'; readonly floor: number }
  | { readonly kind: 'refused'; readonly problem: 'content-unusable' | 'too-large'; readonly details: string }

/** A candidate that may be written to the disk: its bytes, what they say, and what the record will hold. */
export type Admitted = {
  readonly kind: 'admitted'
  readonly entry: Entry
  readonly bytes: Buffer
  readonly files: EditionFiles
  readonly content: Content
  readonly floor: number
  readonly keyList: number
}

/** What lies here already. */
type Known = { readonly kind: 'already-installed'; readonly edition: EditionSummary }

/** What a candidate is held against. */
export type Admitting = {
  readonly record: EditionRecord
  readonly keys: TrustedKeys
  /** What lies here already. */
  readonly known: readonly EditionSummary[]
  /** What texts say; throws `content-unusable`. */
  readonly read: (files: EditionFiles) => Content
  readonly now: Date
  readonly app: string
}

/** How far a signed bundle's number may be ahead of the last: more is a mistake, or somebody else's doing. */
export const longestJump = 1000

/**
 * Decides whether a candidate may be put in force by `who`: not where the very same is here already, a signed one only
 * with a number above all before it, and none that cannot be shown. Nothing is written.
 */
export async function admit(
  candidate: Candidate,
  who: string,
  against: Admitting,
): Promise<Admitted | Refusal | Known> {
  const { record, keys, known, read, now, app } = against
  const { bundle, origin } = candidate
  const file = bundle && sha256(bundle.bytes)
  const sameFile = record.entries.find((entry) => entry.file === file)
  const same = known.find(({ id }) => id === sameFile?.id)
  if (same) return { kind: 'already-installed', edition: same }
  const signed = bundle && bundle.signer !== null ? bundle.manifest.sequence : null
  const counted = count(signed, bundle?.keyList?.list ?? keys.list, record)
  if ('kind' in counted) return counted

  try {
    const files = bundle?.files ?? candidate.files
    const content = read(files)
    const { edition } = content.catalogue
    const { bytes, manifest } = bundle ?? (await localBundle(candidate, { edition, who, now, app }))
    const hash = manifest.content.sha256
    const sameContent = signed === null && known.find((each) => each.content === hash)
    if (sameContent) return { kind: 'already-installed', edition: sameContent }
    const fileHash = file ?? sha256(bytes)
    const entry: Entry = {
      id: `${signed ?? 0}-${fileHash.slice(0, 12)}`,
      sequence: signed ?? 0,
      edition,
      content: hash,
      file: fileHash,
      origin,
      who: oneLine(who),
      source: oneLine(candidate.sourceName),
      signer: bundle?.signer?.name ?? null,
      created: manifest.created,
      expires: manifest.expires,
      installed: now.toISOString(),
      failed: false,
    }
    return { kind: 'admitted', entry, bytes, files, content, ...counted }
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'refused', problem: 'too-large', details: error.message }
    if (!(error instanceof KioskError)) throw error
    return { kind: 'refused', problem: 'content-unusable', details: error.message }
  }
}

/** Whether a signed bundle's number is one that can come next, and from where the next is counted; null: it is not signed. */
function count(
  sequence: number | null,
  list: KeyList | null,
  record: EditionRecord,
): Refusal | Pick<Admitted, 'floor' | 'keyList'> {
  const isNew = list !== null && list.version > record.keyList
  const floor = isNew && list.resetFloor !== null ? list.resetFloor : record.floor
  if (sequence !== null && sequence <= floor) return { kind: 'refused', problem: 'older-sequence', floor }
  if (sequence !== null && sequence > floor + longestJump) {
    return { kind: 'refused', problem: 'sequence-jump', floor }
  }
  return { floor: sequence ?? floor, keyList: isNew ? list.version : record.keyList }
}

/** Texts that staff approved here, as a bundle that nobody has signed. */
function localBundle(
  { files, origin, sourceName, sha256: sourceSha256 }: Candidate,
  made: { readonly edition: string; readonly who: string; readonly now: Date; readonly app: string },
): Promise<MadeBundle> {
  return makeBundle({
    files,
    manifest: {
      sequence: 0,
      edition: made.edition,
      created: made.now.toISOString(),
      expires: null,
      minimumApp: plainVersion(made.app),
      sites: null,
      kiosks: null,
      local: { origin, who: oneLine(made.who), source: oneLine(sourceName), sourceSha256 },
    },
    signer: null,
    keyList: null,
  })
}

/** A name as others wrote it, fit for one line of a record. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 200)
}
