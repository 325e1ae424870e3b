import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelMaterial } from '../../../data/material-label.ts'

const letters = (text: string) => text.replace(/[^\p{Script=Han}\p{L}\p{N}]/gu, '')

describe('labelMaterial', () => {
  it.each([
    ['工伤保险待遇申领表（原件1份）', '工伤保险待遇申领表', '原件1份'],
    ['《职工退休审批表》（一式三份；照片四张）', '《职工退休审批表》', '一式三份；照片四张'],
    ['医疗机构许可证（复印件1份，原件备查）', '医疗机构许可证', '复印件1份，原件备查'],
    ['身份证原件备查', '身份证', '原件备查'],
    ['工伤认定决定书原件、复印件', '工伤认定决定书', '原件、复印件'],
    ['工伤职工1寸照片2张', '工伤职工1寸照片', '2张'],
    ['行政复议申请书一式3份', '行政复议申请书', '一式3份'],
    ['被鉴定人身份证复印件', '被鉴定人身份证', '复印件'],
    ['原行政决定（具体行政行为）原件及其复印件3份', '原行政决定（具体行政行为）', '原件及其复印件3份'],
  ])('%s', (text, name, counts) => {
    expect(labelMaterial(text)).toMatchObject({ name, counts })
  })

  it.each([
    '职工人事档案',
    '撤消、合并文件',
    '商调函原件及本人身份证复印件',
    '身份证、毕业证复印件',
    '财务决算表（显示薪酬页）',
    '学历在线验证报告（未能提供验证报告需上传学历证书原件）',
    '提供本人及代理人身份证的原件或复印件',
    '原件',
    '《自治区高级技工学校申办表》（一）、（二）',
    '授权委托书一份（工会主席为职工代表的不需授权委托书）',
  ])('leaves %s whole', (text) => {
    expect(labelMaterial(text)).toEqual({ name: text, counts: null, tail: '' })
  })

  it('loses no character, letter or digit of any text, and keeps their order', () => {
    const words = fc.constantFrom(
      '身份证',
      '原件',
      '复印件',
      '1份',
      '一式三份',
      '（',
      '）',
      '、',
      '及',
      '备查',
      'A',
      '2张',
      '；',
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        const { name, counts, tail } = labelMaterial(text)
        expect(name + tail).toBe(text)
        expect(letters(name + (counts ?? ''))).toBe(letters(text))
      }),
      { numRuns: 2000 },
    )
  })
})
