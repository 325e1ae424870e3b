import { describe, expect, test } from 'vitest'
import { type Result, readPlaywrightReport, readVitestReport, summarise } from '../../../build/report.ts'

const passed = (name: string): Result => ({ name, outcome: 'passed', reason: null })
const failed = (name: string, reason: string | null): Result => ({ name, outcome: 'failed', reason })
const skipped = (name: string, reason: string | null): Result => ({ name, outcome: 'skipped', reason })

/** One file of vitest's JSON report. */
const vitestFile = (status: string, assertionResults: object[], message = ''): object => ({
  name: '/project/tests/unit/a.test.ts',
  status,
  message,
  assertionResults,
})

describe('readVitestReport', () => {
  test.each<[string, object, Result[]]>([
    [
      'names tests by file and title',
      vitestFile('passed', [{ fullName: 'adds', status: 'passed' }]),
      [passed('tests/unit/a.test.ts › adds')],
    ],
    [
      "quotes a failure's first line without colours",
      vitestFile('failed', [
        {
          fullName: 'adds',
          status: 'failed',
          failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n    at …'],
        },
      ]),
      [failed('tests/unit/a.test.ts › adds', 'expected 1 to be 2')],
    ],
    ...['skipped', 'pending', 'todo'].map((status): [string, object, Result[]] => [
      `counts ${status} as skipped`,
      vitestFile('passed', [{ fullName: 'adds (no display)', status }]),
      [skipped('tests/unit/a.test.ts › adds (no display)', null)],
    ]),
    [
      'counts a file that could not be loaded as one failure',
      vitestFile('failed', [], 'Cannot find module ./gone.ts\nmore'),
      [failed('tests/unit/a.test.ts', 'Cannot find module ./gone.ts')],
    ],
    [
      'counts a file whose tests pass but which failed as one failure more',
      vitestFile('failed', [{ fullName: 'adds', status: 'passed' }], 'afterAll threw'),
      [passed('tests/unit/a.test.ts › adds'), failed('tests/unit/a.test.ts', 'afterAll threw')],
    ],
  ])('%s', (_, file, results) => {
    expect(readVitestReport({ testResults: [file] }, '/project')).toEqual(results)
  })

  test('refuses what is no report', () => {
    expect(() => readVitestReport({ success: true }, '/project')).toThrow('testResults')
  })
})

/** A Playwright report with one test, two suites deep. */
const playwrightReport = (status: string, rest: object = {}, errors: object[] = []): object => ({
  errors,
  suites: [
    {
      title: 'journeys.spec.ts',
      specs: [],
      suites: [
        {
          title: 'a visitor',
          specs: [
            {
              title: 'prints',
              tests: [{ projectName: 'portrait', status, annotations: [], results: [{}], ...rest }],
            },
          ],
        },
      ],
    },
  ],
})

describe('readPlaywrightReport', () => {
  const name = 'portrait: journeys.spec.ts › a visitor › prints'
  const error = { error: { message: 'Timed out\nCall log' } }
  test.each<[string, object, Result[]]>([
    ['expected', playwrightReport('expected'), [passed(name)]],
    ['unexpected', playwrightReport('unexpected', { results: [{}, error] }), [failed(name, 'Timed out')]],
    ['flaky', playwrightReport('flaky', { results: [error, {}] }), [failed(name, 'Timed out')]],
    ['skipped', playwrightReport('skipped'), [skipped(name, null)]],
    [
      'skipped with a reason',
      playwrightReport('skipped', { annotations: [{ type: 'skip', description: 'no printer' }] }),
      [skipped(name, 'no printer')],
    ],
    [
      'an error outside any test',
      playwrightReport('expected', {}, [{ message: 'port taken' }]),
      [passed(name), failed('end-to-end run', 'port taken')],
    ],
  ])('%s', (_, report, results) => {
    expect(readPlaywrightReport(report)).toEqual(results)
  })
})

describe('summarise', () => {
  test('lists failures and skips by name, and the counts alone on the last line', () => {
    const results = [passed('a'), failed('b', 'broke'), failed('c', null), skipped('d', null), passed('e')]
    expect(summarise([...results, skipped('f', 'no printer')])).toEqual([
      'Failed (2):',
      '  b: broke',
      '  c',
      '',
      'Skipped (2):',
      '  d',
      '  f: no printer',
      '',
      '2 passed, 2 failed, 2 skipped',
    ])
  })

  test('is one line where all passed', () => {
    expect(summarise([passed('a')])).toEqual(['1 passed, 0 failed, 0 skipped'])
  })
})
