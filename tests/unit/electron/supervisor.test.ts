import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSupervisor } from '../../../electron/supervisor.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const withWatchdog = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '60000000' }

/** A kiosk whose screen gives a sign of life each second until `end`, in seconds; null: none. */
function aSupervised(end: number | null, env: Record<string, string> = withWatchdog) {
  const said: string[] = []
  const log = memoryLog()
  let now = 0
  const supervisor = createSupervisor({
    env,
    log,
    elapsed: () => now,
    lastAlive: () => (end === null ? null : Math.min(now, end * 1000)),
    notify: async (...words) => {
      said.push(`${now / 1000} ${words.join(' ')}`)
      return true
    },
  })
  const passes = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      now += 1000
      await vi.advanceTimersByTimeAsync(1000)
    }
  }
  return { supervisor, said, log, passes }
}

it('is told that the kiosk serves, and then thrice within what it waits that the screen lives', async () => {
  const { supervisor, said, log, passes } = aSupervised(1000)
  await supervisor.ready()
  await passes(65)
  expect(said).toEqual(['0 READY=1', '20 WATCHDOG=1', '40 WATCHDOG=1', '60 WATCHDOG=1'])
  expect(log.lines).toEqual([])
})

it('hears nothing more once the screen has been silent for a minute, and the log says so once', async () => {
  const { supervisor, said, log, passes } = aSupervised(30)
  await supervisor.ready()
  await passes(300)
  expect(said.at(-1)).toBe('80 WATCHDOG=1')
  expect(log.lines).toMatchObject([{ level: 'error' }])
})

it('waits three minutes for the first sign', async () => {
  const { supervisor, said, passes } = aSupervised(null)
  await supervisor.ready()
  await passes(400)
  expect(said.at(-1)).toBe('180 WATCHDOG=1')
})

it('hears nothing after the end', async () => {
  const { supervisor, said, passes } = aSupervised(1000)
  await supervisor.ready()
  supervisor.close()
  await passes(100)
  expect(said).toEqual(['0 READY=1'])
})

it.each([
  ['that waits for no signs hears only that the kiosk serves', { NOTIFY_SOCKET: '@x' }, ['0 READY=1']],
  ['that is not there hears nothing', {}, []],
])('a supervisor %s', async (_of, env, expected) => {
  const { supervisor, said, passes } = aSupervised(1000, env)
  await supervisor.ready()
  await passes(100)
  expect(said).toEqual(expected)
})
