import type { EditionFiles } from '../../data/edition/files.ts'
import type { EditionSummary } from '../../data/edition/summary.ts'
import type { Content } from '../content-checks.ts'
import type { Log } from '../log.ts'
import type { Candidate, Refusal } from './admission.ts'
import type { OpenedBundle } from './bundle.ts'
import type { DiskProblem } from './disk.ts'
import type { TrustedKeys } from './keys.ts'

/** An edition as it is shown: its texts, what they say, and what it is called. */
export type Edition = {
  readonly summary: EditionSummary
  readonly files: EditionFiles
  readonly content: Content
}

/** What became of an installation. Whatever it is, an edition that was verified is in force. */
export type InstallOutcome =
  | { readonly kind: 'installed'; readonly edition: EditionSummary; readonly before: EditionSummary }
  /** The very same lies here already; where it is not in force, staff can go back to it. */
  | { readonly kind: 'already-installed'; readonly edition: EditionSummary }
  | Refusal
  | { readonly kind: 'failed'; readonly problem: DiskProblem }

export type RollBackOutcome =
  | { readonly kind: 'rolled-back'; readonly edition: EditionSummary; readonly before: EditionSummary }
  | { readonly kind: 'already-in-force'; readonly edition: EditionSummary }
  | { readonly kind: 'refused'; readonly problem: 'unknown' | 'content-unusable' }
  | { readonly kind: 'failed'; readonly problem: DiskProblem }

export type EditionStore = {
  /** What visitors are to be shown. Throws `content-unusable` where not even the factory edition can be shown, and tries anew when asked again. */
  readonly inForce: () => Promise<Edition>
  /** All that one can go back to, the latest first, the factory edition last. */
  readonly list: () => Promise<readonly EditionSummary[]>
  /** Puts in force what staff have approved as `who`. Rejects only at a fault of the program. */
  readonly install: (candidate: Candidate, who: string) => Promise<InstallOutcome>
  /** Puts an earlier edition in force again; signed bundles go on counting from where they were. */
  readonly rollBack: (id: string) => Promise<RollBackOutcome>
  /** The screen shows this edition: it has proved itself. Cheap to be told often. */
  readonly confirm: (id: string) => void
  /** The bundle an edition lies here as; null for the factory edition, or where it is not there whole. */
  readonly bundleOf: (id: string) => Buffer | null
  /** Opens a bundle that staff have brought: is it whole, signed, and for this kiosk? Throws `content-unusable` as `inForce` does. */
  readonly open: (bytes: Uint8Array) => Promise<OpenedBundle>
  /** Whose signatures count here. */
  readonly keys: () => TrustedKeys
}

export type EditionStoreOptions = {
  /** The kiosk's state folder; null: nothing can be installed. */
  readonly state: string | null
  /** The texts that came with the program. */
  readonly factory: () => Promise<EditionFiles>
  /** What texts say; throws `content-unusable`. */
  readonly read: (files: EditionFiles) => Content
  readonly now: () => Date
  readonly log: Log
  /** The version of the program. */
  readonly app: string
}
