import { describe, expect, it } from 'vitest'
import { namesAmount } from '../../../data/fee.ts'

describe('namesAmount', () => {
  it.each([
    [true, '不收费', true],
    [false, '300元/件（新发改收费〔2007〕1636号文件）', true],
    [false, '15元/张', true],
    [null, '新计价费〔2004〕482号', false],
    [null, '《中国共产党章程》及中组部有关规定', false],
    [false, '职称申报人根据评审级别缴纳相应评审费用。', false],
  ])('free %s, "%s": %s', (free, text, expected) => {
    expect(namesAmount({ fee: { free, text } })).toBe(expected)
  })
})
