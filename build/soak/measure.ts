import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import type { Probe } from './probe.ts'

/** What is measured between two runs of visits; memory in MB. */
export type Sample = {
  readonly visits: number
  readonly minutes: number
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
  readonly hostMemory: number
  readonly windowMemory: number
  readonly handles: number
}

/** The quantities of a sample that must not grow. */
export const quantities = ['heap', 'nodes', 'listeners', 'hostMemory', 'windowMemory', 'handles'] as const

const metricsSchema = v.object({ metrics: v.array(v.object({ name: v.string(), value: v.number() })) })

const toMB = (bytes: number): number => bytes / 1024 / 1024

/** JavaScript heap, DOM nodes and listeners of a page, after its garbage has been collected. */
export async function measurePage({ send }: Probe): Promise<Pick<Sample, 'heap' | 'nodes' | 'listeners'>> {
  await send('Performance.enable')
  // Twice: what the first finds dead may have held others alive until then.
  for (let times = 0; times < 2; times += 1) await send('HeapProfiler.collectGarbage')
  const { metrics } = v.parse(metricsSchema, await send('Performance.getMetrics'))
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN
  return { heap: toMB(of('JSHeapUsedSize')), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** Proportional memory of processes in MB (Linux). */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const rollup = attempt(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? ''
    return sum + Number(/^Pss:\s+(\d+)/mu.exec(rollup)?.[1] ?? 0) / 1024
  }, 0)
}

/** How many files, sockets and pipes a process holds open (Linux). */
export function handlesOf(pid: number): number {
  return attempt(() => readdirSync(`/proc/${pid}/fd`).length) ?? NaN
}

/** Growth of a quantity per thousand visits: the slope of a straight line through all samples. */
export function slopePerThousand(samples: readonly Sample[], quantity: (typeof quantities)[number]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const x = mean(samples.map(({ visits }) => visits))
  const y = mean(samples.map((sample) => sample[quantity]))
  const covariance = mean(samples.map((sample) => (sample.visits - x) * (sample[quantity] - y)))
  const variance = mean(samples.map(({ visits }) => (visits - x) ** 2))
  return variance === 0 ? 0 : (covariance / variance) * 1000
}

/** The value below which `share` of all values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
