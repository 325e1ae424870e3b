import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Why nothing could be kept; each has words for staff. */
export const diskProblems = ['disk-full', 'read-only', 'disk-error'] as const

export type DiskProblem = (typeof diskProblems)[number]

/** What an error of the file system means for a person. */
export function diskProblem(error: unknown): DiskProblem {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  return code === 'EROFS' || code === 'EACCES' || code === 'EPERM' ? 'read-only' : 'disk-error'
}

/** Whether `size` bytes can be kept with room to spare: three times as much has to be free. Where that cannot be told, yes. */
export function hasRoomFor(size: number, folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= 3 * size
  } catch {
    return true
  }
}

/** The bytes of a regular file of at most `most` bytes; null where there is none. A link is not followed. Throws. */
export function readRegular(file: string, most: number): Buffer | null {
  let descriptor
  try {
    // Windows knows no O_NOFOLLOW; a pipe would be waited for without O_NONBLOCK.
    descriptor = openSync(
      file,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  try {
    const found = fstatSync(descriptor)
    if (!found.isFile() || found.size > most) throw new Error(`Not a file of at most ${most} bytes`)
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Puts a file in its place so that after a power cut it is there whole or not at all: written beside it, on the
 * disk, read back, renamed, and the folder on the disk. Throws what the file system throws; an error of the last
 * step may come although the file is there.
 */
export function writeDurably(file: string, bytes: Uint8Array, mode = 0o600): void {
  const fresh = `${file}.new`
  rmSync(fresh, { force: true })
  try {
    const descriptor = openSync(fresh, 'wx', mode)
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    if (!readFileSync(fresh).equals(bytes)) throw new Error('What was written reads back otherwise')
    renameSync(fresh, file)
  } catch (error) {
    removeIfPossible(fresh)
    throw error
  }
  syncFolder(dirname(file))
}

/** Removes a file that is not needed; where that cannot be done, it stays. */
export function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    return
  }
}

/** Has a folder's names on the disk. */
export function syncFolder(folder: string): void {
  // NTFS has nothing of the kind.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
