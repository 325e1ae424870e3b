import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import type { StickRead } from '../../data/sticks.ts'
import { kindOf, mostOf } from '../sources/kinds.ts'
import { megabyte } from '../sources/limits.ts'
import type { FoundStick } from './stick-source.ts'

/**
 * Reads a file of a stick into memory, once: a regular file, no link, no larger than its kind may be. What
 * happens to the stick afterwards no longer matters.
 *
 * @param path as an offer has it, parts joined by a slash.
 */
export async function readFromStick({ folder }: FoundStick, path: string): Promise<StickRead> {
  const parts = path.split('/')
  if (folder === null) return { kind: 'gone' }
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\')))
    return { kind: 'no-file' }
  const name = basename(path)
  const kind = kindOf(name)
  if (kind === null) return { kind: 'no-file' }
  const most = mostOf(kind)
  try {
    const file = join(folder, ...parts)
    // A link among the folders above would lead off the stick.
    const root = await realpath(folder)
    const real = await realpath(join(file, '..'))
    if (real !== root && !real.startsWith(`${root}${sep}`)) return { kind: 'no-file' }
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const found = await handle.stat()
      if (!found.isFile()) return { kind: 'no-file' }
      if (found.size > most * megabyte)
        return { kind: 'too-large', megabytes: Math.ceil(found.size / megabyte), most }
      const bytes = await readWhole(handle, found.size)
      return bytes ? { kind: 'read', name, bytes } : { kind: 'unreadable' }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return outcomeOf(error)
  }
}

/** All of a file of that size; null where it ends before, or goes on: it is being changed or the stick fails. */
async function readWhole(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(size + 1)
  let at = 0
  while (at < bytes.length) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return at === size ? bytes.subarray(0, size) : null
}

function outcomeOf(error: unknown): StickRead {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'ENXIO' || code === 'ENOTCONN')
    return { kind: 'gone' }
  if (code === 'ELOOP' || code === 'EISDIR' || code === 'EACCES') return { kind: 'no-file' }
  return { kind: 'unreadable' }
}
