import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { settingsTemplate } from '../../data/settings-template.ts'
import { keptPackages } from '../host-bundle.ts'

/** Where the program lies once installed. */
export const home = 'opt/lobby-kiosk'

/** The units of systemd, as they are in build/linux. */
export const units = [
  'lobby-kiosk.service',
  'lobby-kiosk-screen.service',
  'lobby-kiosk-stick-write.path',
  'lobby-kiosk-stick-write.service',
  'lobby-kiosk-stick@.service',
  'lobby-kiosk-turn.service',
] as const

/** Where the system's part of build/linux goes; a mode other than 644 is said. */
const systemFiles: readonly (readonly [source: string, target: string, mode?: number])[] = [
  ...units.map((unit) => [unit, `lib/systemd/system/${unit}`] as const),
  ['70-lobby-kiosk.rules', 'lib/udev/rules.d/70-lobby-kiosk.rules'],
  ['sysctl.conf', 'usr/lib/sysctl.d/90-lobby-kiosk.conf'],
  ['logind.conf', 'usr/lib/systemd/logind.conf.d/90-lobby-kiosk.conf'],
  ['xorg.conf', `${home}/system/xorg.conf`],
  ['xkb', `${home}/system/xkb`, 0o755],
  ['stick', `${home}/system/stick`, 0o755],
  ['make-xauthority', `${home}/system/make-xauthority`, 0o755],
  ['kiosk', 'usr/bin/kiosk', 0o755],
  ['chromium-policy.json', `${home}/system/chromium-policy.json`],
]

/** Links below /etc: unlike files there, they go when the package is removed, and with them what they decide. */
const links: Readonly<Record<string, string>> = {
  'etc/lobby-kiosk/kiosk.jsonc': '/var/lib/lobby-kiosk/kiosk.jsonc',
  'etc/chromium/policies/managed/lobby-kiosk.json': `/${home}/system/chromium-policy.json`,
  'etc/chromium-browser/policies/managed/lobby-kiosk.json': `/${home}/system/chromium-policy.json`,
  'etc/opt/chrome/policies/managed/lobby-kiosk.json': `/${home}/system/chromium-policy.json`,
}

export type TreeParts = {
  /** Top of the checkout. */
  readonly root: string
  /** The built screen. */
  readonly renderer: string
  /** The folder that becomes the file system's root; empty so far. */
  readonly folder: string
  /** The bundled host: what `bundleHost` made. */
  readonly host: string
  /** The Node that goes with it: a program file. */
  readonly node: string
  readonly version: string
}

/** Lays out all files of the browser host's package. */
export function layOutTree({ root, renderer, folder, host, node, version }: TreeParts): void {
  const put = (source: string, target: string, mode?: number): void => {
    const path = join(folder, target)
    mkdirSync(dirname(path), { recursive: true })
    cpSync(source, path, { recursive: true, dereference: true })
    if (mode !== undefined) chmodSync(path, mode)
  }
  for (const [source, target, mode] of systemFiles)
    put(join(root, 'build/linux', source), target, mode ?? 0o644)
  put(host, `${home}/host`)
  put(node, `${home}/bin/node`, 0o755)
  put(renderer, `${home}/dist/renderer`)
  put(join(root, 'data/content'), `${home}/data/content`)
  for (const name of keptPackages) put(join(root, 'node_modules', name), `${home}/node_modules/${name}`)
  write(
    join(folder, home, 'package.json'),
    `${JSON.stringify({ name: 'lobby-kiosk', version, type: 'module' })}\n`,
  )
  write(join(folder, home, 'kiosk.jsonc'), settingsTemplate())
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(dirname(join(folder, link)), { recursive: true })
    symlinkSync(target, join(folder, link))
  }
  write(join(folder, 'usr/share/doc/lobby-kiosk-browser/copyright'), copyrightOf(root, node))
  evenModes(folder)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The licences of all that is in the package, as far as their files are there. */
function copyrightOf(root: string, node: string): string {
  const files: readonly (readonly [string, string])[] = [
    ['Lobby kiosk', join(root, 'LICENSE')],
    ['Node.js', join(dirname(dirname(node)), 'LICENSE')],
    ['playwright-core', join(root, 'node_modules/playwright-core/LICENSE')],
    ['Noto Sans SC', join(root, 'node_modules/@fontsource-variable/noto-sans-sc/LICENSE')],
    ['Noto Sans Arabic', join(root, 'node_modules/@fontsource-variable/noto-sans-arabic/LICENSE')],
  ]
  return files
    .filter(([, file]) => existsSync(file))
    .map(([name, file]) => `${name}\n${'='.repeat(name.length)}\n\n${readFileSync(file, 'utf8').trim()}\n`)
    .join('\n\n')
}

/** Takes away what a builder's umask did: all may read, nobody but root may write. */
function evenModes(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
