import { accessSync, constants, readFileSync, readdirSync, statSync, statfsSync } from 'node:fs'
import type { Machine } from './examination.ts'
import { runProgram } from './run.ts'

/** What `look` gives; null where the system refuses. */
function orNull<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

/** The machine this runs on. */
export const thisMachine: Machine = {
  run: runProgram,
  read: (file) => orNull(() => readFileSync(file, 'utf8')),
  list: (folder) => orNull(() => readdirSync(folder)) ?? [],
  entry: (path) => orNull(() => statSync(path)),
  canWrite: (folder) => orNull(() => accessSync(folder, constants.W_OK) ?? true) === true,
  freeBytes: (folder) =>
    orNull(() => {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    }),
  now: () => new Date(),
  env: process.env,
  platform: process.platform,
  uid: process.getuid?.() ?? null,
}
