import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Place, Service } from '../../../data/catalogue.ts'
import { type RouteStop, routeFor } from '../../../data/route.ts'
import { standAt } from '../../../data/site.ts'
import { aService, aSiteFile } from '../../fixtures/catalogue.ts'
import { realCatalogue, realSiteFile } from '../../fixtures/real-content.ts'

const site = standAt(aSiteFile({}, { id: 'annex' }), null)
const nowhere: Place = {
  kind: 'site',
  text: '',
  building: null,
  floor: null,
  rooms: [],
  counters: [],
  area: null,
  department: null,
  purpose: null,
}
const room = (number: string, changes: Partial<Place> = {}): Place => ({
  ...nowhere,
  text: number,
  building: 'main',
  floor: Number(number[0]),
  rooms: [number],
  ...changes,
})
const service = (id: string, ...places: readonly Place[]): Service =>
  aService({ id, title: id, places: [...places] })
const online = (id: string, name: string): Service => ({
  ...service(id, room('901')),
  channels: ['online'],
  materials: [],
  websites: [{ name, url: null, field: '办理方式' }],
})

/** "101: a b": the door and who has something to do there; two letters where it says what. */
const told = (route: readonly RouteStop[]) =>
  route.map(({ kind, place, visits }) => {
    const door =
      kind === 'door'
        ? [place?.building === 'main' ? '' : (place?.building ?? '?'), place?.text].join('')
        : kind
    return `${door}: ${visits.map((visit) => visit.service.id + (visit.purpose ?? '')).join(' ')}`
  })
const goes = (...services: readonly Service[]) => told(routeFor(services, site))

describe('routeFor', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'this floor first, then up once',
      goes(
        service('a', room('901')),
        service('b', room('201')),
        service('c', room('102')),
        service('d', room('616')),
      ),
      ['102: c', '201: b', '616: d', '901: a'],
    ],
    [
      'one stop for one door, whatever the department',
      goes(
        service('a', room('201', { department: '甲' })),
        service('b', room('305')),
        service('c', room('201')),
      ),
      ['201: a c', '305: b'],
    ],
    [
      'two doors for two departments whose doors nobody knows',
      goes(
        service('a', room('2', { rooms: [], department: '甲' })),
        service('b', room('2', { rooms: [], department: '乙' })),
        service('c', room('2', { rooms: [], department: '乙' })),
      ),
      ['2: b c', '2: a'],
    ],
    [
      'this house, the other, the one nobody can place, a bank, what is done online and on the phone, and what nobody knows',
      goes(
        service('g'),
        service('f', room('phone', { kind: 'phone', rooms: [] })),
        online('e', '网'),
        service('d', room('bank', { kind: 'elsewhere', building: null, rooms: [] })),
        service('c', room('1507', { building: null, floor: null })),
        service('b', room('415', { building: 'annex' })),
        service('a', room('901')),
      ),
      ['901: a', 'annex415: b', '?1507: c', 'elsewhere: d', 'online: e', 'phone: f', 'nowhere: g'],
    ],
    [
      'one stop for what is done on one website',
      goes(online('a', '甲网'), online('b', '乙网'), online('c', '甲网')),
      ['online: b', 'online: a c'],
    ],
    [
      'every purpose of a service, in its order, on the way up',
      goes(
        service('a', room('201', { purpose: '一' }), room('901', { purpose: '二' })),
        service('b', room('616')),
      ),
      ['201: a一', '616: b', '901: a二'],
    ],
    [
      'every purpose in its order even where that means coming down',
      goes(
        service('a', room('901', { purpose: '一' }), room('201', { purpose: '二' })),
        service('b', room('616')),
      ),
      ['616: b', '901: a一', '201: a二'],
    ],
    [
      'a door that is come to later anyway only then',
      goes(
        service('a', room('901', { purpose: '一' }), room('201', { purpose: '二' })),
        service('b', room('201')),
      ),
      ['901: a一', '201: a二 b'],
    ],
    [
      'a door twice where one service needs it first and last',
      goes(
        service(
          'a',
          room('201', { purpose: '一' }),
          room('901', { purpose: '二' }),
          room('201', { purpose: '三' }),
        ),
        service('b', room('201')),
      ),
      ['201: a一 b', '901: a二', '201: a三'],
    ],
    [
      'back to this house before the other where the purposes allow it, and after it where they do not',
      goes(
        service('a', room('901', { purpose: '一' }), room('201', { purpose: '二' })),
        service('b', room('415', { building: 'annex', purpose: '一' }), room('305', { purpose: '二' })),
      ),
      ['901: a一', '201: a二', 'annex415: b一', '305: b二'],
    ],
    ['nothing for nothing', goes(), []],
    [
      'a service once that is asked for twice',
      goes(service('a', room('201')), service('a', room('201'))),
      ['201: a'],
    ],
    [
      'the room staff have added to a department',
      goes(
        service('a', room('3', { rooms: [], floor: null, department: '工伤保险处' })),
        service('b', room('305')),
      ).map((line) => line.replace(/^.*:/u, '')),
      [' a b'],
    ],
  ])('goes to %s', (_what, route, expected) => {
    expect(route).toEqual(expected)
  })

  it('begins with this floor, also where there is one below it', () => {
    const second = standAt(aSiteFile(), 'lobby-2')
    const all = [service('a', room('301')), service('b', room('101')), service('c', room('201'))]
    expect(told(routeFor(all, second))).toEqual(['201: c', '101: b', '301: a'])
  })

  it('names the other places of a service as alternatives, not as stops', () => {
    const places = [room('901'), room('bank', { kind: 'elsewhere' })]
    const [stop, ...others] = routeFor([service('a', ...places)], site)
    expect(others).toEqual([])
    expect(stop?.visits).toMatchObject([{ alternatives: [places[1]], certain: true }])
  })

  it.each([
    ['审核材料、证书盖章', '缴费、领取空白证书', [1, 0], true],
    ['缴费', '提交材料', [0, 1], true],
    ['初审', '复审', [1, 0], false],
    ['提交材料', '补充材料', [1, 0], false],
  ] as const)('hands in at the place for “%s” or “%s”: %j, certain %s', (first, second, groups, certain) => {
    const route = routeFor(
      [service('a', room('201', { purpose: first }), room('901', { purpose: second }))],
      site,
    )
    const visits = route.flatMap((stop) => stop.visits)
    expect(visits.map(({ handsIn }) => Number(handsIn))).toEqual(groups)
    expect(visits.map((visit) => visit.certain)).toEqual([certain, certain])
  })
})

describe('the guide’s own services', () => {
  it('all in one route: no door twice, this house up once, every service there', () => {
    const route = routeFor(realCatalogue.services, standAt(realSiteFile, null))
    const doors = route.map(({ kind, place, visits }) =>
      kind === 'door'
        ? [
            place?.building,
            place?.floor,
            place?.rooms,
            place?.counters,
            place?.area,
            place?.department,
          ].join()
        : visits[0]?.service.id,
    )
    expect(new Set(doors).size).toBe(route.length)
    const floors = route.flatMap(({ kind, place }) =>
      kind === 'door' && place?.building === 'beijing-nan-lu-445' ? [place.floor ?? 0] : [],
    )
    expect(floors).toEqual(floors.toSorted((a, b) => a - b))
    expect(floors.at(0)).toBe(1)
    expect(new Set(route.flatMap(({ visits }) => visits.map((visit) => visit.service.id))).size).toBe(132)
  })

  it('with two places: the room for the papers first, then the one that takes the money', () => {
    const two = realCatalogue.services.filter(({ title }) => title.includes('继续教育证书核发'))
    const route = routeFor(two, standAt(realSiteFile, null))
    expect(
      route.map(({ place, visits }) => [place?.rooms[0], visits[0]?.purpose, visits[0]?.handsIn]),
    ).toEqual([
      ['904', '审核材料、证书盖章', true],
      ['1507', '缴费、领取空白证书', false],
    ])
  })
})

const somePlace = (purpose: fc.Arbitrary<string | null>): fc.Arbitrary<Place> =>
  fc
    .record({
      kind: fc.constantFrom(
        'site' as const,
        'site' as const,
        'site' as const,
        'elsewhere' as const,
        'phone' as const,
      ),
      building: fc.constantFrom('main', 'main', 'annex', null),
      floor: fc.constantFrom(1, 2, 3, null),
      rooms: fc.constantFrom<string[]>([], ['1'], ['2']),
      purpose,
    })
    .map((place) => ({ ...nowhere, ...place, text: [place.building, place.floor, place.rooms].join('-') }))
const someServices = (purpose: fc.Arbitrary<string | null>): fc.Arbitrary<Service[]> =>
  fc
    .array(fc.array(somePlace(purpose), { maxLength: 4 }), { maxLength: 8 })
    .map((all) => all.map((places, index) => service(`s${index}`, ...places)))
const plain = someServices(fc.constant(null))
const withPurposes = someServices(fc.constantFrom(null, '一', '二', '三'))

const idsOf = (route: readonly RouteStop[]) =>
  route.flatMap(({ visits }) => visits.map((visit) => visit.service.id))
const doorOf = ({ kind, place, visits }: RouteStop) =>
  JSON.stringify(
    kind === 'nowhere' || !place
      ? [kind, visits[0]?.service.id]
      : [kind, place.building, place.floor, place.rooms, kind === 'door' && place.building ? '' : place.text],
  )
const descents = (floors: readonly number[]) =>
  floors.filter((floor, index) => floor < (floors[index - 1] ?? floor)).length
const floorsIn = (route: readonly RouteStop[], building: string) =>
  route.flatMap(({ kind, place }) =>
    kind === 'door' && place?.building === building && place.floor !== null ? [place.floor] : [],
  )
const severalPurposes = ({ places }: Service) =>
  new Set(places.flatMap(({ purpose }) => (purpose === null ? [] : [purpose]))).size > 1

describe('every route', () => {
  const law = (services: fc.Arbitrary<Service[]>, holds: (all: Service[]) => void) =>
    fc.assert(fc.property(services, holds), { numRuns: 300 })

  it('has every service, and nothing else', () => {
    law(withPurposes, (all) => {
      const ids = new Set(idsOf(routeFor(all, site)))
      expect([...ids].toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    })
  })

  it('has a service with one errand at one stop', () => {
    law(plain, (all) => {
      expect(idsOf(routeFor(all, site))).toHaveLength(all.length)
    })
  })

  it('comes to no door twice where no purposes force it', () => {
    law(plain, (all) => {
      const doors = routeFor(all, site).map(doorOf)
      expect(new Set(doors).size).toBe(doors.length)
    })
  })

  it('comes to a door again only for a service with something between, or before, that must come first', () => {
    law(withPurposes, (all) => {
      const route = routeFor(all, site)
      for (const [index, stop] of route.entries()) {
        const later = route.findIndex((other, at) => at > index && doorOf(other) === doorOf(stop))
        if (later < 0) continue
        const between = new Set(idsOf(route.slice(index + 1, later)))
        expect(stop.visits.some((visit) => between.has(visit.service.id))).toBe(true)
      }
    })
  })

  it('goes up once in each building, this floor first, where no purposes force it down', () => {
    law(plain, (all) => {
      const route = routeFor(all, site)
      for (const building of ['main', 'annex']) expect(descents(floorsIn(route, building))).toBe(0)
      const zones = route.map(({ kind, place }) =>
        kind !== 'door' ? 3 : place?.building === 'main' ? 0 : place?.building === 'annex' ? 1 : 2,
      )
      expect(zones).toEqual(zones.toSorted())
    })
  })

  it('goes down no oftener than its services need between them', () => {
    law(withPurposes, (all) => {
      const route = routeFor(all, site)
      const needed = (building: string) => (one: Service) => {
        const own = routeFor([one], site)
        // Leaving a building and coming back begins a new way up.
        return descents(floorsIn(own, building)) + (severalPurposes(one) ? own.length - 1 : 0)
      }
      for (const building of ['main', 'annex'])
        expect(descents(floorsIn(route, building))).toBeLessThanOrEqual(
          all.map(needed(building)).reduce((sum, each) => sum + each, 0),
        )
    })
  })

  it('does a service’s purposes in the guide’s order', () => {
    law(withPurposes, (all) => {
      const visits = routeFor(all, site).flatMap((stop) => stop.visits)
      for (const one of all.filter(severalPurposes)) {
        const wanted = [...new Set(one.places.flatMap(({ purpose }) => (purpose === null ? [] : [purpose])))]
        const done = visits.filter((visit) => visit.service.id === one.id)
        expect(done.map(({ purpose }) => purpose)).toEqual(wanted)
      }
    })
  })

  it('is the same whatever the order the services are named in', () => {
    const shuffled = withPurposes.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(routeFor(other, site)).toEqual(routeFor(all, site))
      }),
    )
  })

  it('asked for again with its own services is itself', () => {
    law(withPurposes, (all) => {
      const route = routeFor(all, site)
      const again = route.flatMap(({ visits }) => visits.map((visit) => visit.service))
      expect(routeFor(again, site)).toEqual(route)
    })
  })
})
