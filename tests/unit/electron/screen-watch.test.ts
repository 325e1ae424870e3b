import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { endWithScreen } from '../../../electron/screen-watch.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(isQuitting = false) {
  const ends: number[] = []
  const log = memoryLog()
  const contents = new EventEmitter()
  const window = Object.assign(new EventEmitter(), { webContents: contents })
  const app = new EventEmitter()
  endWithScreen(
    window,
    app,
    () => isQuitting,
    (code) => ends.push(code),
    log,
  )
  const gpu = (reason = 'crashed') => app.emit('child-process-gone', {}, { type: 'GPU', reason })
  return { ends, log, contents, window, app, gpu }
}

type Watched = ReturnType<typeof watched>

const failed = (code: number, isMainFrame: boolean) => (kiosk: Watched) =>
  kiosk.contents.emit('did-fail-load', {}, code, 'ERR_FAILED', 'app://kiosk/index.html', isMainFrame)

const faults: {
  readonly title: string
  readonly happens: (kiosk: Watched) => unknown
  readonly ends: number[]
}[] = [
  {
    title: 'its page dies',
    happens: ({ contents }) => contents.emit('render-process-gone', {}, { reason: 'oom' }),
    ends: [1],
  },
  { title: 'its page cannot be loaded', happens: failed(-2, true), ends: [1] },
  { title: 'a frame cannot be loaded', happens: failed(-2, false), ends: [] },
  { title: 'a load is given up', happens: failed(-3, true), ends: [] },
  {
    title: 'it hangs for 30 s',
    happens: ({ window }) => {
      window.emit('unresponsive')
      vi.advanceTimersByTime(20_000)
      window.emit('unresponsive')
      vi.advanceTimersByTime(10_000)
    },
    ends: [1],
  },
  {
    title: 'it hangs a little less, again and again',
    happens: ({ window }) => {
      for (let times = 0; times < 3; times += 1) {
        window.emit('unresponsive')
        vi.advanceTimersByTime(29_999)
        window.emit('responsive')
      }
      vi.advanceTimersByTime(60_000)
    },
    ends: [],
  },
  { title: 'the GPU dies twice', happens: ({ gpu }) => [gpu(), gpu()], ends: [] },
  { title: 'the GPU dies thrice', happens: ({ gpu }) => [gpu(), gpu('oom'), gpu('killed')], ends: [1] },
  {
    title: 'the GPU ends as it should',
    happens: ({ gpu }) => [gpu('clean-exit'), gpu('clean-exit'), gpu('clean-exit')],
    ends: [],
  },
  {
    title: 'another helper dies',
    happens: ({ app }) => {
      for (let times = 0; times < 5; times += 1) {
        app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' })
      }
    },
    ends: [],
  },
]

it.each(faults)('the kiosk ends where $title: $ends', ({ happens, ends }) => {
  const kiosk = watched()
  happens(kiosk)
  expect(kiosk.ends).toStrictEqual(ends)
  expect(kiosk.log.lines.filter(({ level }) => level === 'error')).toHaveLength(ends.length)
})

it.each(faults)('nothing ends a kiosk that is ending already: $title', ({ happens }) => {
  const kiosk = watched(true)
  happens(kiosk)
  expect(kiosk.ends).toStrictEqual([])
})
