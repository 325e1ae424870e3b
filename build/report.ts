import { stripVTControlCharacters } from 'node:util'
import * as v from 'valibot'

/** How one test, or one static check, ended. */
export type Result = {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** First line of what went wrong, or why it was skipped where the report says more than the name does. */
  readonly reason: string | null
}

const firstLine = (text: string | undefined): string | null =>
  text === undefined ? null : (stripVTControlCharacters(text).trim().split('\n')[0] ?? null)

const vitestSchema = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string()),
      assertionResults: v.array(
        v.object({
          fullName: v.string(),
          status: v.string(),
          failureMessages: v.optional(v.nullable(v.array(v.string()))),
        }),
      ),
    }),
  ),
})

/** The results in vitest's JSON report. A file that failed as a whole counts as one failed test. */
export function readVitestReport(report: unknown, root: string): Result[] {
  return v.parse(vitestSchema, report).testResults.flatMap((file): Result[] => {
    const path = file.name.replace(`${root}/`, '')
    const tests = file.assertionResults.map((test): Result => {
      const name = `${path} › ${test.fullName}`
      if (test.status === 'passed') return { name, outcome: 'passed', reason: null }
      if (test.status !== 'failed') return { name, outcome: 'skipped', reason: null }
      return { name, outcome: 'failed', reason: firstLine(test.failureMessages?.[0]) }
    })
    const saysSo = tests.some(({ outcome }) => outcome === 'failed')
    if (file.status !== 'failed' || saysSo) return tests
    return [...tests, { name: path, outcome: 'failed', reason: firstLine(file.message) }]
  })
}

const playwrightTestSchema = v.object({
  projectName: v.string(),
  status: v.picklist(['expected', 'unexpected', 'flaky', 'skipped']),
  annotations: v.array(v.object({ type: v.string(), description: v.optional(v.string()) })),
  results: v.array(v.object({ error: v.optional(v.object({ message: v.optional(v.string()) })) })),
})

type PlaywrightSuite = {
  title: string
  specs: { title: string; tests: v.InferOutput<typeof playwrightTestSchema>[] }[]
  suites?: PlaywrightSuite[] | undefined
}

const playwrightSuiteSchema: v.GenericSchema<unknown, PlaywrightSuite> = v.object({
  title: v.string(),
  specs: v.array(v.object({ title: v.string(), tests: v.array(playwrightTestSchema) })),
  suites: v.optional(v.array(v.lazy(() => playwrightSuiteSchema))),
})

const playwrightSchema = v.object({
  suites: v.array(playwrightSuiteSchema),
  errors: v.array(v.object({ message: v.optional(v.string()) })),
})

function readPlaywrightSuite(suite: PlaywrightSuite, titles: readonly string[]): Result[] {
  const here = [...titles, suite.title]
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests.map((test): Result => {
      const name = `${test.projectName}: ${[...here, title].join(' › ')}`
      if (test.status === 'expected') return { name, outcome: 'passed', reason: null }
      if (test.status === 'skipped') {
        const note = test.annotations.find(({ description }) => description)
        return { name, outcome: 'skipped', reason: note?.description ?? null }
      }
      const errors = test.results.flatMap(({ error }) => error?.message ?? [])
      return { name, outcome: 'failed', reason: firstLine(errors[0]) }
    }),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => readPlaywrightSuite(inner, here))]
}

/** The results in Playwright's JSON report. A test that passed only when repeated counts as failed. */
export function readPlaywrightReport(report: unknown): Result[] {
  const { suites, errors } = v.parse(playwrightSchema, report)
  return [
    ...suites.flatMap((suite) => readPlaywrightSuite(suite, [])),
    ...errors.map(({ message }): Result => {
      return { name: 'end-to-end run', outcome: 'failed', reason: firstLine(message) }
    }),
  ]
}

/** The summary's lines: every failure and every skipped test by name, then the counts alone on the last line. */
export function summarise(results: readonly Result[]): string[] {
  const having = (outcome: Result['outcome']): Result[] =>
    results.filter((result) => result.outcome === outcome)
  const block = (heading: string, some: readonly Result[]): string[] =>
    some.length === 0
      ? []
      : [heading, ...some.map(({ name, reason }) => `  ${reason ? `${name}: ${reason}` : name}`), '']
  const [passed, failed, skipped] = [having('passed'), having('failed'), having('skipped')]
  return [
    ...block(`Failed (${failed.length}):`, failed),
    ...block(`Skipped (${skipped.length}):`, skipped),
    `${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`,
  ]
}
