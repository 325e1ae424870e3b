import { expect, test, vi } from 'vitest'
import { type FoundStick, linuxSticks } from '../../../../electron/sticks/stick-source.ts'
import { watchSticks } from '../../../../electron/sticks/stick-watch.ts'
import { createLog } from '../../../../electron/log.ts'

const silent = createLog(() => undefined)

/** A machine into which a stick is put and which is asked for it, on a fake clock. */
function machine() {
  let plugged = false
  let labelled = false
  const asked = vi.fn()
  const source = linuxSticks({
    mountinfo: async () => '',
    blockNames: async () => (plugged ? ['sda', 'sdb', 'sdb1'] : ['sda']),
    lsblk: async () => {
      asked()
      const child = {
        path: '/dev/sdb1',
        'maj:min': '8:17',
        type: 'part',
        rm: true,
        size: 1,
        ro: false,
        fstype: labelled ? 'vfat' : null,
        label: labelled ? '更新' : null,
      }
      const disk = { ...child, path: '/dev/sdb', 'maj:min': '8:16', type: 'disk', children: [child] }
      return JSON.stringify({ blockdevices: plugged ? [disk] : [] })
    },
  })
  return {
    source,
    asked,
    plug: (isIn: boolean) => {
      plugged = isIn
    },
    label: () => {
      labelled = true
    },
  }
}

test('a stick is noticed within a second, and its name when that is known; a quiet machine is left in peace', async () => {
  vi.useFakeTimers()
  const { source, asked, plug, label } = machine()
  const told: (readonly FoundStick[])[] = []
  const watch = watchSticks({ source, log: silent, onChange: (sticks) => told.push(sticks) })
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked.mock.calls.length).toBeLessThanOrEqual(4)
  asked.mockClear()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).not.toHaveBeenCalled()

  plug(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(watch.sticks()).toMatchObject([{ id: '/dev/sdb1', state: 'unknown-format' }])
  label()
  await vi.advanceTimersByTimeAsync(1000)
  expect(watch.sticks()).toMatchObject([{ name: '更新', state: 'not-mounted' }])

  plug(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect(watch.sticks()).toEqual([])
  expect(told.map((sticks) => sticks.length)).toEqual([1, 1, 0])
  watch.stop()
  vi.useRealTimers()
})

test('a machine that cannot list its drives says so once, and is asked again', async () => {
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const look = vi.fn().mockRejectedValue(new Error('no lsblk'))
  const watch = watchSticks({ source: { mark: async () => '', look }, log, every: 60_000 })
  expect(await watch.look()).toEqual([])
  expect(await watch.look()).toEqual([])
  expect(lines.filter((line) => line.includes('cannot be listed'))).toHaveLength(1)
  watch.stop()
})
