import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { createCalendar } from '../../../data/calendar.ts'
import type { Acceptance, Service } from '../../../data/catalogue.ts'
import { visitAdvice, visitAdviceSchema } from '../../../data/visit-advice.ts'
import { aService, aSite } from '../../fixtures/catalogue.ts'
import { realCatalogue } from '../../fixtures/real-content.ts'

const calendar = createCalendar()
const sessions = [
  { from: '10:00', to: '13:30', season: null },
  { from: '15:30', to: '19:00', season: 'winter' as const },
  { from: '16:00', to: '19:30', season: 'summer' as const },
]
const hours: Service['hours'] = { text: '', days: 'workdays', sessions, remarks: [] }
const until: Acceptance = {
  fromDay: 1,
  toDay: 25,
  lastDayCertain: false,
  text: '每月25日前',
  field: '办事时间',
}

/** As of a moment on the hall's wall. */
const adviceAt = (moment: string, changes: Partial<Service> = {}) =>
  visitAdvice(aService({ hours, ...changes }), aSite(), new Date(`${moment}:00+08:00`), calendar)

describe('visitAdvice', () => {
  it.each([
    { at: '2026-11-24T13:00', opening: { kind: 'open', until: '13:30' }, come: null },
    {
      at: '2026-11-24T13:30',
      opening: { kind: 'closed', next: { date: '2026-11-24', days: 0, from: '15:30' } },
      come: { date: '2026-11-24', days: 0, from: '15:30' },
    },
    // A Friday evening.
    {
      at: '2026-11-27T19:00',
      opening: { kind: 'closed', next: { date: '2026-11-30', days: 3, from: '10:00' } },
      come: { date: '2026-11-30', days: 3, from: '10:00' },
    },
  ])('says at $at whether the counter is open, and when next', ({ at, opening, come }) => {
    expect(adviceAt(at)).toMatchObject({ opening, come, acceptance: null })
  })

  it.each([
    { at: '2026-11-24T11:00', acceptance: { kind: 'open', until: '2026-11-24' }, come: null },
    {
      at: '2026-11-25T11:00',
      acceptance: { kind: 'last-day-unclear', nextFrom: '2026-12-01' },
      come: { date: '2026-12-01', days: 6, from: '10:00' },
    },
    {
      at: '2026-11-26T11:00',
      acceptance: { kind: 'closed', nextFrom: '2026-12-01' },
      come: { date: '2026-12-01', days: 5, from: '10:00' },
    },
  ])('says at $at whether a service taken before the 25th is taken', ({ at, acceptance, come }) => {
    expect(adviceAt(at, { acceptance: until })).toMatchObject({
      acceptance,
      come,
      opening: { kind: 'open', until: '13:30' },
    })
  })

  it('does not know hours the guide does not give, and never calls them open', () => {
    const bank: Service['hours'] = { text: '以银行公布时间为准', days: null, sessions: [], remarks: [] }
    expect(adviceAt('2026-11-24T11:00', { hours: bank })).toMatchObject({ opening: { kind: 'unknown' } })
  })

  it('has nothing to say where the counter is a bank’s, or none at all', () => {
    const bank: Service['places'][number] = {
      kind: 'elsewhere',
      text: '合作银行网点',
      building: null,
      floor: null,
      rooms: [],
      counters: [],
      area: null,
      department: null,
      purpose: null,
    }
    expect(adviceAt('2026-11-24T11:00', { places: [bank] })).toBeNull()
    expect(adviceAt('2026-11-24T11:00', { channels: ['online'], materials: [] })).toBeNull()
  })

  it('fits its schema for every service of the guide, at any hour of a day', () => {
    for (const service of realCatalogue.services) {
      for (const hour of ['08', '11', '14', '17', '22']) {
        const advice = visitAdvice(service, aSite(), new Date(`2026-11-25T${hour}:00:00+08:00`), calendar)
        expect(v.parse(v.nullable(visitAdviceSchema), advice)).toStrictEqual(advice)
      }
    }
  })
})
