import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { type LogLine, logLineSchema } from '../data/log-line.ts'
import type { Settings } from '../data/settings.ts'
import type { LogSink } from './log.ts'

/** The log on the disk: bounded, in files that take turns. */
export type LogFiles = {
  /** Takes the next line; never throws, and goes on by itself once a full disk has room again. */
  readonly sink: LogSink
  /** The latest lines, the newest first; what is no line of the log is passed over. Never throws. */
  readonly readLatest: (most: number) => readonly LogLine[]
}

export type LogFilesOptions = {
  /** The most a file may hold, in bytes. */
  readonly bytes?: number
  /** How many files there are at most. */
  readonly count?: number
}

/** The log below a state folder, as large as the settings let it be. */
export const logFilesIn = (state: string, { log }: Pick<Settings, 'log'>): LogFiles =>
  openLogFiles(join(state, 'logs'), { bytes: log.megabytes * 1_000_000, count: log.files })

/** Paths of the log's files below `folder`, the newest first; not all of them need to be there. */
export function logPaths(folder: string, count = 5): readonly string[] {
  return Array.from({ length: count }, (_, age) => join(folder, age === 0 ? 'kiosk.log' : `kiosk.${age}.log`))
}

/**
 * Keeps the log in `folder`, by default in at most five files of a megabyte each. Lines are written at once and
 * not through a stream: the last words before an end are those that are looked for.
 */
export function openLogFiles(
  folder: string,
  { bytes = 1_000_000, count = 5 }: LogFilesOptions = {},
): LogFiles {
  const paths = logPaths(folder, count)
  const [newest = ''] = paths
  /** What the newest file holds; null where it has to be asked. */
  let end: FileEnd | null = null

  function write(line: string): void {
    if (end === null) {
      mkdirSync(folder, { recursive: true })
      end = endOf(newest)
    }
    // A line that was cut short, by a power cut or a full disk, must not swallow the next.
    const text = `${end.isTorn ? '\n' : ''}${line}\n`
    const length = Buffer.byteLength(text)
    if (end.size > 0 && end.size + length > bytes) {
      turn(paths)
      end = { size: 0, isTorn: false }
      return write(line)
    }
    const before = end.size
    end = null
    appendFileSync(newest, text, { mode: 0o640 })
    end = { size: before + length, isTorn: false }
  }

  return {
    sink: (line) => {
      try {
        write(line)
      } catch {
        // The oldest lines are the first to go where there is no room, so that the newest may stay.
        const oldest = paths.findLast((path, age) => age > 0 && existsSync(path))
        attempt(() => {
          if (oldest !== undefined) rmSync(oldest)
          write(line)
        })
      }
    },
    readLatest: (most) => {
      const found: LogLine[] = []
      for (const path of paths) {
        if (found.length >= most) break
        found.push(...linesOf(path).slice(0, most - found.length))
      }
      return found
    },
  }
}

type FileEnd = { readonly size: number; readonly isTorn: boolean }

function endOf(path: string): FileEnd {
  if (!existsSync(path)) return { size: 0, isTorn: false }
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const last = Buffer.alloc(1)
    return { size, isTorn: size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a }
  } finally {
    closeSync(file)
  }
}

/** Every file becomes the next older one; the oldest is given up. */
function turn(paths: readonly string[]): void {
  for (const [age, path] of [...paths.entries()].toReversed()) {
    const older = paths[age + 1]
    if (older === undefined) rmSync(path, { force: true })
    else if (existsSync(path)) renameSync(path, older)
  }
}

function linesOf(path: string): readonly LogLine[] {
  const text = attempt(() => readFileSync(path, 'utf8')) ?? ''
  return text
    .split('\n')
    .toReversed()
    .flatMap((line) => readLine(line) ?? [])
}

function readLine(line: string): LogLine | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), logLineSchema), line)
  return read.success ? read.output : null
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
