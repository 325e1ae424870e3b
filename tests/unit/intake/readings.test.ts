import { describe, expect, test } from 'vitest'
import { createReader, type CuratedReadings } from '../../../data/intake/readings.ts'
import { curatedReadings, real } from './real-guide.ts'

const reader = (phrases: CuratedReadings['phrases']) => createReader({ format: 1, phrases })
const read = (title: string, phrases = curatedReadings.phrases): string[] =>
  reader(phrases)(title).map(({ syllables }) => syllables[0] ?? '')

describe('readings', () => {
  test.each([
    ['个人参保缴费', 'ge ren can bao jiao fei'],
    ['多重养老保险关系', 'duo chong yang lao bao xian guan xi'],
    ['协议康复机构的确认', 'xie yi kang fu ji gou de que ren'],
    ['会计', 'kuai ji'],
    ['尉犁', 'yu li'],
    ['单县、歙县', 'shan xian she xian'],
    ['给付', 'ji fu'],
    ['供养直系亲属待遇', 'gong yang zhi xi qin shu dai yu'],
    ['更正', 'geng zheng'],
    ['银行账户', 'yin hang zhang hu'],
    ['大中城市', 'da zhong cheng shi'],
    ['22个系列（专业）', '2 2 ge xi lie zhuan ye'],
    ['APP使用率', 'a p p shi yong lv'],
  ])('%s', (title, expected) => {
    expect(read(title).join(' ')).toBe(expected)
  })

  test('alternatives of a curated phrase all count, the first first', () => {
    expect(reader(curatedReadings.phrases)('调档').map(({ syllables }) => syllables)).toEqual([
      ['diao', 'tiao'],
      ['dang'],
    ])
  })

  test('a character with several readings carries all of them, the one in its context first', () => {
    const [first] = reader({})('行政复议')
    expect(first?.syllables[0]).toBe('xing')
    expect(first?.syllables).toContain('hang')
  })

  test('the longest curated phrase wins where two overlap', () => {
    expect(read('甲乙丙', { 甲乙: 'a b', 甲乙丙: 'x y z' })).toEqual(['x', 'y', 'z'])
  })

  test('a phrase whose readings do not fit its length is left out', () => {
    expect(read('参保', { 参保: 'can' })[1]).toBe('bao')
  })

  test.each(['𠮷林', '', '—（）、', 'a b'])('%j: indices point at the characters read', (title) => {
    for (const { at, syllables } of reader({})(title)) {
      expect(title[at]).toMatch(/[\p{Script=Han}\p{L}\p{N}]|[\ud800-\udbff]/u)
      expect(syllables.length).toBeGreaterThan(0)
    }
  })

  test('every Chinese character, letter and digit of every title has a reading', () => {
    for (const { title, readings } of real.catalogue.services) {
      const searchable = [...title.matchAll(/[\p{Script=Han}A-Za-z0-9]/gu)].map((match) => match.index)
      expect(readings.map(({ at }) => at)).toEqual(searchable)
      for (const { syllables } of readings) for (const each of syllables) expect(each).toMatch(/^[a-z0-9]+$/)
    }
  })
})
