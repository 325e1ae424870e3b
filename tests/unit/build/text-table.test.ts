import { describe, expect, test } from 'vitest'
import { displayWidth, layTable, shorten } from '../../../build/text-table.ts'

describe('displayWidth', () => {
  test.each([
    ['abc', 3],
    ['工伤', 4],
    ['（a）', 5],
    ['—', 1],
    ['𠮷', 2],
    ['e\u0301', 1],
    ['', 0],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('shorten', () => {
  test.each([
    ['甲乙丙', 3, '甲乙丙'],
    ['甲乙丙丁', 3, '甲乙丙…'],
    ['𠮷𠮷𠮷', 2, '𠮷𠮷…'],
    ['', 0, ''],
  ])('%j to %i: %j', (text, limit, short) => {
    expect(shorten(text, limit)).toBe(short)
  })
})

describe('layTable', () => {
  test('columns line up whatever their script', () => {
    expect(
      layTable(
        ['a', 'b'],
        [
          ['工伤', 'x'],
          ['y', '认定'],
        ],
        [10, 10],
      ),
    ).toBe('a     b\n工伤  x\ny     认定')
  })

  test('a cell wider than its limit runs on below, no character cut in half', () => {
    expect(
      layTable(
        ['n', 'what'],
        [
          ['1', '甲乙丙'],
          ['2', '丁'],
        ],
        [3, 5],
      ),
    ).toBe('n  what\n1  甲乙\n   丙\n2  丁')
  })
})
