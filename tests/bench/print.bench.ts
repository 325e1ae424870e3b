import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasEnded } from '../../data/printing.ts'
import { findChromium } from '../../electron/find-chromium.ts'
import { startBrowserHost } from '../../electron/host.ts'
import { createLog } from '../../electron/log.ts'
import { choosePrinter } from '../../electron/printing/choose-printer.ts'
import { usualTiming } from '../../electron/printing/desk.ts'
import { isRoot, labServer } from '../fixtures/cups-lab.ts'
import { endLab, until } from '../fixtures/lab-processes.ts'
import { labPrinter } from '../fixtures/printer-lab.ts'

/*
 * How long it takes from the tap until the slip is accepted, and until the printer has said that it is printed:
 * straight to an IPP printer and through a queue of CUPS, the slip drawn each time; beside it `lp` handing the
 * same PDF to the same queue, which draws nothing and knows nothing of the end: that is looked up at the printer.
 * As root, since it starts a cupsd of its own: node tests/bench/print.bench.ts
 */

const count = 50
const root = join(import.meta.dirname, '../..')
const log = createLog(() => undefined)

type Times = { readonly accepted: number[]; readonly printed: number[] }

const quantile = (times: readonly number[], share: number): string =>
  String(Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN))

/** `count` slips of the guide's first services, one after the other, on the printer named `address`. */
async function kioskTimes(address: string, folder: string): Promise<Times & { readonly pdf: Uint8Array }> {
  const host = await startBrowserHost({
    folders: { content: join(root, 'data/content'), prints: folder, renderer: join(root, 'dist/renderer') },
    port: 0,
    chromium: findChromium(),
    version: 'bench',
    log,
    printer: choosePrinter(address, { prints: folder, paper: 'a4', now: () => new Date(), log }),
    limits: { perVisit: 1000, perMinute: 1000 },
    timing: { ...usualTiming, poll: 50 },
  })
  await host.warmUp()
  const { catalogue } = await host.services['get-content']({})
  const times: Times = { accepted: [], printed: [] }
  let pdf = new Uint8Array()
  for (const { id } of catalogue.services.slice(0, count)) {
    const services = [{ id, answers: {} }]
    const slip = await host.services['compose-slip']({ services, format: 'a4', language: 'zh-CN' })
    if (pdf.length === 0) pdf = new Uint8Array(await host.renderPdf(slip))
    const began = performance.now()
    const reply = await host.services['print-slip']({ id: slip.id })
    times.accepted.push(performance.now() - began)
    if (reply.kind !== 'job') throw new Error(reply.reason)
    const job = await until('the end of a job', async () => {
      const seen = await host.services['get-job']({ id: reply.job.id })
      return hasEnded(seen.state) ? seen : null
    })
    if (job.state !== 'printed') throw new Error(`${job.state}: ${job.reason ?? ''}`)
    times.printed.push(performance.now() - began)
  }
  await host.close()
  return { ...times, pdf }
}

const folder = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
try {
  if (!isRoot) throw new Error('This measurement needs root: it starts a cupsd of its own')
  const printer = await labPrinter()
  const server = await labServer()
  const queue = await server.addQueue('Lobby', printer.uri, true)
  const straight = await kioskTimes(printer.uri, folder)
  const queued = await kioskTimes(queue, folder)
  const file = join(folder, 'slip.pdf')
  await writeFile(file, straight.pdf)
  const lp: Times = { accepted: [], printed: [] }
  for (let index = 0; index < count; index += 1) {
    const before = (await printer.cameOut()).length
    const began = performance.now()
    await server.command('lp', '-d', 'Lobby', file)
    lp.accepted.push(performance.now() - began)
    await until('the sheet of lp', async () => (await printer.cameOut()).length > before)
    lp.printed.push(performance.now() - began)
  }
  console.log(`${count} slips each`)
  const rows = [
    ['what', 'accepted p50', 'p95', 'printed p50', 'p95 ms'],
    ...[
      { what: 'kiosk, straight', ...straight },
      { what: 'kiosk, through CUPS', ...queued },
      { what: 'lp, through CUPS', ...lp },
    ].map(({ what, accepted, printed }) => [
      what,
      quantile(accepted, 0.5),
      quantile(accepted, 0.95),
      quantile(printed, 0.5),
      quantile(printed, 0.95),
    ]),
  ]
  for (const row of rows)
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(20) : cell.padStart(13))).join(' '))
} finally {
  await endLab()
  await rm(folder, { recursive: true, force: true })
}
