import * as v from 'valibot'
import type { CsvCell } from './csv.ts'
import type { DayCount } from './printing.ts'
import { languages } from './translations.ts'

/** Something that happened on the screen, to be counted by day; nothing in it says who it was. */
export const useSchema = v.variant('kind', [
  /** Somebody began. */
  v.strictObject({ kind: v.literal('visit') }),
  /** A service was looked at. */
  v.strictObject({ kind: v.literal('view'), service: v.pipe(v.string(), v.maxLength(64)) }),
  /** A language was chosen. */
  v.strictObject({ kind: v.literal('language'), language: v.picklist(languages) }),
  /** A search that was left with nothing found. */
  v.strictObject({ kind: v.literal('search-miss'), query: v.pipe(v.string(), v.maxLength(40)) }),
])

export type Use = v.InferOutput<typeof useSchema>

/** What was counted of one thing on one day: `key` is a service's id, a language, a word, or empty. */
export type UseCount = {
  readonly day: string
  readonly kind: Use['kind'] | 'word'
  readonly key: string
  readonly count: number
}

/** In how many visits of a day a word has to be searched for in vain before it is written down. */
export const leastVisits = 3

/**
 * A word as it may be kept: letters and Chinese characters alone, at most twelve; null for any other. Digits are
 * never kept: they could be a number of somebody's.
 */
export function wordOf(query: string): string | null {
  const word = query.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
  return /^[\p{Script=Han}\p{Script=Latin}\p{Script=Arabic}]{2,12}$/u.test(word) ? word : null
}

/** A table of the statistics that are taken away: its file's name, headings and rows. */
export type UsageTable = {
  readonly name: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}

/**
 * The statistics as tables for staff: by day, by service and day, words that found nothing. Prints come from
 * the journal of the printer.
 *
 * @param titleOf the title of a service; null for one that the edition in force does not have.
 */
export function usageTables(
  counts: readonly UseCount[],
  prints: readonly DayCount[],
  titleOf: (service: string) => string | null,
): readonly UsageTable[] {
  const days = [...new Set([...counts, ...prints].map(({ day }) => day))].sort()
  const sum = (day: string, kind: UseCount['kind'], key?: string): number =>
    counts
      .filter((each) => each.day === day && each.kind === kind && (key === undefined || each.key === key))
      .reduce((total, { count }) => total + count, 0)
  const printsOf = new Map(prints.map((each) => [each.day, each]))
  return [
    {
      name: '使用统计（按日）.csv',
      headings: [
        '日期',
        '使用次数',
        '查看事项次数',
        '没有找到的搜索次数',
        '选用英语次数',
        '选用维吾尔语次数',
        '打印成功份数',
        '存为文件份数',
        '打印失败份数',
        '结果不明份数',
      ],
      rows: days.map((day) => {
        const print = printsOf.get(day)
        return [
          day,
          sum(day, 'visit'),
          sum(day, 'view'),
          sum(day, 'search-miss'),
          sum(day, 'language', 'en'),
          sum(day, 'language', 'ug'),
          print?.printed ?? 0,
          print?.saved ?? 0,
          print?.failed ?? 0,
          print?.unknown ?? 0,
        ]
      }),
    },
    {
      name: '事项查看次数.csv',
      headings: ['日期', '事项', '次数'],
      rows: counts
        .filter(({ kind }) => kind === 'view')
        .map(({ day, key, count }) => [day, titleOf(key) ?? `已不在指南中（${key}）`, count]),
    },
    {
      name: '没有找到的词.csv',
      headings: ['日期', `搜索的词（同一天至少${String(leastVisits)}次使用中出现才记录）`, '次数'],
      rows: counts.filter(({ kind }) => kind === 'word').map(({ day, key, count }) => [day, key, count]),
    },
  ]
}
