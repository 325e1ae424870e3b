import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runQuietly } from '../child.ts'
import { bundleHost } from '../host-bundle.ts'
import { layOutTree } from './tree.ts'

/** What the package needs of the system. Alternatives name the packages of other distributions. */
const depends = [
  'adduser',
  'chromium | chromium-browser | google-chrome-stable',
  'init-system-helpers (>= 1.51)',
  'libc6 (>= 2.28)',
  'libstdc++6 (>= 8)',
  'mount',
  'systemd (>= 241)',
  'udev',
  'util-linux',
  // Brings xkbcomp, by which the X server makes the keyboard.
  'x11-xkb-utils',
  'x11-xserver-utils',
  'xauth',
  'xinput',
  'xserver-xorg-core',
  'xserver-xorg-input-libinput | xserver-xorg-input-all',
]
const recommends = [
  'chromium-sandbox',
  'cups',
  'exfatprogs | exfat-fuse',
  'ntfs-3g',
  'systemd-timesyncd | chrony | ntp',
]
const suggests = ['xserver-xorg-video-fbdev']

/** Debian's names of the processors, by Node's. */
const architectures: Readonly<Record<string, string>> = {
  arm64: 'arm64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  riscv64: 'riscv64',
  x64: 'amd64',
}

/** Debian's name of the processor this runs on; Node's own where it is not known. */
export const thisArchitecture = (): string => architectures[process.arch] ?? process.arch

export type DebParts = {
  /** Top of the checkout. */
  readonly root: string
  /** The built screen. */
  readonly renderer: string
  /** Where the package is put. */
  readonly out: string
  readonly version: string
  /** Debian's name of the processor. */
  readonly architecture: string
  /** The Node for that processor: a program file. */
  readonly node: string
  /** As `dpkg-deb -Z` takes it; "xz" is small and slow. */
  readonly compression: 'xz' | 'gzip' | 'none'
  readonly say: (line: string) => void
}

/** The control file of the package. `size` is in KiB. */
export function controlOf(version: string, architecture: string, size: number): string {
  return `${[
    'Package: lobby-kiosk-browser',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: The Lobby Kiosk authors <lobby-kiosk@localhost>',
    `Installed-Size: ${size}`,
    `Depends: ${depends.join(', ')}`,
    `Recommends: ${recommends.join(', ')}`,
    `Suggests: ${suggests.join(', ')}`,
    'Conflicts: lobby-kiosk',
    'Section: misc',
    'Priority: optional',
    'Description: self-service touchscreen for the lobby of a public-service department',
    ' A visitor finds a service, reads what to bring, sees where to go and takes away',
    ' a printed checklist. This package shows it in the Chromium of the distribution;',
    ' it brings its own Node and fonts, an X session without a desktop, a user without',
    ' rights, and a watchdog.',
  ].join('\n')}\n`
}

/** Builds the package of the browser host; resolves to its path. */
export async function buildDeb(parts: DebParts): Promise<string> {
  const { root, renderer, out, version, architecture, node, compression, say } = parts
  const work = mkdtempSync(join(tmpdir(), 'kiosk-deb-'))
  try {
    say('bundling the host')
    await bundleHost(root, join(work, 'host'))
    say('laying out the files')
    const folder = join(work, 'tree')
    layOutTree({ root, renderer, folder, host: join(work, 'host'), node, version })
    mkdirSync(join(folder, 'DEBIAN'))
    chmodSync(join(folder, 'DEBIAN'), 0o755)
    writeFileSync(join(folder, 'DEBIAN/control'), controlOf(version, architecture, kibibytesIn(folder)))
    for (const script of ['preinst', 'postinst', 'prerm', 'postrm']) {
      cpSync(join(root, 'build/deb', script), join(folder, 'DEBIAN', script))
      chmodSync(join(folder, 'DEBIAN', script), 0o755)
    }
    mkdirSync(out, { recursive: true })
    const file = join(out, `lobby-kiosk-browser_${version}_${architecture}.deb`)
    say(`packing with ${compression}`)
    const how = ['--root-owner-group', `-Z${compression}`, ...(compression === 'gzip' ? ['-z1'] : [])]
    await runQuietly('dpkg-deb', [...how, '--build', folder, file], say)
    return file
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function kibibytesIn(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  )
  return files.reduce(
    (sum, entry) => sum + Math.ceil(statSync(join(entry.parentPath, entry.name)).size / 1024),
    0,
  )
}
