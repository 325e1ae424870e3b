import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Stick } from '../../data/sticks.ts'
import { type BlockDevice, lsblkColumns, readBlockDevices } from './block-devices.ts'
import { type Mount, readMounts } from './mounts.ts'

/** A stick's file system, and where it can be read: null where it is not mounted. */
export type FoundStick = Stick & {
  readonly folder: string | null
  /** "/dev/sdb1"; null for a folder that stands for a stick. */
  readonly path: string | null
}

/** Where sticks are looked for. */
export type StickSource = {
  /** Something cheap that changes whenever a stick comes or goes; never rejects. */
  readonly mark: () => Promise<string>
  /** The sticks plugged in; empty where the system does not say. */
  readonly look: () => Promise<readonly FoundStick[]>
}

/** What Linux says of its drives; tests say it themselves. */
export type LinuxView = {
  /** The text of /proc/self/mountinfo. */
  readonly mountinfo: () => Promise<string>
  /** The names in /sys/class/block. */
  readonly blockNames: () => Promise<readonly string[]>
  /** What `lsblk --json` prints. */
  readonly lsblk: () => Promise<string>
}

const run = promisify(execFile)

/** The machine's own view. */
export const thisLinux: LinuxView = {
  mountinfo: () => readFile('/proc/self/mountinfo', 'utf8'),
  blockNames: () => readdir('/sys/class/block'),
  lsblk: async () => {
    const args = ['--json', '--bytes', '--output', lsblkColumns]
    return (await run('lsblk', args, { timeout: 5000, env: { ...process.env, LC_ALL: 'C' } })).stdout
  },
}

/** Sticks of a Linux machine. */
export function linuxSticks(view: LinuxView = thisLinux): StickSource {
  return {
    mark: async () => {
      const [mounts, names] = await Promise.all([
        view.mountinfo().catch(() => ''),
        view.blockNames().catch(() => []),
      ])
      return `${names.toSorted().join(' ')}\n${mounts}`
    },
    look: async () => {
      const [mounts, devices] = await Promise.all([view.mountinfo(), view.lsblk()])
      return findSticks(readBlockDevices(devices), readMounts(mounts))
    },
  }
}

/** Folders that stand for sticks: for development, and for tests that mount an image themselves. */
export function folderSticks(folders: readonly string[]): StickSource {
  const look = async (): Promise<readonly FoundStick[]> => {
    const there = await Promise.all(
      folders.map((folder) =>
        readdir(folder).then(
          () => folder,
          () => null,
        ),
      ),
    )
    return there.flatMap((folder) =>
      folder === null
        ? []
        : [
            {
              id: resolve(folder),
              name: basename(folder),
              size: null,
              state: 'ready',
              readOnly: false,
              folder: resolve(folder),
              path: null,
            } as const,
          ],
    )
  }
  return { look, mark: async () => (await look()).map(({ id }) => id).join('\n') }
}

/** File systems that hold no files a person put there. */
const noFileSystems: ReadonlySet<string> = new Set([
  'swap',
  'LVM2_member',
  'crypto_LUKS',
  'linux_raid_member',
])

/**
 * The sticks among a machine's drives: removable ones and what hangs on USB, but never a disk of which any
 * part is where the system lives, whatever that disk calls itself.
 */
export function findSticks(devices: readonly BlockDevice[], mounts: readonly Mount[]): readonly FoundStick[] {
  return devices
    .filter(({ kind, removable, transport }) => kind === 'disk' && (removable || transport === 'usb'))
    .filter((disk) => !withParts(disk).some((part) => mountsOf(part, mounts).some(isSystem)))
    .flatMap((disk) =>
      (disk.parts.length > 0 ? disk.parts : [disk]).map((part) => stickOf(part, disk, mounts)),
    )
    .filter((stick): stick is FoundStick => stick !== null)
}

const withParts = (device: BlockDevice): readonly BlockDevice[] => [
  device,
  ...device.parts.flatMap(withParts),
]

/** Where a part is mounted; a file system in user space has no device of its own, only its source's name. */
const mountsOf = ({ device, path }: BlockDevice, mounts: readonly Mount[]): readonly Mount[] =>
  mounts.filter((mount) => mount.device === device || mount.source === path)

const isSystem = ({ folder }: Mount): boolean =>
  folder === '/' || /^\/(?:boot|efi|etc|home|opt|root|srv|usr|var)(?:\/|$)/.test(folder)

function stickOf(part: BlockDevice, disk: BlockDevice, mounts: readonly Mount[]): FoundStick | null {
  // A slot for cards without a card is a disk of no size.
  if (part.size === 0) return null
  const mount = mountsOf(part, mounts).at(-1)
  const isKnown = part.fileSystem !== null && !noFileSystems.has(part.fileSystem)
  return {
    id: part.path,
    name: part.label ?? disk.model,
    size: part.size,
    state: mount ? 'ready' : isKnown ? 'not-mounted' : 'unknown-format',
    readOnly: part.readOnly || disk.readOnly || (mount?.readOnly ?? false),
    folder: mount?.folder ?? null,
    path: part.path,
  }
}
