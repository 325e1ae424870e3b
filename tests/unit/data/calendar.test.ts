import chineseDays from 'chinese-days'
import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import {
  addDays,
  createCalendar,
  daysBetween,
  isCalendarDate,
  ownDaysSchema,
  wallClock,
  weekdayOf,
} from '../../../data/calendar.ts'

const arranged = [...Object.keys(arrangements.holidays), ...Object.keys(arrangements.workdays)]
const knownYears = arranged.map((date) => Number(date.slice(0, 4)))
const [firstYear, lastYear] = [Math.min(...knownYears), Math.max(...knownYears)]
const everyDay = (from: string, to: string) =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, days) => addDays(from, days))

describe('isCalendarDate', () => {
  it.each([
    ['2026-11-24', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['2026/10/01', false],
    ['2026-10-01 ', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected)
  })
})

describe('days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-11-24', 0, '2026-11-24'],
  ])('%s and %d days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected)
  })

  it.each([
    ['2026-11-22', 0],
    ['2026-11-24', 2],
    ['2026-11-28', 6],
    ['2000-02-29', 2],
  ])('%s is day %d of the week', (date, expected) => {
    expect(weekdayOf(date)).toBe(expected)
  })

  it('counts back what it adds, and goes round the week in seven', () => {
    const date = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1970-01-01', days))
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        const to = addDays(from, days)
        expect(isCalendarDate(to)).toBe(true)
        expect(daysBetween(from, to)).toBe(days)
        expect(to > from).toBe(days > 0)
        expect((((weekdayOf(to) - weekdayOf(from) - days) % 7) + 7) % 7).toBe(0)
      }),
    )
  })
})

describe('wallClock', () => {
  it.each([
    ['2026-11-23T15:59:59.999Z', 'Asia/Shanghai', '2026-11-23', '23:59'],
    ['2026-11-23T16:00:00.000Z', 'Asia/Shanghai', '2026-11-24', '00:00'],
    ['2026-12-31T16:00:00Z', 'Asia/Shanghai', '2027-01-01', '00:00'],
    ['2028-02-28T16:30:00Z', 'Asia/Shanghai', '2028-02-29', '00:30'],
    ['2026-11-23T16:00:00Z', 'Asia/Urumqi', '2026-11-23', '22:00'],
    ['2026-11-23T16:00:00Z', 'UTC', '2026-11-23', '16:00'],
    ['2026-03-08T06:59:00Z', 'America/New_York', '2026-03-08', '01:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08', '03:00'],
    ['1970-01-01T00:00:00Z', 'Asia/Shanghai', '1970-01-01', '08:00'],
  ])('at %s in %s: %s %s', (now, zone, date, time) => {
    expect(wallClock(new Date(now), zone)).toEqual({ date, time })
  })

  it('refuses a zone nobody knows and a date that is none', () => {
    expect(() => wallClock(new Date(0), 'Asia/Nowhere')).toThrow(RangeError)
    expect(() => wallClock(new Date(NaN), 'Asia/Shanghai')).toThrow(RangeError)
  })
})

describe('createCalendar', () => {
  const calendar = createCalendar()

  it.each([
    ['2026-11-24', 'workday', 'a Tuesday'],
    ['2026-11-28', 'holiday', 'a Saturday'],
    ['2026-11-29', 'holiday', 'a Sunday'],
    ['2026-01-01', 'holiday', '元旦'],
    ['2026-01-04', 'workday', 'a make-up Sunday after 元旦'],
    ['2026-02-14', 'workday', 'a make-up Saturday before 春节'],
    ['2026-02-16', 'holiday', '除夕, a Monday'],
    ['2026-02-23', 'holiday', 'the last Monday of 春节'],
    ['2026-02-24', 'workday', 'the day after 春节'],
    ['2026-02-28', 'workday', 'a make-up Saturday after 春节'],
    ['2025-01-26', 'workday', 'a make-up Sunday before 春节'],
    ['2026-09-20', 'workday', 'a make-up Sunday before 国庆'],
    ['2026-10-01', 'holiday', '国庆'],
    ['2026-10-07', 'holiday', 'the last Wednesday of 国庆'],
    ['2026-10-08', 'workday', 'the day after 国庆'],
    ['2026-10-10', 'workday', 'a make-up Saturday after 国庆'],
    ['2026-10-11', 'holiday', 'the Sunday after it'],
    ['2018-12-29', 'workday', "a make-up Saturday of the next year's notice"],
    ['2018-12-31', 'holiday', "a Monday of the next year's notice"],
    ['1999-10-01', 'unknown', 'a year before the first that is known'],
    ['2099-10-01', 'unknown', '国庆 of a year to come'],
    ['2099-10-03', 'unknown', 'a weekend of a year to come'],
  ])('%s: %s (%s)', (date, kind) => {
    expect(calendar.kindOf(date)).toBe(kind)
  })

  it('says of every known day what the library itself says', () => {
    // The library reckons in the zone of the machine.
    vi.stubEnv('TZ', 'UTC')
    const known = everyDay(`${firstYear}-01-01`, `${lastYear}-12-28`)
    const differing = known.filter(
      (date) => calendar.kindOf(date) !== (chineseDays.isWorkday(date) ? 'workday' : 'holiday'),
    )
    expect(known.length).toBeGreaterThan(8000)
    expect(differing).toEqual([])
  })

  it('leaves open the last days of the last known year, and all of the next', () => {
    const kinds = (from: string, to: string) => new Set(everyDay(from, to).map(calendar.kindOf))
    expect(kinds(`${lastYear}-12-20`, `${lastYear}-12-28`)).not.toContain('unknown')
    expect(kinds(`${lastYear}-12-29`, `${lastYear + 1}-12-31`)).toEqual(new Set(['unknown']))
  })

  it("knows of no New Year's notice that reaches further back than 29 December", () => {
    const december = arranged.filter((date) => date.slice(5, 7) === '12').map((date) => date.slice(5))
    expect(december.sort()[0]).toBe('12-29')
  })
})

describe("staff's own days", () => {
  it.each([
    ['2026-11-24', 'holiday', 'a closure on a Tuesday'],
    ['2026-10-10', 'holiday', 'a closure on a make-up workday'],
    ['2026-11-28', 'workday', 'a workday on a Saturday'],
    ['2026-10-05', 'workday', 'a workday in 国庆'],
    ['2026-11-25', 'holiday', 'a day in both lists'],
    ['2026-11-26', 'workday', 'a day in neither'],
    ['2098-03-03', 'workday', 'a workday of an unknown year'],
    ['2098-03-04', 'unknown', 'another day of an unknown year'],
    ['2098-12-28', 'unknown', 'a December of an unknown year before an entered one'],
    ['2099-02-03', 'holiday', 'a closure of an entered year'],
    ['2099-02-04', 'workday', 'a Wednesday of an entered year'],
    ['2099-02-07', 'holiday', 'a Saturday of an entered year'],
    ['2099-12-28', 'workday', 'a Monday late in an entered year'],
    ['2099-12-29', 'unknown', 'the end of an entered year whose successor is not'],
  ])('%s: %s (%s)', (date, kind) => {
    const calendar = createCalendar({
      closures: ['2026-11-24', '2026-10-10', '2026-11-25', '2099-02-03'],
      workdays: ['2026-11-28', '2026-10-05', '2026-11-25', '2098-03-03'],
      years: [2099],
    })
    expect(calendar.kindOf(date)).toBe(kind)
  })

  it('closes the gap at the end of a year once the next is entered', () => {
    const calendar = createCalendar({ closures: [], workdays: [], years: [lastYear + 1] })
    const gap = everyDay(`${lastYear}-12-29`, `${lastYear + 1}-12-28`)
    expect(gap.map(calendar.kindOf)).not.toContain('unknown')
  })

  it.each([
    [{ closures: ['2026-10-01'], workdays: [], years: [2027] }, true],
    [{ closures: ['2026/10/01'], workdays: [], years: [] }, false],
    [{ closures: [], workdays: ['2026-02-30'], years: [] }, false],
    [{ closures: [], workdays: [], years: ['2027'] }, false],
  ])('reads %j: %s', (days, valid) => {
    expect(v.safeParse(ownDaysSchema, days).success).toBe(valid)
  })
})
