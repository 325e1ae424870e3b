import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { type AuditEntry, type AuditPage, type Deed, deeds, type Role, roleSchema } from '../../data/staff.ts'

/** What is written down of a deed. */
export type Record = {
  readonly role: Role | null
  readonly deed: Deed
  readonly details?: readonly string[]
  readonly editionBefore?: string | null
  readonly editionAfter?: string | null
}

/** What staff did, each line bound to the one before by its hash, so that one changed or taken out shows. */
export type Audit = {
  readonly write: (record: Record) => void
  /** Up to `most` entries below the number `before`, newest first. */
  readonly page: (before: number | null, most: number) => AuditPage
  /** All of them, oldest first. */
  readonly all: () => readonly AuditEntry[]
}

const rowSchema = v.object({
  number: v.number(),
  at: v.string(),
  role: v.nullable(roleSchema),
  deed: v.picklist(deeds),
  details: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
  edition_before: v.nullable(v.string()),
  edition_after: v.nullable(v.string()),
  hash: v.string(),
})

type Row = v.InferOutput<typeof rowSchema>

/** What the hash of the first entry stands on. */
const origin = ''

/** The log kept in `database`, whose triggers refuse to change or delete a line. */
export function createAudit(database: DatabaseSync, now: () => Date): Audit {
  const insert = database.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const last = database.prepare('SELECT * FROM audit ORDER BY number DESC LIMIT 1')
  const some = database.prepare('SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?')
  const every = database.prepare('SELECT * FROM audit ORDER BY number')
  const readAll = (): readonly Row[] => v.parse(v.array(rowSchema), every.all())

  return {
    write: ({ role, deed, details = [], editionBefore = null, editionAfter = null }) => {
      const row = last.get()
      const before = row ? v.parse(rowSchema, row) : null
      const entry = {
        number: (before?.number ?? 0) + 1,
        at: now().toISOString(),
        role,
        deed,
        details: [...details],
        editionBefore,
        editionAfter,
      }
      const hash = hashOf(before?.hash ?? origin, entry)
      const texts = JSON.stringify(entry.details)
      insert.run(entry.number, entry.at, role, deed, texts, editionBefore, editionAfter, hash)
    },
    page: (before, most) => {
      const rows = v.parse(v.array(rowSchema), some.all(before ?? Number.MAX_SAFE_INTEGER, most))
      const everyRow = readAll()
      return { entries: rows.map(entryOf), total: everyRow.length, brokenAt: firstBroken(everyRow) }
    },
    all: () => readAll().map(entryOf),
  }
}

function firstBroken(rows: readonly Row[]): number | null {
  let hash = origin
  for (const [index, row] of rows.entries()) {
    hash = hashOf(hash, entryOf(row))
    if (hash !== row.hash || row.number !== index + 1) return row.number
  }
  return null
}

function hashOf(before: string, entry: AuditEntry): string {
  const { number, at, role, deed, details, editionBefore, editionAfter } = entry
  const text = JSON.stringify([before, number, at, role, deed, details, editionBefore, editionAfter])
  return createHash('sha256').update(text).digest('hex')
}

function entryOf(row: Row): AuditEntry {
  const { number, at, role, deed, details, edition_before: editionBefore, edition_after: editionAfter } = row
  return { number, at, role, deed, details, editionBefore, editionAfter }
}
