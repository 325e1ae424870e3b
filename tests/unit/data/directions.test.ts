import { describe, expect, it } from 'vitest'
import type { Place } from '../../../data/catalogue.ts'
import {
  type Step,
  floorsOf,
  isHere,
  needsNoVisit,
  plateOf,
  runsOf,
  stepsTo,
} from '../../../data/directions.ts'
import { standAt } from '../../../data/site.ts'
import { aCatalogue, aService, aSiteFile } from '../../fixtures/catalogue.ts'

const bare = { id: 'main', name: '主楼', address: '北京南路445号', aliases: [] }
/** Nobody has added anything to the guide. */
const site = standAt(
  aSiteFile({
    buildings: [bare, { id: 'annex', name: '附楼', address: '南湖东路19号', aliases: [] }],
    kiosks: [{ id: 'k1', name: '1号机', building: 'main', floor: 1 }],
    help: { phone: null, place: null },
  }),
  null,
)
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
type Errand = Parameters<typeof stepsTo>[2]
const enquiry = { number: '0991-1234567', owner: null, use: 'enquiry', plausible: true } as const
const complaint = { ...enquiry, number: '0991-7654321', use: 'complaint' } as const
const silent: Errand = { name: '退休', phones: [], acceptance: null }
const rung: Errand = {
  ...silent,
  phones: [complaint, { ...enquiry, plausible: false, number: '0991' }, enquiry],
}
const kinds = (changes: Partial<Place>) => stepsTo(place(changes), site, silent).map(({ kind }) => kind)

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

  it('takes two to five steps to any place in a building, whatever is known', () => {
    for (const known of [site, furnished])
      for (const service of [silent, rung])
        for (const stepFree of [false, true])
          for (const floor of [null, 1, 3, 6])
            for (const building of [null, 'main', 'annex'])
              for (const rooms of [[], ['101']])
                expect(stepsTo(place({ floor, building, rooms }), known, service, { stepFree })).toSatisfy(
                  ({ length }: readonly Step[]) => length >= 2 && length <= 5,
                )
  })
})

describe('a call before the walk to another house', () => {
  const checks = (changes: Partial<Place>, service = rung, stepFree = false) =>
    stepsTo(place({ building: 'annex', ...changes }), site, service, { stepFree }).flatMap((step) =>
      step.kind === 'call-first' ? [step.phone, ...step.checks] : [],
    )
  const monthly: Errand = {
    ...rung,
    acceptance: { fromDay: 1, toDay: 10, lastDayCertain: true, text: '', field: '办理时限' },
  }

  it.each([
    ['the hours', checks({ rooms: ['415'] }), ['hours']],
    ['when it is accepted', checks({ rooms: ['415'] }, monthly), ['hours', 'acceptance']],
    ['the room', checks({}), ['hours', 'room']],
    ['floor and room', checks({ floor: null }), ['hours', 'floor', 'room']],
    ['the building', checks({ building: null, floor: null, rooms: ['1507'] }), ['hours', 'building']],
    ['the way without steps', checks({ rooms: ['415'] }, rung, true), ['hours', 'step-free']],
  ])('asks for %s', (_what, asked, expected) => {
    expect(asked).toEqual([enquiry.number, ...expected])
  })

  it('is not made within this house, nor to a number that cannot be right', () => {
    expect(checks({ building: 'main' })).toEqual([])
    expect(checks({}, silent)).toEqual([])
  })

  it('gives way to a question to staff where there is no number and no known way without steps', () => {
    const steps = stepsTo(place({ building: 'annex', rooms: ['415'] }), site, silent, { stepFree: true })
    expect(steps.map(({ kind }) => kind)).toEqual([
      'go-to-building',
      'ask-step-free',
      'go-to-floor',
      'find-room',
      'say',
    ])
  })
})

/** The kiosk that looks south stands on floor 1; its visitor looks north. */
const furnished = standAt(aSiteFile(), null)
const brief = (step: Step): string => {
  switch (step.kind) {
    case 'turn':
      return `turn ${step.to}`
    case 'take-lift':
    case 'take-stairs':
      return [step.kind, step.name, step.floor, step.where ?? '-', ...step.landmarks].join(' ')
    case 'go-to-building':
      return `go-to-building ${step.entrance?.name ?? '-'}`
    case 'find-room':
      return ['find-room', ...step.rooms, step.area ?? '-', step.where ?? '-'].join(' ')
    case 'find-area':
      return `find-area ${step.area} ${step.where ?? '-'}`
    case 'ask-step-free':
      return `ask-step-free ${step.place ?? '-'}`
    default:
      return step.kind
  }
}

describe('a way with lifts and stairs that staff have named', () => {
  const way = (changes: Partial<Place>, stepFree = false, from = furnished) =>
    stepsTo(place(changes), from, silent, { stepFree }).map(brief)
  const atAnnex = standAt(aSiteFile({ kiosks: [{ id: 'k', name: '', building: 'annex', floor: 1 }] }), null)
  const second = standAt(aSiteFile(), 'lobby-2')

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'the lift that stops at both floors, and which way it is',
      way({ floor: 3, rooms: ['301'] }),
      ['turn left', 'take-lift 1号电梯 3 服务台后面 自助填表区', 'find-room 301 - -', 'say'],
    ],
    [
      'another lift, whose direction nobody has told',
      way({ floor: 6, rooms: ['616'] }, true),
      ['take-lift 2号电梯 6 -', 'find-room 616 - -', 'say'],
    ],
    [
      'stairs where no lift goes',
      way({ floor: 8, rooms: ['819'] }),
      ['turn ahead', 'take-stairs 东侧楼梯 8 -', 'find-room 819 - -', 'say'],
    ],
    [
      'no stairs for who cannot climb them, but a question',
      way({ floor: 8, rooms: ['819'] }, true),
      ['ask-step-free 一楼服务台', 'go-to-floor', 'find-room 819 - -', 'say'],
    ],
    [
      'neither where neither goes',
      way({ floor: 9, rooms: ['913'] }),
      ['go-to-floor', 'find-room 913 - -', 'say'],
    ],
    [
      'a room on this floor, its part of the house, and which way it is',
      way({ floor: 1, rooms: ['101'] }, true),
      ['stay-on-floor', 'turn left', 'find-room 101 大厅 -', 'say'],
    ],
    [
      'a hall on this floor',
      way({ floor: 1, area: '大厅' }),
      ['stay-on-floor', 'turn right', 'find-area 大厅 正对大门', 'say'],
    ],
    [
      'the door of a department the guide gives no room',
      way({ floor: 3, department: '工伤保险处' }),
      ['turn left', 'take-lift 1号电梯 3 服务台后面 自助填表区', 'find-room 305 - 茶水间对面', 'say'],
    ],
    [
      'the same department where the guide gives no floor either',
      way({ floor: null, department: '工伤保险处' }),
      ['turn left', 'take-lift 1号电梯 3 服务台后面 自助填表区', 'find-room 305 - 茶水间对面', 'say'],
    ],
    [
      'no turn from a kiosk whose screen may look anywhere',
      way({ floor: 3, rooms: ['301'] }, false, second),
      ['take-lift 1号电梯 3 服务台后面 自助填表区', 'find-room 301 - -', 'say'],
    ],
    [
      'from another house: the usual door, and the lift from its floor',
      way({ floor: 3, rooms: ['301'] }, false, atAnnex),
      ['go-to-building 正门', 'take-lift 1号电梯 3 服务台后面 自助填表区', 'find-room 301 - -', 'say'],
    ],
    [
      'from another house without steps: the door without steps',
      way({ floor: 3, rooms: ['301'] }, true, atAnnex),
      ['go-to-building 侧门', 'take-lift 1号电梯 3 服务台后面 自助填表区', 'find-room 301 - -', 'say'],
    ],
    [
      'from another house without steps, to the floor of that door',
      way({ floor: 1, rooms: ['101'] }, true, atAnnex),
      ['go-to-building 侧门', 'go-to-floor', 'find-room 101 大厅 -', 'say'],
    ],
    [
      'from another house without steps, to where no lift goes',
      way({ floor: 8, rooms: ['819'] }, true, atAnnex),
      ['go-to-building 侧门', 'ask-step-free -', 'go-to-floor', 'find-room 819 - -', 'say'],
    ],
  ])('names %s', (_what, steps, expected) => {
    expect(steps).toEqual(expected)
  })

  it('leaves a department on several floors to be asked for', () => {
    const two = aSiteFile({
      buildings: [
        {
          ...bare,
          floors: [3, 4].map((floor) => ({
            floor,
            rooms: [{ name: `${floor}01`, department: '工伤保险处' }],
          })),
        },
      ],
    })
    const steps = way({ floor: null, department: '工伤保险处' }, false, standAt(two, null))
    expect(steps).toEqual(['ask-floor', 'say'])
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
      { floor: 1, label: null, departments: [], rooms: [] },
      { floor: 2, label: null, departments: [], rooms: [] },
      { floor: 6, label: null, departments: ['养老处'], rooms: ['616', '1003'] },
    ])
  })

  it('has what staff have added, after what the guide says', () => {
    const catalogue = aCatalogue({
      services: [aService({ places: [place({ floor: 3, rooms: ['301'], department: '养老处' })] })],
    })
    expect(floorsOf('main', catalogue, furnished)).toEqual([
      { floor: 1, label: '大厅层', departments: [], rooms: ['101'] },
      { floor: 3, label: null, departments: ['养老处', '工伤保险处'], rooms: ['301', '305'] },
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
