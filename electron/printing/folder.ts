import { randomBytes } from 'node:crypto'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type PrintOutcome } from '../../data/contract.ts'
import { type Log } from '../log.ts'
import { type PrintDocument, type Printer } from './printer.ts'

type Reason = Extract<PrintOutcome, { kind: 'failed' }>['reason']

const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'not-writable',
  EEXIST: 'not-writable',
  ENOTDIR: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
}

/**
 * The printer of a kiosk that has none: every slip becomes `slip-<UTC time>-<random>.pdf` in a folder, whose
 * names say nothing of the visit. `saved` means that the file is on the disk under its name and was read back.
 */
export function createFolderPrinter(options: {
  readonly folder: string
  readonly now: () => Date
  readonly log: Log
  /** Four characters that tell apart slips of one second. */
  readonly randomName?: () => string
}): Printer {
  const { folder, now, log, randomName = () => randomBytes(2).toString('hex') } = options

  async function print(document: PrintDocument): Promise<PrintOutcome> {
    try {
      await mkdir(folder, { recursive: true })
      const file = await freeName(folder, now, randomName)
      return (await save(folder, file, document.bytes)) ? { kind: 'saved', file } : failed('unknown')
    } catch (error) {
      log.error('A slip could not be saved', { error })
      return failed(reasonOf(error))
    }
  }
  return { kind: 'folder', print }
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
async function save(folder: string, file: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = join(folder, `.${file}.part`)
  try {
    await writeThrough(temporary, bytes)
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

function failed(reason: Reason): PrintOutcome {
  return { kind: 'failed', reason }
}

function reasonOf(error: unknown): Reason {
  return reasons[codeOf(error) ?? ''] ?? 'unknown'
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
