import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Extent } from '../data/physical-size.ts'
import { profileArgument, takeProfile } from './kiosk-profile.ts'
import type { Log } from './log.ts'
import { endGroup, signalGroup } from './process-group.ts'

/** What decides how Chromium is started. */
export type KioskArgumentOptions = {
  readonly url: string
  readonly profile: string
  readonly windowed: boolean
  readonly isRoot: boolean
  /** The screen's size in pixels, where nobody manages windows: there no window comes onto the whole screen by asking. */
  readonly screen?: Extent | null
}

/** Chromium's arguments for a screen that shows the kiosk and nothing of the browser. */
export function kioskArguments(options: KioskArgumentOptions): string[] {
  const { url, profile, windowed, isRoot, screen = null } = options
  // Chromium takes a pixel off a window that is exactly as large as the screen, and the root would show there.
  const size = screen ? `${screen.width + 1},${screen.height + 1}` : null
  const whole = size === null ? [] : ['--window-position=0,0', `--window-size=${size}`]
  return [
    `--app=${url}`,
    profileArgument(profile),
    ...(windowed ? ['--window-size=720,1280'] : ['--kiosk', '--start-fullscreen', ...whole]),
    '--no-first-run',
    '--no-default-browser-check',
    '--deny-permission-prompts',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-component-update',
    '--disable-extensions',
    '--disable-hang-monitor',
    '--disable-prompt-on-repost',
    '--disable-features=Translate,OverscrollHistoryNavigation,TouchpadOverscrollHistoryNavigation,MediaRouter',
    '--disable-pinch',
    '--disable-session-crashed-bubble',
    '--disable-sync',
    '--hide-crash-restore-bubble',
    // A page that leaks dies, and is started anew, before the machine runs out of memory.
    '--js-flags=--max-old-space-size=512',
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
export type KioskWindow = {
  /** Kills the Chromium, whatever state it is in; the next one starts as after any other end. */
  readonly restart: () => void
  /** When the Chromium that runs was started, on the clock of `performance.now()`; null while none runs. */
  readonly startedAt: () => number | null
  readonly close: () => Promise<void>
}

/** A Chromium that ends `most` times within `window` milliseconds is not helped by starting the next. */
const unsteady = { most: 5, window: 120_000 }

/**
 * Opens Chromium on a new `url` at each start, after ending one that a killed kiosk on the same port has left. On
 * the whole screen it is started again whenever it ends, at once and then after ever longer pauses, since what lies
 * behind it is not for visitors; where that does not help, `onGivenUp` is called: a new host lays out a new profile.
 * A window that is closed stays closed and `onClosed` is called.
 */
export async function openKioskWindow(options: {
  readonly executable: string
  /** Gives an address that works once: every account of the machine can read a command line. */
  readonly url: () => string
  /** Tells this kiosk's profile from others'. */
  readonly port: number
  readonly windowed: boolean
  readonly log: Log
  readonly onClosed: () => void
  readonly onGivenUp: () => void
  readonly screen?: Extent | null
  /** Milliseconds between the first end of a Chromium and the start of the next; each further pause is twice as long. */
  readonly restartPause?: number
  /** The folder profiles are laid out in; the system's temporary one unless given. */
  readonly profiles?: string
}): Promise<KioskWindow> {
  const { executable, url, port, windowed, log, onClosed, onGivenUp } = options
  const { restartPause = 250, profiles = tmpdir() } = options
  const profile = await takeProfile(profiles, String(port), log)
  const isRoot = process.getuid?.() === 0
  const shape = { profile: profile.path, windowed, isRoot, screen: options.screen ?? null }
  let isClosing = false
  let restart: NodeJS.Timeout | null = null
  let ends: readonly number[] = []
  let startedAt = 0
  let browser = start()
  // Whatever ends this process, but for its being killed, ends its window too.
  const killNow = () => void (isRunning(browser) && browser.pid && signalGroup(browser.pid, 'SIGKILL'))
  process.on('exit', killNow)

  function start(): ChildProcess {
    // A group of its own, so that its helper processes can be ended with it.
    startedAt = performance.now()
    const args = kioskArguments({ ...shape, url: url() })
    const child = spawn(executable, args, { stdio: 'ignore', detached: process.platform !== 'win32' })
    if (child.pid !== undefined) profile.note(child.pid)
    child.once('error', (error) => log.error('Chromium could not be started', { error }))
    child.once('close', (code, signal) => {
      if (isClosing) return
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
      if (windowed) return onClosed()
      const now = performance.now()
      ends = [...ends.filter((end) => now - end < unsteady.window), now]
      if (ends.length >= unsteady.most) {
        log.error('Chromium ended too often and is given up: the doctor may know why', {
          times: ends.length,
          code,
          signal,
        })
        return onGivenUp()
      }
      log.warn('Chromium ended and is started again', { code, signal })
      restart = setTimeout(
        () => {
          browser = start()
        },
        restartPause * 2 ** (ends.length - 1),
      )
    })
    return child
  }

  return {
    startedAt: () => (isRunning(browser) ? startedAt : null),
    restart: () => {
      if (browser.pid !== undefined && isRunning(browser)) signalGroup(browser.pid, 'SIGKILL')
    },
    close: async () => {
      isClosing = true
      if (restart) clearTimeout(restart)
      await end(browser)
      process.off('exit', killNow)
      await profile.remove()
    },
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || !isRunning(child)) return
  await endGroup(child.pid, new Promise<void>((resolve) => child.once('close', () => resolve())))
}
