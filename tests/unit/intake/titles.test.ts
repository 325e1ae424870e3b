import { describe, expect, test } from 'vitest'
import { readTitle, titleKey } from '../../../data/intake/titles.ts'

describe('readTitle', () => {
  test.each([
    ['甲审批─—乙审批', '甲审批—乙审批', '甲审批', '乙审批', ''],
    ['甲--乙', '甲—乙', '甲', '乙', ''],
    ['甲─--乙', '甲—乙', '甲', '乙', ''],
    ['甲 —— 乙', '甲—乙', '甲', '乙', ''],
    ['甲-\n乙', '甲—乙', '甲', '乙', ''],
    ['甲——注册安全工程师、', '甲—注册安全工程师', '甲', '注册安全工程师', '、'],
    ['甲—乙—丙', '甲—乙—丙', '甲', '乙—丙', ''],
    ['社会保障卡补领、换领、换发', '社会保障卡补领、换领、换发', null, '社会保障卡补领、换领、换发', ''],
    ['（预支50%确认）', '（预支50%确认）', null, '（预支50%确认）', ''],
    ['A-B 类证书 5-10级', 'A-B类证书5-10级', null, 'A-B类证书5-10级', ''],
    ['—乙', '—乙', null, '—乙', ''],
    ['  ', '', null, '', ''],
  ])('%j', (text, title, family, name, trailing) => {
    expect(readTitle(text)).toMatchObject({ title, family, name, trailing })
  })

  test('remembers how its dashes were written', () => {
    expect(readTitle('甲─-乙--丙').dashes).toEqual(['─-', '--'])
  })
})

describe('titleKey', () => {
  test.each([
    ['甲（职）--乙', '甲(职)─—乙'],
    ['甲 乙、', '甲乙'],
    ['22个系列', '２２个系列'],
  ])('%j and %j are one title', (a, b) => {
    expect(titleKey(a)).toBe(titleKey(b))
  })

  test('a different word is a different title', () => {
    expect(titleKey('一级注册消防工程师')).not.toBe(titleKey('二级注册消防工程师'))
  })
})
