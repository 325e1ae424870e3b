import { describe, expect, test } from 'vitest'
import {
  type Machine,
  SetupError,
  type Step,
  chromiumInstallation,
  faultsInstallation,
  pdfToolsInstallation,
  printingInstallation,
  runSteps,
} from '../../../build/setup.ts'

type Does = 'nothing' | 'succeeds' | 'fails' | 'pretends'

/** A step that is `there` from the start or comes by running it. */
function step(name: string, there: boolean, does: Does): Step {
  let done = there
  return {
    name,
    doing: 'fetching it',
    command: `fetch ${name}`,
    done: () => done,
    run:
      does === 'nothing'
        ? null
        : (say) => {
            say('half way')
            if (does === 'fails') return Promise.reject(new Error('no route'))
            done = done || does === 'succeeds'
            return Promise.resolve()
          },
  }
}

/** What a person reads while the steps run, the error that ends them included. */
async function reading(steps: readonly Step[]): Promise<string[]> {
  const lines: string[] = []
  try {
    await runSteps(steps, (line) => lines.push(line))
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError)
    lines.push(...String(error instanceof Error ? error.message : error).split('\n'))
  }
  return lines
}

describe('runSteps', () => {
  test.each<[string, Step[], string[]]>([
    [
      'skips what is there, though it could not be done',
      [step('A', true, 'nothing'), step('B', true, 'fails')],
      ['[1/2] A … already there', '[2/2] B … already there'],
    ],
    [
      'does what is not there and tells of it',
      [step('A', false, 'succeeds')],
      ['[1/1] A … fetching it', '  … half way', '[1/1] A … done in 0 s'],
    ],
    [
      'asks for the command where it may not do it, and stops there',
      [step('A', false, 'nothing'), step('B', false, 'succeeds')],
      ['A: not there, and this command cannot install it here.', 'Please run: fetch A'],
    ],
    [
      'asks for the command where it fails',
      [step('A', false, 'fails'), step('B', false, 'succeeds')],
      ['[1/2] A … fetching it', '  … half way', 'A: no route', 'Please run: fetch A'],
    ],
    [
      'believes no installer that left nothing',
      [step('A', false, 'pretends')],
      [
        '[1/1] A … fetching it',
        '  … half way',
        'A: still not there after it was installed.',
        'Please run: fetch A',
      ],
    ],
  ])('%s', async (_, steps, lines) => {
    expect(await reading(steps)).toEqual(lines)
  })
})

test('runSteps hands failures over and goes on where it is asked to', async () => {
  const lines: string[] = []
  const failures: string[] = []
  await runSteps(
    [step('A', false, 'nothing'), step('B', false, 'fails'), step('C', true, 'nothing')],
    (line) => lines.push(line),
    ({ step: name, command }) => failures.push(`${name}: ${command}`),
  )
  expect(lines.at(-1)).toBe('[3/3] C … already there')
  expect(failures).toEqual(['A: fetch A', 'B: fetch B'])
})

const debian: Machine = { osRelease: 'ID=debian\n', hasApt: true, isRoot: true, chosenChromium: undefined }
const ubuntu = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'
const mint = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'

describe('how programs come onto a machine', () => {
  const apt = 'sudo apt-get install --no-install-recommends chromium x11-xserver-utils'
  const playwright = 'npx playwright-core install --with-deps chromium'
  test.each<[string, Partial<Machine>, string, boolean]>([
    ['root on Debian', {}, apt, true],
    ['anyone on Debian', { isRoot: false }, apt, false],
    ['Ubuntu, whose package is a snap', { osRelease: ubuntu }, playwright, false],
    ['a child of Ubuntu', { osRelease: mint }, playwright, false],
    ['no apt', { osRelease: 'ID=fedora\n', hasApt: false }, playwright, false],
    ['a browser chosen by hand', { chosenChromium: '/nowhere' }, 'unset KIOSK_CHROMIUM', false],
  ])('Chromium, %s', (_, machine, command, byItself) => {
    const installation = chromiumInstallation({ ...debian, ...machine })
    expect(installation.command).toContain(command)
    expect(installation.run !== null).toBe(byItself)
  })

  test.each<[string, Partial<Machine>, string, boolean]>([
    ['root on Ubuntu', { osRelease: ubuntu }, 'apt-get install --no-install-recommends poppler-utils', true],
    ['no apt', { osRelease: 'ID=fedora\n', hasApt: false }, 'dnf install poppler-utils', false],
    ['no Linux', { osRelease: '', hasApt: false }, 'brew install poppler', false],
  ])('PDF tools, %s', (_, machine, command, byItself) => {
    const installation = pdfToolsInstallation({ ...debian, ...machine })
    expect(installation.command).toContain(command)
    expect(installation.run !== null).toBe(byItself)
  })

  test.each<[string, Partial<Machine>, string, boolean]>([
    [
      'root on Debian',
      {},
      'apt-get install --no-install-recommends cups cups-client cups-ipp-utils cups-filters dbus',
      true,
    ],
    ['anyone on Debian', { isRoot: false }, 'sudo apt-get install', false],
    ['no apt', { osRelease: 'ID=fedora\n', hasApt: false }, 'dnf install cups', false],
    ['no Linux', { osRelease: '', hasApt: false }, 'npm test -- check', false],
  ])('printers, %s', (_, machine, command, byItself) => {
    const installation = printingInstallation({ ...debian, ...machine })
    expect(installation.command).toContain(command)
    expect(installation.run !== null).toBe(byItself)
  })

  test.each<[string, Partial<Machine>, string, boolean]>([
    ['Debian', {}, 'strace e2fsprogs exfat-fuse exfatprogs ntfs-3g', true],
    ['Debian without root', { isRoot: false }, 'sudo apt-get install', false],
    ['another Linux', { hasApt: false }, 'sudo dnf install strace', false],
    ['no Linux', { osRelease: '', hasApt: false }, 'npm test -- check', false],
  ])('file systems, %s', (_, machine, command, byItself) => {
    const installation = faultsInstallation({ ...debian, ...machine })
    expect(installation.command).toContain(command)
    expect(installation.run !== null).toBe(byItself)
  })
})
