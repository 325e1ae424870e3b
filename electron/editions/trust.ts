import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { publicKeySchema } from '../../data/edition/key-list.ts'
import type { Log } from '../log.ts'
import { readRegular, writeDurably } from './disk.ts'
import { type TrustedKeys, noKeys, openKeyList } from './keys.ts'

/** The files of what a kiosk trusts, below its state folder: the root's public key, put there by IT, and its latest key list. */
export const trustFiles = { folder: 'keys', root: 'root.pub', list: 'keys.json' } as const

const longest = 100_000

/**
 * What is trusted at this kiosk; a key list older than version `known` is not taken back. Files that cannot be read
 * or are not right are as good as none, and the log says so; never throws.
 */
export function readTrust(state: string | null, known: number, log: Log): TrustedKeys {
  if (state === null) return noKeys
  const folder = join(state, trustFiles.folder)
  const root = readText(join(folder, trustFiles.root), log)?.trim() ?? null
  if (root === null) return noKeys
  if (!v.is(publicKeySchema, root)) {
    log.error('The root key is no public key, so no signature counts', { file: trustFiles.root })
    return noKeys
  }
  const text = readText(join(folder, trustFiles.list), log)
  const list = text === null ? null : openKeyList(text, root)
  if (text !== null && !list) log.error('The key list is not signed by the root key, so none counts')
  if (list && list.version < known) {
    log.error('The key list is older than one that was known before, so none counts', { known })
    return { root, list: null }
  }
  return { root, list }
}

/** Keeps a key list that came with a bundle. Throws what the file system throws. */
export function keepKeyList(state: string, text: string): void {
  const folder = join(state, trustFiles.folder)
  mkdirSync(folder, { recursive: true })
  writeDurably(join(folder, trustFiles.list), Buffer.from(text))
}

function readText(file: string, log: Log): string | null {
  try {
    return readRegular(file, longest)?.toString('utf8') ?? null
  } catch (error) {
    log.error('A file of the keys cannot be read', { error })
    return null
  }
}
