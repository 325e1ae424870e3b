import { execFile } from 'node:child_process'
import { mkdir, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from '../log.ts'
import { createStickWriting, type StickWriting } from '../machine/stick-write.ts'
import type { FoundStick } from './stick-source.ts'

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

/**
 * Mounts through udisks, which lets the user at the screen; else by `mount`, which needs root. Where neither
 * does, sticks are for the system to mount (a udev rule) and this only says so.
 */
export function createMounting(
  log: Log,
  options: { readonly run?: RunProgram; readonly base?: string; readonly writing?: StickWriting } = {},
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
      if (await tried('mount', ['-o', `remount,rw,${guarded}`, folder])) return true
      return (await udisks('unmount', path)) && (await udisks('mount', path, ['--options', `rw,${guarded}`]))
    },
    close: async ({ path, folder, readOnly }) => {
      if (path === null || folder === null) return
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
