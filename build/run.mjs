/**
 * Entry of every npm script: `node build/run.mjs <command> [arguments]`.
 *
 * Runs on the machine's own Node (20 or newer) with nothing installed yet. Brings node_modules in step
 * with package-lock.json, then hands over to the pinned Node, which runs the TypeScript as it stands.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What each command runs on the pinned Node, and the set-up steps it needs before. */
const commands = {
  start: { script: 'build/start.ts' },
  test: { script: 'build/test.ts' },
  check: { script: 'build/test.ts', args: ['check'] },
  format: { script: 'node_modules/prettier/bin/prettier.cjs', args: ['--write', '--log-level=warn', '.'] },
  build: { script: 'build/bundle.ts' },
  bundle: { script: 'build/edition-bundle.ts' },
  intake: { script: 'build/intake.ts' },
  offer: { script: 'build/offer.ts' },
  slip: { script: 'build/slip.ts', needs: ['chromium', 'bundle'] },
  printer: { script: 'build/printer.ts', needs: ['chromium', 'bundle'] },
  staff: { script: 'build/staff.ts' },
  proof: { script: 'build/proof.ts' },
  pictures: { script: 'build/pictures.ts', needs: ['chromium', 'bundle'] },
  sheet: { script: 'build/contact-sheet.ts', needs: ['chromium', 'bundle'] },
  bench: { script: 'build/bench.ts', needs: ['chromium', 'bundle'] },
  soak: { script: 'build/soak.ts', needs: ['chromium', 'bundle'] },
  dist: { script: 'build/dist.ts', needs: ['bundle'] },
  doctor: { script: 'build/doctor.ts' },
  settings: { script: 'build/settings.ts' },
  screen: { script: 'build/screen.ts' },
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const pinnedNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
let running = null
for (const signal of signals) {
  process.on(signal, () => (running ? running.kill(signal) : process.exit(128 + constants.signals[signal])))
}

/** The parent, and its parent where Linux tells: npm's shell and npm. */
function ancestors() {
  try {
    return `${process.ppid} ${/^PPid:.*$/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))}`
  } catch {
    return String(process.ppid)
  }
}

// An npm that is ended tells its shell at most, and the shell tells nobody: then this script has to notice.
if (process.env['npm_lifecycle_event']) {
  const before = ancestors()
  setInterval(() => {
    if (ancestors() !== before) running?.kill('SIGTERM')
  }, 500).unref()
}

/** Runs a program to its end, passing signals on; resolves to the exit code a shell would report. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    running = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    running.on('error', reject)
    running.on('close', (code, signal) => {
      running = null
      resolve(signal ? 128 + constants.signals[signal] : code)
    })
  })
}

/** Ends with a plain message and the one command that helps. */
function fail(problem, command) {
  console.error(`\n${problem}\nPlease run: ${command}`)
  process.exit(1)
}

/** The packages of a lockfile by path, without the project itself; none where it cannot be read. */
function packagesOf(lockfile) {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, lockfile), 'utf8'))
    delete packages['']
    return packages
  } catch {
    return {}
  }
}

/** How many packages of package-lock.json are absent from node_modules or there in another version. */
function packagesOutOfStep() {
  const wanted = Object.entries(packagesOf('package-lock.json'))
  const present = packagesOf('node_modules/.package-lock.json')
  return wanted.filter(([path, { version, integrity, optional, devOptional }]) => {
    const found = present[path]
    if (!found) return !optional && !devOptional
    return found.version !== version || (integrity && found.integrity && found.integrity !== integrity)
  }).length
}

/** How many packages lie in node_modules so far. */
function packagesInPlace() {
  const modules = join(root, 'node_modules')
  if (!existsSync(modules)) return 0
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'))
  return names.reduce((sum, name) => {
    return sum + (name.startsWith('@') ? readdirSync(join(modules, name)).length : 1)
  }, 0)
}

/** The environment without what the npm around this script says of this script: it would mislead a nested npm. */
function environmentForNpm() {
  const ofThisScript = /^npm_(lifecycle|package|command$|config_local_prefix$)|^INIT_CWD$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisScript.test(name)))
}

async function bringDependenciesInStep() {
  const outOfStep = packagesOutOfStep()
  if (outOfStep === 0 && existsSync(pinnedNode)) {
    console.error('Dependencies … already there')
    return
  }
  const total = Object.keys(packagesOf('package-lock.json')).length
  console.error(`Dependencies … npm ci is installing ${total} packages`)
  const began = Date.now()
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000)
    console.error(`  … ${seconds} s, ${packagesInPlace()} packages in place`)
  }, 5000)
  const npmScript = process.env['npm_execpath'] ?? ''
  const args = ['ci', '--no-progress', '--loglevel=error']
  const options = { env: environmentForNpm(), stdio: ['ignore', 2, 2] }
  const code = await (
    npmScript.endsWith('.js')
      ? run(process.env['npm_node_execpath'] ?? process.execPath, [npmScript, ...args], options)
      : run('npm', args, { ...options, shell: process.platform === 'win32' })
  ).catch((error) => {
    console.error(error.message)
    return 1
  })
  clearInterval(progress)
  if (code > 128) process.exit(code)
  if (code !== 0) fail(`npm ci ended with code ${code} (its own words are above).`, 'npm ci')
  if (!existsSync(pinnedNode)) {
    fail(
      'The packages are installed, but the pinned Node is missing: its install script did not run.',
      'npm rebuild node --ignore-scripts=false',
    )
  }
  console.error(`Dependencies … installed in ${Math.round((Date.now() - began) / 1000)} s`)
}

/** Runs a script on the pinned Node, with that Node first on the path for whatever it starts. */
async function onPinnedNode(script, args) {
  if (!existsSync(join(root, script))) fail(`${script} is missing from this copy.`, `git checkout ${script}`)
  const separator = process.platform === 'win32' ? ';' : ':'
  const env = { ...process.env, PATH: [dirname(pinnedNode), process.env['PATH']].join(separator) }
  try {
    return await run(pinnedNode, [script, ...args], { env })
  } catch (error) {
    return fail(`The pinned Node does not start on this machine: ${error.message}.`, 'npm ci')
  }
}

async function main() {
  const [name, ...rest] = process.argv.slice(2)
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    fail(
      `This is Node ${process.versions.node}; the kiosk needs Node 20 or newer (https://nodejs.org).`,
      'node --version   (again, once a newer Node is installed)',
    )
  }
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (!command)
    fail(`There is no command "${name ?? ''}".`, `npm run ${Object.keys(commands).join(' | npm run ')}`)
  await bringDependenciesInStep()
  if (command.needs) {
    const code = await onPinnedNode('build/setup.ts', command.needs)
    if (code !== 0) process.exit(code)
  }
  process.exitCode = await onPinnedNode(command.script, [...(command.args ?? []), ...rest])
}

await main()
