import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Where the system mounts sticks for an installed kiosk, read-only. */
export const installedSticks = '/run/media/lobby-kiosk'

/** While this file is there, the system keeps those sticks writable, for five minutes at most. */
const request = '/run/lobby-kiosk/write-to-stick'

/** Milliseconds the system gets to make them so. */
const usualPatience = 5000
const pace = 100

export type StickWritingOptions = {
  readonly sticks?: string
  readonly file?: string
  readonly mounts?: string
  /** Milliseconds. */
  readonly patience?: number
}

/** Asks the system to let this process write to sticks. */
export type StickWriting = {
  /** True once the stick mounted at `folder` is writable; false where it is not to be had, or not the system's to give. */
  readonly begin: (folder: string) => Promise<boolean>
  /** Resolves to true once it is read-only again, with all that was written on it; false where it was not the system's to give. */
  readonly end: (folder: string) => Promise<boolean>
}

/**
 * An account without rights cannot remount a stick: the kiosk lays down a file, systemd sees it and remounts
 * (`lobby-kiosk-stick-write.path`). A stick that is mounted elsewhere is not touched.
 */
export function createStickWriting({
  sticks = installedSticks,
  file = request,
  mounts = '/proc/self/mounts',
  patience = usualPatience,
}: StickWritingOptions = {}): StickWriting {
  function isWritable(folder: string): boolean {
    const lines = readFileSync(mounts, 'utf8').split('\n')
    return lines.some((line) => {
      const [, place, , options = ''] = line.split(' ')
      return place === folder && options.split(',')[0] === 'rw'
    })
  }
  async function waitFor(folder: string, wanted: boolean): Promise<boolean> {
    for (let waited = 0; waited <= patience; waited += pace) {
      if (isWritable(folder) === wanted) return true
      await pause(pace)
    }
    return false
  }
  return {
    begin: async (folder) => {
      if (dirname(folder) !== sticks) return false
      try {
        writeFileSync(file, '')
        if (await waitFor(folder, true)) return true
        rmSync(file, { force: true })
      } catch {
        return false
      }
      return false
    },
    end: async (folder) => {
      if (dirname(folder) !== sticks) return false
      try {
        rmSync(file, { force: true })
        return await waitFor(folder, false)
      } catch {
        return false
      }
    },
  }
}
