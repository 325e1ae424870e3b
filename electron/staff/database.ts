import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The file of the staff's PINs and log, below the state folder. */
export const staffFile = 'staff.sqlite'

const tables = `
  CREATE TABLE IF NOT EXISTS pin (role TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tries (
    role TEXT PRIMARY KEY, wrong INTEGER NOT NULL, wait INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, role TEXT, deed TEXT NOT NULL, details TEXT NOT NULL,
    edition_before TEXT, edition_after TEXT, hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'kept'); END;
  CREATE TRIGGER IF NOT EXISTS audit_whole BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'kept'); END;
`

/**
 * Opens the database of the staff's PINs and log in `folder`; null: in memory, for this run only. Throws what
 * `node:sqlite` or the file system throws: without it nobody may be let in, so there is nothing to fall back on.
 */
export function openStaffDatabase(folder: string | null): DatabaseSync {
  if (folder !== null) mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(folder === null ? ':memory:' : join(folder, staffFile))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;')
  database.exec(tables)
  return database
}
