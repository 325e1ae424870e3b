import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { PrinterProblem, PrinterStatus } from '../../data/printing.ts'
import type { Paper } from '../../data/slip.ts'
import type { Log } from '../log.ts'
import { TooLate, within } from '../time-limit.ts'
import type { Handover, JobReport, PrintDevice, PrintDocument } from './device.ts'
import {
  flagsOfJob,
  powershellArgs,
  printerStatusOf,
  removal,
  type Run,
  type Spooler,
  type SpoolerJob,
  spoolerQuery,
  spoolerSchema,
} from './windows/spooler.ts'

/** Milliseconds for a question to the spooler: PowerShell takes a second or two to start on a small machine. */
const questionLimit = 10_000
/** Milliseconds for the helper to hand a slip to the spooler. */
const helperLimit = 30_000

/** A roll has its length from its driver. */
const paperSettings: Readonly<Record<Paper, string>> = {
  a4: 'noscale,paper=A4',
  a5: 'noscale,paper=A5',
  roll: 'noscale',
}

/**
 * A printer of Windows, for those that take neither IPP nor ESC/POS: a helper program (SumatraPDF's command line)
 * hands the PDF to the spooler, and PowerShell asks the spooler what became of it. Untried on a real Windows.
 *
 * Drivers lie and jobs vanish: `printed` is said only of a job that was seen as Printed or Complete, so the printer
 * should keep printed documents (Set-Printer -KeepPrintedJobs $true); the device removes its own once it saw them.
 * A job is found by its ticket in the document's name, in a later run of the kiosk too.
 */
export function createWindowsDevice(options: {
  /** As Windows names it. */
  readonly printer: string
  /** Path of the helper program. */
  readonly helper: string
  readonly run: Run
  /** Where a slip lies while the helper prints it; for the kiosk's account alone. */
  readonly folder: string
  readonly log: Log
}): PrintDevice {
  const { printer, helper, run, folder, log } = options
  const seenPrinted = new Set<string>()

  async function powershell(script: string): Promise<string> {
    const { code, stdout, stderr } = await within(
      questionLimit,
      run('powershell.exe', powershellArgs(script)),
    )
    if (code !== 0) throw new Error(`PowerShell ended with ${code}: ${stderr.slice(0, 500)}`)
    return stdout
  }

  /** Null where it does not answer, or not in the form expected. */
  async function spooler(): Promise<Spooler | null> {
    try {
      return v.parse(spoolerSchema, JSON.parse(await powershell(spoolerQuery(printer))))
    } catch (error) {
      log.warn('The Windows spooler cannot be asked', { error })
      return null
    }
  }

  async function status(): Promise<PrinterStatus> {
    const said = await spooler()
    return said ? printerStatusOf(said) : { kind: 'blocked', problem: 'unknown' }
  }

  async function hand(file: string, paper: Paper): Promise<'done' | 'refused' | 'unknown'> {
    const args = ['-print-to', printer, '-print-settings', paperSettings[paper], '-silent', file]
    try {
      const { code, stderr } = await within(helperLimit, run(helper, args))
      if (code !== 0) log.warn('The printing helper ended badly', { code, stderr: stderr.slice(0, 500) })
      return code === 0 ? 'done' : 'unknown'
    } catch (error) {
      log.error('The printing helper failed', { error })
      return error instanceof TooLate ? 'unknown' : 'refused'
    }
  }

  async function submit(document: PrintDocument): Promise<Handover> {
    const said = await status()
    if (said.kind === 'blocked') return { kind: 'refused', problem: said.problem }
    const ticket = randomUUID()
    const file = join(folder, `${ticket}.pdf`)
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(file, document.pdf, { flag: 'wx', mode: 0o600 })
      const outcome = await hand(file, document.paper)
      if (outcome === 'done') return { kind: 'taken', ticket }
      if (outcome === 'refused') return { kind: 'refused', problem: 'unknown' }
      // Whatever the helper says: what is in the spooler will come out.
      const isSpooled = jobOf(await spooler(), ticket) !== null
      return isSpooled ? { kind: 'taken', ticket } : { kind: 'unknown' }
    } catch (error) {
      log.error('A slip could not be written for the printing helper', { error })
      return { kind: 'refused', problem: 'unknown' }
    } finally {
      await rm(file, { force: true }).catch((error: unknown) => {
        log.warn('A slip was left behind by the printing helper', { error })
      })
    }
  }

  async function ask(ticket: string): Promise<JobReport> {
    if (seenPrinted.has(ticket)) return { kind: 'printed' }
    const said = await spooler()
    const job = jobOf(said, ticket)
    if (!said || !job) return { kind: 'unknown' }
    const report = reportOf(job, printerStatusOf(said))
    if (report.kind !== 'printed') return report
    seenPrinted.add(ticket)
    // A kept job would show the next one at the machine what this visitor took along.
    await remove(job)
    return report
  }

  async function remove(job: SpoolerJob): Promise<void> {
    await powershell(removal(printer, job.Id)).catch((error: unknown) => {
      log.warn('A job could not be removed from the Windows spooler', { error })
    })
  }

  async function cancel(ticket: string): Promise<boolean> {
    const job = jobOf(await spooler(), ticket)
    if (!job) return false
    const has = flagsOfJob(job)
    const hasBegun = has('printing') || isDone(has) || (job.PagesPrinted ?? 0) > 0
    await remove(job)
    const left = await spooler()
    return !hasBegun && left !== null && jobOf(left, ticket) === null
  }

  return { status, submit, ask, cancel }
}

/** The job whose document's name has the ticket; null where there is none, or no answer. */
function jobOf(said: Spooler | null, ticket: string): SpoolerJob | null {
  return said?.jobs.find(({ DocumentName }) => DocumentName?.includes(ticket)) ?? null
}

const isDone = (has: ReturnType<typeof flagsOfJob>): boolean =>
  has('printed') || has('complete') || has('completed')

/** What a job's flags mean; trouble counts before success, since drivers set both. */
function reportOf(job: SpoolerJob, printer: PrinterStatus): JobReport {
  const has = flagsOfJob(job)
  const stuck = (problem: PrinterProblem): JobReport => ({ kind: 'stuck', problem })
  const ofPrinter = printer.kind === 'blocked' ? printer.problem : null
  if (has('deleting')) return isDone(has) ? { kind: 'printed' } : { kind: 'failed', problem: 'unknown' }
  // Said of jobs that were printed as well as of others.
  if (has('deleted')) return isDone(has) ? { kind: 'printed' } : { kind: 'unknown' }
  if (has('paperout')) return stuck('paper-empty')
  if (has('offline')) return stuck('offline')
  if (has('error') || has('userintervention') || has('blocked') || has('blockeddevq')) {
    return stuck(ofPrinter ?? 'unknown')
  }
  if (has('paused')) return stuck('paused')
  if (isDone(has)) return { kind: 'printed' }
  return ofPrinter === null ? { kind: 'printing' } : stuck(ofPrinter)
}
