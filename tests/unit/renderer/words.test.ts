import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../data/errors.ts'
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
    const computed = [...code.matchAll(/`([a-z]+(?:\.[a-z]+)*\.)\$\{/gu)].map(([, prefix]) => prefix ?? '')
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
