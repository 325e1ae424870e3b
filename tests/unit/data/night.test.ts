import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { brightnessAt, fullBrightness, restartDue } from '../../../data/night.ts'

const night = { brightness: 90, night: '20:00-07:00', nightBrightness: 40 }

test.each([
  ['over midnight: before it', night, '19:59', 90],
  ['over midnight: from its first minute', night, '20:00', 40],
  ['over midnight: at midnight', night, '00:00', 40],
  ['over midnight: to its last minute', night, '06:59', 40],
  ['over midnight: after it', night, '07:00', 90],
  ['within a day', { ...night, night: '12:00-14:00' }, '13:00', 40],
  ['beside it', { ...night, night: '12:00-14:00' }, '23:00', 90],
  ['no hours', { ...night, night: null }, '23:00', 90],
  ['hours of no length', { ...night, night: '20:00-20:00' }, '20:00', 90],
  ['nothing set', fullBrightness, '03:00', 100],
] as const)('brightness %s', (_, hours, time, percent) => {
  expect(brightnessAt(hours, time)).toBe(percent)
})

const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`)
const due = (changes: Partial<Parameters<typeof restartDue>[0]>) =>
  restartDue({
    restart: '03:30',
    now: at('03:30'),
    timeZone: 'Asia/Shanghai',
    hoursUp: 24,
    busy: false,
    ...changes,
  })

describe('the nightly restart', () => {
  it.each([
    ['at its minute', {}, true],
    ['a minute before', { now: at('03:29') }, false],
    ['up to three hours late, when a visitor kept it', { now: at('06:29') }, true],
    ['no later', { now: at('06:30') }, false],
    ['while someone is there', { busy: true }, false],
    ['in a run that began this night', { hoursUp: 3 }, false],
    ['where it is switched off', { restart: null }, false],
    ['over midnight', { restart: '23:30', now: at('01:00') }, true],
    ['over midnight, too late', { restart: '23:30', now: at('02:30') }, false],
  ])('%s: %o', (_, changes, expected) => {
    expect(due(changes)).toBe(expected)
  })

  it('comes exactly once a night, however often it is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const restart = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        const began = at('12:00').getTime()
        let run = began
        let times = 0
        for (let now = began; now < began + 5 * 86_400_000; now += 300_000) {
          if (!due({ restart, now: new Date(now), hoursUp: (now - run) / 3_600_000 })) continue
          times += 1
          run = now
        }
        // A run that began within the grace after its hour waits for the next night.
        expect([4, 5]).toContain(times)
      }),
      { numRuns: 60 },
    )
  })
})
