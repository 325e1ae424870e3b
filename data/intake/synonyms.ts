import * as v from 'valibot'
import type { Service } from '../catalogue.ts'
import type { FindingSink } from './findings.ts'

const word = v.pipe(v.string(), v.trim(), v.nonEmpty())

/**
 * Everyday words and the titles they stand for. Each entry of `titles` is a whole title or words of one, parted
 * by spaces, all of which the title has ("养老保险待遇 账户"); a title need fit only one entry. A word may be said
 * of several things and so stand in several rows.
 */
export const curatedSynonymsSchema = v.object({
  format: v.literal(1),
  synonyms: v.array(v.object({ say: v.array(word), titles: v.array(word) })),
})

export type CuratedSynonyms = v.InferOutput<typeof curatedSynonymsSchema>

type Synonyms = Service['synonyms']

/**
 * The everyday words of each of `titles`, in the order of the curated file and each once; words that the title
 * itself has are left out, since it is found by them. Words that stand for no title at all are told to `sink`.
 *
 * @param read gives a text its readings.
 */
export function assignSynonyms(
  titles: readonly string[],
  { synonyms: rows }: CuratedSynonyms,
  read: (text: string) => Service['readings'],
  sink: FindingSink,
): readonly Synonyms[] {
  const readings = new Map<string, Service['readings']>()
  const readOnce = (text: string): Service['readings'] => {
    const known = readings.get(text) ?? read(text)
    readings.set(text, known)
    return known
  }
  const patterns = rows.map(({ say, titles: wanted }) => ({ say, wanted: wanted.map(wordsOf) }))
  const used = new Set<string>()
  const assigned = titles.map((title) => {
    const fitting = patterns.filter(({ wanted }) => wanted.some((words) => hasAll(title, words)))
    const said = new Set(fitting.flatMap(({ say }) => say))
    for (const text of said) used.add(text)
    return [...said]
      .filter((text) => !title.includes(text))
      .map((text) => ({ text, readings: readOnce(text) }))
  })
  const idle = [...new Set(rows.flatMap(({ say }) => say))].filter((text) => !used.has(text))
  if (idle.length > 0 && titles.length > 0) reportIdle(idle, sink)
  return assigned
}

const wordsOf = (title: string): readonly string[] => title.split(/\s+/u)

const hasAll = (title: string, words: readonly string[]): boolean =>
  words.every((each) => title.includes(each))

function reportIdle(idle: readonly string[], sink: FindingSink): void {
  sink({
    severity: 'info',
    rule: 'synonym-idle',
    line: null,
    service: null,
    field: null,
    message: `synonyms.json里有${String(idle.length)}个常用说法对不上任何事项名称（${idle.join('、')}），按这些说法查不到事项。`,
    text: '',
  })
}
