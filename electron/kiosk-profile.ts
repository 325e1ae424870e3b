import { writeFileSync } from 'node:fs'
import { lstat, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from './log.ts'
import { commandLineOf, endOrphan } from './process-group.ts'

/** The folder a kiosk's Chromium keeps its things in while it runs. */
export type KioskProfile = {
  readonly path: string
  /** Writes down which Chromium runs in it, so that the next kiosk can end it should this one be killed. */
  readonly note: (pid: number) => void
  readonly remove: () => Promise<void>
}

/** The argument by which a Chromium's command line names its profile. */
export function profileArgument(path: string): string {
  return `--user-data-dir=${path}`
}

/**
 * The empty profile of the kiosk on `port`, below `parent`. A Chromium that a killed kiosk left in it is ended
 * first: it would cover the new one, or take its window over and show a page whose host is gone.
 * Rejects where the folder belongs to somebody else.
 */
export async function takeProfile(parent: string, port: string, log: Log): Promise<KioskProfile> {
  const user = process.getuid?.()
  const path = join(parent, `kiosk-profile-${user === undefined ? '' : `${user}-`}${port}`)
  const pidFile = join(path, 'kiosk.pid')
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })

  // Others may write into the system's temporary folder too: a profile laid out by them is not ours to use.
  const found = await lstat(path).catch(() => null)
  if (found && (!found.isDirectory() || (user !== undefined && found.uid !== user))) {
    throw new Error(`${path} is not this account's folder: remove it`)
  }
  const left = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (
    Number.isInteger(left) &&
    left > 1 &&
    `${await commandLineOf(left)} `.includes(`${profileArgument(path)} `)
  ) {
    log.warn('A Chromium that an earlier kiosk has left is ended', { pid: left })
    await endOrphan(left)
  }
  await remove()
  await mkdir(path, { mode: 0o700 })

  return {
    path,
    note: (pid) => {
      try {
        writeFileSync(pidFile, String(pid))
      } catch (error) {
        log.warn('It could not be noted which Chromium runs', { error })
      }
    },
    remove: () =>
      remove().catch((error: unknown) => log.warn('The profile of Chromium could not be removed', { error })),
  }
}
