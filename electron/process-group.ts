import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Milliseconds a program gets to end by itself before it is ended by force. */
const patience = 3000

/** Sends a signal to a program and all it started; nothing happens where they are gone already. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => {})
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has already ended.
  }
}

/** Ends a program that leads a group, and all it started: asks first, and resolves once `hasEnded` says so. */
export async function endGroup(pid: number, hasEnded: Promise<unknown>): Promise<void> {
  signalGroup(pid, 'SIGTERM')
  const force = setTimeout(signalGroup, patience, pid, 'SIGKILL')
  await hasEnded
  clearTimeout(force)
  // The first process may be gone before its helpers.
  signalGroup(pid, 'SIGKILL')
}

/** The same for a program that somebody else started; gives up on one that outlives its killing. */
export async function endOrphan(pid: number): Promise<void> {
  await endGroup(pid, untilGone(pid))
}

async function untilGone(pid: number): Promise<void> {
  for (const deadline = Date.now() + 2 * patience; Date.now() < deadline; await pause(50)) {
    if (!isAlive(pid)) return
  }
}

/** True while a program runs; one that has ended but whose parent has not asked after it yet runs no more. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return process.platform !== 'linux' || !hasEnded(pid)
}

function hasEnded(pid: number): boolean {
  try {
    // "pid (name) state …"; the name may hold brackets of its own.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^\) [ZX]/u.test(stat.slice(stat.lastIndexOf(')')))
  } catch {
    return true
  }
}

/** The command line of a program as one text; empty where it has ended or cannot be asked for it. */
export async function commandLineOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    }
    const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`
    const ask = promisify(execFile)
    const { stdout } =
      process.platform === 'win32'
        ? await ask('powershell', ['-NoProfile', '-Command', query])
        : await ask('ps', ['-o', 'command=', '-p', String(pid)])
    return stdout
  } catch {
    return ''
  }
}
