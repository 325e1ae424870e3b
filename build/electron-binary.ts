import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './child.ts'

/** Where Electron's own program stands on this machine. */
export type ElectronBinary =
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'downloadable'; readonly url: string }
  | { readonly kind: 'unobtainable'; readonly why: string }

type Environment = Readonly<Record<string, string | undefined>>

const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
}

/** The installed binary of the npm package `electron`, or the one in ELECTRON_OVERRIDE_DIST_PATH; null: none. */
export function installedElectron(root: string, env: Environment): string | null {
  const program = programs[process.platform]
  if (!program) return null
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] || join(root, 'node_modules/electron/dist')
  const path = join(folder, program)
  return existsSync(path) ? path : null
}

/** The address `install-electron` downloads from; ELECTRON_MIRROR and npm's electron_mirror are honoured. */
export function electronUrl(version: string, env: Environment, platform: string, arch: string): string {
  const mirror =
    env['npm_config_electron_mirror'] ||
    env['NPM_CONFIG_ELECTRON_MIRROR'] ||
    env['ELECTRON_MIRROR'] ||
    'https://github.com/electron/electron/releases/download/'
  const folder = env['npm_config_electron_custom_dir'] || env['ELECTRON_CUSTOM_DIR'] || `v${version}`
  return `${mirror}${folder.replace('{{ version }}', version)}/electron-v${version}-${platform}-${arch}.zip`
}

/** Null where the address answers within two seconds that it has the file; otherwise why not. */
export async function whyUnreachable(url: string, limit = 2000): Promise<string | null> {
  const { host } = new URL(url)
  try {
    const reply = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(limit) })
    if (reply.ok) return null
    if (reply.status === 404) return `${host} has no Electron for this system`
    return `${host} answers ${reply.status}`
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return timedOut ? `${host} does not answer within ${limit / 1000} s` : `${host} cannot be reached`
  }
}

function electronVersion(root: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  if (parsed && typeof parsed === 'object' && 'version' in parsed) return String(parsed.version)
  throw new Error('node_modules/electron/package.json names no version')
}

/** Looks for Electron's binary here, and where it is not here asks the release host for it. */
export async function findElectron(root: string, env: Environment = process.env): Promise<ElectronBinary> {
  const path = installedElectron(root, env)
  if (path) return { kind: 'present', path }
  if (env['ELECTRON_OVERRIDE_DIST_PATH']) {
    return { kind: 'unobtainable', why: 'ELECTRON_OVERRIDE_DIST_PATH holds no Electron' }
  }
  if (!programs[process.platform]) return { kind: 'unobtainable', why: `no Electron for ${process.platform}` }
  const url = electronUrl(electronVersion(root), env, process.platform, process.arch)
  const why = await whyUnreachable(url)
  return why ? { kind: 'unobtainable', why } : { kind: 'downloadable', url }
}

/** Downloads Electron's binary as its package does on the first run. Rejects after three minutes or with its words. */
export async function downloadElectron(root: string, say: (line: string) => void): Promise<void> {
  const script = join(root, 'node_modules/electron/install.js')
  await runQuietly(process.execPath, [script], say, { cwd: root, limit: 180_000 })
}
