import { describe, expect, it } from 'vitest'
import { openQuestions } from '../../../data/site-questions.ts'
import { aSiteFile } from '../../fixtures/catalogue.ts'
import { realSiteFile } from '../../fixtures/real-content.ts'

const [mainBuilding] = aSiteFile().buildings
const kiosk = { id: 'lobby-1', name: '1号机', building: 'main', floor: 1, where: '门口', faces: 'south' }
/** A site of one building and one kiosk, with everything told but what is replaced. */
const told = (building: object = {}, changes: object = {}) =>
  openQuestions(
    aSiteFile({
      buildings: [
        {
          ...mainBuilding,
          lifts: [
            { id: 'A', name: '1号电梯', floors: [1, 2], where: '后面', bearings: { 'lobby-1': 'west' } },
          ],
          stairs: [
            { id: 'S', name: '楼梯', floors: [1, 2], where: '东侧', bearings: { 'lobby-1': 'north' } },
          ],
          ...building,
        },
      ],
      kiosks: [kiosk],
      ...changes,
    }),
  )

describe('openQuestions', () => {
  it('asks for all that the guide does not say, while nobody has filled anything in', () => {
    expect(openQuestions(realSiteFile)).toEqual([
      '夏季为5月至9月，其余为冬季：指南没有写月份，请确认（seasons.confirmed）。',
      '1楼大厅1号机：没有写放在北京南路445号1楼的什么位置，请补充。',
      '1楼大厅1号机：没有写屏幕朝哪个方向，所以本机不说向左、向右，请补充。',
      '北京南路445号：没有写电梯，无障碍路线请补充。',
      '北京南路445号：没有写楼梯，请补充。',
      '北京南路445号：没有写入口，哪个入口没有台阶请补充。',
      '南湖东路25号：没有写电梯，无障碍路线请补充。',
      '南湖东路25号：没有写楼梯，请补充。',
      '南湖东路25号：没有写入口，哪个入口没有台阶请补充。',
      '南湖东路19号：没有写电梯，无障碍路线请补充。',
      '南湖东路19号：没有写楼梯，请补充。',
      '南湖东路19号：没有写入口，哪个入口没有台阶请补充。',
      '没有写找不到时可以问谁、在哪里，请补充（help.place）。',
    ])
  })

  it('asks for nothing once all is filled in', () => {
    expect(told()).toEqual([])
  })

  it.each<[string, readonly string[]]>([
    ['主楼：没有写电梯，无障碍路线请补充。', told({ lifts: [] })],
    ['主楼：没有写楼梯，请补充。', told({ stairs: [] })],
    ['主楼：没有写入口，哪个入口没有台阶请补充。', told({ entrances: [] })],
    ['主楼：没有写正门有没有台阶，请补充。', told({ entrances: [{ id: 'a', name: '正门', floor: 1 }] })],
    [
      '主楼：写到的入口都有台阶，无障碍路线请补充。',
      told({ entrances: [{ id: 'a', name: '正门', floor: 1, stepFree: false }] }),
    ],
    [
      '主楼：没有写1号电梯在什么位置，请补充。',
      told({ lifts: [{ id: 'A', name: '1号电梯', floors: [1, 2], bearings: { 'lobby-1': 'west' } }] }),
    ],
    [
      '主楼：写到的电梯都不停1号机所在的1楼，无障碍路线请补充。',
      told({ lifts: [{ id: 'A', name: '1号电梯', floors: [2, 3], where: '后面' }] }),
    ],
    [
      '1号机：没有写1号电梯在哪个方向，所以本机不说向左、向右，请补充。',
      told({ lifts: [{ id: 'A', name: '1号电梯', floors: [1, 2], where: '后面' }] }),
    ],
    ['主楼：没有写从几楼到几楼，写到的楼层无法核对，请补充。', told({ storeys: null })],
    ['1号机：没有写放在主楼1楼的什么位置，请补充。', told({}, { kiosks: [{ ...kiosk, where: null }] })],
    [
      '1号机：没有写屏幕朝哪个方向，所以本机不说向左、向右，请补充。',
      told({}, { kiosks: [{ ...kiosk, faces: null }] }),
    ],
    [
      '夏季为6月至8月，其余为冬季：指南没有写月份，请确认（seasons.confirmed）。',
      told({}, { seasons: { summer: { fromMonth: 6, toMonth: 8 } } }),
    ],
    [
      '没有写找不到时可以问谁、在哪里，请补充（help.place）。',
      told({}, { help: { phone: '12333', place: null } }),
    ],
  ])('asks only: %s', (question, asked) => {
    expect(asked).toEqual([question])
  })

  it('asks for neither lift nor stairs where there is one floor', () => {
    const oneFloor = { storeys: { lowest: 1, highest: 1 }, lifts: [], stairs: [] }
    expect(told(oneFloor)).toEqual([])
  })
})
