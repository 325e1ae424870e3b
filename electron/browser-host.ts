import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { findChromium } from './find-chromium.ts'
import { watchHeartbeat } from './heartbeat.ts'
import { type BrowserHost, startBrowserHost } from './host.ts'
import { hasDisplay, openKioskWindow } from './kiosk-window.ts'
import { endOnFault } from './last-words.ts'
import { createLog, createSinks, streamSink } from './log.ts'
import { type LogFiles, logFilesIn } from './log-files.ts'
import { screenSize } from './machine/displays.ts'
import { runProgram } from './machine/run.ts'
import { ownsScreen, turnScreen } from './machine/turn-screen.ts'
import { restartNightly } from './nightly-restart.ts'
import { usablePrinter } from './printing/choose-printer.ts'
import { systemClock } from './services.ts'
import { type Settled, settle } from './settle.ts'
import { chooseStickSource } from './sticks/choose-source.ts'
import { createSupervisor, supervisorHere } from './supervisor.ts'
import { type HostOptions, OptionError, defaultFolders, readOptions } from './options.ts'

const root = join(import.meta.dirname, '..')
const sinks = createSinks(streamSink(process.stderr))
const log = createLog(sinks.sink)
/** Milliseconds everything together gets to end. */
const patience = 8000

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
  const host = await stop.alsoEnds(listen(options, folders.renderer, chromium, settled, logFiles))
  console.log(`Open ${host.url}`)
  const hasWindow = chromium !== null && options.window && hasDisplay(process.env, process.platform)
  // Without a window nobody can see whether the page lives: then it is enough that this process does.
  const lastAlive = hasWindow ? host.kiosk.heartbeat.lastAlive : () => performance.now()
  void createSupervisor({ ...supervisorHere(options.state), lastAlive, log }).ready()
  void host.recover()
  log.info('The kiosk has started', { version: await readVersion(), port: host.port })
  const { restart } = settled.settings
  restartNightly({ services: host.kiosk, restart, end: (code) => void stop.now(code), log })
  if (chromium && hasWindow) {
    // Two Chromiums that start beside each other keep the visitor waiting for both.
    void host.kiosk.heartbeat.shown.then(host.warmUp)
    const { url } = host
    const { windowed } = options
    if (ownsScreen(process.env)) await turnScreen(settled.settings.screen, { log })
    const screen = await screenSize(runProgram, settled.settings.screen.output)
    const onClosed = () => void stop.now()
    const onGivenUp = () => void stop.now(1)
    const window = await stop.alsoEnds(
      openKioskWindow({ executable: chromium, url, windowed, screen, log, onClosed, onGivenUp }),
    )
    if (!windowed) watchHeartbeat({ heartbeat: host.kiosk.heartbeat, onSilent: window.restart, log })
  } else void host.warmUp()
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

async function listen(
  options: HostOptions,
  renderer: string,
  chromium: string | null,
  settled: Settled,
  logFiles: LogFiles,
): Promise<BrowserHost> {
  const { content, prints, state, port } = options
  const { kiosk, panel, paper, printer, limits, settings, problems } = settled
  try {
    return await startBrowserHost({
      folders: { content, prints, renderer, state },
      port,
      chromium,
      version: await readVersion(),
      kiosk,
      panel,
      paper,
      printer: usablePrinter(printer, { prints, paper, now: systemClock.now, log }),
      limits,
      brightness: settings.screen,
      call: settings.call,
      updates: settings.updates,
      sticks: chooseStickSource(options.sticks),
      settingsProblems: problems,
      log,
      logFiles,
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'EADDRINUSE') {
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

async function readVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version
}

type Part = { readonly close: () => Promise<void> }

/** Ends everything that was started, the latest first, when the process is told to stop; then exits, with 0 unless told. */
function stopOnSignals() {
  const started: Promise<Part>[] = []
  let stopping: Promise<void> | null = null
  async function stopAll(code: number): Promise<void> {
    process.exitCode = code
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
  return { now, alsoEnds }
}
