import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type EditionFiles,
  intakeFiles,
  mostFiles,
  planName,
  requiredFiles,
} from '../../data/edition/files.ts'
import { unusable } from './content-of.ts'

/** The most a file of the content may hold, in megabytes; the whole guide takes one. */
const largestFile = 20

/**
 * The texts of a folder of content: of those the program came with, or of one named on the command line. Throws
 * `content-unusable` where one that is needed is missing or is no text; what only the intake needs may be missing.
 */
export async function readContentFolder(folder: string): Promise<EditionFiles> {
  const plans = await plansIn(folder)
  const needed = await Promise.all(
    requiredFiles.map(async (file) => [file, await readText(folder, file)] as const),
  )
  const others = await Promise.all(
    [
      ...intakeFiles.map((file) => [file, file] as const),
      ...plans.map((file) => [planName(file), file] as const),
    ].map(
      // A drawing that cannot be read is missed where it is asked for: the rest is shown all the same.
      async ([name, file]) => [name, await readText(folder, file).catch(() => null)] as const,
    ),
  )
  const present = others.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]))
  return Object.fromEntries([...needed, ...present])
}

async function plansIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => /^[^.].*\.svg$/.test(name)).slice(0, mostFiles / 2)
}

async function readText(folder: string, file: string): Promise<string> {
  const bytes = await readBytes(join(folder, file)).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw unusable(file, isMissing ? 'is missing' : 'cannot be read', error)
  })
  if (bytes === null) throw unusable(file, `is larger than ${largestFile} MB`)
  try {
    // Anything but UTF-8 would otherwise be shown, and printed, with replacement characters in it.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unusable(file, 'is not UTF-8 text', error)
  }
}

/** A file's bytes, or null where they are too many to be looked at. */
async function readBytes(path: string): Promise<Uint8Array | null> {
  const found = await stat(path)
  // A pipe or device would be waited for without end.
  if (!found.isFile()) throw new Error('Not a file')
  return found.size > largestFile * 1_000_000 ? null : readFile(path)
}
