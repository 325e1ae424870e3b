import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { runCommand } from './setup.ts'
import { type Scene, type SoakFault, soakFaults } from './soak/faults.ts'
import {
  type Sample,
  handlesOf,
  measurePage,
  memoryOf,
  percentile,
  quantities,
  slopePerThousand,
} from './soak/measure.ts'
import { openProbe, type Probe } from './soak/probe.ts'
import { makeVisits, type VisitsAsked } from './soak/visitor.ts'
import { type SupervisedKiosk, startSupervisedKiosk } from './supervised-kiosk.ts'
import { layTable } from './text-table.ts'

/*
 * Visitors without end, at the kiosk as they have it. `--minutes N`: with faults in between; `--visits N`: as
 * many visits as that, undisturbed, to see what grows.
 */

const usage = 'Please run: npm run soak -- --minutes 60, or npm run soak -- --visits 10000'
/** Visits between two measurements. */
const batch = 25
/** As a share of all samples, those that are not judged: caches fill, and code that is run often is compiled. */
const warmUp = 0.3
/** Minutes between two faults. */
const faultPace = 2
/** Fewer visits than this tell nothing of growth. */
const leastJudged = 2000
/** How much the heap may have grown at the end, as a share. */
const mostHeapGrowth = 0.05

/** Seconds after which a screen that has died must be back. */
const usableWithin = 10

type Recovery = { readonly name: string; readonly kind: SoakFault['kind']; readonly seconds: number }

const visitsSchema = v.object({
  visits: v.number(),
  taps: v.number(),
  latencies: v.array(v.number()),
  problems: v.array(v.string()),
})

async function soak(minutes: number, visits: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-soak-'))
  const stick = join(folder, 'stick')
  // Where only growth is asked for, a small picture saves the drawing: the page lays itself out the same.
  const kiosk = await startSupervisedKiosk({
    folder,
    args: ['--stick', stick],
    ...(visits > 0 && { viewport: { width: 540, height: 960 } }),
  })
  const scene: Scene = { kiosk, stick }
  const look = createLook(kiosk)
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 60_000
  const latencies: number[] = []
  const problems: string[] = []
  const recoveries: Recovery[] = []
  // A screen that was started anew begins anew to fill its caches, and is another to be looked at.
  let samples: Sample[] = []
  let longest: Sample[] = []
  let made = 0
  let nextFault = faultPace
  let screen: Probe | null = null
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (interrupted = true))

  try {
    await waitingScreen(look)
    while (!interrupted && (visits > 0 ? made < visits : passed() < minutes)) {
      const probe = await waitingScreen(look)
      if (probe !== screen) samples = []
      screen = probe
      const done = await visit(probe, { visits: batch, seed: made + 1 }).catch(String)
      if (typeof done === 'string') {
        problems.push(done.slice(0, 100))
        continue
      }
      made += done.visits
      latencies.push(...done.latencies)
      problems.push(...done.problems)
      samples.push(await sampleOf(kiosk, probe, made, passed()))
      if (samples.length > longest.length) longest = samples
      report(made, passed(), samples)
      if (visits === 0 && passed() >= nextFault && passed() < minutes - 1) {
        nextFault += faultPace
        const fault = soakFaults[recoveries.length % soakFaults.length]
        if (fault) recoveries.push(await suffer(scene, look, fault, made))
      }
    }
    return conclude({ made, minutes: passed(), samples: longest, latencies, problems, recoveries })
  } catch (error) {
    throw new Error(`The soak broke off; the kiosk's last words:\n${kiosk.said().slice(-2000)}`, {
      cause: error,
    })
  } finally {
    await kiosk.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Look = () => Promise<Probe | null>

/** Looks at the page in the window as it is just now; null where there is none, or none that answers. */
function createLook(kiosk: SupervisedKiosk): Look {
  let known: { readonly port: string; readonly probe: Probe } | null = null
  return async () => {
    const port = kiosk.devtoolsPort()
    if (known && known.port === port && known.probe.isOpen()) return known.probe
    known?.probe.close()
    known = null
    const probe = port === null ? null : await openProbe(port).catch(() => null)
    if (port === null || probe === null) return null
    known = { port, probe }
    return probe
  }
}

/** Visits made in the page. What makes them is read there once: as often as it is read, its code stays. */
async function visit(probe: Probe, asked: VisitsAsked): Promise<v.InferOutput<typeof visitsSchema>> {
  await probe.evaluate(`globalThis.makeVisits ??= ${makeVisits.toString()}; null`)
  return v.parse(visitsSchema, await probe.evaluate(`makeVisits(${JSON.stringify(asked)})`))
}

/** The page once it waits for a visitor. */
async function waitingScreen(look: Look): Promise<Probe> {
  for (const end = performance.now() + 200_000; performance.now() < end; await pause(200)) {
    const probe = await look()
    const waits = await probe?.evaluate(`document.querySelector('.attract') !== null`).catch(() => false)
    if (probe && waits === true) return probe
  }
  throw new Error('The kiosk does not come back')
}

async function suffer(scene: Scene, look: Look, fault: SoakFault, seed: number): Promise<Recovery> {
  const { kiosk } = scene
  const { name, kind } = fault
  const before = kiosk.windowPids('browser')
  const began = performance.now()
  const took = (): number => (performance.now() - began) / 1000
  switch (kind) {
    case 'lasting':
      fault.begin(scene)
      await visit(await waitingScreen(look), { visits: batch, seed })
      fault.end(scene)
      return { name, kind, seconds: took() }
    case 'deadly':
      fault.happen(scene)
      while (kiosk.windowPids('browser').some((pid) => before.includes(pid))) await pause(100)
      await waitingScreen(look)
      return { name, kind, seconds: took() }
    case 'left':
      await (await waitingScreen(look)).evaluate(`document.querySelector('.attract .start').click()`)
      await pause(1000)
      await waitingScreen(look)
      return { name, kind, seconds: took() }
  }
}

async function sampleOf(
  kiosk: SupervisedKiosk,
  probe: Probe,
  visits: number,
  minutes: number,
): Promise<Sample> {
  const ofPage = await measurePage(probe)
  const host = kiosk.hostPid()
  return {
    ...ofPage,
    visits,
    minutes,
    hostMemory: memoryOf(host === null ? [] : [host]),
    windowMemory: memoryOf(
      ['browser', 'renderer', 'gpu-process', 'utility', 'zygote'].flatMap(kiosk.windowPids),
    ),
    handles: host === null ? NaN : handlesOf(host),
  }
}

function report(made: number, minutes: number, samples: readonly Sample[]): void {
  if (samples.length % 8 !== 1) return
  const { heap = NaN, nodes = NaN, hostMemory = NaN } = samples.at(-1) ?? {}
  console.log(
    `  ${minutes.toFixed(1)} min, ${made} visits: heap ${heap.toFixed(2)} MB, ${nodes} nodes, host ${hostMemory.toFixed(0)} MB`,
  )
}

function sayRecovery({ name, kind, seconds }: Recovery): string {
  switch (kind) {
    case 'lasting':
      return `${name}: used all the while, for ${seconds.toFixed(0)} s`
    case 'deadly':
      return `${name}: usable again after ${seconds.toFixed(1)} s`
    case 'left':
      return `${name}: back at the start after ${seconds.toFixed(0)} s`
  }
}

type Outcome = {
  readonly made: number
  readonly minutes: number
  readonly samples: readonly Sample[]
  readonly latencies: readonly number[]
  readonly problems: readonly string[]
  readonly recoveries: readonly Recovery[]
}

function conclude({ made, minutes, samples, latencies, problems, recoveries }: Outcome): number {
  const judged = samples.slice(Math.floor(samples.length * warmUp))
  const rows = quantities.map((quantity) => {
    const values = judged.map((sample) => sample[quantity])
    const [first = NaN] = values
    const last = values.at(-1) ?? NaN
    const figures = [
      first,
      last,
      Math.min(...values),
      Math.max(...values),
      slopePerThousand(judged, quantity),
    ]
    return [
      quantity,
      ...figures.map((figure) => figure.toFixed(2)),
      `${((last / first - 1) * 100).toFixed(1)} %`,
    ]
  })
  const span = (judged.at(-1)?.visits ?? 0) - (judged[0]?.visits ?? 0)
  const growth = (quantity: 'heap' | 'nodes'): number =>
    span < leastJudged
      ? NaN
      : (slopePerThousand(judged, quantity) * span) / 1000 / (judged[0]?.[quantity] ?? NaN)
  const late = recoveries.filter(({ kind, seconds }) => kind === 'deadly' && seconds > usableWithin)
  const grown = [
    ...late.map(({ name, seconds }) => `${name}: gone for ${seconds.toFixed(1)} s`),
    ...(growth('heap') > mostHeapGrowth ? [`the heap grew by ${(growth('heap') * 100).toFixed(1)} %`] : []),
    ...(growth('nodes') > 0.01 ? [`the nodes grew by ${(growth('nodes') * 100).toFixed(1)} %`] : []),
  ]
  const taps = latencies.length
  const text = [
    `${made} visits, ${taps} touches in ${minutes.toFixed(1)} minutes; machine load ${loadavg()[0]?.toFixed(1)}`,
    `From ${judged[0]?.visits ?? 0} to ${judged.at(-1)?.visits ?? 0} visits without a new screen:`,
    ...(span < leastJudged ? [`(fewer than ${leastJudged} visits: growth is not judged)`] : []),
    layTable(['', 'first', 'last', 'least', 'most', 'per 1000 visits', 'change'], rows, []),
    `Touch to painted: p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p98 ${percentile(latencies, 0.98).toFixed(0)} ms`,
    ...recoveries.map((recovery) => `Fault: ${sayRecovery(recovery)}`),
    ...problems.map((problem) => `Problem: ${problem}`),
    ...grown.map((what) => `Problem: ${what}`),
    problems.length + grown.length === 0 ? 'No problem.' : '',
  ].join('\n')
  console.log(`\n${text}`)
  const reports = join(import.meta.dirname, '../node_modules/.cache/reports')
  mkdirSync(reports, { recursive: true })
  writeFileSync(join(reports, 'soak.txt'), `${text}\n`)
  return problems.length + grown.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, visits: { type: 'string' } } })
  const [minutes, visits] = [Number(values.minutes ?? 0), Number(values.visits ?? 0)]
  if (!(minutes > 0 || visits > 0)) {
    console.error(usage)
    return 1
  }
  return soak(minutes, visits)
}

if (import.meta.main) await runCommand(main)
