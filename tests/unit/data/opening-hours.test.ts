import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { type Calendar, addDays, createCalendar } from '../../../data/calendar.ts'
import { type Acceptance, type Hours, type Service, catalogueSchema } from '../../../data/catalogue.ts'
import {
  acceptanceAt,
  departmentHours,
  hoursBySeason,
  nextVisit,
  openingAt,
} from '../../../data/opening-hours.ts'

const site = { timeZone: 'Asia/Shanghai', seasons: { summer: { fromMonth: 5, toMonth: 9 } } }
const calendar = createCalendar()

/** The instant the hall's clocks show `text`, "2026-11-24 10:00" or with seconds. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`)

const hoursOf = (sessions: Hours['sessions'], days: Hours['days'] = 'workdays'): Hours => ({
  text: '',
  days,
  sessions,
  remarks: [],
})

/** The hours nearly every service of the guide has. */
const usual = hoursOf([
  { from: '10:00', to: '13:30', season: null },
  { from: '15:30', to: '19:00', season: 'winter' },
  { from: '16:00', to: '19:30', season: 'summer' },
])

/** "open 13:30", "closed 2026-11-24 (0) 15:30", "closed, who knows", "unknown hours". */
function inWords(hours: Hours, now: string, days: Calendar = calendar, where = site): string {
  const opening = openingAt(hours, where, at(now), days)
  switch (opening.kind) {
    case 'open':
      return `open ${opening.until}`
    case 'closed':
      return opening.next
        ? `closed ${opening.next.date} (${opening.next.days}) ${opening.next.from}`
        : 'closed, who knows'
    case 'unknown':
      return `unknown ${opening.reason}`
  }
}

describe('hoursBySeason', () => {
  it('puts sessions of all the year into each season, in the order of the day', () => {
    expect(
      hoursBySeason(
        hoursOf([
          { from: '15:30', to: '19:00', season: 'winter' },
          { from: '10:00', to: '13:30', season: null },
          { from: '16:00', to: '19:30', season: 'summer' },
        ]),
      ),
    ).toEqual([
      {
        season: 'winter',
        sessions: [
          { from: '10:00', to: '13:30' },
          { from: '15:30', to: '19:00' },
        ],
      },
      {
        season: 'summer',
        sessions: [
          { from: '10:00', to: '13:30' },
          { from: '16:00', to: '19:30' },
        ],
      },
    ])
  })

  it('has one entry where there are no seasons, and none where there are no hours', () => {
    expect(hoursBySeason(hoursOf([{ from: '10:00', to: '13:30', season: null }]))).toEqual([
      { season: null, sessions: [{ from: '10:00', to: '13:30' }] },
    ])
    expect(hoursBySeason(hoursOf([]))).toEqual([])
  })
})

describe('openingAt', () => {
  it.each([
    ['2026-11-24 00:00', 'closed 2026-11-24 (0) 10:00', 'midnight'],
    ['2026-11-24 09:59:59.999', 'closed 2026-11-24 (0) 10:00', 'just before opening'],
    ['2026-11-24 10:00', 'open 13:30', 'the minute of opening'],
    ['2026-11-24 13:29:59.999', 'open 13:30', 'the last minute of the morning'],
    ['2026-11-24 13:30', 'closed 2026-11-24 (0) 15:30', 'the minute of closing'],
    ['2026-11-24 15:29', 'closed 2026-11-24 (0) 15:30', 'the end of the break'],
    ['2026-11-24 15:30', 'open 19:00', 'the afternoon in winter'],
    ['2026-11-24 18:59', 'open 19:00', 'the last minute of the day'],
    ['2026-11-24 19:00', 'closed 2026-11-25 (1) 10:00', 'the evening in winter'],
    ['2026-11-24 23:59:59.999', 'closed 2026-11-25 (1) 10:00', 'the last minute before midnight'],
    ['2026-11-27 19:00', 'closed 2026-11-30 (3) 10:00', 'a Friday evening'],
    ['2026-11-28 11:00', 'closed 2026-11-30 (2) 10:00', 'a Saturday'],
    ['2026-07-01 15:45', 'closed 2026-07-01 (0) 16:00', 'the break in summer'],
    ['2026-07-01 19:15', 'open 19:30', 'the afternoon in summer'],
    ['2026-04-30 15:45', 'open 19:00', 'the last day of winter'],
    ['2026-04-30 19:15', 'closed 2026-05-06 (6) 10:00', 'before 劳动节'],
    ['2026-05-09 15:45', 'closed 2026-05-09 (0) 16:00', 'a make-up Saturday in summer'],
    ['2026-09-30 19:15', 'open 19:30', 'the last day of summer'],
    ['2026-09-30 19:30', 'closed 2026-10-08 (8) 10:00', 'before 国庆'],
    ['2026-10-01 11:00', 'closed 2026-10-08 (7) 10:00', '国庆'],
    ['2026-10-08 15:30', 'open 19:00', 'the first afternoon of winter'],
    ['2026-10-09 19:00', 'closed 2026-10-10 (1) 10:00', 'before a make-up Saturday'],
    ['2026-10-10 11:00', 'open 13:30', 'a make-up Saturday after 国庆'],
    ['2026-02-13 19:00', 'closed 2026-02-14 (1) 10:00', 'before a make-up Saturday of 春节'],
    ['2026-02-14 19:00', 'closed 2026-02-24 (10) 10:00', 'before 春节'],
    ['2026-02-28 19:00', 'closed 2026-03-02 (2) 10:00', 'the end of February'],
    ['2025-01-26 11:00', 'open 13:30', 'a make-up Sunday before 春节'],
    ['2025-12-31 19:00', 'closed 2026-01-04 (4) 10:00', 'the end of a year, a make-up Sunday in the next'],
    ['2024-02-29 11:00', 'open 13:30', 'a leap day'],
    ['2099-06-03 11:00', 'unknown calendar', 'a year nobody knows'],
    ['2099-06-03 03:00', 'unknown calendar', 'the night of such a year'],
    ['2099-06-06 11:00', 'unknown calendar', 'a Saturday of such a year'],
    ['2003-06-03 11:00', 'unknown calendar', 'a year before the known ones'],
  ])('%s: %s (%s)', (now, expected) => {
    expect(inWords(usual, now)).toBe(expected)
  })

  it.each([
    ['no sessions', hoursOf([])],
    ['no days', hoursOf(usual.sessions, null)],
    ["a bank's own hours", hoursOf([], null)],
    ['a session that ends before it begins', hoursOf([{ from: '13:30', to: '10:00', season: null }])],
    ['a session of no length', hoursOf([{ from: '10:00', to: '10:00', season: null }])],
    ['nothing about the season it is', hoursOf([{ from: '09:00', to: '18:00', season: 'summer' }])],
  ])('cannot say of hours with %s', (_, hours) => {
    for (const now of ['2026-11-24 11:00', '2026-11-24 03:00', '2026-11-28 11:00', '2099-01-07 11:00'])
      expect(inWords(hours, now)).toBe('unknown hours')
  })

  it.each([
    ['11:00', 'open 17:00'],
    ['12:00', 'open 17:00'],
    ['14:00', 'open 17:00'],
    ['16:59', 'open 17:00'],
    ['17:00', 'closed 2026-11-24 (0) 18:00'],
    ['18:00', 'open 23:59'],
    ['23:58', 'open 23:59'],
    ['23:59', 'closed 2026-11-25 (1) 00:00'],
    ['00:00', 'open 00:30'],
  ])('takes overlapping, adjoining and nested sessions for one: at %s %s', (time, expected) => {
    const hours = hoursOf([
      { from: '14:00', to: '17:00', season: null },
      { from: '10:00', to: '13:00', season: 'winter' },
      { from: '12:30', to: '14:00', season: null },
      { from: '10:30', to: '11:30', season: null },
      { from: '18:00', to: '23:59', season: null },
      { from: '00:00', to: '00:30', season: null },
    ])
    expect(inWords(hours, `2026-11-24 ${time}`)).toBe(expected)
  })

  it('knows a summer that runs over the new year', () => {
    const south = { ...site, seasons: { summer: { fromMonth: 11, toMonth: 2 } } }
    expect(inWords(usual, '2026-11-24 19:15', calendar, south)).toBe('open 19:30')
    expect(inWords(usual, '2026-02-10 19:15', calendar, south)).toBe('open 19:30')
    expect(inWords(usual, '2026-07-01 18:45', calendar, south)).toBe('open 19:00')
  })

  it('does not guess past the days it knows', () => {
    const known: Calendar = { kindOf: (date) => (date <= '2026-11-24' ? 'workday' : 'unknown') }
    expect(inWords(usual, '2026-11-24 14:00', known)).toBe('closed 2026-11-24 (0) 15:30')
    expect(inWords(usual, '2026-11-24 19:00', known)).toBe('closed, who knows')
  })

  it('does not guess past a change of season the hours say nothing about', () => {
    const winterOnly = hoursOf([{ from: '10:00', to: '13:00', season: 'winter' }])
    expect(inWords(winterOnly, '2026-04-29 14:00')).toBe('closed 2026-04-30 (1) 10:00')
    expect(inWords(winterOnly, '2026-04-30 14:00')).toBe('closed, who knows')
  })

  it('ends its search where no day is a working day', () => {
    expect(inWords(usual, '2026-11-24 11:00', { kindOf: () => 'holiday' })).toBe('closed, who knows')
  })

  it("follows staff's own days", () => {
    const own = createCalendar({
      closures: ['2026-11-24', '2026-11-25'],
      workdays: ['2026-11-29'],
      years: [],
    })
    expect(inWords(usual, '2026-11-24 11:00', own)).toBe('closed 2026-11-26 (2) 10:00')
    expect(inWords(usual, '2026-11-27 19:00', own)).toBe('closed 2026-11-29 (2) 10:00')
    expect(inWords(usual, '2026-11-29 11:00', own)).toBe('open 13:30')
  })

  it.each([
    ['2026-03-06T15:00:00Z', 'open'],
    ['2026-03-06T14:59:00Z', 'closed'],
    ['2026-03-09T14:00:00Z', 'open'],
    ['2026-03-09T13:59:00Z', 'closed'],
  ])('opens by the clocks on the wall where they are put forward: %s %s', (now, kind) => {
    const newYork = { ...site, timeZone: 'America/New_York' }
    expect(openingAt(usual, newYork, new Date(now), { kindOf: () => 'workday' }).kind).toBe(kind)
  })
})

describe('laws of openingAt', () => {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const season = fc.constantFrom('winter' as const, 'summer' as const, null)
  const quarter = fc.integer({ min: 0, max: 95 }).map((quarters) => quarters * 15)
  const session = fc
    .tuple(quarter, fc.integer({ min: 1, max: 400 }), season)
    .map(([from, length, season]) => ({
      from: clock(from),
      to: clock(Math.min(from + length, 1439)),
      season,
    }))
  const someHours = fc.array(session, { maxLength: 6 }).map((sessions) => hoursOf(sessions))
  const instant = fc.date({
    min: new Date('2025-01-01T00:00:00Z'),
    max: new Date('2027-06-30T00:00:00Z'),
    noInvalidDate: true,
  })
  const kinds = fc.array(fc.constantFrom('workday', 'workday', 'holiday', 'holiday', 'unknown'), {
    minLength: 3,
    maxLength: 12,
  })
  const someCalendar = fc.oneof(
    fc.constant(calendar),
    kinds.map((cycle): Calendar => ({
      kindOf: (date) => cycle[(Date.parse(date) / 86_400_000) % cycle.length] ?? 'unknown',
    })),
  )

  /** Date and time in Shanghai, reckoned without Intl: UTC and eight hours. */
  const inShanghai = (now: Date) => {
    const text = new Date(now.getTime() + 8 * 3_600_000).toISOString()
    return { date: text.slice(0, 10), time: text.slice(11, 16) }
  }

  /** Whether any session as the guide writes it holds this minute. */
  const covered = (hours: Hours, date: string, time: string) => {
    const month = Number(date.slice(5, 7))
    const now = month >= 5 && month <= 9 ? 'summer' : 'winter'
    return hours.sessions.some(
      ({ from, to, season }) => (season === null || season === now) && from <= time && time < to,
    )
  }

  it('is open on working days within a session, and never else', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(someHours, instant, someCalendar, (hours, now, days) => {
        const { date, time } = inShanghai(now)
        const opening = openingAt(hours, site, now, days)
        seen.add(opening.kind)
        if (opening.kind === 'open') expect(days.kindOf(date)).toBe('workday')
        if (opening.kind === 'closed') expect(days.kindOf(date)).not.toBe('unknown')
        if (opening.kind !== 'unknown')
          expect(opening.kind === 'open').toBe(days.kindOf(date) === 'workday' && covered(hours, date, time))
      }),
      { numRuns: 1000 },
    )
    expect([...seen].sort()).toEqual(['closed', 'open', 'unknown'])
  })

  it('stays open to `until`, which is to come, and no minute longer', () => {
    fc.assert(
      fc.property(someHours, instant, someCalendar, (hours, now, days) => {
        const opening = openingAt(hours, site, now, days)
        fc.pre(opening.kind === 'open')
        const { date, time } = inShanghai(now)
        expect(opening.until > time).toBe(true)
        expect(covered(hours, date, opening.until)).toBe(false)
        for (let minute = 0; minute < 1440; minute += 1) {
          const between = clock(minute)
          if (between >= time && between < opening.until) expect(covered(hours, date, between)).toBe(true)
        }
      }),
    )
  })

  it('names as `next` the first opening: open then, and at no beginning of a session before', () => {
    fc.assert(
      fc.property(someHours, instant, someCalendar, (hours, now, days) => {
        const opening = openingAt(hours, site, now, days)
        fc.pre(opening.kind === 'closed' && opening.next !== null)
        const next = opening.kind === 'closed' ? opening.next : null
        if (next === null) return
        const opens = at(`${next.date} ${next.from}`)
        const today = inShanghai(now).date
        expect(opens > now).toBe(true)
        expect(next.date).toBe(addDays(today, next.days))
        expect(openingAt(hours, site, opens, days).kind).toBe('open')
        expect(openingAt(hours, site, new Date(opens.getTime() - 1), days).kind).not.toBe('open')
        for (let day = 0; day <= next.days; day += 1)
          for (const { from } of hours.sessions) {
            const begins = at(`${addDays(today, day)} ${from}`)
            if (begins > now && begins < opens)
              expect(openingAt(hours, site, begins, days).kind).toBe('closed')
          }
      }),
    )
  })

  it('answers alike whatever the zone of the machine', () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu']
    const offsets = new Set<number>()
    fc.assert(
      fc.property(someHours, instant, fc.integer({ min: 1, max: 28 }), (hours, now, toDay) => {
        const acceptance: Acceptance = { ...monthly(1, toDay), lastDayCertain: false }
        const answers = zones.map((zone) => {
          vi.stubEnv('TZ', zone)
          offsets.add(now.getTimezoneOffset())
          return JSON.stringify([
            openingAt(hours, site, now, calendar),
            acceptanceAt(acceptance, site, now),
            nextVisit({ hours, acceptance }, site, now, calendar),
          ])
        })
        expect(new Set(answers).size).toBe(1)
      }),
    )
    expect(offsets.size).toBeGreaterThanOrEqual(zones.length)
  })
})

/** The window of 每月`fromDay`日—`toDay`日. */
function monthly(fromDay: number, toDay: number, lastDayCertain = true): Acceptance {
  return { fromDay, toDay, lastDayCertain, text: '', field: '办理时限' }
}

describe('acceptanceAt', () => {
  const open = (until: string) => ({ kind: 'open', until })
  const closed = (nextFrom: string | null) => ({ kind: 'closed', nextFrom })
  const unclear = (nextFrom: string | null) => ({ kind: 'last-day-unclear', nextFrom })

  it.each([
    ['每月1日—10日', '2026-11-01', monthly(1, 10), open('2026-11-10')],
    ['每月1日—10日', '2026-11-10', monthly(1, 10), open('2026-11-10')],
    ['每月1日—10日', '2026-11-11', monthly(1, 10), closed('2026-12-01')],
    ['每月1日—10日', '2026-12-31', monthly(1, 10), closed('2027-01-01')],
    ['每月25日前', '2026-11-24', monthly(1, 25, false), open('2026-11-24')],
    ['每月25日前', '2026-11-03', monthly(1, 25, false), open('2026-11-24')],
    ['每月25日前', '2026-11-25', monthly(1, 25, false), unclear('2026-12-01')],
    ['每月25日前', '2026-11-26', monthly(1, 25, false), closed('2026-12-01')],
    ['每月1日—30日', '2026-11-30', monthly(1, 30), open('2026-11-30')],
    ['每月1日—30日', '2026-12-31', monthly(1, 30), closed('2027-01-01')],
    ['每月1日—30日', '2026-02-10', monthly(1, 30), open('2026-02-28')],
    ['每月1日—30日', '2026-02-28', monthly(1, 30), open('2026-02-28')],
    ['每月1日—30日', '2028-02-10', monthly(1, 30), open('2028-02-29')],
    ['每月30日前', '2026-02-28', monthly(1, 30, false), open('2026-02-28')],
    ['每月31日前', '2026-11-30', monthly(1, 31, false), open('2026-11-30')],
    ['每月31日前', '2026-12-31', monthly(1, 31, false), unclear('2027-01-01')],
    ['every day', '2026-12-20', monthly(1, 31), open('2026-12-31')],
    ['15日—20日', '2026-11-14', monthly(15, 20), closed('2026-11-15')],
    ['30日—31日', '2026-01-31', monthly(30, 31), open('2026-01-31')],
    ['30日—31日', '2026-02-01', monthly(30, 31), closed('2026-03-30')],
    ['29日—31日', '2028-02-01', monthly(29, 31), closed('2028-02-29')],
    ['29日—31日', '2026-02-28', monthly(29, 31), closed('2026-03-29')],
    ['25日—次月5日', '2026-12-30', monthly(25, 5), open('2027-01-05')],
    ['25日—次月5日', '2027-01-03', monthly(25, 5), open('2027-01-05')],
    ['25日—次月5日', '2027-01-06', monthly(25, 5), closed('2027-01-25')],
    ['25日—次月5日前', '2027-01-05', monthly(25, 5, false), unclear('2027-01-25')],
    ['a day that is never certain', '2026-11-01', monthly(1, 1, false), unclear(null)],
    ['a day that is never certain', '2026-11-02', monthly(1, 1, false), closed(null)],
  ])('%s on %s', (_, date, acceptance, expected) => {
    for (const time of ['00:00', '11:00', '23:59:59.999'])
      expect(acceptanceAt(acceptance, site, at(`${date} ${time}`))).toEqual(expected)
  })

  it('is open from the first day of the window to `until` without a gap, and again at `nextFrom`', () => {
    const day = fc.integer({ min: 1, max: 31 })
    fc.assert(
      fc.property(day, day, fc.boolean(), fc.nat({ max: 1500 }), (fromDay, toDay, certain, days) => {
        const today = addDays('2025-01-01', days)
        const acceptance = monthly(fromDay, toDay, certain)
        const on = (date: string) => acceptanceAt(acceptance, site, at(`${date} 12:00`))
        const state = on(today)
        const end = state.kind === 'open' ? state.until : state.nextFrom
        if (end === null) return
        for (let date = today; date < end; date = addDays(date, 1))
          expect(on(date).kind === 'open').toBe(state.kind === 'open')
        expect(on(end).kind).toBe('open')
        if (state.kind === 'open') expect(on(end)).toEqual({ kind: 'open', until: end })
      }),
    )
  })
})

describe('nextVisit', () => {
  const later = (date: string, days: number, from: string) => ({ kind: 'later', next: { date, days, from } })
  it.each([
    ['no window', '2026-11-24 11:00', null, { kind: 'now', until: '13:30' }],
    ['no window', '2026-11-24 14:00', null, later('2026-11-24', 0, '15:30')],
    ['no window', '2099-06-03 11:00', null, { kind: 'unknown' }],
    ['a window that is open', '2026-11-24 11:00', monthly(1, 25), { kind: 'now', until: '13:30' }],
    ['a window that opens tomorrow', '2026-11-24 11:00', monthly(25, 28), later('2026-11-25', 1, '10:00')],
    ['a window that ends on a weekend', '2026-11-28 11:00', monthly(1, 29), later('2026-12-01', 3, '10:00')],
    ['a window that begins on 国庆', '2026-09-24 11:00', monthly(1, 10), later('2026-10-08', 14, '10:00')],
    ['a window wholly within 国庆', '2026-09-24 11:00', monthly(1, 5), later('2026-11-02', 39, '10:00')],
    ['the unclear last day', '2026-11-24 11:00', monthly(1, 24, false), later('2026-12-01', 7, '10:00')],
    ['the eve of it', '2026-11-23 19:00', monthly(1, 24, false), later('2026-12-01', 8, '10:00')],
    ['a day that is never certain', '2024-06-03 11:00', monthly(1, 1, false), { kind: 'unknown' }],
  ])('%s at %s', (_, now, acceptance, expected) => {
    expect(nextVisit({ hours: usual, acceptance }, site, at(now), calendar)).toEqual(expected)
  })

  it('cannot say past the days the calendar knows, nor of hours nobody knows', () => {
    const known: Calendar = { kindOf: (date) => (date <= '2026-11-30' ? 'workday' : 'unknown') }
    const visit = (hours: Hours) =>
      nextVisit({ hours, acceptance: monthly(1, 10) }, site, at('2026-11-24 11:00'), known)
    expect(visit(usual)).toEqual({ kind: 'unknown' })
    expect(visit(hoursOf([]))).toEqual({ kind: 'unknown' })
  })
})

describe('departmentHours', () => {
  const of = (...hours: Hours[]) =>
    departmentHours(hours.map((each): Pick<Service, 'hours'> => ({ hours: each })))
  const other = hoursOf([{ from: '09:00', to: '17:00', season: null }])
  const unknown = hoursOf([], null)

  it.each<[string, Hours[], Hours | null]>([
    ['no services', [], null],
    ['one service', [usual], usual],
    ['more than half', [usual, other, usual], usual],
    ['half', [usual, other], null],
    ['a third', [usual, other, unknown], null],
    ['hours nobody knows', [unknown, unknown, usual], null],
    ['the same in another order', [other, usual, hoursOf(usual.sessions.toReversed())], usual],
    ['remarks beside', [{ ...usual, remarks: ['a bank'] }, usual], usual],
    ['remarks everywhere', [{ ...usual, remarks: ['a bank'] }], usual],
  ])('%s', (_, services, expected) => {
    expect(of(...services)).toEqual(expected)
  })

  it("finds the guide's own, in words that are its own", () => {
    const file = new URL('../../../data/content/catalogue.json', import.meta.url)
    const { services } = v.parse(catalogueSchema, JSON.parse(readFileSync(file, 'utf8')))
    const shared = departmentHours(services)
    expect(shared?.sessions).toEqual(usual.sessions)
    expect(shared?.remarks).toEqual([])
  })
})
