import * as v from 'valibot'
import type { PrinterProblem, PrinterStatus, PrinterWarning } from '../../../data/printing.ts'

/** A program's end: its exit code and what it wrote, as UTF-8. */
export type ProgramEnd = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a program with arguments that no shell reads; rejects where it cannot be started. */
export type Run = (program: string, args: readonly string[]) => Promise<ProgramEnd>

/** Names or numbers of flags, as PowerShell of one or another version writes them. */
const flagsSchema = v.nullable(v.union([v.pipe(v.number(), v.integer()), v.string()]))

const jobSchema = v.object({
  Id: v.pipe(v.number(), v.integer()),
  DocumentName: v.nullable(v.string()),
  JobStatus: flagsSchema,
  PagesPrinted: v.nullable(v.number()),
})

export type SpoolerJob = v.InferOutput<typeof jobSchema>

/** What the spooler says of one printer and of all that waits for it; no printer where it knows none of that name. */
export const spoolerSchema = v.object({
  printer: v.nullable(v.object({ PrinterStatus: flagsSchema, WorkOffline: v.nullable(v.boolean()) })),
  jobs: v.array(jobSchema),
})

export type Spooler = v.InferOutput<typeof spoolerSchema>

/** `text` as one PowerShell string in which nothing is expanded; PowerShell takes the curly quotes for quotes too. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/gu, '$&$&')}'`
}

/** The script that prints a `Spooler` as JSON. Compares names itself: `-Name` would take brackets and stars for patterns. */
export function spoolerQuery(printer: string): string {
  return [
    ...preamble(printer),
    '$jobs = @(if ($p) { $p | Get-PrintJob | Select-Object Id, DocumentName,',
    "  @{ n = 'JobStatus'; e = { [string]$_.JobStatus } }, PagesPrinted })",
    "$of = if ($p) { $p | Select-Object @{ n = 'PrinterStatus'; e = { [string]$_.PrinterStatus } },",
    "  @{ n = 'WorkOffline'; e = { [bool]$_.WorkOffline } } }",
    'ConvertTo-Json -Compress -Depth 4 ([pscustomobject]@{ printer = $of; jobs = $jobs })',
  ].join('\n')
}

/** The script that takes a job out of the spooler. */
export function removal(printer: string, id: number): string {
  return [...preamble(printer), `$p | Get-PrintJob | Where-Object Id -EQ ${id} | Remove-PrintJob`].join('\n')
}

const preamble = (printer: string): readonly string[] => [
  "$ErrorActionPreference = 'Stop'",
  "$ProgressPreference = 'SilentlyContinue'",
  // Fails where there is no console; tickets and flags are ASCII, which comes through all the same.
  'try { [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false) } catch {}',
  `$p = Get-Printer | Where-Object Name -EQ ${quoted(printer)} | Select-Object -First 1`,
]

/** Arguments with which powershell.exe runs a script: as base64 of UTF-16, past every quoting of command lines. */
export function powershellArgs(script: string): readonly string[] {
  const encoded = Buffer.from(script, 'utf16le').toString('base64')
  return ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded]
}

/** PRINTER_STATUS_*, [MS-RPRN] 2.2.3.12. */
const printerFlags = {
  paused: 0x1,
  error: 0x2,
  pendingdeletion: 0x4,
  paperjam: 0x8,
  paperout: 0x10,
  manualfeed: 0x20,
  paperproblem: 0x40,
  offline: 0x80,
  outputbinfull: 0x800,
  notavailable: 0x1000,
  tonerlow: 0x20000,
  notoner: 0x40000,
  userintervention: 0x100000,
  outofmemory: 0x200000,
  dooropen: 0x400000,
  serveroffline: 0x2000000,
} as const

/** JOB_STATUS_*, [MS-RPRN] 2.2.3.12; .NET's own names for two of them beside. */
const jobFlags = {
  paused: 0x1,
  error: 0x2,
  deleting: 0x4,
  spooling: 0x8,
  printing: 0x10,
  offline: 0x20,
  paperout: 0x40,
  printed: 0x80,
  deleted: 0x100,
  blocked: 0x200,
  blockeddevq: 0x200,
  userintervention: 0x400,
  restart: 0x800,
  restarted: 0x800,
  complete: 0x1000,
  completed: 0x1000,
} as const

type JobFlag = keyof typeof jobFlags

/** The flags set in a number or a list of names; names it does not know count as none. */
function flagsOf<Flag extends string>(
  value: number | string | null,
  flags: Readonly<Record<Flag, number>>,
): (flag: Flag) => boolean {
  const text = String(value ?? '')
  const names = text.toLowerCase().split(/[,|]/u)
  const words = new Set(names.map((name) => name.replaceAll(/[^a-z]/gu, '')))
  const bits = /^\d+$/u.test(text.trim()) ? Number(text) : 0
  return (flag) => words.has(flag) || (bits & flags[flag]) !== 0
}

/** What of the spooler's flags keeps the printer from printing, the cause before the consequence. */
export function printerStatusOf({ printer }: Spooler): PrinterStatus {
  if (!printer) return { kind: 'blocked', problem: 'offline' }
  const has = flagsOf(printer.PrinterStatus, printerFlags)
  const problem = printerProblem(has, printer.WorkOffline === true)
  if (problem) return { kind: 'blocked', problem }
  const warnings: PrinterWarning[] = has('tonerlow') ? ['toner-low'] : []
  return { kind: 'ready', warnings }
}

function printerProblem(
  has: (flag: keyof typeof printerFlags) => boolean,
  isOffline: boolean,
): PrinterProblem | null {
  if (has('dooropen')) return 'cover-open'
  if (has('paperjam')) return 'paper-jam'
  if (has('paperout')) return 'paper-empty'
  if (has('notoner')) return 'toner-empty'
  if (has('manualfeed')) return 'wrong-paper'
  if (isOffline || has('offline') || has('serveroffline') || has('notavailable')) return 'offline'
  if (has('paused') || has('pendingdeletion')) return 'paused'
  const isUnclear =
    has('error') ||
    has('paperproblem') ||
    has('outputbinfull') ||
    has('userintervention') ||
    has('outofmemory')
  return isUnclear ? 'unknown' : null
}

/** Which flags of its status a job has. */
export function flagsOfJob({ JobStatus }: SpoolerJob): (flag: JobFlag) => boolean {
  return flagsOf(JobStatus, jobFlags)
}
