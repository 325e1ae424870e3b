import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { Service } from '../../../data/catalogue.ts'
import { checklistFor, documentCount, listKind, noAnswers, referredBy } from '../../../data/checklist.ts'
import { type Answers, questionnaireOf, questionWordsSchema } from '../../../data/questions.ts'
import { answersBy, readChecklistTable } from '../../fixtures/checklist-table.ts'
import { contentText, realCatalogue } from '../../fixtures/real-content.ts'

const words = v.parse(questionWordsSchema, JSON.parse(contentText('questions.json')))
const { services } = realCatalogue
const sources = { services, words }
const table = readChecklistTable()

const named = (title: string): Service => {
  const service = services.find((each) => each.title === title)
  if (!service) throw new Error(`The catalogue has no ${title}`)
  return service
}
const entriesOf = (service: Service, answers: Answers): readonly string[] =>
  checklistFor(service, answers, sources).sections.flatMap(({ entries }) =>
    entries.map(({ material }) => material.text),
  )

describe('the hand-made table', () => {
  it('has every service with cases and at least forty in all', () => {
    const titles = new Set(table.map(({ title }) => title))
    expect(titles.size).toBeGreaterThanOrEqual(40)
    const asked = services.filter((service) => questionnaireOf(service, words).questions.length > 0)
    expect(asked.filter(({ title }) => !titles.has(title)).map(({ title }) => title)).toEqual([])
    expect(asked.length).toBeGreaterThanOrEqual(30)
  })

  it.each(table.map((each) => [each.title, each.holds?.join(' + ') ?? '不清楚', each] as const))(
    '%s，%s',
    (title, _, { holds, entries }) => {
      const service = named(title)
      expect(entriesOf(service, answersBy(questionnaireOf(service, words), holds))).toEqual(entries)
    },
  )
})

/** A service of the guide and answers somebody could have given. */
const answered = fc
  .constantFrom(...services.filter((service) => questionnaireOf(service, words).questions.length > 0))
  .chain((service) => {
    const { questions } = questionnaireOf(service, words)
    const answers = fc
      .tuple(
        ...questions.map(({ id, options }) =>
          fc.record({ id: fc.constant(id), answer: fc.option(fc.subarray([...options]), { nil: null }) }),
        ),
      )
      .chain((all) => fc.subarray(all))
      .map((given): Answers => Object.fromEntries(given.map(({ id, answer }) => [id, answer])))
    return fc.record({ service: fc.constant(service), answers })
  })

describe('laws', () => {
  it('an answer never adds an entry, reorders or rewords one', () => {
    fc.assert(
      fc.property(answered, ({ service, answers }) => {
        const all = entriesOf(service, noAnswers)
        const some = entriesOf(service, answers)
        let at = 0
        for (const entry of some) {
          at = all.indexOf(entry, at) + 1
          expect(at).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('what nobody is sure of settles as little as what nobody was asked', () => {
    fc.assert(
      fc.property(answered, ({ service, answers }) => {
        const sure = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null))
        expect(entriesOf(service, answers)).toEqual(entriesOf(service, sure))
      }),
    )
  })

  it('with no answer at all everything in the guide is listed', () => {
    for (const service of services) {
      const own = service.materials.flatMap(({ materials }) => materials.map(({ text }) => text))
      const listed = entriesOf(service, noAnswers)
      for (const text of own) expect(listed).toContain(text)
      if (!service.materials.some(({ note }) => note?.startsWith('除'))) expect(listed).toEqual(own)
    }
  })

  it('at most three questions a service', () => {
    for (const service of services)
      expect(questionnaireOf(service, words).questions.length).toBeLessThanOrEqual(3)
  })
})

describe('a list the guide refers to', () => {
  const early = named('职工提前退休（职）申请—企业职工提前退休（退职）审批')

  it('is pulled in once, named, before what refers to it', () => {
    const { sections } = checklistFor(early, noAnswers, sources)
    expect(sections.map(({ from, cases }) => [from, cases.join('')])).toEqual([
      ['职工正常退休（职）申请—企业职工正常退休（职）审批', ''],
      [null, '职工因病退休'],
      [null, '职工特殊工种退休'],
      [null, '政策性破产企业职工退休'],
    ])
  })

  it('stays in words where two would do equally well, or none', () => {
    const note = '除提供正常退休所需材料外，还需提供：'
    const two = services
      .filter(({ name }) => name.includes('正常退休'))
      .map((each) => ({ ...each, name: '正常退休' }))
    expect(referredBy(note, early, two)).toBeNull()
    expect(referredBy('除提供某某所需材料外', early, services)).toBeNull()
    expect(referredBy('除按上述要求报送外，还需上报', early, services)).toBeNull()
  })
})

describe('a list with nothing to bring', () => {
  it.each([
    ['社会保障卡应用状态查询', 'nothing'],
    ['社会保险费缴纳—机关事业单位职工社会保险费缴纳', 'nothing'],
    ['申报职业技能鉴定', 'do'],
    ['专业技术人员资格考试报名—建造师', 'do'],
    ['档案的整理和保管', 'unlisted'],
    ['工伤认定申请', 'bring'],
  ] as const)('%s: %s', (title, kind) => {
    expect(listKind(checklistFor(named(title), noAnswers, sources).sections)).toBe(kind)
  })

  it('turns into one where nothing is left for this visitor', () => {
    const card = named('社会保障卡申领')
    const answers = answersBy(questionnaireOf(card, words), [])
    expect(listKind(checklistFor(card, answers, sources).sections)).toBe('nothing')
    expect(listKind(checklistFor(card, noAnswers, sources).sections)).toBe('bring')
  })
})

describe('how many things', () => {
  const injury = named('工伤认定申请')
  it.each([
    [noAnswers, null],
    [answersBy(questionnaireOf(injury, words), []), 10],
    [answersBy(questionnaireOf(injury, words), ['死亡者']), 11],
  ])('is counted once nothing is open', (answers, count) => {
    expect(documentCount(checklistFor(injury, answers, sources).sections)).toBe(count)
  })
})
