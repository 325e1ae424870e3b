import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalFate } from '../data/printing.ts'
import { type Journal, openJournal } from './journal.ts'
import type { Log } from './log.ts'

/** The journal in use and what staff are to know of it. */
export type KeptJournal = { readonly journal: Journal; readonly fate: JournalFate }

/** How many broken journals are kept for whoever wants to look into them. */
const keptBroken = 3
/** Days for which staff are told that a journal broke. */
const toldDays = 30

const brokenName = /^journal-broken-(\d{4}-\d{2}-\d{2})T\d{6}Z\.sqlite$/u

/** Codes of SQLite that say nothing against the file: it is in use, the memory or the disk is full, the disk fails. */
const notTheFile = new Set([5, 6, 7, 10, 13])

/**
 * Opens the journal in `folder`. One that is broken is moved aside and a new one is begun: a kiosk that may not
 * print for the sake of yesterday's records serves nobody. Where none can be had at all it lasts for this run
 * only. Null: in memory from the start.
 */
export function keepJournal(folder: string | null, now: () => Date, log: Log): KeptJournal {
  if (folder === null) return { journal: openJournal(null, now), fate: 'kept' }
  try {
    return { journal: openJournal(folder, now), fate: fateOf(folder, now) }
  } catch (error) {
    log.error('The journal cannot be read', { error })
    if (!isNotTheFile(error)) {
      const journal = beginAnew(folder, now, log)
      if (journal) return { journal, fate: 'begun-anew' }
    }
    log.error('The journal cannot be kept, so print jobs are remembered for this run only')
    return { journal: openJournal(null, now), fate: 'this-run-only' }
  }
}

function isNotTheFile(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error)) return false
  // The lowest byte is the code itself; the others tell more of it.
  return notTheFile.has(Number(error.errcode) & 0xff)
}

/** A new journal in the place of a broken one; null, and all as it was, where none can be had. */
function beginAnew(folder: string, now: () => Date, log: Log): Journal | null {
  const aside = asideName(now)
  try {
    move(folder, 'journal.sqlite', aside)
    const journal = openJournal(folder, now)
    log.error('The journal was broken, so a new one is begun', { aside })
    for (const old of brokenIn(folder).slice(0, -keptBroken)) {
      for (const tail of tails) rmSync(join(folder, `${old}${tail}`), { recursive: true, force: true })
    }
    return journal
  } catch (error) {
    log.error('No new journal can be begun', { error })
    // What kept a new one from being begun may be what was the matter with the old.
    if (existsSync(join(folder, aside))) move(folder, aside, 'journal.sqlite')
    return null
  }
}

const tails = ['-wal', '-shm', '']

function move(folder: string, from: string, to: string): void {
  for (const tail of tails) {
    const path = join(folder, `${from}${tail}`)
    if (existsSync(path)) renameSync(path, join(folder, `${to}${tail}`))
  }
}

function asideName(now: () => Date): string {
  const stamp = now()
    .toISOString()
    .replaceAll(':', '')
    .replace(/\.\d+Z$/u, 'Z')
  return `journal-broken-${stamp}.sqlite`
}

/** Names of the broken journals, the oldest first. */
function brokenIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => brokenName.test(name))
    .sort()
}

function fateOf(folder: string, now: () => Date): JournalFate {
  const latest = brokenName.exec(brokenIn(folder).at(-1) ?? '')?.[1]
  if (latest === undefined) return 'kept'
  return now().getTime() - Date.parse(latest) < toldDays * 86_400_000 ? 'begun-anew' : 'kept'
}
