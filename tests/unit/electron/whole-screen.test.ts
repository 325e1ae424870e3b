import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bounds, keepOnWholeScreen } from '../../../electron/whole-screen.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const upright: Bounds = { x: 0, y: 0, width: 1080, height: 1920 }
const lying: Bounds = { x: 0, y: 0, width: 1920, height: 1080 }

/** A kept window with bounds `first` on a display, and what is done to it. */
function kept(first: Bounds, display: Bounds) {
  const done: unknown[] = []
  const state = { bounds: first, isDestroyed: false, isQuitting: false }
  const window = Object.assign(new EventEmitter(), {
    getBounds: () => state.bounds,
    setBounds: (bounds: Bounds) => {
      state.bounds = bounds
      done.push(bounds)
    },
    setKiosk: (flag: boolean) => void done.push(flag),
    isDestroyed: () => state.isDestroyed,
  })
  const displays = Object.assign(new EventEmitter(), { getDisplayMatching: () => ({ bounds: display }) })
  keepOnWholeScreen(window, displays, () => state.isQuitting, memoryLog())
  return { done, state, window, displays }
}

describe('a window that is shown', () => {
  it.each([
    { title: 'covers its display', bounds: upright, expected: [] },
    { title: 'covers more', bounds: { x: -8, y: -8, width: 1096, height: 1936 }, expected: [] },
    { title: 'is too small', bounds: { ...upright, width: 720 }, expected: [upright, true] },
    { title: 'stands aside', bounds: { ...upright, y: 40 }, expected: [upright, true] },
  ])('$title', ({ bounds, expected }) => {
    const { done, window } = kept(bounds, upright)
    window.emit('show')
    vi.runAllTimers()
    expect(done).toStrictEqual(expected)
  })
})

it('a window that leaves the whole screen is put back', () => {
  const { done, window } = kept(upright, upright)
  window.emit('leave-full-screen')
  expect(done).toStrictEqual([true])
})

it('a window on a display that is turned is put over it', () => {
  const { done, displays } = kept(lying, upright)
  displays.emit('display-metrics-changed')
  vi.runAllTimers()
  expect(done).toStrictEqual([true, upright, true])
})

it.each(['isDestroyed', 'isQuitting'] as const)('a window is left alone once it %s', (over) => {
  const { done, state, window, displays } = kept(lying, upright)
  window.emit('show')
  displays.emit('display-metrics-changed')
  done.length = 0
  state[over] = true
  window.emit('leave-full-screen')
  displays.emit('display-metrics-changed')
  vi.runAllTimers()
  expect(done).toStrictEqual([])
})
