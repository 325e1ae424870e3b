import { type EditionFiles } from '../../data/edition/files.ts'
import { type Origin, plainVersion } from '../../data/edition/manifest.ts'
import { type EditionSummary } from '../../data/edition/summary.ts'
import { KioskError } from '../../data/errors.ts'
import { type Content } from '../content-checks.ts'
import { type OpenBundle, makeBundle } from './bundle.ts'
import { type TrustedKeys, sha256 } from './keys.ts'
import { joinFiles } from './payload.ts'
import { type EditionRecord, type Entry } from './record.ts'

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

/** A candidate that may be written to the disk: its bytes, and what the record will hold. */
export type Admitted = {
  readonly kind: 'admitted'
  readonly entry: Entry
  readonly bytes: Buffer
  readonly floor: number
  readonly keyList: number
}

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
  { record, keys, known, read, now, app }: Admitting,
): Promise<Admitted | Refusal | { readonly kind: 'already-installed'; readonly edition: EditionSummary }> {
  const { bundle, origin } = candidate
  const files = bundle?.files ?? candidate.files
  const content = sha256(joinFiles(files))
  const signed = bundle && bundle.signer !== null ? bundle.manifest.sequence : null
  const file = bundle && sha256(bundle.bytes)
  const sameFile = record.entries.find((entry) => entry.file === file)
  const same = known.find((each) =>
    sameFile ? each.id === sameFile.id : signed === null && each.content === content,
  )
  if (same) return { kind: 'already-installed', edition: same }

  const list = bundle?.keyList?.list ?? keys.list
  const isNewList = list !== null && list.version > record.keyList
  const floor = isNewList && list.resetFloor !== null ? list.resetFloor : record.floor
  if (signed !== null && signed <= floor) return { kind: 'refused', problem: 'older-sequence', floor }
  if (signed !== null && signed > floor + longestJump)
    return { kind: 'refused', problem: 'sequence-jump', floor }

  try {
    const { edition } = read(files).catalogue
    const bytes = bundle?.bytes ?? (await localBundle(candidate, { edition, who, now, app }))
    const hash = sha256(bytes)
    const entry: Entry = {
      id: `${signed ?? 0}-${hash.slice(0, 12)}`,
      sequence: signed ?? 0,
      edition,
      content,
      file: hash,
      origin,
      who: oneLine(who),
      source: oneLine(candidate.sourceName),
      signer: bundle?.signer?.name ?? null,
      created: bundle?.manifest.created ?? now.toISOString(),
      expires: bundle?.manifest.expires ?? null,
      installed: now.toISOString(),
      failed: false,
    }
    const keyList = isNewList ? list.version : record.keyList
    return { kind: 'admitted', entry, bytes, floor: signed ?? floor, keyList }
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'refused', problem: 'too-large', details: error.message }
    if (!(error instanceof KioskError)) throw error
    return { kind: 'refused', problem: 'content-unusable', details: error.message }
  }
}

/** Texts that staff approved here, as a bundle that nobody has signed. */
function localBundle(
  { files, origin, sourceName, sha256: sourceSha256 }: Candidate,
  made: { readonly edition: string; readonly who: string; readonly now: Date; readonly app: string },
): Promise<Buffer> {
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
