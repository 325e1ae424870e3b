import { fingerprint } from '../../data/edition/fingerprint.ts'
import type { EditionFiles } from '../../data/edition/files.ts'
import { type EditionSummary, factoryId } from '../../data/edition/summary.ts'
import { sha256 } from './keys.ts'
import { joinFiles } from './payload.ts'
import type { EditionRecord, Entry } from './record.ts'

/** How many editions are kept beside the factory's. */
export const keptEditions = 5

/** Failed starts after which a new edition is given up. */
const mostStarts = 2

/** The record with `entry` in force on trial, and without the oldest that are not needed. */
export function withEntry(held: EditionRecord, entry: Entry, before: string): EditionRecord {
  const others = held.entries.filter(({ id }) => id !== entry.id)
  const needed = others.find(({ id }) => id === before)
  const recent = others.filter((other) => other !== needed).slice(0, keptEditions - (needed ? 2 : 1))
  const kept = others.filter((other) => other === needed || recent.includes(other))
  return { ...held, current: entry.id, previous: before, trial: { starts: 0 }, entries: [entry, ...kept] }
}

/** The record with the edition in force given up for the one before. */
export function withoutCurrent(held: EditionRecord): EditionRecord {
  const { current, previous, entries } = held
  return {
    ...held,
    current: previous === current ? factoryId : previous,
    previous: factoryId,
    trial: null,
    entries: entries.map((entry) => (entry.id === current ? { ...entry, failed: true } : entry)),
  }
}

/** The record after a start on an edition that has not proved itself: given up where it has failed to do so too often. */
export function withStart(held: EditionRecord): EditionRecord {
  if (held.trial === null) return held
  if (held.trial.starts >= mostStarts) return withoutCurrent(held)
  return { ...held, trial: { starts: held.trial.starts + 1 } }
}

/** The record with an earlier edition in force; one that was given up has to prove itself like a new one. */
export function withEarlier(held: EditionRecord, id: string, before: string): EditionRecord {
  const failed = held.entries.find((entry) => entry.id === id)?.failed ?? false
  return { ...held, current: id, previous: before, trial: failed ? { starts: 0 } : null }
}

/** The record once the edition in force has proved itself. */
export function withProof(held: EditionRecord): EditionRecord {
  const entries = held.entries.map((entry) =>
    entry.id === held.current ? { ...entry, failed: false } : entry,
  )
  return { ...held, trial: null, entries }
}

/** What staff are told of an installed edition. */
export function summaryOf(entry: Entry, inForce: boolean): EditionSummary {
  return { ...entry, fingerprint: fingerprint(entry.content), inForce }
}

/** What staff are told of the edition that came with the program. */
export function factorySummary(files: EditionFiles, edition: string, inForce: boolean): EditionSummary {
  const content = sha256(joinFiles(files))
  return {
    id: factoryId,
    edition,
    fingerprint: fingerprint(content),
    content,
    sequence: 0,
    origin: factoryId,
    who: null,
    source: null,
    signer: null,
    created: null,
    expires: null,
    installed: null,
    inForce,
    failed: false,
  }
}
