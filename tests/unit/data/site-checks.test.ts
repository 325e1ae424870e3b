import { describe, expect, it } from 'vitest'
import type { SiteFile } from '../../../data/site.ts'
import { problemsOfSite } from '../../../data/site-checks.ts'
import { aSiteFile } from '../../fixtures/catalogue.ts'
import { realSiteFile } from '../../fixtures/real-content.ts'

const lift = { id: 'A', name: '1号电梯', floors: [1, 2] }
const annex = (changes: object): SiteFile => aSiteFile({}, { storeys: { lowest: 1, highest: 5 }, ...changes })
const kiosk = { id: 'lobby-1', name: '1号机', building: 'main', floor: 1 }
const onFloor = (changes: object) => annex({ floors: [{ floor: 2, ...changes }] })
const [mainBuilding] = aSiteFile().buildings
const mainOnly = (changes: object) => ({ buildings: [{ ...mainBuilding, ...changes }] })

describe('problemsOfSite', () => {
  it.each<[string, SiteFile]>([
    ['names building main twice', aSiteFile({}, { id: 'main', aliases: [] })],
    ['names kiosk lobby-1 twice', aSiteFile({ kiosks: [kiosk, kiosk] })],
    [
      'puts kiosk lobby-1 into building tower, which it does not have',
      aSiteFile({ kiosks: [{ ...kiosk, building: 'tower' }] }),
    ],
    [
      'puts kiosk lobby-1 on floor 12 of 主楼, which is outside its floors -1 to 9',
      aSiteFile({ kiosks: [{ ...kiosk, floor: 12 }] }),
    ],
    ['calls two buildings 北京南路445号', aSiteFile({}, { aliases: ['北京南路445号'] })],
    ['has the lowest floor of 附楼, 5, above its highest, 1', annex({ storeys: { lowest: 5, highest: 1 } })],
    ['lists floor 2 of 附楼 twice', annex({ floors: [{ floor: 2 }, { floor: 2 }] })],
    ['lists floor 6 of 附楼, which is outside its floors 1 to 5', annex({ floors: [{ floor: 6 }] })],
    ['names room 201 on floor 2 of 附楼 twice', onFloor({ rooms: [{ name: '201' }, { name: '201' }] })],
    ['names area 大厅 on floor 2 of 附楼 twice', onFloor({ areas: [{ name: '大厅' }, { name: '大厅' }] })],
    [
      'puts room 201 on floor 2 of 附楼 into area 东侧, which that floor does not have',
      onFloor({ rooms: [{ name: '201', area: '东侧' }] }),
    ],
    ['names lift A of 附楼 twice', annex({ lifts: [lift, lift] })],
    [
      'says lift A of 附楼 stops at floor 12, which is outside its floors 1 to 5',
      annex({ lifts: [{ ...lift, floors: [1, 12] }] }),
    ],
    ['says lift A of 附楼 stops at floor 1 twice', annex({ lifts: [{ ...lift, floors: [1, 1] }] })],
    [
      'says lift A of 附楼 stops at 1 floors, which leads nowhere',
      annex({ lifts: [{ ...lift, floors: [1] }] }),
    ],
    [
      'says stairs A of 附楼 stops at 0 floors, which leads nowhere',
      annex({ stairs: [{ ...lift, floors: [] }] }),
    ],
    [
      'names entrance a of 附楼 twice',
      annex({
        entrances: [
          { id: 'a', name: '门', floor: 1 },
          { id: 'a', name: '门', floor: 1 },
        ],
      }),
    ],
    [
      'puts entrance a on floor -1 of 附楼, which is outside its floors 1 to 5',
      annex({ entrances: [{ id: 'a', name: '门', floor: -1 }] }),
    ],
    [
      'puts 服务台 on floor 6 of 附楼, which is outside its floors 1 to 5',
      annex({ landmarks: [{ floor: 6, name: '服务台' }] }),
    ],
    [
      'has two plans of floor 1 of 附楼',
      annex({
        plans: [
          { floor: 1, file: 'a.svg' },
          { floor: 1, file: 'b.svg' },
        ],
      }),
    ],
    [
      'has plan a.svg of floor 7 of 附楼, which is outside its floors 1 to 5',
      annex({ plans: [{ floor: 7, file: 'a.svg' }] }),
    ],
    [
      'says where lift A of 主楼 lies from kiosk lobby-9, which it does not have',
      aSiteFile(mainOnly({ lifts: [{ ...lift, bearings: { 'lobby-9': 'east' } }] })),
    ],
    [
      'says where lift A of 附楼 lies from kiosk lobby-1, which stands in another building',
      annex({ lifts: [{ ...lift, bearings: { 'lobby-1': 'east' } }] }),
    ],
    [
      'says where stairs A of 主楼 lies from kiosk lobby-1, which stands on floor 1',
      aSiteFile(mainOnly({ stairs: [{ ...lift, floors: [2, 3], bearings: { 'lobby-1': 'east' } }] })),
    ],
    [
      'says where room 301 on floor 3 of 主楼 lies from kiosk lobby-2, which stands on floor 2',
      aSiteFile(
        mainOnly({ floors: [{ floor: 3, rooms: [{ name: '301', bearings: { 'lobby-2': 'east' } }] }] }),
      ),
    ],
    [
      'has 2026-10-01 both among its closures and among its workdays',
      aSiteFile({ days: { closures: ['2026-10-01'], workdays: ['2026-10-01'], years: [] } }),
    ],
    ['names time zone Asia/Urumchi, which is not known', aSiteFile({ timeZone: 'Asia/Urumchi' })],
  ])('says it %s', (problem, site) => {
    expect([...problemsOfSite(site)]).toContain(problem)
  })

  it.each([
    ['as staff may fill it in', aSiteFile()],
    [
      'with a bearing from its second kiosk',
      aSiteFile(mainOnly({ stairs: [{ ...lift, bearings: { 'lobby-2': 'east' } }] })),
    ],
    ['with floors that cannot be checked', aSiteFile({}, { lifts: [{ ...lift, floors: [1, 40] }] })],
    ['as it is shipped', realSiteFile],
  ])('has nothing to say of a file %s', (_what, site) => {
    expect([...problemsOfSite(site)]).toEqual([])
  })
})
