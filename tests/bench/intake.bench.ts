import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { importGuide } from '../../data/intake/intake.ts'
import { curatedReadingsSchema } from '../../data/intake/readings.ts'
import { curatedSynonymsSchema } from '../../data/intake/synonyms.ts'
import { siteFileSchema } from '../../data/site.ts'

/*
 * How long a guide takes to read: the real one, and made ones of its own tables with altered titles.
 * node tests/bench/intake.bench.ts
 */

const content = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../data/content', name), 'utf8')

const guide = content('guide.txt')
const options = {
  file: 'guide.txt',
  sha256: '0'.repeat(64),
  edition: '2026-11-23.1',
  site: v.parse(siteFileSchema, JSON.parse(content('site.json'))),
  previous: null,
  curatedReadings: v.parse(curatedReadingsSchema, JSON.parse(content('readings.json'))),
  curatedSynonyms: v.parse(curatedSynonymsSchema, JSON.parse(content('synonyms.json'))),
}

/** A guide of `count` services: the real listing and tables over and over, each copy's titles numbered. */
function madeGuide(count: number): string {
  const lines = guide.split('\n')
  const starts = lines.flatMap((line, index) => (line.trim() === '事项名称' ? [index - 4] : []))
  const tables = starts.map((start, index) =>
    lines.slice(start, starts[index + 1] ?? lines.length).join('\n'),
  )
  const chosen = Array.from({ length: count }, (_, index) => {
    const copy = Math.floor(index / tables.length)
    const table = tables[index % tables.length] ?? ''
    return copy === 0 ? table : table.replace(/(\t事项名称\s+\t[^\n]+)/, `$1之${String(copy)}`)
  })
  const titles = chosen.map((table) => /\t事项名称\s+\t([^\n]+)/.exec(table)?.[1] ?? '')
  return `一、行政审批事项\n${titles.join('\n')}\n${chosen.join('\n')}`
}

type Row = { readonly services: number; readonly ms: number }

/** The best of several runs: what the machine's other work adds is no part of the measure. */
function measure(text: string, runs: number): Row {
  let best = Infinity
  let services = 0
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    services = importGuide(text, options).catalogue.services.length
    best = Math.min(best, performance.now() - start)
  }
  return { services, ms: best }
}

measure(guide, 3)
const baseline = measure(guide, 10)
const rows = [baseline, ...[1000, 5000, 10_000].map((count) => measure(madeGuide(count), 3))]

console.log(
  ['services', 'ms', 'µs/service', 'time ÷ 132', 'size ÷ 132'].map((head) => head.padStart(12)).join(''),
)
for (const { services, ms } of rows) {
  const cells = [
    String(services),
    ms.toFixed(1),
    ((1000 * ms) / services).toFixed(0),
    (ms / baseline.ms).toFixed(1),
    (services / baseline.services).toFixed(1),
  ]
  console.log(cells.map((cell) => cell.padStart(12)).join(''))
}
