import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Why file systems cannot be mounted here; null where they can. */
export const noMounts: string | null = process.getuid?.() === 0 ? whyNoLoop() : 'mounting takes root'

function whyNoLoop(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-mount-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'kiosk', folder])
  if (status === 0) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return status === 0 ? null : 'this machine lets nobody mount'
}

/** Why programs cannot be traced here; null where they can. */
export const noTraces: string | null =
  spawnSync('strace', ['-o', '/dev/null', '-e', 'trace=fsync', 'true']).status === 0
    ? null
    : 'this machine lets nobody trace'

const folders: string[] = []
const mounts: string[] = []
afterAll(() => {
  for (const mount of mounts.splice(0).toReversed()) spawnSync('umount', ['-l', mount])
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder, gone after the test file. */
export function labFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-faults-'))
  folders.push(folder)
  return folder
}

/** A copy of a folder. */
export function copyOf(folder: string): string {
  const copy = join(labFolder(), 'copy')
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Mounts something, as told to `mount`, and says where; unmounted after the test file. */
export function mounted(...args: readonly string[]): string {
  const folder = labFolder()
  execFileSync('mount', [...args, folder], { stdio: 'pipe' })
  mounts.push(folder)
  return folder
}

/** Takes off what `mounted` has put on. */
export function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'pipe' })
  mounts.splice(mounts.indexOf(folder), 1)
}

/** Makes a file that holds an empty file system. */
export function imageOf(megabytes: number, maker: string, ...args: readonly string[]): string {
  const image = join(labFolder(), 'image')
  execFileSync('truncate', ['-s', `${megabytes}M`, image])
  execFileSync(maker, [...args, image], {
    stdio: 'pipe',
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  })
  return image
}

/** A folder of content in which `texts` are the files. */
export function folderOf(texts: Readonly<Record<string, string>>): string {
  const folder = join(labFolder(), 'content')
  mkdirSync(folder)
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
  return folder
}

/** System calls by which a program changes what lies on a disk. */
const changing = [
  'write',
  'pwrite64',
  'writev',
  'fsync',
  'fdatasync',
  'rename',
  'renameat2',
  'unlink',
  'mkdir',
  'ftruncate',
]

/** One of a program's system calls that changes the disk: the `nth` of its name. */
export type DiskCall = { readonly name: string; readonly nth: number }

const program = join(import.meta.dirname, 'install-edition.ts')

/** How a run ended: what it said, or null where it was cut off before it could. */
export type Run = { readonly said: { readonly kind: string; readonly edition: string } | null }

/** Runs the installing program under strace with these arguments. */
function trace(straceArguments: readonly string[], programArguments: readonly string[]): Run {
  const { stdout } = spawnSync(
    'strace',
    [...straceArguments, process.execPath, program, ...programArguments],
    {
      encoding: 'utf8',
      maxBuffer: 50_000_000,
    },
  )
  const line = stdout.trim()
  return { said: line === '' ? null : JSON.parse(line) }
}

/** Every call by which the program changes what lies below `state`, in order. */
export function diskCalls(state: string, ...rest: readonly string[]): readonly DiskCall[] {
  const report = join(labFolder(), 'calls')
  trace(['-y', '-qq', '-o', report, '-e', `trace=${changing.join(',')}`], [state, ...rest])
  const counts = new Map<string, number>()
  return readFileSync(report, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name] = /^(\w+)\(/.exec(line) ?? []
      if (name === undefined) return []
      const nth = (counts.get(name) ?? 0) + 1
      counts.set(name, nth)
      return line.includes(state) ? [{ name, nth }] : []
    })
}

/** Runs the program with a fault at one of its calls: `signal=KILL`, or `error=EIO`. */
export function runWith(fault: string, { name, nth }: DiskCall, args: readonly string[]): Run {
  return trace(
    ['-qq', '-o', '/dev/null', '-e', `trace=${name}`, '-e', `inject=${name}:${fault}:when=${nth}`],
    args,
  )
}

/** Runs the program as it is. */
export function run(args: readonly string[]): Run {
  const { stdout } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  const line = stdout.trim()
  return { said: line === '' ? null : JSON.parse(line) }
}
