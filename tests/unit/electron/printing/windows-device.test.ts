import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PrintDocument } from '../../../../electron/printing/device.ts'
import { createWindowsDevice } from '../../../../electron/printing/windows-device.ts'
import { type ProgramEnd, quoted, type Run } from '../../../../electron/printing/windows/spooler.ts'
import { aPdf, memoryLog, temporaryFolder } from '../../../fixtures/hosts.ts'

const document: PrintDocument = {
  pdf: aPdf(),
  pages: 1,
  paper: 'a4',
  name: 'Slip',
  dots: () => Promise.reject(new Error('Windows takes the PDF')),
}

const done = (stdout = ''): ProgramEnd => ({ code: 0, stdout, stderr: '' })
const normal = { PrinterStatus: 'Normal', WorkOffline: false }

/** What PowerShell was told, of the arguments it was started with. */
const scriptOf = (args: readonly string[]): string =>
  Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le')

/** A Windows whose spooler says what the test sets. */
async function windows({ printer = 'Lobby', helper = async (): Promise<ProgramEnd> => done() } = {}) {
  const folder = join(await temporaryFolder('windows'), 'slips')
  const calls: (readonly string[])[] = []
  const printed: Buffer[] = []
  const removed: number[] = []
  const says: { printer: unknown; job: Record<string, unknown> | null; raw: ProgramEnd | null } = {
    printer: normal,
    job: null,
    raw: null,
  }
  let ticket = ''
  const run: Run = async (program, args) => {
    if (program === 'helper.exe') {
      calls.push(args)
      const file = args.at(-1) ?? ''
      ticket = /([^/\\]+)\.pdf$/u.exec(file)?.[1] ?? ''
      printed.push(await readFile(file))
      return await helper()
    }
    expect([program, ...args.slice(0, -1)]).toStrictEqual([
      'powershell.exe',
      '-NoProfile',
      '-NonInteractive',
      '-EncodedCommand',
    ])
    if (says.raw) return says.raw
    const toRemove = /Id -EQ (\d+) \| Remove-PrintJob/u.exec(scriptOf(args))?.[1]
    if (toRemove) {
      removed.push(Number(toRemove))
      says.job = null
      return done()
    }
    const own = { Id: 7, DocumentName: `C:\\slips\\${ticket}.pdf`, JobStatus: 'Normal', PagesPrinted: 0 }
    const other = { Id: 6, DocumentName: 'Other.docx', JobStatus: 'Printed', PagesPrinted: 1 }
    const jobs = says.job ? [other, { ...own, ...says.job }] : [other]
    return done(JSON.stringify({ printer: says.printer, jobs }))
  }
  const device = createWindowsDevice({ printer, helper: 'helper.exe', run, folder, log: memoryLog() })
  const submitted = async (): Promise<string> => {
    const handover = await device.submit(document)
    if (handover.kind !== 'taken') throw new Error(`Not taken: ${JSON.stringify(handover)}`)
    return handover.ticket
  }
  return { device, submitted, says, calls, printed, removed, folder, run }
}

const blocked = (problem: string) => ({ kind: 'blocked', problem })
const stuck = (problem: string) => ({ kind: 'stuck', problem })
const ready = { kind: 'ready', warnings: [] }

describe('what the spooler says of a printer', () => {
  it.each([
    ['Normal', false, ready],
    [0, null, ready],
    [null, null, ready],
    ['Printing', false, ready],
    [0x400, false, ready],
    ['TonerLow', false, { kind: 'ready', warnings: ['toner-low'] }],
    [0x20000, false, { kind: 'ready', warnings: ['toner-low'] }],
    ['Normal', true, blocked('offline')],
    ['Offline', false, blocked('offline')],
    ['NotAvailable', false, blocked('offline')],
    ['PaperOut', false, blocked('paper-empty')],
    ['Error, PaperOut', false, blocked('paper-empty')],
    ['16', false, blocked('paper-empty')],
    [0x12, false, blocked('paper-empty')],
    ['PaperJam, Offline', false, blocked('paper-jam')],
    ['DoorOpen, PaperOut', false, blocked('cover-open')],
    [0x400000, false, blocked('cover-open')],
    ['NoToner', false, blocked('toner-empty')],
    ['ManualFeed', false, blocked('wrong-paper')],
    ['Paused', false, blocked('paused')],
    ['PendingDeletion', false, blocked('paused')],
    ['Error', false, blocked('unknown')],
    ['UserIntervention', false, blocked('unknown')],
    ['OutputBinFull', false, blocked('unknown')],
    ['SomethingNew', false, ready],
  ])('%s, work offline %s', async (flags, isOffline, status) => {
    const { device, says } = await windows()
    says.printer = { PrinterStatus: flags, WorkOffline: isOffline }
    expect(await device.status()).toStrictEqual(status)
  })

  it('of a printer that is not there', async () => {
    const { device, says } = await windows()
    says.printer = null
    expect(await device.status()).toStrictEqual(blocked('offline'))
  })

  it.each([
    ['a code other than 0', { code: 1, stdout: '', stderr: 'Spooler stopped' }],
    ['no JSON', done('Get-Printer : The spooler')],
    ['another form', done('{"printer":"Lobby"}')],
  ])('means nothing where PowerShell ends with %s', async (_name, end) => {
    const { device, says } = await windows()
    says.raw = end
    expect(await device.status()).toStrictEqual(blocked('unknown'))
    expect(await device.submit(document)).toStrictEqual({ kind: 'refused', problem: 'unknown' })
  })
})

describe('handing a slip over', () => {
  it('gives the whole PDF to the helper, in its real size, and leaves nothing behind', async () => {
    const { submitted, calls, printed, folder } = await windows()
    const ticket = await submitted()
    expect(printed).toStrictEqual([Buffer.from(document.pdf)])
    expect(calls).toStrictEqual([
      ['-print-to', 'Lobby', '-print-settings', 'noscale,paper=A4', '-silent', join(folder, `${ticket}.pdf`)],
    ])
    expect(await readdir(folder)).toStrictEqual([])
  })

  it('is refused where the printer is blocked', async () => {
    const { device, says, calls } = await windows()
    says.printer = { PrinterStatus: 'PaperOut', WorkOffline: false }
    expect(await device.submit(document)).toStrictEqual({ kind: 'refused', problem: 'paper-empty' })
    expect(calls).toStrictEqual([])
  })

  it('is refused where there is no helper', async () => {
    const { device, folder } = await windows({ helper: () => Promise.reject(new Error('ENOENT')) })
    expect(await device.submit(document)).toStrictEqual({ kind: 'refused', problem: 'unknown' })
    expect(await readdir(folder)).toStrictEqual([])
  })

  it('is refused where the slip cannot be written', async () => {
    const { folder, run } = await windows()
    await writeFile(folder, 'a file')
    expect((await stat(folder)).isFile()).toBe(true)
    const device = createWindowsDevice({
      printer: 'Lobby',
      helper: 'helper.exe',
      run,
      folder,
      log: memoryLog(),
    })
    expect(await device.submit(document)).toStrictEqual({ kind: 'refused', problem: 'unknown' })
  })

  it.each([
    ['unknown', null, { kind: 'unknown' }],
    ['taken after all where the spooler has it', {}, { kind: 'taken' }],
  ])('is %s after a bad end of the helper', async (_name, job, handover) => {
    const { device, says } = await windows({ helper: async () => ({ code: 1, stdout: '', stderr: 'Error' }) })
    says.job = job
    expect(await device.submit(document)).toMatchObject(handover)
  })
})

describe('what the spooler says of a slip', () => {
  it.each([
    ['Normal', 'Normal', { kind: 'printing' }],
    [0, 'Normal', { kind: 'printing' }],
    ['Spooling', 'Normal', { kind: 'printing' }],
    ['Printing', 'Printing', { kind: 'printing' }],
    [0x10, 'Normal', { kind: 'printing' }],
    ['Restarted, Printing', 'Normal', { kind: 'printing' }],
    ['Retained', 'Normal', { kind: 'printing' }],
    ['Printing', 'PaperOut', stuck('paper-empty')],
    ['Printing', 'PaperJam', stuck('paper-jam')],
    ['PaperOut', 'Normal', stuck('paper-empty')],
    ['Error, Printing, PaperOut', 'Normal', stuck('paper-empty')],
    [0x52, 'Normal', stuck('paper-empty')],
    ['Printed, PaperOut', 'Normal', stuck('paper-empty')],
    ['Offline', 'Normal', stuck('offline')],
    ['Error', 'DoorOpen', stuck('cover-open')],
    ['Error', 'Normal', stuck('unknown')],
    ['UserIntervention', 'PaperJam', stuck('paper-jam')],
    ['Blocked', 'Normal', stuck('unknown')],
    ['BlockedDevQ', 'Normal', stuck('unknown')],
    ['Paused', 'Normal', stuck('paused')],
    ['Deleting', 'Normal', { kind: 'failed', problem: 'unknown' }],
    ['Deleted', 'Normal', { kind: 'unknown' }],
    ['Deleted, Printed', 'Normal', { kind: 'printed' }],
    ['Printed', 'Normal', { kind: 'printed' }],
    [0x80, 'Normal', { kind: 'printed' }],
    ['Complete', 'Normal', { kind: 'printed' }],
    ['Completed', 'Normal', { kind: 'printed' }],
    [0x1080, 'Normal', { kind: 'printed' }],
    ['Printed, Retained', 'Normal', { kind: 'printed' }],
  ])('%s, by a printer that is %s', async (flags, printer, report) => {
    const { device, submitted, says } = await windows()
    const ticket = await submitted()
    says.printer = { PrinterStatus: printer, WorkOffline: false }
    says.job = { JobStatus: flags }
    expect(await device.ask(ticket)).toStrictEqual(report)
  })

  it('that vanished unseen is unknown', async () => {
    const { device, submitted, says } = await windows()
    const ticket = await submitted()
    says.job = { JobStatus: 'Printing' }
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
    says.job = null
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'unknown' })
  })

  it('that was seen printed stays so, and is taken out of the spooler', async () => {
    const { device, submitted, says, removed } = await windows()
    const ticket = await submitted()
    says.job = { JobStatus: 'Printed, Retained' }
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printed' })
    expect(removed).toStrictEqual([7])
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printed' })
  })

  it('of an earlier run is found by its ticket', async () => {
    const { submitted, says, folder, run } = await windows()
    const ticket = await submitted()
    says.job = { JobStatus: 'PaperOut' }
    const later = createWindowsDevice({
      printer: 'Lobby',
      helper: 'helper.exe',
      run,
      folder,
      log: memoryLog(),
    })
    expect(await later.ask(ticket)).toStrictEqual(stuck('paper-empty'))
  })

  it('is unknown where it does not answer', async () => {
    const { device, submitted, says } = await windows()
    const ticket = await submitted()
    says.raw = { code: 1, stdout: '', stderr: '' }
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'unknown' })
  })
})

describe('taking a slip back', () => {
  it.each([
    ['that waits', { JobStatus: 'Normal' }, true],
    ['that waits for paper', { JobStatus: 'PaperOut' }, true],
    ['of which the printer has a part', { JobStatus: 'Printing' }, false],
    ['of which a page is out', { JobStatus: 'Error', PagesPrinted: 1 }, false],
    ['that is printed', { JobStatus: 'Complete' }, false],
  ])('%s', async (_name, job, isBack) => {
    const { device, submitted, says, removed } = await windows()
    const ticket = await submitted()
    says.job = job
    expect(await device.cancel(ticket)).toBe(isBack)
    expect(removed).toStrictEqual([7])
  })

  it('is not known to be done where the spooler answers no more', async () => {
    const { submitted, says, folder, run } = await windows()
    const ticket = await submitted()
    says.job = { JobStatus: 'Normal' }
    const breaking: Run = async (program, args) => {
      const end = await run(program, args)
      if (scriptOf(args).includes('Remove-PrintJob')) says.raw = { code: 1, stdout: '', stderr: '' }
      return end
    }
    const device = createWindowsDevice({
      printer: 'Lobby',
      helper: 'helper.exe',
      run: breaking,
      folder,
      log: memoryLog(),
    })
    expect(await device.cancel(ticket)).toBe(false)
  })

  it('that is not there', async () => {
    const { device, submitted, removed } = await windows()
    expect(await device.cancel(await submitted())).toBe(false)
    expect(removed).toStrictEqual([])
  })
})

describe('a printer’s name', () => {
  it.each([
    ['HP LaserJet 400', "'HP LaserJet 400'"],
    ['大厅打印机', "'大厅打印机'"],
    ["Li's", "'Li''s'"],
    ['Li’s ‘new’ one', "'Li’’s ‘‘new’’ one'"],
    ['“A” "B"', `'“A” "B"'`],
    ['$(Remove-Item C:\\) `n $env:X', "'$(Remove-Item C:\\) `n $env:X'"],
    ["'; Stop-Computer; '", "'''; Stop-Computer; '''"],
    ['\\\\server\\[1]*?', "'\\\\server\\[1]*?'"],
  ])('%s reaches PowerShell and the helper as it is', async (name, literal) => {
    expect(quoted(name)).toBe(literal)
    const scripts: string[] = []
    const { run, folder, calls } = await windows()
    const listening: Run = (program, args) => {
      if (program === 'powershell.exe') scripts.push(scriptOf(args))
      return run(program, args)
    }
    const device = createWindowsDevice({
      printer: name,
      helper: 'helper.exe',
      run: listening,
      folder,
      log: memoryLog(),
    })
    expect((await device.submit(document)).kind).toBe('taken')
    expect(scripts[0]).toContain(`Where-Object Name -EQ ${literal} |`)
    expect(calls[0]?.[1]).toBe(name)
  })
})
