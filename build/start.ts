import { join } from 'node:path'
import { hasDisplay } from '../electron/kiosk-window.ts'
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
  readOptions(rest, { content: '', prints: '' })
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

const root = join(import.meta.dirname, '..')

const say = (line: string): void => {
  console.error(line)
}

async function startBrowserHost(rest: readonly string[]): Promise<number> {
  await setUp(['chromium', 'bundle'])
  const { code } = await runChild(process.execPath, ['electron/browser-host.ts', ...rest], { cwd: root })
  return code
}

/** Resolves to null where Electron cannot be had or gives up at once. */
async function startElectron(rest: readonly string[]): Promise<number | null> {
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
  if (!path || wasInterrupted()) return null
  await setUp(['bundle'])
  // Chromium refuses to run as root with its sandbox; nobody but a developer's container does.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const began = Date.now()
  const { code } = await runChild(path, ['.', ...asRoot, ...rest], { cwd: root })
  return code !== 0 && Date.now() - began < 10_000 && !wasInterrupted() ? null : code
}

async function main(): Promise<number> {
  const asked = readStartArguments(process.argv.slice(2))
  const { host, why } = await chooseHost(asked.host, hasDisplay(process.env, process.platform), () =>
    findElectron(root),
  )
  say(`Host: ${host}, because ${why}`)
  if (host === 'browser') return await startBrowserHost(asked.rest)
  const code = await startElectron(asked.rest)
  if (wasInterrupted()) return code ?? 130
  if (code !== null) return code
  if (asked.host === 'electron') {
    say('\nElectron did not start.\nPlease run: npm start -- --host=browser')
    return 1
  }
  say('Host: browser, because Electron did not start')
  return await startBrowserHost(asked.rest)
}

if (import.meta.main) await runCommand(main)
