import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hasEnded, type JobView } from '../data/printing.ts'
import { paperNames } from '../data/slip.ts'
import { findChromium } from '../electron/find-chromium.ts'
import { startBrowserHost } from '../electron/host.ts'
import { openJournal } from '../electron/journal.ts'
import { createLog } from '../electron/log.ts'
import { commandFor } from '../electron/machine/commands.ts'
import { OptionError, defaultFolders } from '../electron/options.ts'
import { choosePrinter } from '../electron/printing/choose-printer.ts'
import { localQueues } from '../electron/printing/find-printers.ts'
import { readSettings } from '../electron/settings.ts'
import { misunderstood, readCommandLine } from './command-line.ts'

/*
 * For whoever sets a kiosk up: `kiosk printer` lists the queues of this machine's CUPS, `kiosk printer test`
 * prints a slip on the printer that is set and says what becomes of it, `kiosk printer jobs` shows the journal.
 */

const usage = `Usage: ${commandFor('printer', '[queues | test | jobs] [--printer ADDRESS] [--paper a4|a5|roll] [--state FOLDER]')}`
const root = join(import.meta.dirname, '..')
const folders = defaultFolders(root)
const log = createLog((line) => console.error(`  ${line}`))

async function queues(): Promise<number> {
  const found = await localQueues(log)
  if (found.length === 0) {
    console.log(
      'CUPS on this machine has no queue, or does not run. A network printer needs none: "ipp://ADDRESS/ipp/print".',
    )
    return 1
  }
  for (const { name, info, isDefault, papers } of found)
    console.log(
      `${isDefault ? '*' : ' '} cups:${name}  ${papers.join(', ') || 'no paper a slip fits on'}  ${info}`,
    )
  console.log(`\nSet it: ${commandFor('settings', `printer cups:${found[0]?.name ?? ''}`)}`)
  console.log(`Try it: ${commandFor('printer', 'test')}`)
  return 0
}

/** Prints a slip of the first service and tells what the printer says, until it has come back. */
async function test(): Promise<number> {
  const { settings } = readSettings(values.state, log)
  const paper = paperNames.find((name) => name === values.paper) ?? settings.paper
  const address = values.printer ?? settings.printer
  const printer = choosePrinter(address, { prints: folders.prints, paper, now: () => new Date(), log })
  const status = await printer.device.status()
  console.log(
    `${address}: ${status.kind === 'ready' ? ['ready', ...status.warnings].join(', ') : status.problem}`,
  )
  const host = await startBrowserHost({
    folders: { ...folders, renderer: join(root, 'dist/renderer'), state: values.state },
    port: 0,
    chromium: findChromium(),
    version: 'test page',
    log,
    printer,
    paper,
  })
  try {
    const { catalogue } = await host.services['get-content']({})
    const services = catalogue.services.slice(0, 1).map(({ id }) => ({ id, answers: {} }))
    const slip = await host.services['compose-slip']({ services, format: paper, language: 'zh-CN' })
    const reply = await host.services['print-slip']({ id: slip.id })
    if (reply.kind !== 'job') throw new Error(`Refused: ${reply.reason}`)
    const end = await told(host.services['get-job'], reply.job)
    return end.state === 'printed' || end.state === 'saved' ? 0 : 1
  } finally {
    await host.close()
  }
}

/** Says each change of a job until its end. */
async function told(ask: (args: { id: string }) => Promise<JobView>, begun: JobView): Promise<JobView> {
  let last = ''
  for (let job = begun; ; job = await ask({ id: job.id })) {
    const words = [job.state, job.reason, job.file].filter((part) => part !== null).join(' ')
    if (words !== last) console.log(`  ${words}`)
    last = words
    if (hasEnded(job.state)) return job
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function jobs(): number {
  const journal = openJournal(values.state, () => new Date())
  const dayOf = (instant: Date): string => instant.toLocaleDateString('sv')
  for (const day of journal.days(31, dayOf))
    console.log(
      `${day.day}  ${day.printed} printed, ${day.saved} saved, ${day.failed} failed, ${day.unknown} unknown`,
    )
  for (const { number, state, reason, times, printer } of journal.latest(200))
    console.log(
      `${times.accepted ?? ''}  ${number}  ${[state, reason].filter((part) => part !== null).join(': ')}  ${printer}`,
    )
  journal.close()
  return 0
}

const { values, positionals } = readCommandLine(usage, (args) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      printer: { type: 'string' },
      paper: { type: 'string' },
      state: { type: 'string', default: folders.state },
    },
  }),
)
const commands = { queues, test, jobs }
const [name = 'queues', ...more] = positionals
const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word)
if (!isCommand(name) || more.length > 0) misunderstood(usage, `"${positionals.join(' ')}" is not understood.`)
try {
  process.exitCode = await commands[name]()
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
