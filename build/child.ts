import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'

/** How a program ended. `interrupted`: because this process was told to stop. */
export type Ended = { readonly code: number; readonly interrupted: boolean }

/** Where a program's output goes: straight to ours, or line by line to a function. */
export type Output = 'inherit' | ((line: string) => void)

export type ChildOptions = {
  readonly output?: Output
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Ends the program after this many milliseconds. */
  readonly limit?: number
}

const live = new Set<ChildProcess>()
let interrupted = false

/** Milliseconds a program has to end by itself once it was told to. */
const grace = 8000

/** Sends a signal to a program and all it started; says nothing where they are gone already. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    return
  }
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  signalGroup(child, signal)
  setTimeout(() => signalGroup(child, 'SIGKILL'), grace).unref()
}

function onSignal(signal: NodeJS.Signals): void {
  // A terminal's Ctrl-C arrives twice: from the terminal, and passed on by the parent.
  if (interrupted) return
  interrupted = true
  if (live.size === 0) process.exit(128 + constants.signals[signal])
  for (const child of live) stop(child, signal)
}

/** True once this process was told to stop. */
export const wasInterrupted = (): boolean => interrupted

/**
 * Runs a program to its end and leaves nothing of it behind.
 *
 * It gets a process group of its own, so that it sees each signal once and whatever it leaves behind can
 * be ended with it. SIGINT, SIGTERM and SIGHUP are passed on; what has not ended 8 s later is killed.
 * Rejects where the program cannot be started.
 */
export async function runChild(
  command: string,
  args: readonly string[],
  { output = 'inherit', env = process.env, cwd = process.cwd(), limit }: ChildOptions = {},
): Promise<Ended> {
  if (interrupted) return { code: 130, interrupted }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (!process.listeners(signal).includes(onSignal)) process.on(signal, onSignal)
  }
  const pipe = output === 'inherit' ? 'inherit' : 'pipe'
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', pipe, pipe],
    detached: process.platform !== 'win32',
  })
  live.add(child)
  if (output !== 'inherit') {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', output)
    }
  }
  const timer = limit === undefined ? undefined : setTimeout(() => stop(child, 'SIGTERM'), limit)
  try {
    return await new Promise<Ended>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        signalGroup(child, 'SIGKILL')
        resolve({ code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], interrupted })
      })
    })
  } finally {
    clearTimeout(timer)
    live.delete(child)
  }
}

/**
 * Runs a program out of sight: every five seconds `say` gets the time and its newest line, and where it
 * fails its last lines are in the error thrown.
 */
export async function runQuietly(
  command: string,
  args: readonly string[],
  say: (line: string) => void,
  options: Omit<ChildOptions, 'output'> = {},
): Promise<void> {
  const lines: string[] = []
  const began = Date.now()
  const progress = setInterval(() => {
    say(`${Math.round((Date.now() - began) / 1000)} s: ${lines.at(-1) ?? 'working'}`)
  }, 5000)
  try {
    const ended = await runChild(command, args, {
      ...options,
      output: (line) => {
        if (line.trim() !== '') lines.push(stripVTControlCharacters(line).trimEnd())
      },
    })
    if (ended.code === 0) return
    const last = lines.slice(-30).map((line) => `    ${line}`)
    throw new Error([`${command} ${args.join(' ')} ended with code ${ended.code}:`, ...last].join('\n'))
  } finally {
    clearInterval(progress)
  }
}
