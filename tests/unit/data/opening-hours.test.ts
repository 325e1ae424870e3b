import { describe, expect, it } from 'vitest'
import { hoursBySeason } from '../../../data/opening-hours.ts'

const hours = (sessions: Parameters<typeof hoursBySeason>[0]['sessions']) =>
  hoursBySeason({ text: '', days: 'workdays', sessions, remarks: [] })

describe('hoursBySeason', () => {
  it('puts sessions of all the year into each season, in the order of the day', () => {
    expect(
      hours([
        { from: '15:30', to: '19:00', season: 'winter' },
        { from: '10:00', to: '13:30', season: null },
        { from: '16:00', to: '19:30', season: 'summer' },
      ]),
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
    expect(hours([{ from: '10:00', to: '13:30', season: null }])).toEqual([
      { season: null, sessions: [{ from: '10:00', to: '13:30' }] },
    ])
    expect(hours([])).toEqual([])
  })
})
