import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Log } from '../log.ts'
import { createStickWriting, type StickWriting } from '../machine/stick-write.ts'
import { readMounts } from './mounts.ts'
import { type FoundStick } from './stick-source.ts'

/** Mounts sticks that the system leaves unmounted, as far as it lets this process. */
export type Mounting = {
  /** Mounts a stick read-only; false where that is not allowed or does not work. */
  readonly open: (stick: FoundStick) => Promise<boolean>
  /** Makes a mounted stick writable until `close`; false where it is not to be had. */
  readonly makeWritable: (stick: FoundStick) => Promise<boolean>
  /** Read-only again; and unmounted where it was mounted here. */
  readonly close: (stick: FoundStick) => Promise<void>
}

/** Runs a program and gives what it printed; rejects where it fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>

const execute = promisify(execFile)

const runProgram: RunProgram = async (program, args) =>
  (await execute(program, [...args], { timeout: 20_000, env: { ...process.env, LC_ALL: 'C' } })).stdout

/** Nothing on a stick is ever executed, and no device file on it means anything. */
const guarded = 'nodev,nosuid,noexec'

/** Where this process mounts sticks itself. */
const ownFolder = '/run/lobby-kiosk/sticks'

/** While this file is there, the installed kiosk's own unit keeps its sticks writable. */
const askingFile = '/run/lobby-kiosk/write-to-stick'

/** How long the unit is given to make sticks writable, and to write everything down afterwards (milliseconds). */
const patience = { writable: 5000, readOnly: 60_000 } as const

/** What tests put in the place of the machine. */
export type MountingParts = {
  readonly run?: RunProgram
  readonly base?: string
  readonly asking?: string
  /** The text of /proc/self/mountinfo. */
  readonly mountinfo?: () => Promise<string>
}

/**
 * Mounts through udisks, which lets the user at the screen; else by `mount`, which needs root. Where neither
 * does, sticks are for the system to mount (a udev rule) and this only says so.
 */
export function createMounting(
  log: Log,
  options: { readonly run?: RunProgram; readonly base?: string; readonly writing?: StickWriting } = {},
  {
    run = runProgram,
    base = ownFolder,
    asking = askingFile,
    mountinfo = () => readFile('/proc/self/mountinfo', 'utf8'),
  }: MountingParts = {},
): Mounting {
  const { run = runProgram, base = ownFolder, writing = createStickWriting() } = options
  const mounted = new Map<string, 'udisks' | 'mount'>()
  const tried = async (program: string, args: readonly string[]): Promise<boolean> =>
    run(program, args).then(
      () => true,
      (error: unknown) => {
        log.info('A stick could not be mounted this way', { program, args: args.join(' '), error })
        return false
      },
    )
  const udisks = (verb: 'mount' | 'unmount', path: string, more: readonly string[] = []): Promise<boolean> =>
    tried('udisksctl', [verb, '--block-device', path, '--no-user-interaction', ...more])

  let asked = false

  /** Waits until what is mounted at `folder` is so; false where it does not come to that in time. */
  async function becomes(folder: string, state: keyof typeof patience): Promise<boolean> {
    for (const end = performance.now() + patience[state]; performance.now() < end; await pause(100)) {
      const mount = readMounts(await mountinfo()).findLast((each) => each.folder === folder)
      if (mount && mount.readOnly === (state === 'readOnly')) return true
    }
    return false
  }

  /** Asks the unit that is installed with the kiosk; false where there is none, or it does not answer. */
  async function askUnit(folder: string): Promise<boolean> {
    asked = await writeFile(asking, '').then(
      () => true,
      () => false,
    )
    if (!asked || (await becomes(folder, 'writable'))) return asked
    await rm(asking, { force: true })
    asked = false
    return false
  }

  return {
    open: async ({ path, state }) => {
      if (path === null || state !== 'not-mounted') return state === 'ready'
      if (await udisks('mount', path, ['--options', `ro,${guarded}`])) {
        mounted.set(path, 'udisks')
        return true
      }
      const folder = join(base, basename(path))
      const made = await mkdir(folder, { recursive: true }).then(
        () => true,
        () => false,
      )
      if (!made || !(await tried('mount', ['-o', `ro,${guarded}`, path, folder]))) return false
      mounted.set(path, 'mount')
      return true
    },
    makeWritable: async ({ path, folder, readOnly }) => {
      if (!readOnly) return true
      if (path === null || folder === null) return false
      if (await writing.begin(folder)) return true
      if (await askUnit(folder)) return true
      if (await tried('mount', ['-o', `remount,rw,${guarded}`, folder])) return true
      return (await udisks('unmount', path)) && (await udisks('mount', path, ['--options', `rw,${guarded}`]))
    },
    close: async ({ path, folder, readOnly }) => {
      if (path === null || folder === null) return
      if (asked) {
        asked = false
        await rm(asking, { force: true })
        // Only then has the unit written everything down.
        if (!(await becomes(folder, 'readOnly'))) log.warn('A stick was not made read-only again', { folder })
        return
      }
      const how = mounted.get(path)
      if (how === undefined) {
        if (await writing.end(folder)) return
        if (readOnly) await tried('mount', ['-o', `remount,ro,${guarded}`, folder])
        return
      }
      const done = how === 'udisks' ? await udisks('unmount', path) : await tried('umount', [folder])
      if (!done) return
      mounted.delete(path)
      if (how === 'mount') await rmdir(folder).catch(() => undefined)
    },
  }
}
