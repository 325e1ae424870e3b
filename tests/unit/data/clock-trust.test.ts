import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockTrust, editionAge } from '../../../data/clock-trust.ts'

const edition = '2026-11-23.1'
const verdict = (now: string, lastSeen: string | null = null, ofEdition = edition) => {
  const trust = clockTrust(new Date(now), ofEdition, lastSeen === null ? null : new Date(lastSeen))
  return trust.kind === 'trusted' ? trust.kind : trust.reason
}

describe('clockTrust', () => {
  it.each([
    ['2026-11-24T01:00:00Z', 'trusted', 'the day after'],
    ['2026-11-22T00:00:00Z', 'trusted', 'a day before, to the instant'],
    ['2026-11-21T23:59:59.999Z', 'before-edition', 'just more than a day before'],
    ['1970-01-01T00:00:00Z', 'before-edition', 'a clock that has lost its battery'],
    ['2031-11-23T00:00:00Z', 'trusted', 'five years after, to the instant'],
    ['2031-11-23T00:00:00.001Z', 'long-after-edition', 'just more than five years after'],
    ['2106-02-07T00:00:00Z', 'long-after-edition', 'the end of a counter'],
    ['nonsense', 'no-time', 'no time at all'],
  ])('%s: %s (%s)', (now, expected) => {
    expect(verdict(now)).toBe(expected)
  })

  it.each([
    ['2026-11-24T08:00:00Z', '2026-11-24T07:59:00Z', 'trusted', 'a minute on'],
    ['2026-11-24T08:00:00Z', '2026-11-24T08:00:00Z', 'trusted', 'the same instant'],
    ['2026-11-24T08:00:00Z', '2026-11-24T08:05:00Z', 'trusted', 'five minutes back: set right'],
    ['2026-11-24T08:00:00Z', '2026-11-24T08:05:00.001Z', 'jumped-back', 'more than that'],
    ['2026-11-24T00:00:00Z', '2026-11-24T08:00:00Z', 'jumped-back', 'eight hours: a zone mistaken'],
    ['2026-11-20T00:00:00Z', '2026-11-24T08:00:00Z', 'before-edition', 'back beyond the edition'],
    ['2028-11-24T08:00:00Z', '2026-11-24T08:00:00Z', 'trusted', 'two years switched off'],
    ['2026-11-24T08:00:00Z', 'nonsense', 'trusted', 'nothing legible was kept'],
  ])('%s after %s: %s (%s)', (now, lastSeen, expected) => {
    expect(verdict(now, lastSeen)).toBe(expected)
  })

  it.each(['', 'latest', '2026-13-01.1', '2026-02-30.1'])('cannot judge by edition %j', (unreadable) => {
    expect(verdict('2026-11-24T01:00:00Z', null, unreadable)).toBe('edition-unreadable')
  })

  it('takes other limits', () => {
    const limits = { years: 1, minutesBack: 60 }
    const at = (now: string, lastSeen: string) =>
      clockTrust(new Date(now), edition, new Date(lastSeen), limits)
    expect(at('2027-11-24T00:00:00Z', '2026-12-01T00:00:00Z')).toEqual({
      kind: 'untrusted',
      reason: 'long-after-edition',
    })
    expect(at('2026-12-01T00:00:00Z', '2026-12-01T01:00:00Z')).toEqual({ kind: 'trusted' })
    expect(at('2026-12-01T00:00:00Z', '2026-12-01T01:00:01Z').kind).toBe('untrusted')
  })

  it('trusts no instant outside the limits, and every one inside that is no jump', () => {
    const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, fc.option(instant), (now, lastSeen) => {
        const inside = now >= new Date('2026-11-22') && now <= new Date('2031-11-23')
        const jumped = lastSeen !== null && lastSeen.getTime() - now.getTime() > 300_000
        expect(clockTrust(now, edition, lastSeen).kind).toBe(inside && !jumped ? 'trusted' : 'untrusted')
      }),
    )
  })
})

describe('editionAge', () => {
  it.each([
    ['2026-11-23T10:00:00Z', 'Asia/Shanghai', 0],
    ['2026-11-23T15:59:59Z', 'Asia/Shanghai', 0],
    ['2026-11-23T16:00:00Z', 'Asia/Shanghai', 1],
    ['2026-11-23T16:00:00Z', 'UTC', 0],
    ['2027-11-23T00:00:00Z', 'Asia/Shanghai', 365],
    ['2026-11-22T00:00:00Z', 'Asia/Shanghai', -1],
  ])('at %s in %s: %d days', (now, zone, days) => {
    expect(editionAge(edition, new Date(now), zone)).toBe(days)
  })

  it('is unknown of an edition without a day', () => {
    expect(editionAge('latest', new Date('2026-11-24T00:00:00Z'), 'UTC')).toBeNull()
  })
})
