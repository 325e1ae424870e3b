import { describe, expect, it } from 'vitest'
import { type Place } from '../../../data/catalogue.ts'
import { floorsOf, isHere, needsNoVisit, plateOf, runsOf, stepsTo } from '../../../data/directions.ts'
import { type Site } from '../../../data/site.ts'
import { aCatalogue, aService } from '../../fixtures/catalogue.ts'

const site: Site = {
  format: 1,
  timeZone: 'Asia/Shanghai',
  buildings: [
    { id: 'main', name: '主楼', address: '北京南路445号', aliases: [] },
    { id: 'annex', name: '附楼', address: '南湖东路19号', aliases: [] },
  ],
  kiosk: { id: 'k1', name: '1号机', building: 'main', floor: 1 },
  seasons: { summer: { fromMonth: 5, toMonth: 9 } },
  help: { phone: null, place: null },
  assumptions: [],
}
const place = (changes: Partial<Place>): Place => ({
  kind: 'site',
  text: '',
  building: 'main',
  floor: 6,
  rooms: [],
  counters: [],
  area: null,
  department: null,
  purpose: null,
  ...changes,
})
const kinds = (changes: Partial<Place>) => stepsTo(place(changes), site, '退休').map(({ kind }) => kind)

describe('stepsTo', () => {
  it.each<[string, Partial<Place>, string[]]>([
    ['a room in this house', { rooms: ['616'] }, ['go-to-floor', 'find-room', 'say']],
    ['a room on this floor', { floor: 1, rooms: ['101'] }, ['stay-on-floor', 'find-room', 'say']],
    [
      'counters in another house',
      { building: 'annex', floor: 1, counters: ['6'] },
      ['go-to-building', 'go-to-floor', 'find-counter', 'say'],
    ],
    ['an area without a room', { area: '大厅' }, ['go-to-floor', 'find-area', 'say']],
    ['a floor without a room', { department: '工伤保险处' }, ['go-to-floor', 'ask-room', 'say']],
    ['a house without a floor', { building: 'annex', floor: null }, ['go-to-building', 'ask-floor', 'say']],
    [
      'a room in a house the guide does not place',
      { building: null, floor: null, rooms: ['1507'] },
      ['ask-building', 'find-room', 'say'],
    ],
    ['a website', { kind: 'online', building: null, floor: null }, []],
    ['a bank', { kind: 'elsewhere', building: null, floor: null }, []],
  ])('%s', (_what, changes, steps) => {
    expect(kinds(changes)).toEqual(steps)
  })

  it('takes two to five steps to any place in a building', () => {
    for (const floor of [null, 1, 6])
      for (const building of [null, 'main', 'annex'])
        for (const rooms of [[], ['616']])
          expect(kinds({ floor, building, rooms }).length).toSatisfy(
            (count: number) => count >= 2 && count <= 5,
          )
  })
})

describe('isHere', () => {
  it('is true only in the building of the kiosk', () => {
    expect(isHere(place({}), site)).toBe(true)
    expect(isHere(place({ building: 'annex' }), site)).toBe(false)
    expect(isHere(place({ kind: 'online', building: null }), site)).toBe(false)
  })
})

describe('floorsOf', () => {
  it('has the floors the guide names and the kiosk’s own, from the ground up, rooms in their numbers’ order', () => {
    const catalogue = aCatalogue({
      services: [
        aService({ id: 'a', places: [place({ rooms: ['1003', '616'], department: '养老处' })] }),
        aService({
          id: 'b',
          places: [place({ floor: 2, area: '大厅' }), place({ building: 'annex', floor: 9 })],
        }),
        aService({ id: 'c', places: [place({ rooms: ['616'], department: '养老处' })] }),
      ],
    })
    expect(floorsOf('main', catalogue, site)).toEqual([
      { floor: 1, departments: [], rooms: [] },
      { floor: 2, departments: [], rooms: [] },
      { floor: 6, departments: ['养老处'], rooms: ['616', '1003'] },
    ])
  })
})

describe('runsOf', () => {
  it.each<[string[], number, string[]]>([
    [['6', '7', '8', '9'], 2, ['6–9']],
    [['2', '3'], 2, ['2–3']],
    [['13'], 2, ['13']],
    [['822', '823'], 3, ['822', '823']],
    [['1', '3', '4'], 2, ['1', '3–4']],
    [[], 2, []],
  ])('%j, runs of %i and more → %j', (numbers, least, runs) => {
    expect(runsOf(numbers, least)).toEqual(runs)
  })
})

describe('plateOf', () => {
  it.each<[Partial<Place>, [string, string][]]>([
    [
      { rooms: ['822', '823'] },
      [
        ['floor', '6'],
        ['room', '822、823'],
      ],
    ],
    [
      { counters: ['6', '7'], area: '大厅' },
      [
        ['floor', '6'],
        ['counter', '6–7'],
      ],
    ],
    [
      { area: '大厅' },
      [
        ['floor', '6'],
        ['area', '大厅'],
      ],
    ],
    [{ floor: null, rooms: ['1507'] }, [['room', '1507']]],
    [{ floor: null }, []],
  ])('%j', (changes, halves) => {
    expect(plateOf(place(changes), null).map(({ kind, text }) => [kind, text])).toEqual(halves)
  })
})

describe('plateOf in another building', () => {
  it('begins with the building', () => {
    expect(plateOf(place({ rooms: ['415'], floor: 4 }), '南湖东路19号').map(({ kind }) => kind)).toEqual([
      'building',
      'floor',
      'room',
    ])
  })
})

describe('needsNoVisit', () => {
  const entry = { text: '', originals: null, photocopies: null, asks: [], inspectOnly: false, when: null }
  const materials = (kind: 'document' | 'action') => [
    { when: null, within: [], note: null, materials: [{ ...entry, kind }] },
  ]
  it.each([
    [['online'], 'action', true],
    [['online'], 'document', false],
    [['online', 'counter'], 'action', false],
    [[], 'action', false],
  ] as const)('channels %j with an entry of kind %s: %s', (channels, kind, expected) => {
    expect(needsNoVisit({ channels: [...channels], materials: materials(kind) })).toBe(expected)
  })
})
