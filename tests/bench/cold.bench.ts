import { execFileSync, spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundleHost } from '../../build/host-bundle.ts'
import { createLooker, windowStandIn } from '../../build/supervised-kiosk.ts'
import { kioskArguments } from '../../electron/kiosk-window.ts'

/*
 * On a built tree: from the start of the process, bundled as it is installed, until a touch on what stands leads on,
 * and until the waiting screen stands whole; words count once their letters are there, and nothing before the page is
 * painted. Beside it the same Chromium, with the same arguments, opening and painting an empty page; and, as the least
 * any kiosk behind an address of its own can take, one that a Node of a few lines has started and serves with it.
 * By turns, each with a new profile. First as after a start of the machine, with nothing of the disk in memory (as root), then as when
 * the kiosk starts anew. Then what both weigh. Linux only.
 * node tests/bench/cold.bench.ts
 */

const root = join(import.meta.dirname, '../..')
const runs = Number(process.argv[2] ?? 5)
/** The kiosk as it is installed, put together from links, and what Node has compiled at an earlier start. */
const installed = join(root, 'node_modules/.cache/cold')
const compiled = join(installed, 'compiled')
/** Writing 3 here makes Linux forget what it has read of the disk. */
const dropCaches = '/proc/sys/vm/drop_caches'
/** Milliseconds after which memory is looked at. */
const settling = 6000

type Start = {
  /** Seconds until each of the scripts was true. */
  readonly seconds: readonly number[]
  readonly mb: number
  readonly hostMb: number
}

/** Starts a program with a folder of its own, waits until each of `scripts` has been true in its window, and weighs it. */
async function start(
  command: (folder: string, executable: string) => readonly string[],
  profileIn: (folder: string) => string,
  scripts: readonly string[],
  forget: boolean,
): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-cold-'))
  mkdirSync(join(folder, 'tmp'))
  const executable = windowStandIn(folder, { width: 1080, height: 1920 })
  const [program = '', ...args] = command(folder, executable)
  if (forget) {
    execFileSync('sync')
    writeFileSync(dropCaches, '3')
  }
  const began = performance.now()
  const child = spawn(program, args, {
    cwd: root,
    env: {
      ...process.env,
      KIOSK_CHROMIUM: executable,
      DISPLAY: ':none',
      TMPDIR: join(folder, 'tmp'),
      NODE_COMPILE_CACHE: compiled,
    },
    stdio: 'ignore',
    detached: true,
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const looker = createLooker(profileIn(folder))
  try {
    const seconds: number[] = []
    for (const script of scripts) {
      for (;;) {
        const page = await looker.look()
        if (page && (await page.evaluate(script).catch(() => false)) === true) break
        if (performance.now() - began > 120_000) throw new Error('It did not start')
        await pause(10)
      }
      seconds.push((performance.now() - began) / 1000)
    }
    await looker.close()
    await pause(settling)
    const profile = `--user-data-dir=${profileIn(folder)}`
    return {
      seconds,
      mb: memory((line) => line.includes(profile)),
      hostMb: memory((line) => line.includes('browser-host') && line.includes(folder)),
    }
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGTERM')
    await Promise.race([ended, pause(8000)])
    for (const { pid, line } of processes()) if (line.includes(folder)) process.kill(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function processes(): readonly { readonly pid: number; readonly line: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return [
        { pid: Number(name), line: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') },
      ]
    } catch {
      return []
    }
  })
}

/** Proportional memory in MB of the processes whose command line is meant. */
function memory(isMeant: (line: string) => boolean): number {
  return processes().reduce((sum, { pid, line }) => {
    if (!isMeant(line)) return sum
    try {
      return (
        sum + Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024
      )
    } catch {
      return sum
    }
  }, 0)
}

const port = '4699'
const isPainted = `performance.getEntriesByType('paint').length > 0`
/** True where a finger on the middle of `selector` reaches it, and the letters of each of `fonts` are there. */
const canTouch = (selector: string, fonts: readonly string[]): string => `(() => {
  const button = document.querySelector('${selector}')
  const box = button?.getBoundingClientRect()
  return !!box && button.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)) &&
    ${JSON.stringify(fonts)}.every((font) => document.fonts.check(font, button.textContent))
})()`
const whole = canTouch('.attract .start', [`900 1em 'Noto Sans SC'`, `500 1em 'Noto Sans SC'`])
/** Whichever is there: the cover may be gone before it is looked at. */
const takesTouch = `${isPainted} && (${whole} || ${canTouch('#cover .whole', [`900 1em 'Cover'`])})`

const kiosk = (forget: boolean) =>
  start(
    (folder) => [
      process.execPath,
      join(installed, 'host/browser-host.js'),
      ...['--port', port, '--state', join(folder, 'state'), '--prints', join(folder, 'prints')],
    ],
    (folder) => join(folder, 'tmp', `kiosk-profile-${process.getuid?.()}-${port}`),
    [takesTouch, whole],
    forget,
  )
const empty = '<title>x</title><p>x'
const isEmpty = `${isPainted} && document.title === 'x'`
const emptyArguments = (folder: string, url: string): readonly string[] =>
  kioskArguments({
    url,
    profile: join(folder, 'profile'),
    windowed: false,
    isRoot: process.getuid?.() === 0,
  })
const emptyPage = (forget: boolean) =>
  start(
    (folder, executable) => [executable, ...emptyArguments(folder, `data:text/html,${empty}`)],
    (folder) => join(folder, 'profile'),
    [isEmpty],
    forget,
  )
/** Serves the empty page and starts what its arguments say. */
const leastHost = `
  const { createServer } = process.getBuiltinModule('node:http')
  const [program, ...args] = process.argv.slice(1)
  createServer((request, response) => response.setHeader('content-type', 'text/html').end('${empty}'))
    .listen(${port}, '127.0.0.1', () => process.getBuiltinModule('node:child_process').spawn(program, args))`
const servedPage = (forget: boolean) =>
  start(
    (folder, executable) => [
      process.execPath,
      ...['-e', leastHost, executable],
      ...emptyArguments(folder, `http://127.0.0.1:${port}/`),
    ],
    (folder) => join(folder, 'profile'),
    [isEmpty],
    forget,
  )

async function putTogether(): Promise<void> {
  rmSync(installed, { recursive: true, force: true })
  await bundleHost(root, join(installed, 'host'))
  for (const folder of ['dist', 'data']) symlinkSync(join(root, folder), join(installed, folder))
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'))
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

const listed = (seconds: readonly number[]): string => seconds.map((each) => each.toFixed(2)).join(' / ')

/** Starts both by turns; the rows of the table. */
async function compare(what: string, forget: boolean): Promise<Record<string, Record<string, string>>> {
  const kiosks: Start[] = []
  const blanks: Start[] = []
  const served: Start[] = []
  for (let run = 0; run < runs; run += 1) {
    kiosks.push(await kiosk(forget))
    blanks.push(await emptyPage(forget))
    served.push(await servedPage(forget))
    const last = [kiosks, blanks, served].map((all) => `${listed(all.at(-1)?.seconds ?? [])} s`)
    console.log(
      `  ${what}, run ${run + 1}: kiosk ${last[0]}, empty page ${last[1]}, served by a Node ${last[2]}`,
    )
  }
  const seconds = (all: readonly Start[], script: number) =>
    middle(all.map((each) => each.seconds[script] ?? NaN))
  const row = (script: number) => ({
    kiosk: `${seconds(kiosks, script).toFixed(2)} s`,
    'empty page': `${seconds(blanks, 0).toFixed(2)} s`,
    'served by a Node': `${seconds(served, 0).toFixed(2)} s`,
    ratio: middle(
      kiosks.map((each, run) => (each.seconds[script] ?? NaN) / (blanks[run]?.seconds[0] ?? NaN)),
    ).toFixed(2),
  })
  const mb = (all: readonly Start[]) => middle(all.map((each) => each.mb))
  return {
    [`until a touch leads on, ${what}`]: row(0),
    [`until the waiting screen is whole, ${what}`]: row(1),
    ...(!forget && {
      'memory of the window, idle': {
        kiosk: `${mb(kiosks).toFixed(0)} MB`,
        'empty page': `${mb(blanks).toFixed(0)} MB`,
        ratio: (mb(kiosks) / mb(blanks)).toFixed(2),
      },
      'memory of the host, idle': { kiosk: `${middle(kiosks.map((each) => each.hostMb)).toFixed(0)} MB` },
    }),
  }
}

await putTogether()
// The first start compiles what the others find compiled.
await kiosk(false)
const canForget = existsSync(dropCaches) && process.getuid?.() === 0
console.table({
  ...(canForget && (await compare('as after a start of the machine', true))),
  ...(await compare('as when it starts anew', false)),
})
console.log(`Machine load ${loadavg()[0]?.toFixed(1)}`)
