import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { leastVisits, type Use, type UseCount, wordOf } from '../data/usage.ts'
import type { Log } from './log.ts'

/** Counts what the kiosk is used for, by day. Nothing in it fails a visit: what cannot be counted is not. */
export type Usage = {
  /** @param day of the site, "2026-11-25". */
  readonly count: (use: Use, day: string) => void
  /** Words searched for in one visit count once. */
  readonly endVisit: () => void
  /** Everything counted on the latest days, oldest first. */
  readonly counts: (most: number) => readonly UseCount[]
  readonly close: () => void
}

/** How many days are kept. */
const keptDays = 400

/** How many different words of a day are remembered, in memory, before they are common enough to be kept. */
const rememberedWords = 500

const table = `
  CREATE TABLE IF NOT EXISTS use (
    day TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (day, kind, key)
  ) STRICT, WITHOUT ROWID;
`

const rowSchema = v.object({
  day: v.string(),
  kind: v.picklist(['visit', 'view', 'language', 'search-miss', 'word']),
  key: v.string(),
  count: v.number(),
})

/**
 * Opens the counts in `folder`; null: in memory, for this run only. Counts are not worth a wait: the last few
 * before a power cut may be lost, the file never is.
 */
export function openUsage(folder: string | null, log: Log): Usage {
  const database = openDatabase(folder, log)
  const add = database.prepare(
    `INSERT INTO use (day, kind, key, count) VALUES (?, ?, ?, ?)
       ON CONFLICT (day, kind, key) DO UPDATE SET count = count + excluded.count`,
  )
  const forget = database.prepare(
    `DELETE FROM use WHERE day NOT IN (SELECT DISTINCT day FROM use ORDER BY day DESC LIMIT ${keptDays})`,
  )
  const latest = database.prepare(
    `SELECT day, kind, key, count FROM use
       WHERE day IN (SELECT DISTINCT day FROM use ORDER BY day DESC LIMIT ?)
       ORDER BY day, kind, count DESC, key`,
  )
  /** Words of the day that are not common enough yet: how many visits searched for them. */
  let words = new Map<string, number>()
  let ofThisVisit = new Set<string>()
  let today = ''
  let troubled = false

  function countWord(query: string, day: string): void {
    const word = wordOf(query)
    if (word === null || ofThisVisit.has(word)) return
    ofThisVisit.add(word)
    const visits = (words.get(word) ?? 0) + 1
    if (!words.has(word) && words.size >= rememberedWords) return
    words.set(word, visits)
    if (visits >= leastVisits) add.run(day, 'word', word, visits === leastVisits ? visits : 1)
  }

  function turnTo(day: string): void {
    if (day === today) return
    today = day
    words = new Map()
    forget.run()
  }

  return {
    count: (use, day) => {
      try {
        turnTo(day)
        const key = use.kind === 'view' ? use.service : use.kind === 'language' ? use.language : ''
        add.run(day, use.kind, key, 1)
        if (use.kind === 'search-miss') countWord(use.query, day)
      } catch (error) {
        if (!troubled) log.warn('What the kiosk is used for cannot be counted', { error })
        troubled = true
      }
    },
    endVisit: () => {
      ofThisVisit = new Set()
    },
    counts: (most) => v.parse(v.array(rowSchema), latest.all(most)),
    close: () => database.close(),
  }
}

function openDatabase(folder: string | null, log: Log): DatabaseSync {
  try {
    return prepared(folder)
  } catch (error) {
    log.warn('The counts of use cannot be kept, so they are for this run only', { error })
    return prepared(null)
  }
}

function prepared(folder: string | null): DatabaseSync {
  if (folder !== null) mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(folder === null ? ':memory:' : join(folder, 'usage.sqlite'))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 100;')
  database.exec(table)
  return database
}
