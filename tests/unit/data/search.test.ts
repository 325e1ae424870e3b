import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearch, normaliseQuery } from '../../../data/search.ts'
import { confusedWith } from '../../../data/search-spelling.ts'
import { aSpeltService, readingsOf } from '../../fixtures/readings.ts'
import { realCatalogue } from '../../fixtures/real-content.ts'

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
const real = createSearch(realCatalogue.services)
const letters = [...'abcdefghijklmnopqrstuvwxyz']
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

  it.each([
    ['社保卡', '社会保障卡申领', '社保卡'],
    ['sbk', '社会保障卡申领', '社保卡'],
    ['shebk', '社会保障卡申领', '社保卡'],
    ['shbk', '社会保障卡申领', '社保卡'],
    ['shehuib', '社会保障卡申领', null],
  ])('%s finds %s by %s', (query, title, via) => {
    const card = {
      ...aSpeltService('社会保障卡申领', 'she hui bao zhang ka shen ling'),
      synonyms: [{ text: '社保卡', readings: readingsOf('社保卡', 'she bao ka/qia') }],
    }
    expect(createSearch([...services, card]).find(query)[0]).toMatchObject({ service: { title }, via })
  })

  it.each<[string, readonly (string | null)[], string]>([
    ['稳卡', [null, '稳卡'], 'typed to its end, after a name that begins'],
    ['wenka', [null, '稳卡', null], 'the same in pinyin, before what is only begun'],
    ['wk', [null, '稳卡', null], 'the same by initials, before what is inside a title'],
    ['w', [null, null, '稳卡'], 'only begun, after what is inside a title'],
  ])('%s: an everyday word is found as %j (%s)', (query, vias) => {
    const inside = aSpeltService('平稳开启', 'ping wen kai qi')
    const word = {
      ...aSpeltService('银行账户', 'yin hang zhang hu'),
      synonyms: [{ text: '稳卡', readings: readingsOf('稳卡', 'wen ka') }],
    }
    const name = aSpeltService('稳卡申领', 'wen ka shen ling')
    expect(
      createSearch([inside, word, name])
        .find(query)
        .map(({ via }) => via),
    ).toEqual(vias)
  })

  it.each([
    ['sbk', '社会保障卡申领'],
    ['ylj', '养老保险待遇发放账户维护申请—企业职工养老保险待遇发放账户维护申请'],
    ['gs', '工伤保险待遇发放账户维护申请'],
    ['dang', '档案的接收和转递'],
  ])('%s finds %s first of all the real services', (query, title) => {
    expect(real.find(query)[0]?.service.title).toBe(title)
  })

  it.each<[string, string, number, number]>([
    ['gs', '工伤认定申请', 0, 2],
    ['gs', '变更工伤登记', 2, 4],
    ['gongshangr', '工伤认定申请', 0, 3],
    ['da', '档案的接收和转递', 0, 2],
    ['退休z', '职工正常退休（职）申请—企业职工正常退休（职）审批', 4, 7],
    ['qy', '职工正常退休（职）申请—企业职工正常退休（职）审批', 9, 11],
  ])('%s is spelt in %s by the readings %i to %i', (query, title, from, to) => {
    const result = search.find(query).find(({ service }) => service.title === title)
    expect(result?.matched).toEqual({ from, to })
  })

  it('marks no run where the characters stand apart', () => {
    expect(search.find('退审批')[0]?.matched).toBeNull()
  })

  it.each(['xyz', 'gsrdx', '北京', 'gongshangx'])('%s finds nothing', (query) => {
    expect(titles(query)).toEqual([])
  })

  it('gives every service in the order of the guide where nothing is asked', () => {
    expect(titles(' ')).toEqual(services.map(({ title }) => title))
  })

  it('ranks a syllable typed whole before one only begun', () => {
    expect(
      real
        .find('da')
        .slice(0, 3)
        .map(({ service }) => service.title.slice(0, 2)),
    ).toEqual(['档案', '档案', '档案'])
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

describe('close results', () => {
  it.each([
    ['ren', '能', 'neng'],
    ['neng', '认', 'ren'],
    ['pan', '办', 'ban'],
    ['cang', '张', 'zhang'],
    ['gon', '更', 'geng'],
  ])('%s does not find %s (%s)', (query, title, spelling) => {
    expect(createSearch([aSpeltService(title, spelling)]).find(query)).toEqual([])
  })

  it.each([
    ['naodong', '劳动争议', 'lao dong zheng yi', 'n for l'],
    ['nd', '劳动争议', 'lao dong zheng yi', 'n for l, initials'],
    ['fuhan', '护航', 'hu hang', 'f for h, an for ang'],
    ['lending', '认定', 'ren ding', 'l for r'],
    ['sebaok', '社保卡', 'she bao ka', 's for sh'],
    ['zhilin', '资领', 'zi ling', 'zh for z'],
    ['cengshi', '城市', 'cheng shi', 'c for ch'],
    ['ninshi', '临时', 'lin shi', 'n for l'],
  ])('%s finds %s (%s; %s)', (query, title, spelling) => {
    expect(createSearch([aSpeltService(title, spelling)]).find(query)).toMatchObject([{ close: true }])
  })

  it('does not take a letter of a title for another', () => {
    const found = (query: string) => createSearch([aSpeltService('NFC卡', 'n f c ka')]).find(query)
    expect(found('nfc')).toHaveLength(1)
    expect(found('lfc')).toEqual([])
  })

  it('come after all exact ones, whose order they leave alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,4}$/), (query) => {
        const found = real.find(query)
        const exact = found.filter(({ close }) => !close)
        expect(found.slice(0, exact.length)).toEqual(exact)
        const reference = realCatalogue.services.filter((service) => answersExactly(service, query))
        expect(new Set(exact.map(({ service }) => service.id))).toEqual(
          new Set(reference.map(({ id }) => id)),
        )
        const alone = createSearch(reference).find(query)
        expect(exact.map(({ service }) => service.id)).toEqual(alone.map(({ service }) => service.id))
      }),
    )
  })

  it('are what the readings and all they are mistaken for spell', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,5}$/), (query) => {
        const expected = realCatalogue.services.filter((service) => answers(service, query, confusedWith))
        expect(new Set(real.find(query).map(({ service }) => service.id))).toEqual(
          new Set(expected.map(({ id }) => id)),
        )
      }),
    )
  })
})

type Readings = (typeof realCatalogue.services)[number]['readings']

/** Whether a title or an everyday word spells `query`, tried in the plainest way. */
function answers(
  { readings, synonyms }: (typeof realCatalogue.services)[number],
  query: string,
  alsoRead: (syllable: string) => readonly string[],
): boolean {
  const spelt = (units: Readings, rest: string): boolean => {
    const [unit, ...others] = units
    if (rest === '') return true
    if (unit === undefined) return false
    return unit.syllables
      .flatMap((syllable) => [syllable, ...alsoRead(syllable)])
      .flatMap((syllable) => [syllable, syllable.charAt(0), /^[zcs]h/.exec(syllable)?.[0] ?? syllable])
      .some(
        (each) => each.startsWith(rest) || (rest.startsWith(each) && spelt(others, rest.slice(each.length))),
      )
  }
  return [readings, ...synonyms.map((synonym) => synonym.readings)].some((units) =>
    units.some((_, start) => spelt(units.slice(start), query)),
  )
}

const answersExactly = (service: (typeof realCatalogue.services)[number], query: string): boolean =>
  answers(service, query, () => [])

describe("names in the visitor's language", () => {
  const names = new Map([
    ['工伤认定申请', 'Recognition of a work-related injury'],
    ['档案的接收和转递', 'Personnel files: receiving and transfer'],
    ['职工正常退休（职）申请—企业职工正常退休（职）审批', 'Old-age pension transfer (Ürümqi)'],
    ['稳岗补贴申领', 'ئىش ئورنى'],
  ])
  const inEnglish = createSearch(services, ({ title }) => names.get(title) ?? null)
  const found = (query: string) => inEnglish.find(query).map(({ service }) => service.title)

  it.each([
    ['injury', '工伤认定申请'],
    ['WORK-REL', '工伤认定申请'],
    ['pension tr', '职工正常退休（职）申请—企业职工正常退休（职）审批'],
    ['pensiontr', '职工正常退休（职）申请—企业职工正常退休（职）审批'],
    ['vrvmqi', '职工正常退休（职）申请—企业职工正常退休（职）审批'],
    ['files rec', '档案的接收和转递'],
    ['ئورنى', '稳岗补贴申领'],
  ])('%s finds %s', (query, title) => {
    expect(found(query)).toEqual([title])
    expect(inEnglish.find(query)[0]).toMatchObject({ via: null, matched: null, close: false })
  })

  it.each(['njury', 'enston', 'imjury', 'ork'])('%s, which begins no word, finds nothing', (query) => {
    expect(found(query)).toEqual([])
  })

  it('open their letters', () => {
    expect([...inEnglish.nextLetters('inju')]).toEqual(['r'])
    expect([...search.nextLetters('inju')]).toEqual([])
  })

  it('leave the official titles to be found', () => {
    expect(found('gsrd')).toEqual(['工伤认定申请'])
  })
})

describe('nearest', () => {
  const near = (query: string) => real.nearest(query).map(({ service }) => service.title)

  it.each([
    ['gsrdx', '工伤认定申请', 'a letter too many'],
    ['社保局电话', '企业社会保险登记', 'an everyday word within'],
    ['我要办社保卡', '社会保障卡申领', 'a whole sentence'],
    ['二级造价师', '专业技术人员资格考试报名—一级造价工程师', 'something not offered here'],
  ])('%s: %s (%s)', (query, title) => {
    expect(real.find(query)).toEqual([])
    expect(near(query)[0]).toBe(title)
  })

  it.each(['护照', '驾驶证', '户口', '怎么办理', 'q', '', '…', '⼀'])('%s is near nothing', (query) => {
    expect(near(query)).toEqual([])
  })

  it('is at most six services, none twice, the same whenever asked', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), chinese), (query) => {
        const found = near(query)
        expect(found.length).toBeLessThanOrEqual(6)
        expect(new Set(found).size).toBe(found.length)
        real.find('gs')
        expect(near(query)).toEqual(found)
      }),
    )
  })
})

/** Runs of characters that titles have, put together at random. */
const chinese = fc
  .array(fc.constantFrom('工伤', '社保', '档案', '退休', '证', '考', '怎么办', '护照', '的', '咖啡'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

describe('nextLetters', () => {
  it('names exactly the letters that still lead to a service', () => {
    expect([...search.nextLetters('gsr')]).toEqual(['d', 'e'])
    expect([...search.nextLetters('xyz')]).toEqual([])
  })

  it('agrees with find for every letter', () => {
    const queries = fc.oneof(
      fc.stringMatching(/^[a-z]{0,4}$/),
      fc.tuple(chinese, fc.stringMatching(/^[a-z]?$/)).map((parts) => parts.join('')),
      fc.constantFrom(...realCatalogue.services).map(({ readings }) =>
        readings
          .slice(0, 3)
          .map(({ syllables }) => syllables[0])
          .join('')
          .slice(0, -1),
      ),
    )
    fc.assert(
      fc.property(queries, (query) => {
        const open = real.nextLetters(query)
        expect([...open]).toEqual(letters.filter((letter) => real.find(query + letter).length > 0))
      }),
      { numRuns: 60 },
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
    ['pension tr', 'pensiontr'],
    ['Ürümqi', 'vrvmqi'],
    ['ئىش ئورنى', 'ئىشئورنى'],
  ])('%s → %s', (query, wanted) => {
    expect(normaliseQuery(query)).toBe(wanted)
  })
})
