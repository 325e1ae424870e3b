import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type KioskWindow,
  hasDisplay,
  kioskArguments,
  openKioskWindow,
} from '../../../electron/kiosk-window.ts'
import { isAlive } from '../../../electron/process-group.ts'
import { memoryLog, temporaryFolder } from '../../fixtures/hosts.ts'

describe("Chromium's arguments", () => {
  const usual = { url: 'http://127.0.0.1:1/?token=t', profile: '/tmp/p', windowed: false, isRoot: false }

  it('show the kiosk alone, with a profile of its own and the sandbox on', () => {
    const args = kioskArguments(usual)
    expect(args).toEqual(
      expect.arrayContaining([
        '--app=http://127.0.0.1:1/?token=t',
        '--user-data-dir=/tmp/p',
        '--kiosk',
        '--no-first-run',
        '--disable-pinch',
        '--overscroll-history-navigation=0',
      ]),
    )
    expect(args.join(' ')).toMatch(/--disable-features=\S*Translate/)
    expect(args).not.toContain('--no-sandbox')
  })

  it('say how large the window is where nobody manages windows, since Chromium makes one of the very size smaller', () => {
    expect(kioskArguments(usual).join(' ')).not.toContain('--window-size')
    const args = kioskArguments({ ...usual, screen: { width: 1080, height: 1920 } })
    expect(args).toEqual(
      expect.arrayContaining(['--kiosk', '--window-position=0,0', '--window-size=1081,1921']),
    )
  })

  it('leave the sandbox off for root only, under whom it does not run', () => {
    expect(kioskArguments({ ...usual, isRoot: true })).toContain('--no-sandbox')
  })

  it('open a window where one is asked for', () => {
    const args = kioskArguments({ ...usual, windowed: true })
    expect(args).not.toContain('--kiosk')
    expect(args.join(' ')).toContain('--window-size=')
  })
})

it.each([
  { platform: 'linux', env: {}, expected: false },
  { platform: 'linux', env: { DISPLAY: '' }, expected: false },
  { platform: 'linux', env: { DISPLAY: ':0' }, expected: true },
  { platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, expected: true },
  { platform: 'freebsd', env: {}, expected: false },
  { platform: 'win32', env: {}, expected: true },
  { platform: 'darwin', env: {}, expected: true },
] as const)('a display on $platform with $env: $expected', ({ platform, env, expected }) => {
  expect(hasDisplay(env, platform)).toBe(expected)
})

const hasShell = process.platform !== 'win32'

describe.skipIf(!hasShell)(
  `the window${hasShell ? '' : ' (not run: its stand-in is a shell script)'}`,
  () => {
    const windows: KioskWindow[] = []
    afterEach(async () => {
      for (const window of windows.splice(0)) await window.close()
    })

    /** A program in Chromium's place: notes its processes and profile, has a helper, and does `then`. */
    async function standIn(folder: string, then: string): Promise<string> {
      const executable = join(folder, 'chromium')
      await writeFile(
        executable,
        `#!/bin/sh
for argument; do case "$argument" in
--user-data-dir=*) echo "\${argument#*=}" > '${folder}/profile' ;;
--app=*) echo "\${argument#*=}" >> '${folder}/addresses' ;;
esac; done
sh -c 'trap "" TERM; while :; do sleep 1; done' &
echo "$$ $!" >> '${folder}/processes'
${then}
`,
      )
      await chmod(executable, 0o755)
      return executable
    }

    async function opened(then: string, windowed = false, given?: string) {
      const folder = given ?? (await temporaryFolder('window'))
      const executable = await standIn(folder, then)
      const closed = vi.fn<() => void>()
      const givenUp = vi.fn<() => void>()
      const log = memoryLog()
      let links = 0
      const window = await openKioskWindow({
        executable,
        url: () => `http://127.0.0.1:1/?token=${(links += 1)}`,
        port: 1,
        windowed,
        log,
        onClosed: closed,
        onGivenUp: givenUp,
        restartPause: 10,
        profiles: folder,
      })
      windows.push(window)
      const starts = async (): Promise<number[][]> => {
        const text = await readFile(join(folder, 'processes'), 'utf8').catch(() => '')
        return text
          .trimEnd()
          .split('\n')
          .filter(Boolean)
          .map((line) => line.split(' ').map(Number))
      }
      const startedTimes = (times: number) =>
        vi.waitFor(async () => expect((await starts()).length).toBeGreaterThanOrEqual(times), 5000)
      return {
        window,
        log,
        closed,
        givenUp,
        starts,
        startedTimes,
        profile: () => readFile(join(folder, 'profile'), 'utf8'),
        addresses: async () => (await readFile(join(folder, 'addresses'), 'utf8')).trim().split('\n'),
      }
    }

    it.each([
      { title: 'ends when asked', then: 'wait' },
      { title: 'does not end when asked', then: 'trap "" TERM; wait; wait' },
    ])(
      'is closed with its helpers and its profile where Chromium $title',
      async ({ then }) => {
        const { window, closed, starts, startedTimes, profile } = await opened(then)
        await startedTimes(1)
        const folder = (await profile()).trim()
        expect(existsSync(folder)).toBe(true)
        const processes = (await starts()).flat()
        expect(processes.map(isAlive)).toStrictEqual([true, true])
        await window.close()
        await vi.waitFor(() => expect(processes.map(isAlive)).toStrictEqual([false, false]), 2000)
        expect(existsSync(folder)).toBe(false)
        expect(closed).not.toHaveBeenCalled()
      },
      15_000,
    )

    it('knows when the Chromium that runs was started', async () => {
      const { window, startedTimes } = await opened('wait')
      await startedTimes(1)
      const first = window.startedAt()
      expect(first).not.toBeNull()
      window.restart()
      await startedTimes(2)
      expect(window.startedAt()).toBeGreaterThan(first ?? Infinity)
      await window.close()
      expect(window.startedAt()).toBeNull()
    }, 15_000)

    const profileIn = (folder: string) => join(folder, `kiosk-profile-${process.getuid?.()}-1`)
    const groups: number[] = []
    afterEach(() => {
      for (const pid of groups.splice(0)) if (isAlive(pid)) process.kill(-pid, 'SIGKILL')
    })

    /** A kiosk in a process of its own, which is killed once its Chromium runs; gives that Chromium's processes. */
    async function killedKiosk(folder: string, executable: string): Promise<number[]> {
      const module = join(import.meta.dirname, '../../../electron/kiosk-window.ts')
      const options = { executable, port: 1, windowed: false, profiles: folder }
      const program = `
        import { openKioskWindow } from ${JSON.stringify(module)}
        const log = { info() {}, warn() {}, error() {} }
        await openKioskWindow({ ...${JSON.stringify(options)}, log, url: () => 'http://127.0.0.1:1/', onClosed() {}, onGivenUp() {} })
        console.log('open')
        setInterval(() => {}, 1000)`
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const before = (await readFile(join(folder, 'processes'), 'utf8').catch(() => '')).length
      let processes: number[] = []
      await vi.waitFor(async () => {
        const text = (await readFile(join(folder, 'processes'), 'utf8')).slice(before)
        expect(text).toMatch(/\n$/)
        processes = text.trim().split(' ').map(Number)
      }, 10_000)
      child.kill('SIGKILL')
      await ended
      groups.push(...processes.slice(0, 1))
      return processes
    }

    it('never stacks up where kiosks are killed: what they left is ended, its profile wiped', async () => {
      const folder = await temporaryFolder('window')
      const executable = await standIn(folder, 'wait')
      const first = await killedKiosk(folder, executable)
      expect(first.map(isAlive)).toStrictEqual([true, true])
      await writeFile(join(profileIn(folder), 'Preferences'), 'of the killed kiosk')
      const second = await killedKiosk(folder, executable)
      const { log, starts, startedTimes, window } = await opened('wait', false, folder)
      await startedTimes(3)
      await vi.waitFor(
        () => expect([...first, ...second].map(isAlive)).toStrictEqual(Array(4).fill(false)),
        5000,
      )
      expect((await starts()).at(-1)?.map(isAlive)).toStrictEqual([true, true])
      expect(log.lines).toMatchObject([{ level: 'warn', fields: { pid: second[0] } }])
      expect(existsSync(join(profileIn(folder), 'Preferences'))).toBe(false)
      await window.close()
    }, 30_000)

    it('ends no program that only has the number of a Chromium that was', async () => {
      const folder = await temporaryFolder('window')
      const other = spawn('sleep', ['60'], { stdio: 'ignore', detached: true })
      groups.push(other.pid ?? 0)
      await mkdir(profileIn(folder))
      await writeFile(join(profileIn(folder), 'kiosk.pid'), String(other.pid))
      const { log, startedTimes } = await opened('wait', false, folder)
      await startedTimes(1)
      expect(isAlive(other.pid ?? 0)).toBe(true)
      expect(log.lines).toStrictEqual([])
    }, 15_000)

    it('is not opened on a profile that somebody else has laid out', async () => {
      const folder = await temporaryFolder('window')
      await mkdir(join(folder, 'theirs'))
      await symlink(join(folder, 'theirs'), profileIn(folder))
      await expect(opened('wait', false, folder)).rejects.toThrow(/is not this account's folder/)
      expect(existsSync(join(folder, 'theirs'))).toBe(true)
    })

    it('is opened again whenever Chromium ends on the whole screen', async () => {
      const { window, log, closed, starts, startedTimes } = await opened('kill -9 $!; exit 7')
      await startedTimes(3)
      await window.close()
      const count = (await starts()).length
      await window.close()
      expect((await starts()).length).toBe(count)
      expect(log.lines[0]).toMatchObject({ level: 'warn', fields: { code: 7 } })
      expect(closed).not.toHaveBeenCalled()
    }, 15_000)

    it('gives each Chromium an address of its own', async () => {
      const { window, addresses, startedTimes } = await opened('wait')
      for (const times of [1, 2, 3]) {
        await startedTimes(times)
        window.restart()
      }
      await window.close()
      const wanted = [1, 2, 3].map((link) => `http://127.0.0.1:1/?token=${link}`)
      expect((await addresses()).slice(0, 3)).toStrictEqual(wanted)
    }, 15_000)

    it('is given up, and says so, where Chromium ends again and again', async () => {
      const { givenUp, log, starts } = await opened('kill -9 $!; exit 7')
      await vi.waitFor(() => expect(givenUp).toHaveBeenCalledTimes(1), 8000)
      expect(await starts()).toHaveLength(5)
      expect(log.lines.at(-1)).toMatchObject({ level: 'error', fields: { times: 5, code: 7 } })
    }, 15_000)

    it('is started again on the same profile where it is told to, even if it does not listen', async () => {
      const { window, givenUp, starts, startedTimes, profile } = await opened('trap "" TERM; wait; wait')
      await startedTimes(1)
      const kept = join((await profile()).trim(), 'kept')
      await writeFile(kept, '')
      const before = (await starts()).flat()
      window.restart()
      await startedTimes(2)
      await vi.waitFor(() => expect(before.map(isAlive)).toStrictEqual([false, false]), 2000)
      expect((await starts()).at(-1)?.map(isAlive)).toStrictEqual([true, true])
      expect(existsSync(kept)).toBe(true)
      expect(givenUp).not.toHaveBeenCalled()
    }, 15_000)

    it('stays closed and says so where it was a window', async () => {
      const { closed, starts } = await opened('kill -9 $!; exit 0', true)
      await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1), 5000)
      expect(await starts()).toHaveLength(1)
    }, 15_000)
  },
)

it('logs a Chromium that cannot be started', async () => {
  const log = memoryLog()
  const window = await openKioskWindow({
    executable: '/nowhere/chromium',
    url: () => 'http://127.0.0.1:1/',
    port: 1,
    windowed: false,
    log,
    onClosed: () => {},
    onGivenUp: () => {},
    restartPause: 60_000,
    profiles: await temporaryFolder('window'),
  })
  await vi.waitFor(() => expect(log.lines[0]).toMatchObject({ level: 'error' }))
  await window.close()
})
