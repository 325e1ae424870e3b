import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type ElectronBinary,
  electronUrl,
  findElectron,
  whyUnreachable,
} from '../../../build/electron-binary.ts'
import { runChild } from '../../../build/child.ts'
import {
  type HostEnd,
  type HostName,
  chooseHost,
  endedByItself,
  keepRunning,
  readStartArguments,
} from '../../../build/start.ts'
import { OptionError } from '../../../electron/options.ts'

describe('the command line', () => {
  test.each<[string[], HostName | null, string[]]>([
    [[], null, []],
    [['--host=browser'], 'browser', []],
    [['--windowed', '--host', 'electron', '--port', '0'], 'electron', ['--windowed', '--port', '0']],
    [['--port=4681', '--prints', 'out'], null, ['--port=4681', '--prints', 'out']],
  ])('%j', (argv, host, rest) => {
    expect(readStartArguments(argv)).toEqual({ host, rest })
  })

  test.each([
    [['--host=chrome']],
    [['--host']],
    [['--host=']],
    [['--bogus']],
    [['--port', 'many']],
    [['word']],
  ])('refuses %j in words', (argv) => {
    expect(() => readStartArguments(argv)).toThrow(OptionError)
  })
})

describe('the choice of host', () => {
  const present: ElectronBinary = { kind: 'present', path: '/e' }
  const downloadable: ElectronBinary = { kind: 'downloadable', url: 'https://mirror.test/e.zip' }
  const unobtainable: ElectronBinary = { kind: 'unobtainable', why: 'mirror.test cannot be reached' }
  test.each<[HostName | null, boolean, ElectronBinary, HostName, string]>([
    [null, true, present, 'electron', 'its binary is here'],
    [null, true, downloadable, 'electron', 'can be downloaded from mirror.test'],
    [null, true, unobtainable, 'browser', 'mirror.test cannot be reached'],
    [null, false, present, 'browser', 'there is no display'],
    ['browser', true, present, 'browser', 'you asked for it'],
    ['electron', false, unobtainable, 'electron', 'you asked for it'],
  ])('asked for %s, display %s, %o → %s', async (asked, display, binary, host, why) => {
    const choice = await chooseHost(asked, display, () => Promise.resolve(binary))
    expect(choice).toEqual({ host, why: expect.stringContaining(why) })
  })

  test.each<[HostName | null, boolean]>([
    ['browser', true],
    [null, false],
  ])('asks no network where it decides nothing (asked for %s, display %s)', async (asked, display) => {
    const network = (): Promise<ElectronBinary> => Promise.reject(new Error('asked the network'))
    expect(await chooseHost(asked, display, network)).toMatchObject({ host: 'browser' })
  })
})

describe('a host that runs', () => {
  /** A program in a host's place that ends with a code, or by a signal it sends itself. */
  const standIn = (ends: string) =>
    runChild(process.execPath, [
      '-e',
      /^\d+$/.test(ends) ? `process.exit(${ends})` : `process.kill(process.pid, '${ends}')`,
    ])
  const again = (code: number) => `The kiosk ended by itself (code ${code}) and starts again`

  /** Runs stand-ins in turn: after how many seconds, and how, each ends. */
  async function kept(
    runs: readonly (readonly [seconds: number, ends: string])[],
    cannotStart?: (code: number) => boolean,
  ) {
    let clock = 5_000_000
    const said: string[] = []
    const pauses: number[] = []
    const left = [...runs]
    const end = await keepRunning(
      async () => {
        const [seconds, ends] = left.shift() ?? [0, '99']
        clock += seconds * 1000
        return standIn(ends)
      },
      (line) => said.push(line),
      {
        now: () => clock,
        pause: async (milliseconds) => {
          pauses.push(milliseconds)
          clock += milliseconds
        },
      },
      cannotStart,
    )
    return { end, said, pauses: new Set(pauses), left: left.length }
  }

  test.each<[string, readonly (readonly [number, string])[], HostEnd, string[]]>([
    ['ends as it was told', [[3600, '0']], { kind: 'ended', code: 0 }, []],
    ['ends at once as it was told', [[1, '0']], { kind: 'ended', code: 0 }, []],
    ['cannot start', [[9.9, '1']], { kind: 'not-started', code: 1 }, []],
    [
      'crashes',
      [
        [10, '1'],
        [20, '0'],
      ],
      { kind: 'ended', code: 0 },
      [again(1)],
    ],
    [
      'is killed',
      [
        [60, 'SIGKILL'],
        [60, '7'],
        [20, '0'],
      ],
      { kind: 'ended', code: 0 },
      [again(137), again(7)],
    ],
    [
      'crashes and then dies at once a few times',
      [
        [60, '1'],
        [2, '1'],
        [2, '1'],
        [60, '0'],
      ],
      { kind: 'ended', code: 0 },
      Array(3).fill(again(1)),
    ],
    [
      'crashes five times in a little more than ten minutes',
      [[50, '1'], ...Array.from({ length: 4 }, () => [150, '1'] as const), [20, '0']],
      { kind: 'ended', code: 0 },
      Array(5).fill(again(1)),
    ],
  ])('%s', async (_, runs, end, said) => {
    const pauses = new Set(said.length > 0 ? [1000] : [])
    expect(await kept(runs)).toEqual({ end, said, pauses, left: 0 })
  })

  test('that is killed as soon as it is there is started again, and one that ends by itself then is not', async () => {
    const runs = [
      [2, 'SIGKILL'],
      [20, '0'],
    ] as const
    expect(await kept(runs, endedByItself)).toMatchObject({ end: { kind: 'ended', code: 0 }, left: 0 })
    expect(await kept(runs)).toMatchObject({ end: { kind: 'not-started', code: 137 }, left: 1 })
    expect(await kept([[2, '1']], endedByItself)).toMatchObject({ end: { kind: 'not-started', code: 1 } })
  })

  test('crashes again and again: it is started once a minute, and never given up', async () => {
    const runs = Array.from({ length: 12 }, () => [20, '1'] as const)
    const { end, said, pauses, left } = await kept([...runs, [20, '0']])
    expect({ end, left }).toEqual({ end: { kind: 'ended', code: 0 }, left: 0 })
    expect(said[0]).toBe(again(1))
    expect(said.at(-1)).toMatch(/within ten minutes, and starts again in a minute/u)
    expect(pauses).toEqual(new Set([1000, 60_000]))
  })

  test('restarts itself every night: it is started again at once, and without complaint', async () => {
    const nights = Array.from({ length: 4 }, () => [86_400, '75'] as const)
    const { end, said, pauses } = await kept([...nights, [20, '0']])
    expect(end).toEqual({ kind: 'ended', code: 0 })
    expect(new Set(said)).toEqual(new Set(['The kiosk starts anew, as every night']))
    expect(pauses).toEqual(new Set())
  })

  test('that is told to end is not started again', async () => {
    const said: string[] = []
    const run = async () => ({ code: 143, interrupted: true })
    const times = { now: () => performance.now() * 1e6, pause: async () => {} }
    expect(await keepRunning(run, (line) => said.push(line), times)).toEqual({ kind: 'ended', code: 143 })
    expect(said).toEqual([])
  })
})

test.each<[string, Record<string, string>, string]>([
  [
    'the release host',
    {},
    'https://github.com/electron/electron/releases/download/v45.4.1/electron-v45.4.1-linux-arm64.zip',
  ],
  [
    'a mirror',
    { ELECTRON_MIRROR: 'https://mirror.test/electron/' },
    'https://mirror.test/electron/v45.4.1/electron-v45.4.1-linux-arm64.zip',
  ],
  [
    "npm's mirror and folder",
    { npm_config_electron_mirror: 'https://npm.test/', ELECTRON_CUSTOM_DIR: '{{ version }}' },
    'https://npm.test/45.4.1/electron-v45.4.1-linux-arm64.zip',
  ],
])('Electron is asked for at %s', (_, env, url) => {
  expect(electronUrl('45.4.1', env, 'linux', 'arm64')).toBe(url)
})

describe('a release host', () => {
  const server = createServer((request, response) => {
    if (request.url === '/silent') return
    response.writeHead(Number(request.url?.slice(1))).end()
  })
  let base: string

  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  test.each([
    ['/200', null],
    ['/404', 'has no Electron for this system'],
    ['/503', 'answers 503'],
    ['/silent', 'does not answer within 0.2 s'],
  ])('%s: %s', async (path, why) => {
    const said = await whyUnreachable(`${base}${path}`, path === '/silent' ? 200 : 5000)
    expect(said).toEqual(why === null ? null : expect.stringContaining(why))
  })

  test('that is not there', async () => {
    server.close()
    expect(await whyUnreachable(`${base}/200`)).toContain('cannot be reached')
  })
})

describe('findElectron', () => {
  let project: string

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'kiosk-electron-'))
    mkdirSync(join(project, 'node_modules/electron/dist'), { recursive: true })
    writeFileSync(join(project, 'node_modules/electron/package.json'), '{ "version": "45.4.1" }')
  })

  afterEach(() => {
    rmSync(project, { recursive: true })
  })

  test.runIf(process.platform === 'linux')(
    'finds the one its package downloaded (Linux layout)',
    async () => {
      const path = join(project, 'node_modules/electron/dist/electron')
      writeFileSync(path, '')
      expect(await findElectron(project, {})).toEqual({ kind: 'present', path })
    },
  )

  test('asks no network where a folder is named that holds none', async () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(project, 'none') }
    expect(await findElectron(project, env)).toMatchObject({
      kind: 'unobtainable',
      why: expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH'),
    })
  })
})
