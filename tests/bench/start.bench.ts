import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { findChromium } from '../../electron/find-chromium.ts'

/*
 * On a built tree: how long from `npm start` to the first paint, how much JavaScript that takes, and what the
 * browser host weighs in memory. Beside each figure stands what nothing at all would cost. Linux only.
 * node tests/bench/start.bench.ts
 */

const root = join(import.meta.dirname, '../..')
const runs = 5

const executablePath = findChromium()
if (executablePath === null) throw new Error('There is no Chromium to measure with')
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })

/** Milliseconds from navigation to first contentful paint of the page at `url`. */
async function firstPaint(url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } })
  const page = await context.newPage()
  await page.goto(url)
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName('first-contentful-paint')) resolve(entry.startTime)
        }).observe({ type: 'paint', buffered: true })
      }),
  )
  await context.close()
  return paint
}

/** Resident memory in MB of a process and all below it, by name of program. */
function memoryBelow(pid: number): ReadonlyMap<string, number> {
  const parents = new Map<number, { parent: number; name: string; mb: number }>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      const status = readFileSync(`/proc/${entry}/status`, 'utf8')
      const read = (field: string) => new RegExp(`^${field}:\\s+(\\S+)`, 'mu').exec(status)?.[1] ?? '0'
      const rollup = readFileSync(`/proc/${entry}/smaps_rollup`, 'utf8')
      const pss = /^Pss:\s+(\d+)/mu.exec(rollup)?.[1] ?? '0'
      parents.set(Number(entry), { parent: Number(read('PPid')), name: read('Name'), mb: Number(pss) / 1024 })
    } catch {
      // It ended while it was being read.
    }
  }
  const isBelow = (id: number): boolean =>
    id === pid || (parents.has(id) && isBelow(parents.get(id)?.parent ?? 0))
  const sums = new Map<string, number>()
  for (const [id, { name, mb }] of parents) if (isBelow(id)) sums.set(name, (sums.get(name) ?? 0) + mb)
  return sums
}

type Start = {
  readonly listening: number
  readonly painted: number
  readonly memory: ReadonlyMap<string, number>
}

async function start(): Promise<Start> {
  const began = performance.now()
  const child = spawn('npm', ['start', '--', '--host=browser', '--no-window', '--port', '0'], {
    cwd: root,
    detached: true,
  })
  try {
    let url = ''
    for await (const line of createInterface({ input: child.stdout })) {
      url = /Open (http\S+)/u.exec(line)?.[1] ?? ''
      if (url !== '') break
    }
    const listening = performance.now() - began
    const painted = listening + (await firstPaint(url))
    return { listening, painted, memory: memoryBelow(child.pid ?? 0) }
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-(child.pid ?? 0), 'SIGINT')
    await ended
  }
}

async function bareStart(): Promise<number> {
  const began = performance.now()
  const child = spawn('npm', ['exec', '--', 'node', '-e', '0'], { cwd: root, stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
  return performance.now() - began
}

const middle = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

const blank = 'data:text/html,<!doctype html><p>x'
const starts: Start[] = []
const blanks: number[] = []
const bare: number[] = []
for (let run = 0; run < runs; run += 1) {
  starts.push(await start())
  blanks.push(await firstPaint(blank))
  bare.push(await bareStart())
}
await browser.close()

const assets = join(root, 'dist/renderer/assets')
const entry = readFileSync(join(root, 'dist/renderer/index.html'), 'utf8')
const scripts = [...new Set([...entry.matchAll(/assets\/([^"]+\.js)/gu)].map(([, file = '']) => file))].map(
  (file) => readFileSync(join(assets, file)),
)
const kB = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`

console.table({
  'npm start to "Open …"': {
    median: `${middle(starts.map((each) => each.listening)).toFixed(0)} ms`,
    baseline: `${middle(bare).toFixed(0)} ms (npm exec node -e 0)`,
  },
  'first contentful paint after navigation': {
    median: `${middle(starts.map((each) => each.painted - each.listening)).toFixed(0)} ms`,
    baseline: `${middle(blanks).toFixed(0)} ms (a blank page)`,
  },
  'npm start to first paint': {
    median: `${middle(starts.map((each) => each.painted)).toFixed(0)} ms`,
    baseline: `${(middle(bare) + middle(blanks)).toFixed(0)} ms`,
  },
  'initial JavaScript': {
    median: `${kB(scripts.reduce((sum, script) => sum + gzipSync(script).length, 0))} gzip`,
    baseline: `${kB(scripts.reduce((sum, script) => sum + script.length, 0))} plain`,
  },
})
console.log('Memory after the first page (proportional set size):')
for (const [name, mb] of starts.at(-1)?.memory ?? []) console.log(`  ${name.padEnd(16)} ${mb.toFixed(0)} MB`)
