import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { VisitAdvice } from '../../../data/visit-advice.ts'
import { useWords } from '../../../renderer/composables/use-words.ts'
import { i18n } from '../../../renderer/i18n/index.ts'
import { realCatalogue } from '../../fixtures/real-content.ts'

/** The words as a component on the Chinese screen gets them. */
async function wordsOfScreen(): Promise<ReturnType<typeof useWords>> {
  const found: ReturnType<typeof useWords>[] = []
  const app = createSSRApp({
    setup() {
      found.push(useWords())
      return () => null
    },
  })
  await renderToString(app.use(createPinia()).use(i18n))
  const [words] = found
  if (!words) throw new Error('The component was not set up')
  return words
}

const words = await wordsOfScreen()

/** The hand-made table: what follows each line that begins with `mark`. */
function tableOf(mark: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(import.meta.dirname, '../data/expected/hours.txt'), 'utf8')
  const parts = text.split(/\n(?=[=*#] )/u).filter((part) => part.startsWith(mark))
  return new Map(
    parts.map((part) => {
      const [head = '', ...lines] = part.split('\n').filter((line) => line !== '')
      return [head.slice(mark.length), lines] as const
    }),
  )
}

describe('the hours of the guide', () => {
  const expected = tableOf('= ')

  it('are all in the hand-made table, and nothing else is', () => {
    const values = new Set(realCatalogue.services.map(({ fields }) => fields.办事时间.replaceAll('\n', '⏎')))
    expect(new Set(expected.keys())).toEqual(values)
  })

  it.each(realCatalogue.services.map((service) => ({ title: service.title, service })))(
    'are said of $title as a person reads them',
    ({ service }) => {
      expect(words.hoursLines(service.hours)).toEqual(
        expected.get(service.fields.办事时间.replaceAll('\n', '⏎')),
      )
    },
  )
})

it('says of every service on which days of the month it is accepted, as a person reads it', () => {
  const expected = Object.fromEntries([...tableOf('* ')].map(([title, [line]]) => [title, line]))
  const said = realCatalogue.services.flatMap((service) => {
    const line = words.acceptanceLine(service)
    return line === null ? [] : [[service.title, line] as const]
  })
  expect(Object.fromEntries(said)).toEqual(expected)
})

describe('what is said of a visit now', () => {
  const asOf = { date: '2026-11-24', time: '13:00' }
  const next = { date: '2026-11-25', days: 1, from: '10:00' }

  it.each<{ readonly advice: VisitAdvice; readonly says: readonly string[] }>([
    {
      advice: { asOf, opening: { kind: 'open', until: '13:30' }, acceptance: null, come: null },
      says: ['正在办公 到 13:30'],
    },
    {
      advice: { asOf, opening: { kind: 'closed', next }, acceptance: null, come: next },
      says: ['现在不办公 明天 10:00 开始'],
    },
    {
      advice: {
        asOf,
        opening: { kind: 'open', until: '13:30' },
        acceptance: { kind: 'closed', nextFrom: '2026-12-01' },
        come: { date: '2026-12-01', days: 7, from: '10:00' },
      },
      says: ['今天不受理 12月1日星期二起再受理', '正在办公 到 13:30'],
    },
    {
      advice: {
        asOf,
        opening: { kind: 'closed', next },
        acceptance: { kind: 'last-day-unclear', nextFrom: '2026-12-01' },
        come: null,
      },
      says: ['今天是期限当天，收不收请先打电话问', '现在不办公 明天 10:00 开始'],
    },
    { advice: { asOf, opening: { kind: 'unknown' }, acceptance: null, come: null }, says: [] },
  ])('$says', ({ advice, says }) => {
    const lines = words.adviceLines(advice)
    expect(lines.map(({ title, detail }) => `${title} ${detail}`.trim())).toEqual(says)
  })

  it('carries the moment it was true at onto paper', () => {
    const advice: VisitAdvice = {
      asOf,
      opening: { kind: 'open', until: '13:30' },
      acceptance: null,
      come: null,
    }
    expect(words.asOfLines(advice)).toEqual(['11月24日星期二 13:00 打印时：正在办公，到 13:30'])
    expect(words.asOfLines(null)).toEqual([])
  })
})
