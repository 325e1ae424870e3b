import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { siteFileSchema, siteSchema, standAt } from '../../../data/site.ts'
import { aSite, aSiteFile } from '../../fixtures/catalogue.ts'
import { realSiteFile } from '../../fixtures/real-content.ts'

describe('standAt', () => {
  const file = aSiteFile()

  it.each([
    [null, 'lobby-1'],
    ['lobby-1', 'lobby-1'],
    ['lobby-2', 'lobby-2'],
    ['lobby-9', 'lobby-1'],
    ['', 'lobby-1'],
    ['constructor', 'lobby-1'],
  ])('takes kiosk %j for %s', (asked, taken) => {
    expect(standAt(file, asked).kiosk.id).toBe(taken)
  })

  it('gives a site the screen can be told of, with everything else of the file', () => {
    const site = standAt(file, 'lobby-2')
    const { kiosks, ...rest } = file
    expect(v.parse(siteSchema, site)).toEqual(site)
    expect(site).toEqual({ ...rest, kiosk: kiosks[1] })
  })
})

describe('site.json', () => {
  const plain = {
    format: 1,
    timeZone: 'Asia/Shanghai',
    buildings: [{ id: 'main', name: '主楼', address: '北京南路445号', aliases: [] }],
    kiosk: { id: 'lobby-1', name: '大厅1号机', building: 'main', floor: 1 },
    help: { phone: null, place: null },
    seasons: { summer: { fromMonth: 5, toMonth: 9 } },
    assumptions: [],
  }

  it('may say no more than before there were lifts: all else is empty, unknown or unconfirmed', () => {
    expect(v.parse(siteFileSchema, plain)).toEqual({
      format: 1,
      timeZone: 'Asia/Shanghai',
      buildings: [
        {
          ...plain.buildings[0],
          storeys: null,
          floors: [],
          lifts: [],
          stairs: [],
          entrances: [],
          landmarks: [],
          plans: [],
        },
      ],
      kiosks: [{ ...plain.kiosk, where: null, faces: null }],
      help: plain.help,
      seasons: { summer: { fromMonth: 5, toMonth: 9 }, confirmed: false },
      days: { closures: [], workdays: [], years: [] },
      assumptions: [],
    })
  })

  it('may be one kiosk’s own site written out again', () => {
    expect(standAt(v.parse(siteFileSchema, aSite()), null)).toEqual(aSite())
  })

  it('that names its only kiosk in two ways has both', () => {
    const both = v.parse(siteFileSchema, { ...plain, kiosks: [{ ...plain.kiosk, id: 'lobby-2' }] })
    expect(both.kiosks.map(({ id }) => id)).toEqual(['lobby-1', 'lobby-2'])
  })

  const withBuilding = (changes: object) => ({ ...plain, buildings: [{ ...plain.buildings[0], ...changes }] })
  it.each([
    ['no kiosk', { ...plain, kiosk: undefined, kiosks: [] }],
    ['a floor 0', withBuilding({ landmarks: [{ floor: 0, name: '服务台' }] })],
    ['half a floor', withBuilding({ entrances: [{ id: 'a', name: '正门', floor: 1.5 }] })],
    ['a hundredth floor', withBuilding({ lifts: [{ id: 'a', name: '电梯', floors: [1, 100] }] })],
    ['a kiosk that looks upwards', { ...plain, kiosk: { ...plain.kiosk, faces: 'up' } }],
    ['a lift without a name', withBuilding({ lifts: [{ id: 'a', name: '', floors: [1, 2] }] })],
    ['a plan outside its folder', withBuilding({ plans: [{ floor: 1, file: '../a.svg' }] })],
    ['a plan that is no drawing', withBuilding({ plans: [{ floor: 1, file: 'a.exe' }] })],
    [
      'a closure on a day no month has',
      { ...plain, days: { closures: ['2026-02-30'], workdays: [], years: [] } },
    ],
  ])('is refused with %s', (_what, site) => {
    expect(v.safeParse(siteFileSchema, site).success).toBe(false)
  })

  it('as it is shipped says nothing of lifts, stairs, entrances or directions, which the guide does not', () => {
    for (const { storeys, floors, lifts, stairs, entrances, landmarks, plans } of realSiteFile.buildings)
      expect([storeys, floors, lifts, stairs, entrances, landmarks, plans]).toEqual([
        null,
        [],
        [],
        [],
        [],
        [],
        [],
      ])
    expect(realSiteFile.kiosks.map(({ where, faces }) => [where, faces])).toEqual([[null, null]])
    expect(realSiteFile.seasons.confirmed).toBe(false)
  })
})
