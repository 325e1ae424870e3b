import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { catalogueSchema } from '../../../data/catalogue.ts'
import { siteFileSchema } from '../../../data/site.ts'
import { situationsSchema } from '../../../data/situations.ts'
import { topicsSchema } from '../../../data/topics.ts'
import { translate, translationsSchema } from '../../../data/translations.ts'

const content = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/content/${file}`, import.meta.url), 'utf8'))

const { department, categories, services } = v.parse(catalogueSchema, content('catalogue.json'))
const { buildings, help, kiosks } = v.parse(siteFileSchema, content('site.json'))
const { situations } = v.parse(situationsSchema, content('situations.json'))
const { topics } = v.parse(topicsSchema, content('topics.json'))
const translations = v.parse(translationsSchema, content('translations.json'))
const { en, ug } = translations.languages

/** Every name a screen or the slip shows, by the place in the content it stands in. */
const namesIn = {
  'catalogue.department': [department],
  'category.title': categories.map(({ title }) => title),
  'category.group': categories.map(({ group }) => group),
  'topic.title': topics.map(({ title }) => title),
  'situation.title': situations.map(({ title }) => title),
  'service.family': services.map(({ family }) => family),
  'service.name': services.map(({ name }) => name),
  'place.department': services.flatMap(({ places }) => places.map((place) => place.department)),
  'place.area': services.flatMap(({ places }) => places.map(({ area }) => area)),
  'place.purpose': services.flatMap(({ places }) => places.map(({ purpose }) => purpose)),
  'phone.owner': services.flatMap(({ phones }) => phones.map(({ owner }) => owner)),
  'building.name': buildings.map(({ name }) => name),
  'building.address': buildings.map(({ address }) => address),
  'kiosk.name': kiosks.map(({ name }) => name),
  'site.help.place': [help.place],
}
const known = new Set(Object.values(namesIn).flat())

/** The numbers in a text, in the order of their size: the order in the sentence is the language's own. */
const numbersIn = (text: string) => (text.match(/\d+/gu) ?? []).sort((a, b) => Number(a) - Number(b))

const dictionaries = [
  { language: 'en', dictionary: en },
  { language: 'ug', dictionary: ug },
]

describe('translate', () => {
  const small = v.parse(translationsSchema, {
    format: 1,
    languages: { en: { 退休: 'Retirement' }, ug: {} },
  })

  it.each([
    { case: 'a known text', text: '退休', language: 'en', gives: 'Retirement' },
    { case: 'a text nobody has translated', text: '信访', language: 'en', gives: null },
    { case: 'a text another language has', text: '退休', language: 'ug', gives: null },
    { case: 'the official language', text: '退休', language: 'zh-CN', gives: null },
  ] as const)('gives $gives for $case', ({ text, language, gives }) => {
    expect(translate(text, language, small)).toBe(gives)
  })
})

describe('the English names', () => {
  it.each(Object.entries(namesIn))('are there for every %s', (_, names) => {
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => name !== null && !Object.hasOwn(en, name))).toEqual([])
  })

  it('are written in Latin letters', () => {
    expect(Object.values(en).filter((text) => /(?!\p{Script=Latin})\p{L}/u.test(text))).toEqual([])
  })

  it('tell the services of a family, and those that have none, apart', () => {
    const officialBy = new Map<string, Set<string>>()
    for (const { family, name } of services) {
      const shown = `${family ?? ''}: ${en[name] ?? name}`
      officialBy.set(shown, (officialBy.get(shown) ?? new Set()).add(name))
    }
    expect([...officialBy].filter(([, officials]) => officials.size > 1).map(([shown]) => shown)).toEqual([])
  })

  const kinds = [
    'service.family',
    'topic.title',
    'situation.title',
    'category.title',
    'place.department',
  ] as const

  it.each(kinds)('tell each %s from every other', (kind) => {
    const officials = [...new Set(namesIn[kind])].filter((name) => name !== null)
    expect(new Set(officials.map((name) => en[name])).size).toBe(officials.length)
  })

  it.each([
    { kind: 'service.name', most: 80 },
    { kind: 'service.family', most: 60 },
    { kind: 'situation.title', most: 28 },
  ] as const)('have at most $most characters as a $kind, to be read at a glance', ({ kind, most }) => {
    const shown = namesIn[kind].flatMap((name) => (name === null ? [] : [en[name] ?? name]))
    expect(shown.filter((text) => text.length > most)).toEqual([])
  })

  it('have more than 60 characters for a handful of services only', () => {
    const long = services.map(({ name }) => en[name] ?? name).filter((text) => text.length > 60)
    expect(long.length).toBeLessThanOrEqual(5)
  })
})

describe('the Uyghur names', () => {
  it('are there for every situation', () => {
    expect(namesIn['situation.title'].filter((title) => !Object.hasOwn(ug, title))).toEqual([])
  })

  it('are written in Arabic letters', () => {
    expect(Object.values(ug).length).toBeGreaterThan(0)
    expect(Object.values(ug).filter((text) => !/\p{Script=Arabic}/u.test(text))).toEqual([])
    expect(Object.values(ug).filter((text) => /(?!\p{Script=Arabic})\p{L}/u.test(text))).toEqual([])
  })

  it('use the letters of Uyghur, not their look-alikes of Arabic, Persian and Kazakh', () => {
    const letters = /^[ئابپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېەىي\d\p{P}\s]+$/u
    expect(Object.values(ug).filter((text) => !letters.test(text))).toEqual([])
  })

  it('carry a vowel at the start of a word, or after another, on a hamza', () => {
    const bare = /(?<!\p{L})[اەېىوۇۆۈ]|[اەوۇۆۈېى][اەوۇۆۈېى]/u
    expect(Object.values(ug).filter((text) => bare.test(text))).toEqual([])
  })
})

describe.each(dictionaries)('every $language name', ({ dictionary }) => {
  const entries = Object.entries(dictionary)

  it('stands for a text of the content, so that nothing stale stays behind', () => {
    expect(Object.keys(dictionary).filter((official) => !known.has(official))).toEqual([])
  })

  it('keeps the numbers of rooms, houses, floors and shares, and adds none', () => {
    const changed = entries.filter(
      ([official, text]) => numbersIn(official).join() !== numbersIn(text).join(),
    )
    expect(changed).toEqual([])
  })

  it('says something, without space to spare', () => {
    expect(entries.filter(([, text]) => text === '' || text !== text.trim() || text.includes('  '))).toEqual(
      [],
    )
  })

  it('is sorted by its official text, so that two people add to the file without conflict', () => {
    expect(Object.keys(dictionary)).toEqual(Object.keys(dictionary).toSorted())
  })
})
