import { randomBytes } from 'node:crypto'
import { access, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PrinterProblem } from '../../data/printing.ts'
import type { Log } from '../log.ts'
import { TooLate, within } from '../time-limit.ts'
import type { Handover, PrintDevice, PrintDocument } from './device.ts'

const problems: Readonly<Record<string, PrinterProblem>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'not-writable',
  EEXIST: 'not-writable',
  EISDIR: 'not-writable',
  ELOOP: 'not-writable',
  ENAMETOOLONG: 'not-writable',
  ENOENT: 'not-writable',
  ENOTDIR: 'not-writable',
  ENXIO: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
}

/** Milliseconds a slip may take to be saved: a folder on a network that is gone answers never. */
const saveLimit = 20_000
/** Saves that may be overdue before no other is begun: Node has four threads for all files, the screen's too. */
const mostOverdue = 2

/**
 * The printer of a kiosk that has none: every slip becomes `slip-<UTC time>-<random>.pdf` in a folder, whose
 * names say nothing of the visit, and which are the tickets. `saved` means that the file is on the disk under its name and was read back.
 * What a power cut left half written is removed when the printer is made.
 */
export function createFolderDevice(options: {
  readonly folder: string
  readonly now: () => Date
  readonly log: Log
  /** Four characters that tell apart slips of one second. */
  readonly randomName?: () => string
}): PrintDevice {
  const { folder, now, log, randomName = () => randomBytes(2).toString('hex') } = options

  let overdue = 0
  sweep(folder).catch((error: unknown) => log.warn('Half-written slips could not be removed', { error }))

  async function put(bytes: Uint8Array, timeIsUp: AbortSignal): Promise<Handover> {
    await mkdir(folder, { recursive: true })
    const file = await freeName(folder, now, randomName)
    return (await save(folder, file, bytes, timeIsUp)) ? { kind: 'taken', ticket: file } : refused('unknown')
  }

  async function submit(document: PrintDocument): Promise<Handover> {
    if (overdue >= mostOverdue) {
      log.error('A slip is not saved: earlier ones still hang')
      return refused('unknown')
    }
    const timeIsUp = new AbortController()
    const putting = put(document.pdf, timeIsUp.signal)
    try {
      return await within(saveLimit, putting)
    } catch (error) {
      if (error instanceof TooLate) {
        timeIsUp.abort()
        overdue += 1
        putting.catch(() => {}).finally(() => (overdue -= 1))
      }
      log.error('A slip could not be saved', { error })
      return refused(problemOf(error))
    }
  }
  return {
    status: async () => ({ kind: 'ready', warnings: [] }),
    submit,
    ask: async (ticket) => {
      const isThere = await access(join(folder, basename(ticket))).then(
        () => true,
        () => false,
      )
      return isThere ? { kind: 'saved', file: basename(ticket) } : { kind: 'unknown' }
    },
    cancel: async () => false,
  }
}

async function freeName(folder: string, now: () => Date, randomName: () => string): Promise<string> {
  const time = now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const file = `slip-${time}-${randomName()}.pdf`
    const isTaken = await access(join(folder, file)).then(
      () => true,
      () => false,
    )
    if (!isTaken) return file
  }
  throw new Error('No free name for a slip')
}

/** Writes beside, then renames: a power cut leaves either the whole slip under its name or no such name. */
async function save(
  folder: string,
  file: string,
  bytes: Uint8Array,
  timeIsUp: AbortSignal,
): Promise<boolean> {
  const temporary = join(folder, `.${file}.part`)
  try {
    await writeThrough(temporary, bytes)
    // The visitor has been told that it failed: nothing may turn up in the folder after that.
    timeIsUp.throwIfAborted()
    await rename(temporary, join(folder, file))
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
  const isWhole = (await readFile(join(folder, file))).equals(bytes)
  if (!isWhole) await rm(join(folder, file), { force: true })
  return isWhole
}

/** Removes what was left half written, but not what another program may be writing into the same folder just now. */
async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    // Nothing can have been left where there is no such folder.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw error
  })
  for (const name of names.filter((each) => /^\.slip-\w+-\w+\.pdf\.part$/.test(each))) {
    const path = join(folder, name)
    // Either way: after a power cut the clock may have gone back.
    const age = Math.abs(Date.now() - (await stat(path)).mtimeMs)
    if (age > saveLimit) await rm(path, { force: true })
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders and keeps names in its own journal.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network and FUSE file systems know no sync of a folder; the file itself is synced by then.
    if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error
  } finally {
    await handle.close()
  }
}

function refused(problem: PrinterProblem): Handover {
  return { kind: 'refused', problem }
}

function problemOf(error: unknown): PrinterProblem {
  return problems[codeOf(error) ?? ''] ?? 'unknown'
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
