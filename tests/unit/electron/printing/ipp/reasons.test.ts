import { describe, expect, test } from 'vitest'
import type { PrinterProblem, PrinterStatus, PrinterWarning } from '../../../../../data/printing.ts'
import type { JobReport } from '../../../../../electron/printing/device.ts'
import {
  type JobWords,
  problemOf,
  reportOf,
  statusOf,
  warningsOf,
} from '../../../../../electron/printing/ipp/reasons.ts'

describe('what keeps a printer from printing', () => {
  test.each<[PrinterProblem, readonly string[]]>([
    ['paper-empty', ['media-empty', 'media-needed', 'input-tray-missing']],
    ['paper-jam', ['media-jam']],
    ['cover-open', ['cover-open', 'door-open', 'interlock-open']],
    ['toner-empty', ['toner-empty', 'marker-supply-empty']],
    ['offline', ['offline', 'shutdown', 'connecting-to-device', 'timed-out']],
    ['paused', ['paused', 'moving-to-paused', 'hold-new-jobs', 'deactivated']],
    ['busy', ['spool-area-full']],
    ['unknown', ['output-area-full', 'marker-waste-full', 'cups-missing-filter']],
  ])('%s: %j, of whatever severity', (problem, kinds) => {
    for (const kind of kinds)
      for (const severity of ['', '-report', '-warning', '-error'])
        expect([kind + severity, problemOf([kind + severity])]).toEqual([kind + severity, problem])
  })

  test.each<[string, readonly string[], PrinterProblem | null]>([
    ['nothing', [], null],
    ['none', ['none'], null],
    ['supplies that run low', ['toner-low-warning', 'media-low', 'marker-supply-low-error'], null],
    ['CUPS waiting for the device', ['cups-waiting-for-job-completed'], null],
    ['CUPS on conformance', ['cups-ipp-conformance-failure-report', 'cups-ipp-missing-job-history'], null],
    ['a keyword nobody knows', ['com.example.coffee-empty'], null],
    ['a warning nobody knows', ['com.example.coffee-empty-warning'], null],
    ['an error nobody knows', ['com.example.coffee-empty-error'], 'unknown'],
    ['names of what every object has', ['constructor', 'toString-report', '__proto__'], null],
    ['several: the one a person sees first', ['paused', 'toner-empty', 'media-jam-error'], 'paper-jam'],
    ['the way to the device before its state', ['paused', 'offline-report'], 'offline'],
  ])('%s', (_, reasons, problem) => {
    expect(problemOf(reasons)).toBe(problem)
  })

  test.each<[readonly string[], readonly PrinterWarning[]]>([
    [['media-low-report', 'media-low'], ['paper-low']],
    [['toner-low', 'marker-supply-low-warning', 'media-empty'], ['toner-low']],
    [['constructor'], []],
  ])('%j: for staff %j', (reasons, warnings) => {
    expect(warningsOf(reasons)).toEqual(warnings)
  })
})

describe('a printer in its own words', () => {
  const blocked = (problem: PrinterProblem): PrinterStatus => ({ kind: 'blocked', problem })
  test.each<[string, number | null, readonly string[], boolean | null, PrinterStatus]>([
    ['idle', 3, ['none'], true, { kind: 'ready', warnings: [] }],
    ['printing for somebody', 4, ['none'], true, { kind: 'ready', warnings: [] }],
    ['low on toner', 3, ['toner-low-report'], true, { kind: 'ready', warnings: ['toner-low'] }],
    ['silent about its state', null, [], null, { kind: 'ready', warnings: [] }],
    ['taking no jobs', 3, ['none'], false, blocked('paused')],
    ['taking no jobs, with a jam', 3, ['media-jam'], false, blocked('paper-jam')],
    ['stopped and paused', 5, ['paused'], true, blocked('paused')],
    ['stopped for no reason', 5, ['none'], true, blocked('unknown')],
    ['printing with a tray empty', 4, ['media-empty-warning'], true, blocked('paper-empty')],
  ])('%s', (_, state, reasons, isAccepting, status) => {
    expect(statusOf({ state, reasons, isAccepting })).toEqual(status)
  })
})

describe('what has become of a job', () => {
  const failed = (problem: PrinterProblem): JobReport => ({ kind: 'failed', problem })
  const stuck = (problem: PrinterProblem): JobReport => ({ kind: 'stuck', problem })
  const words = (
    state: number | null,
    reasons: readonly string[],
    problem: PrinterProblem | null = null,
  ): JobWords => ({
    state,
    reasons,
    problem,
  })
  test.each<[string, JobWords, JobReport]>([
    ['completed', words(9, ['job-completed-successfully']), { kind: 'printed' }],
    ['completed, as CUPS says it', words(9, ['processing-to-stop-point']), { kind: 'printed' }],
    ['completed, with warnings', words(9, ['job-completed-with-warnings']), { kind: 'printed' }],
    ['completed, the tray empty since', words(9, [], 'paper-empty'), { kind: 'printed' }],
    ['completed with errors', words(9, ['job-completed-with-errors']), failed('unknown')],
    ['completed and yet aborted', words(9, ['aborted-by-system']), failed('unknown')],
    ['handed on to who knows', words(9, ['queued-in-device']), { kind: 'unknown' }],
    ['canceled', words(7, ['job-canceled-by-user']), failed('unknown')],
    ['canceled during a jam', words(7, ['job-canceled-by-user'], 'paper-jam'), failed('unknown')],
    ['canceled at a paused printer', words(7, [], 'paused'), failed('paused')],
    ['aborted', words(8, ['aborted-by-system']), failed('unknown')],
    ['aborted by a jam', words(8, ['aborted-by-system'], 'paper-jam'), failed('paper-jam')],
    ['before its turn', words(3, ['none']), { kind: 'printing' }],
    ['before its turn at a paused printer', words(3, ['printer-stopped']), stuck('paused')],
    ['before its turn, the paper out', words(3, [], 'paper-empty'), stuck('paper-empty')],
    ['being printed', words(5, ['job-printing']), { kind: 'printing' }],
    ['being printed, the cover open', words(5, ['job-printing'], 'cover-open'), stuck('cover-open')],
    ['stopped', words(6, ['printer-stopped']), stuck('unknown')],
    ['stopped by a jam', words(6, [], 'paper-jam'), stuck('paper-jam')],
    ['held by somebody', words(4, ['job-hold-until-specified']), stuck('paused')],
    ['still without its document', words(4, ['job-data-insufficient']), { kind: 'unknown' }],
    ['of no state', words(null, []), { kind: 'unknown' }],
    ['of a state nobody knows', words(12, []), { kind: 'unknown' }],
  ])('%s', (_, job, report) => {
    expect(reportOf(job)).toEqual(report)
  })
})
