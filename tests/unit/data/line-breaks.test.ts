import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakable, membersOf } from '../../../data/line-breaks.ts'
import { realCatalogue } from '../../fixtures/real-content.ts'

const mark = '\u200b'
const pieces = (text: string) => breakable(text).split(mark)

describe('where Chinese may break', () => {
  test.each([
    ['诊断报告单', '诊断', '报告单'],
    ['身份证复印件3份', '身份证', '复印件', '3份'],
    ['参保人身份证', '参保人', '身份证'],
    ['电话0991-3689715（养老保险处）', '电话', '0991-3689715', '（养老', '保险处）'],
    ['规定的60日内', '规定的', '60日内'],
    ['材料齐全的情况下，即时办结', '材料', '齐全的', '情况下，', '即时办结'],
    ['回答一两个问题', '回答一两个', '问题'],
    ['原件及复印件', '原件', '及', '复印件'],
    ['登录www.xjrs.gov.cn查询', '登录', 'www.xjrs.gov.cn', '查询'],
  ])('%s', (text, ...expected) => {
    expect(pieces(text)).toEqual(expected)
  })

  test('a list breaks after its members', () => {
    expect(membersOf('养老保险处、工伤保险处').map((member) => member.replaceAll(mark, ''))).toEqual([
      '养老保险处、',
      '工伤保险处',
    ])
  })
})

describe('whatever the text', () => {
  /** Of the guide, and of anything. */
  const guide = realCatalogue.services.flatMap(({ materials }) =>
    materials.flatMap((group) => group.materials.map(({ text }) => text)),
  )
  const anyText = fc.oneof(
    fc.constantFrom(...guide),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'参保人的，。（）《》12-.a 复印件、') }),
  )

  test('nothing is lost and nothing added but places to break', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = text.replaceAll(mark, '')
        expect(breakable(plain).replaceAll(mark, '')).toBe(plain)
        expect(membersOf(plain).join('').replaceAll(mark, '')).toBe(plain)
      }),
    )
  })

  test('no line begins with what closes or ends with what opens', () => {
    fc.assert(
      fc.property(fc.constantFrom(...guide), (text) => {
        for (const piece of pieces(text).slice(1)) expect(piece).not.toMatch(/^[、，。；：）》”]/u)
        for (const piece of pieces(text).slice(0, -1)) expect(piece).not.toMatch(/[（《“〔]$/u)
      }),
    )
  })
})
