import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearch, normaliseQuery } from '../../../data/search.ts'
import { aSpeltService } from '../../fixtures/readings.ts'

const services = [
  aSpeltService('工伤认定申请', 'gong shang ren ding shen qing'),
  aSpeltService('变更工伤登记', 'bian geng gong shang deng ji'),
  aSpeltService('档案的接收和转递', 'dang an de/di jie shou he/huo zhuan/zhuai di'),
  aSpeltService('提供档案查（借）阅服务', 'ti/di gong dang an cha/zha jie yue fu wu'),
  aSpeltService(
    '职工正常退休（职）申请—企业职工正常退休（职）审批',
    'zhi gong zheng chang tui xiu zhi shen qing qi ye zhi gong zheng chang tui xiu zhi shen pi',
  ),
  aSpeltService('稳岗补贴申领', 'wen gang bu tie shen ling'),
]
const search = createSearch(services)
const titles = (query: string) => search.find(query).map(({ service }) => service.title)

describe('find', () => {
  it.each([
    ['gsrd', '工伤认定申请', 'initials'],
    ['GSRD', '工伤认定申请', 'initials in capitals'],
    ['ｇｓｒｄ', '工伤认定申请', 'full-width letters'],
    ['gongshangrending', '工伤认定申请', 'full pinyin'],
    ['gong shang', '工伤认定申请', 'pinyin with a space'],
    ['gongshangr', '工伤认定申请', 'a syllable begun'],
    ['gshangrd', '工伤认定申请', 'initials and pinyin mixed'],
    ['工伤认定', '工伤认定申请', 'Chinese'],
    ['工伤rd', '工伤认定申请', 'Chinese and initials mixed'],
    ['daz', '提供档案查（借）阅服务', 'the second reading of 查 (zhā)'],
    ['dac', '提供档案查（借）阅服务', 'the first reading of 查 (chá)'],
    ['退休审批', '职工正常退休（职）申请—企业职工正常退休（职）审批', 'characters in order but apart'],
    ['qyzgzctx', '职工正常退休（职）申请—企业职工正常退休（职）审批', 'the second half of a title'],
    ['tuixiuzhi', '职工正常退休（职）申请—企业职工正常退休（职）审批', 'across a bracket'],
  ])('%s finds %s first (%s)', (query, title) => {
    expect(titles(query)[0]).toBe(title)
  })

  it('ranks a name that begins with the query before a name that only has it inside', () => {
    expect(titles('gs')).toEqual(['工伤认定申请', '变更工伤登记'])
  })

  it.each(['xyz', 'gsrdx', '北京', 'gongshangx'])('%s finds nothing', (query) => {
    expect(titles(query)).toEqual([])
  })

  it('gives every service in the order of the guide where nothing is asked', () => {
    expect(titles(' ')).toEqual(services.map(({ title }) => title))
  })

  it('finds every service by any run of initials of its title', () => {
    const runs = fc
      .constantFrom(...services)
      .chain((service) =>
        fc
          .tuple(fc.nat(service.readings.length - 1), fc.integer({ min: 1, max: 8 }))
          .map(([from, length]) => ({ service, run: service.readings.slice(from, from + length) })),
      )
    fc.assert(
      fc.property(runs, fc.boolean(), ({ service, run }, full) => {
        const query = run.map(({ syllables }) => (full ? syllables[0] : syllables[0]?.charAt(0))).join('')
        expect(titles(query)).toContain(service.title)
      }),
    )
  })

  it('never throws and never answers with a service twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const found = titles(query)
        expect(new Set(found).size).toBe(found.length)
      }),
    )
  })
})

describe('nextLetters', () => {
  it('names exactly the letters that still lead to a service', () => {
    expect([...search.nextLetters('gsr')]).toEqual(['d', 'e'])
    expect([...search.nextLetters('xyz')]).toEqual([])
  })

  it('agrees with find for every letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,3}$/), (query) => {
        const open = search.nextLetters(query)
        for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
          expect(open.has(letter)).toBe(titles(query + letter).length > 0)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('normaliseQuery', () => {
  it.each([
    ['  Gs-RD ', 'gsrd'],
    ['工伤（认定）', '工伤认定'],
    ['lü', 'lv'],
    ['１２３', '123'],
    ['<b>', 'b'],
  ])('%s → %s', (query, wanted) => {
    expect(normaliseQuery(query)).toBe(wanted)
  })
})
