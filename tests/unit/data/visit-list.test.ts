import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { Material, Service } from '../../../data/catalogue.ts'
import { checklistFor } from '../../../data/checklist.ts'
import { questionnaireOf, questionWordsSchema } from '../../../data/questions.ts'
import { standAt } from '../../../data/site.ts'
import { type ListedService, paperOf, visitList } from '../../../data/visit-list.ts'
import { contentText, realCatalogue, realSiteFile } from '../../fixtures/real-content.ts'

const words = v.parse(questionWordsSchema, JSON.parse(contentText('questions.json')))
const { services } = realCatalogue
const sources = { services, words }
const site = standAt(realSiteFile, null)

const named = (title: string): Service => {
  const service = services.find((each) => each.title === title)
  if (!service) throw new Error(`The catalogue has no ${title}`)
  return service
}
const unanswered = (...titles: readonly string[]): readonly ListedService[] =>
  titles.map((title) => ({ service: named(title), answers: {} }))
const list = (listed: readonly ListedService[]) => visitList(listed, site, sources)

/** Some of the guide's services, each once, with answers somebody could have given. */
const aList = fc
  .uniqueArray(fc.constantFrom(...services), { minLength: 1, maxLength: 6, selector: ({ id }) => id })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((service) => {
        const { questions } = questionnaireOf(service, words)
        const each = questions.map(({ id, options }) =>
          fc.tuple(fc.constant(id), fc.option(fc.subarray([...options]), { nil: null })),
        )
        return fc
          .tuple(...each)
          .map((given): ListedService => ({ service, answers: Object.fromEntries(given) }))
      }),
    ),
  )
const shuffled = aList.chain((listed) =>
  fc.tuple(
    fc.constant(listed),
    fc.shuffledSubarray(listed, { minLength: listed.length, maxLength: listed.length }),
  ),
)

/** Every entry with the service that asks for it, wherever it stands, in the order of its key. */
const entriesIn = ({ stops }: ReturnType<typeof list>): readonly string[] =>
  stops
    .flatMap(({ shared, visits }) => [
      ...shared.flatMap(({ uses }) => uses.map(({ service, entry }) => `${service}: ${entry.key}`)),
      ...visits.flatMap(({ service, sections }) =>
        sections.flatMap(({ entries }) => entries.map(({ key }) => `${service}: ${key}`)),
      ),
    ])
    .toSorted()

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

describe('laws', () => {
  it('the order in which services were put on the list changes nothing', () => {
    fc.assert(
      fc.property(shuffled, ([listed, other]) => {
        expect(list(other)).toEqual(list(listed))
      }),
    )
  })

  it('a service that is put on the list twice stands there once', () => {
    fc.assert(
      fc.property(aList, (listed) => {
        expect(list([...listed, ...listed])).toEqual(list(listed))
      }),
    )
  })

  it('every entry of every checklist stands at one stop, once, and nothing else does', () => {
    fc.assert(
      fc.property(aList, (listed) => {
        const single = listed.flatMap(({ service, answers }) =>
          checklistFor(service, answers, sources).sections.flatMap(({ entries }) =>
            entries.map(({ key }) => `${service.id}: ${key}`),
          ),
        )
        expect(entriesIn(list(listed))).toEqual(single.toSorted())
      }),
    )
  })

  it('a shared paper is asked for by two services or more: the most originals of any, the copies of all', () => {
    fc.assert(
      fc.property(aList, (listed) => {
        for (const { name, originals, photocopies, uses } of list(listed).stops.flatMap(
          ({ shared }) => shared,
        )) {
          expect(new Set(uses.map(({ service }) => service)).size).toBeGreaterThanOrEqual(2)
          const asked = uses.map(({ entry }) => entry.material)
          expect(asked.map(paperOf)).toEqual(asked.map(() => name))
          const most = asked.map(({ originals: count, asks }) => count ?? (asks.includes('original') ? 1 : 0))
          expect(originals ?? 0).toBe(Math.max(...most))
          expect(photocopies ?? 0).toBe(sum(asked.map(copiesAsked)))
        }
      }),
    )
  })

  it('what is to be copied comes to the copies of every entry that nothing hangs on', () => {
    fc.assert(
      fc.property(aList, (listed) => {
        const certain = listed
          .flatMap(({ service, answers }) => checklistFor(service, answers, sources).sections)
          .flatMap(({ entries }) => entries)
          .filter(({ open, material }) => !open && material.kind === 'document')
        const total = sum(certain.map(({ material }) => copiesAsked(material)))
        expect(sum(list(listed).copies.map(({ count }) => count))).toBe(total)
      }),
    )
  })
})

/** How many copies an entry asks for: one where it asks without a count, none where the original will do. */
function copiesAsked({ photocopies, asks, text }: Material): number {
  if (photocopies !== null) return photocopies
  return asks.includes('photocopy') && !text.includes('原件或复印件') ? 1 : 0
}

describe('two services at one door', () => {
  const both = list(unanswered('停工留薪期确认和延长确认', '劳动能力鉴定申请—工伤职工劳动能力鉴定申请'))

  it('ask for the same paper once, and say which service asks for it how', () => {
    const [stop] = both.stops
    expect(both.stops).toHaveLength(1)
    expect(stop?.shared).toMatchObject([
      {
        name: '工伤认定决定书',
        originals: 1,
        photocopies: 2,
        uses: [{ entry: { material: { text: '工伤认定决定书原件、复印件' } } }, {}],
      },
      { name: '被鉴定人身份证', originals: null, photocopies: 2, uses: [{}, {}] },
    ])
    const [service] = stop?.visits ?? []
    expect(
      service?.sections.flatMap(({ entries }) => entries.map(({ material }) => material.text)),
    ).not.toContain('被鉴定人身份证复印件')
  })

  it('say for the copy shop what both come to', () => {
    expect(both.copies.filter(({ count }) => count > 1).map(({ name, count }) => [name, count])).toEqual([
      ['工伤认定决定书', 2],
      ['被鉴定人身份证', 2],
    ])
  })
})

describe('what paper an entry asks for', () => {
  const entry = (text: string, changes: Partial<Material> = {}): Material => ({
    kind: 'document',
    text,
    originals: null,
    photocopies: null,
    inspectOnly: false,
    asks: [],
    when: null,
    ...changes,
  })
  it.each([
    ['身份证原件', '身份证'],
    ['本人身份证复印件1份', '身份证'],
    ['申请人身份证（原件及复印件）', '身份证'],
    ['《营业执照》副本', '营业执照'],
    ['身份证和社会保障卡', null],
    ['代理人身份证', '代理人身份证'],
    ['申请表', null],
  ])('%s: %s', (text, name) => {
    expect(paperOf(entry(text))).toBe(name)
  })

  it('none that can be shared where it hangs on a condition, or is nothing to bring', () => {
    expect(paperOf(entry('身份证', { when: '委托他人办理的' }))).toBeNull()
    expect(paperOf(entry('身份证', { kind: 'action' }))).toBeNull()
  })
})
