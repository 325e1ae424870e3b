import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../electron/find-chromium.ts'
import { bundleIsCurrent } from './bundle.ts'
import { runChild, wasInterrupted } from './child.ts'
import { type Result, readPlaywrightReport, readVitestReport, summarise } from './report.ts'
import { type StepName, runCommand, setUp } from './setup.ts'

const root = join(import.meta.dirname, '..')
const reports = join(root, 'node_modules/.cache/reports')
const inModules = (path: string): string => join(root, 'node_modules', path)

const failed = (name: string, reason: string): Result => ({ name, outcome: 'failed', reason })

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 72 - text.length))}`)
}

/** Runs something under a heading and says how long it took. */
async function timed<T>(title: string, work: () => Promise<T>): Promise<T> {
  heading(title)
  const began = Date.now()
  try {
    return await work()
  } finally {
    console.log(`${title}: ${((Date.now() - began) / 1000).toFixed(1)} s`)
  }
}

/** Sets up the named steps; each that cannot be done is a failure by name, and the others go on. */
async function prepare(names: readonly StepName[]): Promise<Result[]> {
  const failures: Result[] = []
  await setUp(names, (failure) => {
    console.error(`\n${failure.message}`)
    failures.push(failed(`set-up › ${failure.step}`, `please run: ${failure.command}`))
  })
  return failures
}

/** The checks that run no code of the kiosk's: each counts as one test. */
const staticChecks = [
  { name: 'types', script: 'vue-tsc/bin/vue-tsc.js', args: ['-b'] },
  { name: 'lint', script: 'eslint/bin/eslint.js', args: ['.'] },
  { name: 'style sheets', script: 'stylelint/bin/stylelint.mjs', args: ['renderer/**/*.{vue,css}'] },
  { name: 'format', script: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
]

async function check(): Promise<Result[]> {
  const results: Result[] = []
  for (const { name, script, args } of staticChecks) {
    const { code } = await timed(`check: ${name}`, () => onNode(inModules(script), args))
    if (wasInterrupted()) break
    const title = `check › ${name}`
    if (code === 0) results.push({ name: title, outcome: 'passed', reason: null })
    else results.push(failed(title, 'see its words above; npm run check repeats it'))
  }
  return results
}

const onNode = (script: string, args: readonly string[]): ReturnType<typeof runChild> =>
  runChild(process.execPath, [script, ...args], { cwd: root })

/** Runs a test runner and reads its report; a runner that ran nothing, or ended badly with all well, has failed. */
async function runTests(
  name: string,
  script: string,
  args: readonly string[],
  read: (report: unknown) => Result[],
): Promise<Result[]> {
  const file = join(reports, `${name}.json`)
  mkdirSync(reports, { recursive: true })
  rmSync(file, { force: true })
  const { code } = await timed(`${name} tests`, () => onNode(inModules(script), args))
  if (wasInterrupted()) return []
  if (!existsSync(file)) return [failed(`${name} tests`, `the runner wrote no report (code ${code})`)]
  const results = read(JSON.parse(readFileSync(file, 'utf8')))
  if (results.every(({ outcome }) => outcome === 'skipped'))
    results.push(failed(`${name} tests`, 'no test ran'))
  if (code !== 0 && results.every(({ outcome }) => outcome !== 'failed')) {
    results.push(failed(`${name} tests`, `the runner ended with code ${code}; see its words above`))
  }
  return results
}

const vitest = (project: string, args: readonly string[]): Promise<Result[]> =>
  runTests(
    project,
    'vitest/vitest.mjs',
    [
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, `${project}.json`)}`,
      ...args,
    ],
    (report) => readVitestReport(report, root),
  )

const unit = (args: readonly string[]): Promise<Result[]> => vitest('unit', args)

async function printers(args: readonly string[]): Promise<Result[]> {
  heading('printers')
  const missing = await prepare(['printing'])
  if (wasInterrupted()) return []
  if (missing.length > 0) return [...missing, failed('printers tests', 'not run: there are no printers')]
  return await vitest('printers', args)
}

async function faults(args: readonly string[]): Promise<Result[]> {
  heading('faults')
  const missing = await prepare(['faults'])
  if (wasInterrupted()) return []
  if (missing.length > 0)
    return [...missing, failed('faults tests', 'not run: nothing to break the disk with')]
  return await vitest('faults', args)
}

async function endToEnd(args: readonly string[]): Promise<Result[]> {
  // That it could not be built stands among the results of the set-up already.
  if (!bundleIsCurrent(root)) return [failed('e2e tests', 'not run: there is no build')]
  if (findChromium() === null) return [failed('e2e tests', 'not run: there is no Chromium')]
  return await runTests('e2e', '@playwright/test/cli.js', ['test', ...args], readPlaywrightReport)
}

const parts = { check, unit, printers, faults, e2e: endToEnd }

const isPart = (name: string | undefined): name is keyof typeof parts => Object.hasOwn(parts, name ?? '')

async function main(): Promise<number> {
  const [asked, ...rest] = process.argv.slice(2)
  if (asked !== undefined && !isPart(asked)) {
    console.error(
      `There is no part "${asked}".\nPlease run: npm test -- [check | unit [FILE…] | printers [FILE…] | faults [FILE…] | e2e [FILE…]]`,
    )
    return 1
  }
  const results: Result[] = []
  if (asked !== 'check' && asked !== 'printers' && asked !== 'faults') {
    heading('set-up')
    results.push(...(await prepare(['chromium', 'pdf-tools', 'bundle'])))
  }
  for (const [name, run] of Object.entries(parts)) {
    if (wasInterrupted()) return 130
    if (asked === undefined || asked === name) results.push(...(await run(rest)))
  }
  if (wasInterrupted()) return 130
  heading('summary')
  for (const line of summarise(results)) console.log(line)
  return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0
}

if (import.meta.main) await runCommand(main)
