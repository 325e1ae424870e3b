import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from '../electron/find-chromium.ts'
import { OptionError } from '../electron/options.ts'
import { bundleIsCurrent } from './bundle.ts'
import { runQuietly, wasInterrupted } from './child.ts'

/** Tells a person how a step is getting on. */
export type Say = (line: string) => void

/** One thing a command needs before it can run. */
export type Step = {
  readonly name: string
  readonly done: () => boolean
  /** What `run` does, in a few words. */
  readonly doing: string
  /** Null where this machine does not let us do it: then a person is asked to run `command`. */
  readonly run: ((say: Say) => Promise<void>) | null
  /** The one command a person runs instead. */
  readonly command: string
}

/** A step that could not be done: what happened, and the one command that helps. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly step: string
  readonly command: string

  constructor({ name, command }: Step, why: string, cause?: unknown) {
    super(`${name}: ${why}\nPlease run: ${command}`, { cause })
    this.step = name
    this.command = command
  }
}

async function runStep(step: Step, label: string, say: Say): Promise<void> {
  if (step.done()) {
    say(`${label} … already there`)
    return
  }
  if (!step.run) throw new SetupError(step, 'not there, and this command cannot install it here.')
  say(`${label} … ${step.doing}`)
  const began = Date.now()
  try {
    await step.run((line) => {
      say(`  … ${line}`)
    })
  } catch (error) {
    throw new SetupError(step, error instanceof Error ? error.message : String(error), error)
  }
  if (wasInterrupted()) return
  if (!step.done()) throw new SetupError(step, 'still not there after it was installed.')
  say(`${label} … done in ${Math.round((Date.now() - began) / 1000)} s`)
}

/**
 * Does the steps in order, each only where it is not done yet. Throws SetupError at the first that fails,
 * or hands each failure to `onFailure` and goes on.
 */
export async function runSteps(
  steps: readonly Step[],
  say: Say,
  onFailure?: (failure: SetupError) => void,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    try {
      await runStep(step, `[${index + 1}/${steps.length}] ${step.name}`, say)
    } catch (error) {
      if (!onFailure || !(error instanceof SetupError)) throw error
      onFailure(error)
    }
    if (wasInterrupted()) return
  }
}

/** What decides how a program can be installed here. */
export type Machine = {
  /** The text of /etc/os-release; empty where there is none. */
  readonly osRelease: string
  readonly hasApt: boolean
  readonly isRoot: boolean
  /** `KIOSK_CHROMIUM`: the browser somebody chose by hand. */
  readonly chosenChromium: string | undefined
}

const root = join(import.meta.dirname, '..')

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const thisMachine = (): Machine => ({
  osRelease: existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '',
  hasApt: onPath('apt-get'),
  isRoot: process.getuid?.() === 0,
  chosenChromium: process.env['KIOSK_CHROMIUM'],
})

/** How a package comes onto this machine: by us, or by a person's one command. */
type Installation = Pick<Step, 'run' | 'command'>

function throughApt(packages: string, isRoot: boolean): Installation {
  const command = `sudo apt-get install --no-install-recommends ${packages}`
  if (!isRoot) return { run: null, command }
  const apt = (words: string, say: Say): Promise<void> =>
    runQuietly('apt-get', ['-o', 'DPkg::Lock::Timeout=180', ...words.split(' ')], say, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  const install = `install --yes --no-install-recommends ${packages}`
  const run = async (say: Say): Promise<void> => {
    try {
      await apt(install, say)
    } catch {
      // On a fresh machine the package lists are empty, on an old one out of date.
      say('refreshing the package lists first')
      await apt('update', say)
      await apt(install, say)
    }
  }
  return { run, command }
}

/**
 * How a Chromium comes onto this machine, with `xrandr`, which tells how large its window must be. Ubuntu's apt
 * package is left alone: it only points at a snap.
 */
export function chromiumInstallation({ osRelease, hasApt, isRoot, chosenChromium }: Machine): Installation {
  if (chosenChromium) return { run: null, command: 'unset KIOSK_CHROMIUM   (it names no file)' }
  const isUbuntu = /^ID(_LIKE)?=.*\bubuntu\b/m.test(osRelease)
  if (hasApt && !isUbuntu) return throughApt('chromium x11-xserver-utils', isRoot)
  return { run: null, command: 'npx playwright-core install --with-deps chromium' }
}

/** How `pdftotext` and `pdftoppm`, which tests read slips with, come onto this machine. */
export function pdfToolsInstallation({ hasApt, isRoot, osRelease }: Machine): Installation {
  if (hasApt) return throughApt('poppler-utils', isRoot)
  if (osRelease === '') return { run: null, command: 'brew install poppler' }
  return { run: null, command: 'sudo dnf install poppler-utils' }
}

/** What the tests' printers are made of, as programs. */
const printingPrograms = ['ippeveprinter', 'ipptool', 'cupsd', 'lpadmin', 'dbus-daemon']

/** How `ippeveprinter`, `cupsd` and what they need, which tests print with, come onto this machine. */
export function printingInstallation({ hasApt, isRoot, osRelease }: Machine): Installation {
  if (hasApt) return throughApt('cups cups-client cups-ipp-utils cups-filters dbus', isRoot)
  if (osRelease === '') return { run: null, command: 'npm test -- check   (these tests need Linux)' }
  return {
    run: null,
    command: 'sudo dnf install cups cups-client cups-printerapp cups-ipptool cups-filters dbus-daemon',
  }
}

/** What the tests of faults cut off, fill up and make file systems with, as programs. */
const faultPrograms = ['strace', 'mkfs.ext4', 'mkfs.exfat', 'mount.exfat-fuse', 'mkntfs', 'ntfs-3g']

/** How `strace` and the file systems, which tests break the disk with, come onto this machine. */
export function faultsInstallation({ hasApt, isRoot, osRelease }: Machine): Installation {
  if (hasApt) return throughApt('strace e2fsprogs exfat-fuse exfatprogs ntfs-3g', isRoot)
  if (osRelease === '') return { run: null, command: 'npm test -- check   (these tests need Linux)' }
  return { run: null, command: 'sudo dnf install strace e2fsprogs fuse-exfat exfatprogs ntfs-3g ntfsprogs' }
}

const isProgram = (name: string): boolean =>
  onPath(name) || ['/usr/sbin', '/sbin'].some((folder) => existsSync(join(folder, name)))

const makers = {
  chromium: (machine: Machine): Step => ({
    name: 'Chromium',
    done: () => findChromium() !== null,
    doing: 'installing it through apt (about 100 MB)',
    ...chromiumInstallation(machine),
  }),
  'pdf-tools': (machine: Machine): Step => ({
    name: 'PDF tools for the tests',
    done: () => ['pdftotext', 'pdftoppm'].every(onPath),
    doing: 'installing poppler-utils through apt',
    ...pdfToolsInstallation(machine),
  }),
  printing: (machine: Machine): Step => ({
    name: 'Printers for the tests',
    done: () => printingPrograms.every(isProgram),
    doing: 'installing CUPS and its test printer through apt (about 60 MB)',
    ...printingInstallation(machine),
  }),
  faults: (machine: Machine): Step => ({
    name: 'File systems for the tests',
    done: () => faultPrograms.every(isProgram),
    doing: 'installing strace, exFAT and NTFS through apt (about 5 MB)',
    ...faultsInstallation(machine),
  }),
  bundle: (): Step => ({
    name: 'Build',
    done: () => bundleIsCurrent(root),
    doing: 'bundling the screen and the Electron host into dist/',
    run: (say) => runQuietly(process.execPath, ['build/bundle.ts'], say, { cwd: root }),
    command: 'npm run build',
  }),
}

export type StepName = keyof typeof makers

const isStepName = (name: string): name is StepName => Object.hasOwn(makers, name)

/**
 * Sets up what the named steps stand for, saying so on stderr. Throws SetupError at the first that fails,
 * or hands each failure to `onFailure` and goes on.
 *
 * No fonts are among them: the pages carry their own.
 */
export async function setUp(
  names: readonly StepName[],
  onFailure?: (failure: SetupError) => void,
): Promise<void> {
  const machine = thisMachine()
  const say = (line: string): void => {
    console.error(line)
  }
  await runSteps(
    names.map((name) => makers[name](machine)),
    say,
    onFailure,
  )
}

/** Runs a command's main function; a SetupError or OptionError ends it with its words alone. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError || error instanceof OptionError)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    await setUp(process.argv.slice(2).filter(isStepName))
    return wasInterrupted() ? 130 : 0
  })
}
