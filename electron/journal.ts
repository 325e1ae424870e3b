import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { type DayCount, type JobEnd, jobEnds, type JobState, jobStates } from '../data/printing.ts'

/** What the journal knows of one print job; nothing in it says what a visitor came for. */
export type JobRecord = {
  readonly id: string
  /** What stands on the paper. */
  readonly number: string
  /** Which printer it is for, as the kiosk was set then. */
  readonly printer: string
  readonly pages: number | null
  readonly state: JobState
  readonly reason: JobEnd | null
  /** How the printer calls it; null where that was never heard. */
  readonly ticket: string | null
  /** Instants at which each state was entered, ISO 8601 in UTC. */
  readonly times: Readonly<Partial<Record<JobState, string>>>
}

/** What is changed of a job when it enters a state. */
export type JobChange = {
  readonly reason?: JobEnd | null
  readonly ticket?: string
  readonly pages?: number
}

/** The life of every print job, on the disk before anything else happens (SQLite, WAL, synchronous full). */
export type Journal = {
  readonly accept: (job: { readonly id: string; readonly number: string; readonly printer: string }) => void
  /** Throws `RangeError` where there is no such job. */
  readonly enter: (id: string, state: JobState, change?: JobChange) => void
  readonly job: (id: string) => JobRecord | null
  /** Those that have not ended, the oldest first: after a power cut, what nobody knows the end of. */
  readonly unfinished: () => readonly JobRecord[]
  /**
   * Those of the last day whose end nobody could say, though the printer had them, the oldest first. A printer
   * that answers again may still know, or may still be about to print them.
   */
  readonly uncertain: (printer: string) => readonly JobRecord[]
  /** The latest, newest first. */
  readonly latest: (most: number) => readonly JobRecord[]
  /** The latest days on which a job that has ended was accepted, newest first; `dayOf` says which day an instant is of. */
  readonly days: (most: number, dayOf: (instant: Date) => string) => readonly DayCount[]
  readonly close: () => void
}

/** How long a job is kept, in days. */
const keptDays = 400

/** How long a printer is asked about a job whose end nobody could say, in milliseconds. */
const uncertainFor = 86_400_000

const tables = `
  CREATE TABLE IF NOT EXISTS job (
    id TEXT PRIMARY KEY, number TEXT NOT NULL, printer TEXT NOT NULL, pages INTEGER,
    state TEXT NOT NULL, reason TEXT, ticket TEXT, times TEXT NOT NULL, accepted TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS job_by_time ON job (accepted);
  CREATE INDEX IF NOT EXISTS job_by_state ON job (state);
`

const rowSchema = v.object({
  id: v.string(),
  number: v.string(),
  printer: v.string(),
  pages: v.nullable(v.number()),
  state: v.picklist(jobStates),
  reason: v.nullable(v.picklist(jobEnds)),
  ticket: v.nullable(v.string()),
  times: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string())),
})

const checkSchema = v.tuple([v.object({ quick_check: v.string() })])

const endSchema = v.object({ accepted: v.string(), state: v.picklist(jobStates) })

/** States in which a job's end is still to come. */
const open = `state IN ('accepted', 'rendering', 'sent', 'printing')`

/**
 * Opens the journal in `folder`; null: in memory, for this run only. Throws what `node:sqlite` or the file
 * system throws where the file cannot be had, and where it is broken.
 */
export function openJournal(folder: string | null, now: () => Date): Journal {
  if (folder !== null) mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(folder === null ? ':memory:' : join(folder, 'journal.sqlite'))
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;')
    database.exec(tables)
    // A page that is broken far inside would be found only by whoever asks for just that job.
    const [found] = v.parse(checkSchema, database.prepare('PRAGMA quick_check(1)').all())
    if (found.quick_check !== 'ok') throw new Error(`The journal is broken: ${found.quick_check}`)
    return journalOn(database, now)
  } catch (error) {
    database.close()
    throw error
  }
}

function journalOn(database: DatabaseSync, now: () => Date): Journal {
  const oldest = new Date(now().getTime() - keptDays * 86_400_000).toISOString()
  database.prepare(`DELETE FROM job WHERE accepted < ? AND NOT ${open}`).run(oldest)

  const insert = database.prepare(
    'INSERT INTO job (id, number, printer, state, times, accepted) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const change = database.prepare(
    `UPDATE job SET state = ?, reason = ?, ticket = coalesce(?, ticket), pages = coalesce(?, pages),
       times = json_set(times, '$.' || ?, coalesce(json_extract(times, '$.' || ?), ?)) WHERE id = ?`,
  )
  const one = database.prepare('SELECT * FROM job WHERE id = ?')
  const unfinished = database.prepare(`SELECT * FROM job WHERE ${open} ORDER BY accepted, rowid`)
  const uncertain = database.prepare(
    `SELECT * FROM job WHERE state = 'unknown' AND ticket IS NOT NULL AND printer = ? AND accepted >= ?
       ORDER BY accepted, rowid`,
  )
  const latest = database.prepare('SELECT * FROM job ORDER BY accepted DESC, rowid DESC LIMIT ?')
  const ended = database.prepare(
    `SELECT accepted, state FROM job WHERE accepted >= ? AND NOT ${open} ORDER BY accepted DESC`,
  )

  function days(most: number, dayOf: (instant: Date) => string): readonly DayCount[] {
    const since = new Date(now().getTime() - (most + 1) * 86_400_000).toISOString()
    const rows = v.parse(v.array(endSchema), ended.all(since))
    const byDay = Map.groupBy(rows, ({ accepted }) => dayOf(new Date(accepted)))
    return [...byDay].slice(0, most).map(([day, jobs]) => {
      const count = (state: JobState): number => jobs.filter((job) => job.state === state).length
      return {
        day,
        printed: count('printed'),
        saved: count('saved'),
        failed: count('failed'),
        unknown: count('unknown'),
      }
    })
  }

  return {
    accept: ({ id, number, printer }) => {
      const at = now().toISOString()
      insert.run(id, number, printer, 'accepted', JSON.stringify({ accepted: at }), at)
    },
    enter: (id, state, { reason = null, ticket, pages } = {}) => {
      const at = now().toISOString()
      const { changes } = change.run(state, reason, ticket ?? null, pages ?? null, state, state, at, id)
      if (changes !== 1) throw new RangeError(`The journal has no job ${id}`)
    },
    job: (id) => {
      const row = one.get(id)
      return row ? v.parse(rowSchema, row) : null
    },
    unfinished: () => v.parse(v.array(rowSchema), unfinished.all()),
    uncertain: (printer) => {
      const since = new Date(now().getTime() - uncertainFor).toISOString()
      return v.parse(v.array(rowSchema), uncertain.all(printer, since))
    },
    latest: (most) => v.parse(v.array(rowSchema), latest.all(most)),
    days,
    close: () => database.close(),
  }
}
