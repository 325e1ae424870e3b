import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Log } from './log.ts'

/** What decides how Chromium is started. */
export type KioskArgumentOptions = {
  readonly url: string
  readonly profile: string
  readonly windowed: boolean
  readonly isRoot: boolean
}

/** Chromium's arguments for a screen that shows the kiosk and nothing of the browser. */
export function kioskArguments({ url, profile, windowed, isRoot }: KioskArgumentOptions): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    ...(windowed ? ['--window-size=720,1280'] : ['--kiosk', '--start-fullscreen']),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-component-update',
    '--disable-extensions',
    '--disable-features=Translate,OverscrollHistoryNavigation,TouchpadOverscrollHistoryNavigation,MediaRouter',
    '--disable-pinch',
    '--disable-session-crashed-bubble',
    '--disable-sync',
    '--noerrdialogs',
    '--overscroll-history-navigation=0',
    '--password-store=basic',
    // Chromium's sandbox refuses to run as root; for anyone else it stays on.
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

/** Whether a window can be shown here. */
export function hasDisplay(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** A Chromium that shows the kiosk, with a profile of its own that goes with it. */
export type KioskWindow = { readonly close: () => Promise<void> }

/** Milliseconds a closing Chromium gets before it is ended by force. */
const patience = 3000

/**
 * Opens Chromium on `url`. On the whole screen it is started again whenever it ends, since what lies behind
 * it is not for visitors; a window that is closed stays closed and `onClosed` is called.
 */
export async function openKioskWindow(options: {
  readonly executable: string
  readonly url: string
  readonly windowed: boolean
  readonly log: Log
  readonly onClosed: () => void
  /** Milliseconds between the end of a Chromium and the start of the next. */
  readonly restartPause?: number
}): Promise<KioskWindow> {
  const { executable, url, windowed, log, onClosed, restartPause = 2000 } = options
  const profile = await mkdtemp(join(tmpdir(), 'kiosk-profile-'))
  const args = kioskArguments({ url, profile, windowed, isRoot: process.getuid?.() === 0 })
  let isClosing = false
  let restart: NodeJS.Timeout | null = null
  let browser = start()

  function start(): ChildProcess {
    // A group of its own, so that its helper processes can be ended with it.
    const child = spawn(executable, args, { stdio: 'ignore', detached: process.platform !== 'win32' })
    child.once('error', (error) => log.error('Chromium could not be started', { error }))
    child.once('close', (code, signal) => {
      if (isClosing) return
      if (windowed) return onClosed()
      log.warn('Chromium ended and is started again', { code, signal })
      restart = setTimeout(() => {
        browser = start()
      }, restartPause)
    })
    return child
  }

  return {
    close: async () => {
      isClosing = true
      if (restart) clearTimeout(restart)
      await end(browser)
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(
        (error: unknown) => log.warn('The profile of Chromium could not be removed', { error }),
      )
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  signal(child.pid, 'SIGTERM')
  const force = setTimeout(signal, patience, child.pid, 'SIGKILL')
  await ended
  clearTimeout(force)
  // The first process may be gone before its helpers.
  signal(child.pid, 'SIGKILL')
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => {})
    return
  }
  try {
    process.kill(-pid, name)
  } catch {
    // The group has already ended.
  }
}
