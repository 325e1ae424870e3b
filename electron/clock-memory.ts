import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './log.ts'

/** Knows the latest time this kiosk has seen, across restarts: a clock that shows an earlier one has jumped back. */
export type ClockMemory = {
  /** The latest time noted; null where there is none. */
  readonly lastSeen: () => Date | null
  /** Notes a time that can be right; an earlier one than is known changes nothing. */
  readonly note: (now: Date) => void
  /** Forgets what was seen: for when staff have set the clock. */
  readonly forget: () => void
}

/** Milliseconds between two writes: what a power cut may cost of the memory. */
const pace = 10 * 60_000

/** Keeps the memory in `folder`; null: for this run only. A file that cannot be read or written costs the memory, never the start. */
export function createClockMemory(folder: string | null, log: Log): ClockMemory {
  const file = folder === null ? null : join(folder, 'last-seen')
  let latest = file === null ? null : read(file)
  let written = latest

  function write(): void {
    if (folder === null || file === null) return
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${file}.new`, latest?.toISOString() ?? '')
      renameSync(`${file}.new`, file)
      written = latest
    } catch (error) {
      log.warn('The time last seen could not be kept', { error })
    }
  }

  return {
    lastSeen: () => latest,
    note: (now) => {
      if (latest !== null && now <= latest) return
      latest = now
      if (written === null || now.getTime() - written.getTime() >= pace) write()
    },
    forget: () => {
      latest = null
      write()
    },
  }
}

function read(file: string): Date | null {
  try {
    const seen = new Date(readFileSync(file, 'utf8').trim())
    return Number.isNaN(seen.getTime()) ? null : seen
  } catch {
    return null
  }
}
