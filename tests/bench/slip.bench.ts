import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { paperOf, type SlipFormat } from '../../data/slip.ts'
import { findChromium } from '../../electron/find-chromium.ts'
import { startBrowserHost } from '../../electron/host.ts'
import { createLog } from '../../electron/log.ts'
import { checkPdf } from '../../electron/printing/pdf.ts'

/*
 * How long it takes from the tap on "print" to the finished, checked PDF, over all services of the guide on the
 * paper it usually goes to, in large print; beside it the same Chromium opening and printing an empty page. Both are warm.
 * node tests/bench/slip.bench.ts
 */

const root = join(import.meta.dirname, '../..')
const executable = findChromium()
if (executable === null) throw new Error('There is no Chromium to measure with')
const prints = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
const host = await startBrowserHost({
  folders: { content: join(root, 'data/content'), prints, renderer: join(root, 'dist/renderer') },
  port: 0,
  chromium: executable,
  version: 'bench',
  log: createLog(() => undefined),
})
const browser = await chromium.launch({
  executablePath: executable,
  chromiumSandbox: process.getuid?.() !== 0,
})

type Row = { readonly what: string; readonly times: readonly number[]; readonly pages: readonly number[] }

const middle = (times: readonly number[], share: number): string =>
  String(Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN))

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function slipsOn(format: SlipFormat): Promise<Row> {
  const { catalogue } = await host.services['get-content']({})
  const times: number[] = []
  const pages: number[] = []
  for (const { id } of catalogue.services) {
    const services = [{ id, answers: {} }]
    const slip = await host.services['compose-slip']({ services, format, language: 'zh-CN' })
    const began = performance.now()
    const check = checkPdf(await host.renderPdf(slip), paperOf[format])
    times.push(performance.now() - began)
    if (check.kind === 'sound') pages.push(check.pages)
  }
  return { what: `slip, ${format}`, times, pages }
}

async function emptyPages(count: number): Promise<Row> {
  const context = await browser.newContext()
  const once = async () => {
    const page = await context.newPage()
    await page.goto('about:blank')
    await page.pdf({ format: 'A4' })
    await page.close()
  }
  await once()
  const times: number[] = []
  for (let index = 0; index < count; index += 1) times.push(await timed(once))
  return { what: 'empty page, A4', times, pages: times.map(() => 1) }
}

try {
  await host.warmUp()
  const rows: Row[] = []
  rows.push(await slipsOn('a4-large'))
  rows.push(await emptyPages(rows[0]?.times.length ?? 0))
  const cells = rows.map(({ what, times, pages }) => [
    what,
    String(times.length),
    middle(times, 0.5),
    middle(times, 0.95),
    String(Math.round(Math.max(...times))),
    [1, 2, 3, 4].map((count) => pages.filter((each) => each === count).length).join(' / '),
  ])
  for (const row of [['what', 'count', 'p50 ms', 'p95 ms', 'most ms', 'of 1 / 2 / 3 / 4 pages'], ...cells])
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(18) : cell.padStart(9))).join('  '))
} finally {
  await browser.close()
  await host.close()
  await rm(prints, { recursive: true, force: true })
}
