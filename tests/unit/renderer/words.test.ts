import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../data/errors.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { i18n } from '../../../renderer/i18n/index.ts'
import { ug } from '../../../renderer/i18n/ug.ts'
import { zhCN } from '../../../renderer/i18n/zh-CN.ts'

type Words = { readonly [key: string]: string | Words }

/** Every key of the messages as "home.title", in the order they are written in. */
function keysOf(words: Words, path: readonly string[] = []): readonly string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[...path, key].join('.')] : keysOf(value, [...path, key]),
  )
}

const renderer = join(import.meta.dirname, '../../../renderer')
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|vue)$/u.test(file) && !file.startsWith('i18n'))
  .map((file) => ({ file, text: readFileSync(join(renderer, file), 'utf8') }))

/** A source without its comments, which may quote the guide. */
const codeOf = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|<!--[\s\S]*?-->/gmu, '')

describe('the words of the interface', () => {
  const keys = keysOf(zhCN)

  it('are sorted, so that two people add to them without conflict', () => {
    const unsorted = (words: Words, path: string): readonly string[] => {
      const names = Object.keys(words)
      const inside = Object.entries(words).flatMap(([key, value]) =>
        typeof value === 'string' ? [] : unsorted(value, `${path}${key}.`),
      )
      return names.join() === names.toSorted().join() ? inside : [path || 'top', ...inside]
    }
    expect(unsorted(zhCN, '')).toEqual([])
  })

  it('are all used: by name, or by a name that is put together', () => {
    const code = sources.map(({ text }) => text).join('\n')
    const computed = [...code.matchAll(/`([a-z]+(?:\.[a-z]+)*\.[a-z]*)\$\{/giu)].map(
      ([, prefix]) => prefix ?? '',
    )
    const unused = keys.filter(
      (key) => !code.includes(`'${key}'`) && !computed.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })

  it('are all there: no screen names a key that does not exist', () => {
    const named = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/gu)].map(([, key]) => `${file}: ${key ?? ''}`),
    )
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((each) => !keys.includes(each.split(': ')[1] ?? ''))).toEqual([])
  })

  it('stand nowhere else: no Chinese in a component', () => {
    const strays = sources
      .filter(({ text }) => /[\p{Script=Han}]/u.test(codeOf(text)))
      .map(({ file }) => file)
    // The words that name the guide's own fields and its last-day question are the guide's, not ours.
    const guides = [/fields\.[\p{Script=Han}]+/gu, /'办理时限'/gu]
    const left = sources
      .filter(({ file }) => strays.includes(file))
      .filter(({ text }) =>
        /\p{Script=Han}/u.test(guides.reduce((rest, each) => rest.replaceAll(each, ''), codeOf(text))),
      )
    expect(left.map(({ file }) => file)).toEqual([])
  })

  it('say something for every error that can cross the bridge', () => {
    expect(errorCodes.filter((code) => !keys.includes(`errors.${code}`))).toEqual([])
  })
})

/** Every message by its key. */
function messagesOf(words: Words, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : messagesOf(value, `${path}${key}.`),
  )
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/gu))].sort()

describe.each([
  { language: 'en', words: en, foreign: /[\p{Script=Han}\p{Script=Arabic}]/u },
  { language: 'ug', words: ug, foreign: /[\p{Script=Han}a-z]/iu },
])('the words in $language', ({ words, foreign }) => {
  const chinese = new Map(messagesOf(zhCN))

  it('are the same, in the same order', () => {
    expect(keysOf(words)).toEqual(keysOf(zhCN))
  })

  it('are filled with the same things', () => {
    const other = messagesOf(words).filter(
      ([key, text]) => placeholders(text).join() !== placeholders(chinese.get(key) ?? '').join(),
    )
    expect(other).toEqual([])
  })

  it('are in their own script, but for names everybody writes so', () => {
    const plain = (text: string) => text.replaceAll(/\{\w+\}|PDF|gsrd/gu, '')
    expect(messagesOf(words).filter(([, text]) => foreign.test(plain(text)))).toEqual([])
  })

  it('say something everywhere', () => {
    expect(messagesOf(words).filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

it('sets what is filled into Uyghur apart, so that times are not read backwards', () => {
  const line = i18n.global.t('home.edition', { edition: '2026-11-23.1' }, { locale: 'ug' })
  expect(line).toContain('\u20682026-11-23.1\u2069')
})

it('counts one thing in English as one', () => {
  const count = (number: number) =>
    i18n.global.t('category.count', { count: number }, { locale: 'en', plural: number })
  expect([count(1), count(2)]).toEqual(['1 service', '2 services'])
})
