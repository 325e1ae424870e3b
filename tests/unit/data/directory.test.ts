import { describe, expect, it } from 'vitest'
import { directoryOf } from '../../../data/directory.ts'
import { standAt } from '../../../data/site.ts'
import { realCatalogue, realSiteFile } from '../../fixtures/real-content.ts'

const site = standAt(realSiteFile, null)
const directory = directoryOf(realCatalogue, site)
const floorsOf = (name: string) => directory.find(({ building }) => building.name === name)?.floors ?? []

describe('the directory of the real guide', () => {
  it('begins with the building the kiosk stands in', () => {
    expect(directory.map(({ building }) => building.name)).toEqual([
      '北京南路445号',
      '南湖东路25号',
      '南湖东路19号',
    ])
  })

  it('has the floors the guide names and the kiosk’s own, from the ground up', () => {
    expect(floorsOf('北京南路445号').map(({ floor }) => floor)).toEqual([1, 2, 4, 5, 6, 7, 8, 9])
    expect(floorsOf('南湖东路25号').map(({ floor }) => floor)).toEqual([6, 10, 13, null])
    expect(floorsOf('南湖东路19号').map(({ floor }) => floor)).toEqual([1, 4])
  })

  it('names who sits on a floor, and behind which doors', () => {
    const sixth = floorsOf('北京南路445号').find(({ floor }) => floor === 6)
    expect(sixth?.offices.map(({ department, doors }) => [department, doors.join('、')])).toEqual(
      expect.arrayContaining([
        ['养老保险处', '616'],
        ['工伤保险处', '618'],
        ['失业保险处', '606'],
      ]),
    )
  })

  it('leads to every service that is done in one of the buildings, and to no other', () => {
    const listed = new Set(
      directory.flatMap(({ floors }) =>
        floors.flatMap(({ offices }) => offices.flatMap(({ services }) => services)),
      ),
    )
    const there = realCatalogue.services.filter(({ places }) =>
      places.some(({ kind, building }) => kind === 'site' && building !== null),
    )
    expect(listed).toEqual(new Set(there))
  })
})
