import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LifeSign } from '../../../data/life-sign.ts'
import { createHeartbeat, watchHeartbeat } from '../../../electron/heartbeat.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

const something: LifeSign = { shows: 'something', inFront: true, visit: false }
const nothing: LifeSign = { shows: 'nothing', inFront: true, visit: false }
const hidden: LifeSign = { shows: 'hidden', inFront: true, visit: false }

let now = 0
const elapsed = () => now
beforeEach(() => {
  now = 0
  vi.useFakeTimers()
})
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  vi.useRealTimers()
})

/** Lets so many seconds pass, with a sign each second where one is given. */
function pass(seconds: number, each: () => void = () => {}): void {
  for (let step = 0; step < seconds * 2; step += 1) {
    now += 500
    vi.advanceTimersByTime(500)
    if (step % 2 === 1) each()
  }
}

function watched({ isOverloaded = false, isAlone = false } = {}) {
  const heartbeat = createHeartbeat(elapsed)
  const silent = vi.fn<() => void>()
  const log = memoryLog()
  ends.push(
    watchHeartbeat({ heartbeat, onSilent: silent, log, elapsed, isAlone, isOverloaded: () => isOverloaded }),
  )
  return { heartbeat, silent, log }
}

describe('the heartbeat', () => {
  it('knows when visitors last saw something, and whether one is there', () => {
    const heartbeat = createHeartbeat(elapsed)
    expect([heartbeat.lastAlive(), heartbeat.hasVisit()]).toEqual([null, false])
    now = 7
    heartbeat.note({ shows: 'something', inFront: true, visit: true })
    now = 9
    heartbeat.note({ shows: 'nothing', inFront: true, visit: true })
    expect([heartbeat.lastAlive(), heartbeat.hasVisit()]).toEqual([7, true])
    heartbeat.note(hidden)
    expect([heartbeat.lastAlive(), heartbeat.hasVisit()]).toEqual([9, false])
  })
})

it('tells when something is shown for the first time', async () => {
  const heartbeat = createHeartbeat(elapsed)
  const told = vi.fn<() => void>()
  void heartbeat.shown.then(told)
  heartbeat.note(nothing)
  heartbeat.note(hidden)
  await Promise.resolve()
  expect(told).not.toHaveBeenCalled()
  heartbeat.note(something)
  await heartbeat.shown
  expect(told).toHaveBeenCalledTimes(1)
})

describe('a screen', () => {
  it('that gives signs is left alone', () => {
    const { heartbeat, silent } = watched()
    pass(3600, () => heartbeat.note(something))
    expect(silent).not.toHaveBeenCalled()
  })

  it.each([
    ['falls silent', () => {}],
    ['lives and shows nothing', nothing],
  ] as const)('that %s is told of within six seconds, once', (_, sign) => {
    const { heartbeat, silent, log } = watched()
    pass(20, () => heartbeat.note(something))
    const dead = () => (typeof sign === 'function' ? sign() : heartbeat.note(sign))
    pass(5, dead)
    expect(silent).not.toHaveBeenCalled()
    pass(1, dead)
    expect(silent).toHaveBeenCalledTimes(1)
    expect(log.lines).toMatchObject([{ level: 'error', fields: { hadShown: true } }])
    pass(20, dead)
    expect(silent).toHaveBeenCalledTimes(1)
  })

  it('may be three times as slow on a machine that has too much to do', () => {
    const { heartbeat, silent } = watched({ isOverloaded: true })
    pass(20, () => heartbeat.note(something))
    pass(15)
    expect(silent).not.toHaveBeenCalled()
    pass(1)
    expect(silent).toHaveBeenCalledTimes(1)
  })

  it('may take its time to start, and is told of again where it never shows', () => {
    const { silent } = watched()
    pass(30)
    expect(silent).not.toHaveBeenCalled()
    pass(1)
    expect(silent).toHaveBeenCalledTimes(1)
    pass(31)
    expect(silent).toHaveBeenCalledTimes(2)
  })

  it('in a window that was started again meanwhile may take its time as the first may', () => {
    const heartbeat = createHeartbeat(elapsed)
    const silent = vi.fn<() => void>()
    let startedAt = 0
    ends.push(
      watchHeartbeat({
        heartbeat,
        onSilent: silent,
        log: memoryLog(),
        elapsed,
        isOverloaded: () => false,
        startedAt: () => startedAt,
      }),
    )
    pass(20, () => heartbeat.note(something))
    startedAt = now
    pass(30)
    expect(silent).not.toHaveBeenCalled()
    heartbeat.note(something)
    pass(5)
    expect(silent).not.toHaveBeenCalled()
    pass(1)
    expect(silent).toHaveBeenCalledTimes(1)
  })

  it('that is switched off for the night is left alone', () => {
    const { heartbeat, silent } = watched()
    pass(3600, () => heartbeat.note(hidden))
    expect(silent).not.toHaveBeenCalled()
  })

  const covered: LifeSign = { ...something, inFront: false }

  it('that is the kiosk’s alone and has been covered is told of within six seconds, again and again', () => {
    const { heartbeat, silent, log } = watched({ isAlone: true, isOverloaded: true })
    pass(20, () => heartbeat.note(something))
    pass(5, () => heartbeat.note(covered))
    expect(silent).not.toHaveBeenCalled()
    pass(1, () => heartbeat.note(covered))
    expect(silent).toHaveBeenCalledTimes(1)
    expect(log.lines).toMatchObject([{ message: 'Something lies over the screen' }])
    pass(6, () => heartbeat.note(covered))
    expect(silent).toHaveBeenCalledTimes(2)
    pass(60, () => heartbeat.note(something))
    expect(silent).toHaveBeenCalledTimes(2)
  })

  it('is left alone where its page has never been in front, or where other windows belong', () => {
    for (const [isAlone, first] of [
      [true, covered],
      [false, something],
    ] as const) {
      const { heartbeat, silent } = watched({ isAlone })
      heartbeat.note(first)
      pass(3600, () => heartbeat.note(covered))
      expect(silent).not.toHaveBeenCalled()
    }
  })

  it('is not blamed for a machine that slept', () => {
    const { heartbeat, silent } = watched()
    pass(5, () => heartbeat.note(something))
    now += 3_600_000
    pass(4)
    expect(silent).not.toHaveBeenCalled()
    pass(2)
    expect(silent).toHaveBeenCalledTimes(1)
  })

  it('is no longer watched once the watch has ended', () => {
    const { silent } = watched()
    ends.splice(0).forEach((end) => end())
    pass(3600)
    expect(silent).not.toHaveBeenCalled()
  })
})
