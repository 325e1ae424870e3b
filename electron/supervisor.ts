import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from './machine/run.ts'
import type { Log } from './log.ts'

/** Says a word to the system's supervisor, such as "READY=1"; never rejects. False: it was not heard. */
export type Notify = (...words: readonly string[]) => Promise<boolean>

/** What the supervisor is told by. */
export type SupervisorOptions = {
  /** NOTIFY_SOCKET: there is a supervisor that listens; WATCHDOG_USEC: it waits for signs of life. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** When visitors last saw something of the kiosk, by `elapsed`; null: not yet. */
  readonly lastAlive: () => number | null
  readonly log: Log
  readonly notify?: Notify
  /** A clock in milliseconds that nobody sets. */
  readonly elapsed?: () => number
}

/** What keeps the supervisor content; `ready` once the kiosk serves, `close` before it ends on purpose. */
export type Supervisor = { readonly ready: () => Promise<void>; readonly close: () => void }

/**
 * Milliseconds without a sign of life after which the supervisor is no longer fed: the host has tried by itself
 * to bring the screen back by then, more than once.
 */
const patience = 60_000
/** Milliseconds the first sign may take: a cold Chromium on a slow disk, and the panel switched on later. */
const startPatience = 180_000

/**
 * Node cannot write to a datagram socket of the file system, and a child that belongs to the same unit may speak
 * for it where that says NotifyAccess=all (sd_notify(3), systemd-notify(1)).
 */
const bySystemd: Notify = async (...words) => (await runProgram('systemd-notify', words))?.code === 0

/** Where there is no systemd: a file that is written at each sign of life, and a task of the system that looks at it. */
const byFile =
  (file: string): Notify =>
  async () => {
    try {
      await writeFile(file, new Date().toISOString())
      return true
    } catch {
      return false
    }
  }

/** The supervisor of this system: systemd's socket, or on Windows the file `alive` of the state folder, fed each ten seconds. */
export function supervisorHere(state: string): Pick<SupervisorOptions, 'env' | 'notify'> {
  if (process.platform !== 'win32') return { env: process.env }
  const file = join(state, 'alive')
  return { env: { NOTIFY_SOCKET: file, WATCHDOG_USEC: '30000000' }, notify: byFile(file) }
}

/**
 * Feeds systemd's watchdog as long as the screen shows signs of life, three times within what it waits; once they
 * fail to come, systemd ends this kiosk and starts another. Without a supervisor it does nothing.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { env, lastAlive, log, notify = bySystemd, elapsed = () => performance.now() } = options
  if (!env['NOTIFY_SOCKET']) return { ready: async () => undefined, close: () => undefined }
  const microseconds = Number(env['WATCHDOG_USEC'] ?? 0)
  const began = elapsed()
  let isSilent = false
  let timer: NodeJS.Timeout | null = null

  async function feed(): Promise<void> {
    const last = lastAlive()
    const isAlive = elapsed() - (last ?? began) <= (last === null ? startPatience : patience)
    if (isAlive) {
      const isHeard = await notify('WATCHDOG=1')
      if (!isHeard) log.warn('The supervisor was not told that the kiosk lives')
    } else if (!isSilent)
      log.error('The screen gives no sign of life, so the supervisor is to start the kiosk anew')
    isSilent = !isAlive
  }

  return {
    ready: async () => {
      await notify('READY=1')
      if (microseconds > 0 && timer === null) timer = setInterval(() => void feed(), microseconds / 3000)
    },
    close: () => {
      if (timer) clearInterval(timer)
    },
  }
}
