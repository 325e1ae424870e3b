import { execFile } from 'node:child_process'
import { mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { StickWrite } from '../../data/sticks.ts'

/** A file to be taken away. */
export type TakenFile = { readonly name: string; readonly bytes: Uint8Array }

/** What a file system needs beside the files themselves, bytes. */
const slack = 256 * 1024

const execute = promisify(execFile)

/**
 * Writes files into a new folder of a stick. Each is written under another name, made durable, renamed, and
 * read back; `written` means that all of it lies on the stick and that it can be pulled out. Where anything
 * fails, nothing half-written is left under a name that looks whole.
 *
 * @param folder of the mounted stick.
 * @param title of the new folder; one that is taken gets a number.
 */
export async function writeFiles(
  folder: string,
  title: string,
  files: readonly TakenFile[],
): Promise<StickWrite> {
  try {
    const needed = files.reduce((sum, { bytes }) => sum + bytes.length, slack)
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    if (free < needed) return { kind: 'full', missing: needed - free }
    const made = await newFolder(folder, title)
    try {
      for (const file of files) await writeOne(made.path, file)
      await syncFolder(made.path)
      await syncFolder(folder)
      await syncFileSystem(folder)
      for (const { name, bytes } of files) {
        if (!(await readBack(join(made.path, name))).equals(bytes)) throw new Error('Not what was written')
      }
    } catch (error) {
      await rm(made.path, { recursive: true, force: true }).catch(() => undefined)
      throw error
    }
    return { kind: 'written', folder: made.name, files: files.map(({ name }) => name) }
  } catch (error) {
    return outcomeOf(error)
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

async function newFolder(
  folder: string,
  title: string,
): Promise<{ readonly name: string; readonly path: string }> {
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? title : `${title}-${String(copy)}`
    try {
      await mkdir(join(folder, name))
      return { name, path: join(folder, name) }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || copy > 99) throw error
    }
  }
}

async function writeOne(folder: string, { name, bytes }: TakenFile): Promise<void> {
  const draft = join(folder, `~${name}.tmp`)
  const handle = await open(draft, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, join(folder, name))
}

/** Makes a folder's names durable; file systems without that (FAT through FUSE, Windows) refuse, and are synced as a whole. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  try {
    await handle?.sync()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EIO' || code === 'ENOSPC' || code === 'EROFS') throw error
  } finally {
    await handle?.close()
  }
}

/** A file as it lies on the stick, past what the system remembers of it, where the file system can do that. */
async function readBack(file: string): Promise<Buffer> {
  if (process.platform !== 'linux') return readFile(file)
  try {
    const args = [`if=${file}`, 'iflag=direct', 'bs=1M', 'status=none']
    return (await execute('dd', args, { encoding: 'buffer', maxBuffer: 2 ** 28, env: { LC_ALL: 'C' } }))
      .stdout
  } catch (error) {
    const words = error instanceof Error ? error.message : ''
    if (codeOf(error) !== 'ENOENT' && !words.includes('Invalid argument')) throw error
    return readFile(file)
  }
}

/**
 * True while a file system is mounted at `folder`. Where one was pulled out, an empty folder of the system's
 * own disk may be left, and what is written there is on no stick.
 */
export async function isMountPoint(folder: string): Promise<boolean> {
  try {
    const [here, above] = await Promise.all([stat(folder), stat(dirname(folder))])
    return here.dev !== above.dev
  } catch {
    return false
  }
}

/** All of the stick's file system, so that a FAT's tables are on it too. Without the program the files themselves are durable all the same. */
async function syncFileSystem(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await execute('sync', ['--file-system', folder], { timeout: 120_000 }).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
}

function outcomeOf(error: unknown): StickWrite {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { kind: 'full', missing: 0 }
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { kind: 'read-only' }
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'ENXIO':
    case 'ENOTCONN':
      return { kind: 'gone' }
    default:
      return { kind: 'failed' }
  }
}
