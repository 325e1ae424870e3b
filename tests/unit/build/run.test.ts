import { type SpawnOptions, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const pinnedNode = join(root, 'node_modules/node/bin/node')

/** A stand-in for npm: says how it was called, then does what the file beside it tells it to. */
const npm = `
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
console.error('npm ' + process.argv[2] + (process.env.npm_lifecycle_event ? ' misled' : ' undisturbed'))
const does = process.env.NPM_DOES
if (does === 'fails') process.exit(9)
mkdirSync('node_modules/node/bin', { recursive: true })
cpSync('package-lock.json', 'node_modules/.package-lock.json')
if (does === 'installs') symlinkSync(process.env.PINNED_NODE, 'node_modules/node/bin/node')
`

/** A stand-in for build/start.ts: says what it was given, and waits where it is told to. */
const start = `
const words: string[] = process.argv.slice(2)
if (words[0] === 'wait') {
  const awake = setInterval(() => {}, 1000)
  process.on('SIGTERM', () => { console.log('told to end'); clearInterval(awake); process.exitCode = 5 })
} else process.exitCode = Number(words[0] ?? 0)
console.log('started with ' + words.join(' ') + ' on ' + process.version.split('.')[0])
`

const lock = (packages: Record<string, object>): string =>
  JSON.stringify({ packages: { '': {}, ...packages } })

const usual = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } }

let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'kiosk-run-'))
  mkdirSync(join(project, 'build'))
  cpSync(join(root, 'build/run.mjs'), join(project, 'build/run.mjs'))
  writeFileSync(join(project, 'build/start.ts'), start)
  writeFileSync(join(project, 'npm.js'), npm)
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(project, 'package-lock.json'), lock(usual))
})

afterEach(() => {
  rmSync(project, { recursive: true })
})

/** Puts a node_modules with these packages into the project. */
function install(packages: Record<string, object>): void {
  mkdirSync(join(project, 'node_modules/node/bin'), { recursive: true })
  writeFileSync(join(project, 'node_modules/.package-lock.json'), lock(packages))
  symlinkSync(pinnedNode, join(project, 'node_modules/node/bin/node'))
}

type Run = { readonly code: number | null; readonly output: string }

/** Runs a program to the moment nobody holds its output any more; `onOutput` sees all there is so far. */
function finish(
  command: string,
  args: readonly string[],
  env: SpawnOptions['env'],
  onOutput: (output: string, pid: number) => void = () => undefined,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: project,
      env: {
        PATH: process.env['PATH'],
        PINNED_NODE: pinnedNode,
        npm_execpath: join(project, 'npm.js'),
        ...env,
      },
    })
    let output = ''
    const add = (chunk: Buffer): void => {
      output += chunk.toString()
      onOutput(output, child.pid ?? 0)
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, output })
    })
  })
}

const runCommand = (words: readonly string[], env: SpawnOptions['env'] = {}): Promise<Run> =>
  finish(process.execPath, ['build/run.mjs', ...words], env)

describe('a fresh copy', () => {
  test('installs, hands over to the pinned Node with the arguments, and passes its exit code on', async () => {
    const { code, output } = await runCommand(['start', '7', '--port=1'], { NPM_DOES: 'installs' })
    expect(output).toContain('npm ci is installing 1 packages')
    expect(output).toContain('started with 7 --port=1 on v24')
    expect(code).toBe(7)
  })

  test('keeps what npm says of this script from the npm inside', async () => {
    const { output } = await runCommand(['start'], { NPM_DOES: 'installs', npm_lifecycle_event: 'start' })
    expect(output).toContain('npm ci undisturbed')
  })

  test.each([
    ['fails', 'npm ci ended with code 9', 'Please run: npm ci\n'],
    ['leaves the pinned Node out', 'the pinned Node is missing', 'Please run: npm rebuild node'],
  ])('says the one command to run where npm %s', async (does, problem, command) => {
    const { code, output } = await runCommand(['start'], { NPM_DOES: does })
    expect(output).toContain(problem)
    expect(output).toContain(command)
    expect(output).not.toContain('started')
    expect(code).toBe(1)
  })
})

describe('what is installed', () => {
  const optional = { 'node_modules/o': { version: '1.0.0', optional: true } }
  test.each([
    ['in step', usual, usual, false],
    ['without a package for another system', { ...usual, ...optional }, usual, false],
    ['with an older version', usual, { 'node_modules/a': { version: '0.9.0' } }, true],
    [
      'with other bytes under the same version',
      usual,
      { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } },
      true,
    ],
    ['without a package', { ...usual, 'node_modules/b': { version: '1.0.0' } }, usual, true],
  ])('%s', async (_, wanted, present, installs) => {
    writeFileSync(join(project, 'package-lock.json'), lock(wanted))
    install(present)
    const { output } = await runCommand(['start'], { NPM_DOES: 'fails' })
    expect(output.includes('npm ci undisturbed')).toBe(installs)
    expect(output.includes('Dependencies … already there')).toBe(!installs)
    expect(output.includes('started')).toBe(!installs)
  })
})

describe('ending', () => {
  beforeEach(() => {
    install(usual)
  })

  test('passes a signal on and waits for the end', async () => {
    const { code, output } = await finish(
      process.execPath,
      ['build/run.mjs', 'start', 'wait'],
      {},
      (seen, pid) => {
        if (/started.*\n$/.test(seen)) process.kill(pid, 'SIGTERM')
      },
    )
    expect(output).toContain('told to end')
    expect(code).toBe(5)
  })

  test('ends with the shell npm ran it in', async () => {
    const { output } = await finish(
      'sh',
      ['-c', `"${process.execPath}" build/run.mjs start wait; true`],
      { npm_lifecycle_event: 'start' },
      (seen, pid) => {
        if (/started.*\n$/.test(seen)) process.kill(pid, 'SIGKILL')
      },
    )
    expect(output).toContain('told to end')
  })
})

test.each([
  { name: 'an unknown command', words: ['nonsense'], env: {}, says: 'There is no command "nonsense"' },
  { name: 'a property every object has', words: ['constructor'], env: {}, says: 'There is no command' },
  {
    name: 'a Node that is too old',
    words: ['start'],
    env: {
      NODE_OPTIONS: `--import "data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'18.20.0'}})"`,
    },
    says: 'This is Node 18.20.0; the kiosk needs Node 20 or newer',
  },
])('refuses $name in words', async ({ words, env, says }) => {
  const { code, output } = await runCommand(words, env)
  expect(output).toContain(says)
  expect(output).toContain('Please run: ')
  expect(output).not.toContain('npm ci')
  expect(code).toBe(1)
})

test('every npm script goes through run.mjs, which knows it', async () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { output } = await runCommand(['nonsense'])
  const known = [...output.matchAll(/npm run (\w+)/g)].map(([, name]) => [name, `node build/run.mjs ${name}`])
  expect(manifest).toHaveProperty('scripts', Object.fromEntries(known))
})
