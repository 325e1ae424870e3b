import { join } from 'node:path'
import { setTimeout as pauseFor } from 'node:timers/promises'
import { hasDisplay } from '../electron/kiosk-window.ts'
import { restartCode } from '../electron/nightly-restart.ts'
import { OptionError, readOptions } from '../electron/options.ts'
import { runChild, wasInterrupted } from './child.ts'
import { type ElectronBinary, downloadElectron, findElectron, installedElectron } from './electron-binary.ts'
import { runCommand, setUp } from './setup.ts'

export type HostName = 'browser' | 'electron'

/** What `npm start -- …` says. `rest` is for the host itself. */
export type StartArguments = { readonly host: HostName | null; readonly rest: readonly string[] }

/** Takes `--host` out of the command line and checks the rest as the host will. Throws OptionError. */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const rest = [...argv]
  const at = rest.findIndex((word) => word === '--host' || word.startsWith('--host='))
  const taken = at < 0 ? [] : rest.splice(at, rest[at] === '--host' ? 2 : 1)
  const host = taken.at(-1)?.replace(/^--host=?/, '') ?? null
  readOptions(rest, { content: '', prints: '', state: '' })
  if (host === null || host === 'browser' || host === 'electron') return { host, rest }
  throw new OptionError(`--host takes browser or electron, not "${host}"`)
}

/** Which host starts, and why, in words for a person. */
export type Choice = { readonly host: HostName; readonly why: string }

/** Picks the host: the one asked for; else Electron where there is a display and a binary to be had. */
export async function chooseHost(
  asked: HostName | null,
  display: boolean,
  electron: () => Promise<ElectronBinary>,
): Promise<Choice> {
  if (asked) return { host: asked, why: 'you asked for it' }
  if (!display) return { host: 'browser', why: 'there is no display' }
  const binary = await electron()
  switch (binary.kind) {
    case 'present':
      return { host: 'electron', why: 'its binary is here' }
    case 'downloadable':
      return { host: 'electron', why: `its binary can be downloaded from ${new URL(binary.url).host}` }
    case 'unobtainable':
      return { host: 'browser', why: `Electron is not here: ${binary.why}` }
  }
}

/** What ends a host: told to, or by itself with a code. */
export type HostRun = { readonly code: number; readonly interrupted: boolean }

/** How it ended with a host: for good, or never having started. */
export type HostEnd =
  { readonly kind: 'ended'; readonly code: number } | { readonly kind: 'not-started'; readonly code: number }

/** Milliseconds before which an end means that the host cannot start here. */
const startLimit = 10_000
/** Milliseconds between an end and the next start. */
const restartPause = 1000
/** A host that ends by itself `most` times within `window` milliseconds is given `pause` before it starts again. */
const unsteady = { most: 5, window: 10 * 60_000, pause: 60_000 }

/** What time it is, and waiting; tests have their own. `now` is in milliseconds, from any start. */
export type Timing = {
  readonly now: () => number
  readonly pause: (milliseconds: number) => Promise<unknown>
}

const realTiming: Timing = { now: () => performance.now(), pause: (milliseconds) => pauseFor(milliseconds) }

/** A host that is killed dies with a code of 128 or more; one that cannot start ends by itself, with less. */
export const endedByItself = (code: number): boolean => code < 128

/**
 * Runs a host, and again whenever it ends by itself with something else than 0; says each time that it does. One
 * that has once run is never given up: nobody is there at night to start it by hand. An early end counts as not
 * having started where `cannotStart` says so of its code: always, unless given.
 */
export async function keepRunning(
  run: () => Promise<HostRun>,
  say: (line: string) => void,
  { now, pause }: Timing = realTiming,
  cannotStart: (code: number) => boolean = () => true,
): Promise<HostEnd> {
  let ends: readonly number[] = []
  let hasRun = false
  for (;;) {
    const began = now()
    const { code, interrupted } = await run()
    if (code === 0 || interrupted) return { kind: 'ended', code }
    if (!hasRun && now() - began < startLimit && cannotStart(code)) return { kind: 'not-started', code }
    hasRun = true
    if (code === restartCode) {
      say('The kiosk starts anew, as every night')
      continue
    }
    ends = [...ends, now()].filter((end) => now() - end < unsteady.window)
    const isUnsteady = ends.length >= unsteady.most
    say(
      isUnsteady
        ? `The kiosk ended by itself (code ${code}), the ${ends.length}th time within ten minutes, and starts again in a minute. Its own words are above.`
        : `The kiosk ended by itself (code ${code}) and starts again`,
    )
    await pause(isUnsteady ? unsteady.pause : restartPause)
  }
}

const root = join(import.meta.dirname, '..')

const say = (line: string): void => {
  console.error(line)
}

async function startBrowserHost(rest: readonly string[]): Promise<HostEnd> {
  await setUp(['chromium', 'bundle'])
  // What Node has compiled once it need not compile at the next start.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') }
  return keepRunning(
    () => runChild(process.execPath, ['electron/browser-host.ts', ...rest], { cwd: root, env }),
    say,
    realTiming,
    endedByItself,
  )
}

async function startElectron(rest: readonly string[]): Promise<HostEnd> {
  if (!installedElectron(root, process.env)) {
    say('Electron … downloading its binary (about 110 MB)')
    try {
      await downloadElectron(root, (line) => {
        say(`  … ${line}`)
      })
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
    }
  }
  const path = installedElectron(root, process.env)
  if (wasInterrupted()) return { kind: 'ended', code: 130 }
  if (!path) return { kind: 'not-started', code: 1 }
  await setUp(['bundle'])
  // Chromium refuses to run as root with its sandbox; nobody but a developer's container does.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return keepRunning(() => runChild(path, ['.', ...asRoot, ...rest], { cwd: root }), say)
}

async function main(): Promise<number> {
  const asked = readStartArguments(process.argv.slice(2))
  const { host, why } = await chooseHost(asked.host, hasDisplay(process.env, process.platform), () =>
    findElectron(root),
  )
  say(`Host: ${host}, because ${why}`)
  const inBrowser = async (): Promise<number> => (await startBrowserHost(asked.rest)).code
  if (host === 'browser') return inBrowser()
  const end = await startElectron(asked.rest)
  if (end.kind !== 'not-started') return end.code
  if (asked.host === 'electron') {
    say('\nElectron did not start.\nPlease run: npm start -- --host=browser')
    return 1
  }
  say('Host: browser, because Electron did not start')
  return inBrowser()
}

if (import.meta.main) await runCommand(main)
