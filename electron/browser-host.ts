import { once } from 'node:events'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as v from 'valibot'
import { findChromium } from './find-chromium.ts'
import { watchHeartbeat } from './heartbeat.ts'
import { watchLifeLine } from './life-line.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import type { BrowserHost } from './host.ts'
import { type KioskWindow, hasDisplay, openKioskWindow } from './kiosk-window.ts'
import { endOnFault } from './last-words.ts'
import { createLog, createSinks, streamSink } from './log.ts'
import { logFilesIn } from './log-files.ts'
import { screenSize } from './machine/displays.ts'
import { runProgram } from './machine/run.ts'
import { ownsScreen, turnScreen } from './machine/turn-screen.ts'
import { restartNightly } from './nightly-restart.ts'
import { type Settled, settle } from './settle.ts'
import type { SettledHost } from './settled-host.ts'
import { createSupervisor, supervisorHere } from './supervisor.ts'
import { type HostOptions, OptionError, defaultFolders, readOptions } from './options.ts'

const root = join(import.meta.dirname, '..')
const sinks = createSinks(streamSink(process.stderr))
const log = createLog(sinks.sink)
/** Milliseconds everything together gets to end. */
const patience = 8000
/** Milliseconds a window gets to show its page before the services start without it. */
const windowTime = 5000
/** Milliseconds between two looks for a Chromium that is not there. */
const chromiumPace = 2000

try {
  await main()
} catch (error) {
  if (!(error instanceof OptionError)) log.error('The kiosk could not start', { error })
  console.error(error instanceof OptionError ? error.message : 'The kiosk could not start.')
  process.exit(1)
}

async function main(): Promise<void> {
  const stop = stopOnSignals()
  endOnFault(log, (code) => void stop.now(code))
  const folders = defaultFolders(root)
  const options = readOptions(process.argv.slice(2), folders)
  const settled = settle(options, log)
  const logFiles = logFilesIn(options.state, settled.settings)
  sinks.add(logFiles.sink)
  await requireRenderer(folders.renderer)
  const chromium = findChromium()
  if (!chromium) {
    console.error(
      'No Chromium was found, so slips cannot be drawn and no window opens. Install Chromium, or set KIOSK_CHROMIUM to its path.',
    )
  }
  const door = await stop.alsoEnds(open(options, folders.renderer))
  const hasWindow = options.window && hasDisplay(process.env, process.platform)
  if (hasWindow && !chromium) beginAnewWithChromium(stop)
  const opening = chromium && hasWindow ? showWindow(chromium, door, options, settled, stop) : null
  // All that answers the calls takes the processor's time for a while, and a window that starts needs it more.
  const turn = opening
    ? Promise.race([door.pageStands, stop.told, pause(windowTime, undefined, { ref: false })])
    : null
  const starting = stop.alsoEnds(
    startServices({ options, renderer: folders.renderer, chromium, settled, logFiles, door }, turn),
  )
  // Started first and ended first: nobody is to see a screen that nothing answers.
  if (opening) stop.alsoEnds(opening)
  const [host, window] = await Promise.all([starting, opening])
  // What is said may be kept in the system's journal, and a window needs nobody to open anything.
  if (!window) console.log(`Open ${host.url}`)
  const { heartbeat } = host.kiosk
  // Without a window nobody can see whether the page lives: then it is enough that this process does.
  const lastAlive = window ? heartbeat.lastAlive : () => performance.now()
  void createSupervisor({ ...supervisorHere(options.state), lastAlive, log }).ready()
  void host.recover()
  log.info('The kiosk has started', { version: await readVersion(), port: host.port })
  const { restart: nightly } = settled.settings
  restartNightly({ services: host.kiosk, restart: nightly, end: (code) => void stop.now(code), log })
  // Two Chromiums that start beside each other keep the visitor waiting for both.
  void (window ? heartbeat.shown : Promise.resolve()).then(host.warmUp)
  if (window && !options.windowed) {
    const { startedAt, restart } = window
    watchHeartbeat({ heartbeat, startedAt, onSilent: restart, log, isAlone: ownsScreen(process.env) })
    watchLifeLine({
      lifeLine: door.lifeLine,
      startedAt,
      onGone: () => {
        log.error('The page in the window is gone')
        restart()
      },
    })
  }
}

/** A screen that has nothing to be shown in gets it as soon as there is a Chromium: from whoever starts this process anew. */
function beginAnewWithChromium(stop: Stop): void {
  log.error('There is no Chromium, so the screen stays empty until there is one')
  const look = (): void => {
    if (findChromium() !== null) void stop.now(1)
  }
  setInterval(look, chromiumPace).unref()
}

async function requireRenderer(folder: string): Promise<void> {
  for (const page of ['index.html', 'slip.html']) {
    await access(join(folder, page)).catch(() => {
      throw new OptionError(
        'The screen is not built yet. Run "npm start", which builds it, or "npm run build".',
      )
    })
  }
}

/**
 * Opens the kiosk's address. Where its port is taken, a kiosk that owns its screen takes another, since its visitors
 * type no addresses; else throws an OptionError that says what to do.
 */
async function open({ port }: HostOptions, renderer: string): Promise<FrontDoor> {
  try {
    return await openFrontDoor({ renderer, port })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'EADDRINUSE') {
      if (ownsScreen(process.env)) {
        log.error('The port is taken by another program, so another port is used', { port })
        return openFrontDoor({ renderer, port: 0 })
      }
      throw new OptionError(
        `Port ${port} is taken, perhaps by a kiosk that already runs. End that program, or start with --port ${port + 1}.`,
      )
    }
    if (error.code === 'EACCES') {
      throw new OptionError(`Port ${port} may not be used by this account. Start with --port 4680.`)
    }
    throw error
  }
}

async function showWindow(
  executable: string,
  { invite: url, port }: FrontDoor,
  { windowed }: HostOptions,
  { settings }: Settled,
  stop: Stop,
): Promise<KioskWindow> {
  if (ownsScreen(process.env)) await turnScreen(settings.screen, { log, signal: stop.signal })
  const screen = await screenSize(runProgram, settings.screen.output)
  if (screen === null && !windowed && process.platform === 'linux')
    log.warn(
      'No xrandr tells how large the screen is: without a window manager the kiosk may not cover it. Install x11-xserver-utils.',
    )
  const onClosed = () => void stop.now()
  const onGivenUp = () => void stop.now(1)
  return openKioskWindow({ executable, url, port, windowed, screen, log, onClosed, onGivenUp })
}

/** Reads and starts all that answers the calls, a large part of the program, once it is its `turn`. */
async function startServices(
  parts: Omit<SettledHost, 'version' | 'log'>,
  turn: Promise<unknown> | null,
): Promise<BrowserHost> {
  await turn
  const { startSettledHost } = await import('./settled-host.ts')
  return startSettledHost({ ...parts, version: await readVersion(), log })
}

async function readVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version
}

type Part = { readonly close: () => Promise<void> }

type Stop = {
  /** Ends the process, with 0 unless told. */
  readonly now: (code?: number) => Promise<void>
  readonly alsoEnds: <P extends Part>(part: Promise<P>) => Promise<P>
  /** Aborted as soon as the process is told to end; `told` resolves then. */
  readonly signal: AbortSignal
  readonly told: Promise<unknown>
}

/** Ends everything that was started, the latest first, when the process is told to stop; then exits, with 0 unless told. */
function stopOnSignals(): Stop {
  const started: Promise<Part>[] = []
  let stopping: Promise<void> | null = null
  const controller = new AbortController()
  const { signal } = controller
  const told = once(signal, 'abort')
  async function stopAll(code: number): Promise<void> {
    process.exitCode = code
    controller.abort()
    // A part that hangs must not keep the others' user waiting; what it started ends with this process.
    setTimeout(() => process.exit(code), patience).unref()
    for (const part of started.toReversed()) {
      await part
        .then((ready) => ready.close())
        .catch((error: unknown) => log.warn('A part did not end', { error }))
    }
    process.exit(code)
  }
  const now = (code = 0) => (stopping ??= stopAll(code))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void now())
  // Promises are kept, so that a part that is still starting is waited for and ended too.
  const alsoEnds = <P extends Part>(part: Promise<P>): Promise<P> => {
    started.push(part)
    return part
  }
  return { now, alsoEnds, signal, told }
}
