import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, type Page, chromium } from 'playwright-core'
import { findChromium } from '../electron/find-chromium.ts'

/*
 * The kiosk as a visitor has it: `npm start` supervises the browser host, which supervises a Chromium of its own.
 * The Chromium draws without a display and can be looked into; for the tests of faults and for the soak.
 */

const root = join(import.meta.dirname, '..')

export type SupervisedKioskOptions = {
  /** A folder that is empty or holds `state` as it is to be found; everything the kiosk writes goes there. */
  readonly folder: string
  readonly viewport?: { readonly width: number; readonly height: number }
  /** More of the command line: `--printer`, `--data` … */
  readonly args?: readonly string[]
}

export type SupervisedKiosk = {
  readonly state: string
  readonly prints: string
  /** The process number of the host that runs just now; null between two. */
  readonly hostPid: () => number | null
  /** The process numbers of the window's Chromium of one kind: 'browser', 'renderer', 'gpu-process'. */
  readonly windowPids: (kind: string) => readonly number[]
  /** The page in the window as it is just now; null where there is no window, or none that answers. */
  readonly look: () => Promise<Page | null>
  /** Where the window's Chromium lets itself be looked into; null where there is none. */
  readonly devtoolsPort: () => string | null
  /** All that the supervisor and the host have said so far. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

/** Starts it and resolves at once: whoever wants to see the screen looks. */
export async function startSupervisedKiosk(options: SupervisedKioskOptions): Promise<SupervisedKiosk> {
  const { folder, viewport = { width: 1080, height: 1920 }, args = [] } = options
  const port = await freePort()
  const state = join(folder, 'state')
  const prints = join(folder, 'prints')
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary, { recursive: true })
  const executable = windowStandIn(folder, viewport)
  const command = ['build/start.ts', '--host=browser', '--port', String(port), '--state', state]
  const child = spawn(process.execPath, [...command, '--prints', prints, ...args], {
    cwd: root,
    // The name of a display that is never opened: it says that a window is wanted.
    env: { ...process.env, KIOSK_CHROMIUM: executable, DISPLAY: ':none', TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  const keep = (chunk: Buffer) => void (said += chunk.toString())
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const profile = join(temporary, `kiosk-profile-${process.getuid?.()}-${port}`)
  const looker = createLooker(profile)
  const pids = (is: (commandLine: string) => boolean): readonly number[] =>
    processes().flatMap(({ pid, commandLine }) => (is(commandLine) ? [pid] : []))
  const ofWindow = `--user-data-dir=${profile}`

  return {
    state,
    prints,
    hostPid: () =>
      pids((line) => line.includes('electron/browser-host.ts') && line.includes(`${port}`))[0] ?? null,
    windowPids: (kind) =>
      pids((line) => {
        const type = /--type=(\S+)/u.exec(line)?.[1] ?? 'browser'
        return line.includes(ofWindow) && type === kind && !line.includes('chrome_crashpad')
      }),
    look: looker.look,
    devtoolsPort: () => portOf(profile),
    said: () => said,
    stop: async () => {
      await looker.close()
      if (isRunning(child)) child.kill('SIGTERM')
      await Promise.race([ended, pause(10_000)])
      killGroup(child)
    },
  }
}

/** The path of a program in the place of Chromium, made in `folder`: its window is drawn without a display, and lets itself be looked into. */
export function windowStandIn(folder: string, { width, height }: { width: number; height: number }): string {
  const path = join(folder, 'chromium')
  const extra = `--headless=new --remote-debugging-port=0 --screen-info={${width}x${height}}`
  const real = findChromium() ?? 'chromium'
  const script = `#!/bin/sh\ncase "$*" in *--kiosk*) exec '${real}' ${extra} "$@" ;; esac\nexec '${real}' "$@"\n`
  writeFileSync(path, script, { mode: 0o755 })
  return path
}

/** Looks into the window of a Chromium with that profile, whichever runs just now. */
export function createLooker(profile: string) {
  let known: { readonly port: string; readonly browser: Browser } | null = null

  async function browserOfNow(): Promise<Browser | null> {
    const port = portOf(profile)
    if (known && known.port === port && known.browser.isConnected()) return known.browser
    await known?.browser.close().catch(() => undefined)
    known = null
    if (port === null) return null
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 2000 })
    known = { port, browser }
    return browser
  }

  return {
    look: async (): Promise<Page | null> => {
      try {
        const browser = await browserOfNow()
        return browser?.contexts()[0]?.pages()[0] ?? null
      } catch {
        return null
      }
    },
    close: async () => void (await known?.browser.close().catch(() => undefined)),
  }
}

function portOf(profile: string): string | null {
  try {
    return readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0] ?? null
  } catch {
    return null
  }
}

function processes(): readonly { readonly pid: number; readonly commandLine: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid)) return []
    try {
      return [{ pid, commandLine: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
    } catch {
      return []
    }
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended with all it started.
  }
}
