import { type Service } from './catalogue.ts'

/** One service that answers a query; smaller `rank` is nearer. */
export type SearchResult = { readonly service: Service; readonly rank: number }

type Entry = {
  readonly service: Service
  /** The searchable characters of the title, lower case, punctuation left out. */
  readonly letters: readonly string[]
  /** Readings of each of `letters`; letters and digits are read as themselves. */
  readonly readings: readonly (readonly string[])[]
  /** True where a word of the title begins: its start, after a dash, after punctuation. */
  readonly begins: readonly boolean[]
  /** Index in `letters` at which the service's own name begins, after its family. */
  readonly nameStart: number
}

/** A plain scan over titles and their readings: quick enough to 10,000 services that no index is needed. */
export type Search = {
  /** Services answering `query` (Chinese, full pinyin, initials, or a mix), nearest first; all in the guide's order where it is empty. */
  find(query: string): readonly SearchResult[]
  /** The letters a to z after which `query` still has an answer. */
  nextLetters(query: string): ReadonlySet<string>
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyz']

/** Prepares a search over `services`, whose readings were made at intake. */
export function createSearch(services: readonly Service[]): Search {
  const entries = services.map(toEntry)

  const find = (query: string): readonly SearchResult[] => {
    const wanted = normaliseQuery(query)
    if (wanted === '') return entries.map(({ service }) => ({ service, rank: 0 }))
    return entries
      .map((entry, order) => ({ service: entry.service, rank: rankOf(entry, wanted), order }))
      .filter(({ rank }) => Number.isFinite(rank))
      .sort((a, b) => a.rank - b.rank || a.order - b.order)
      .map(({ service, rank }) => ({ service, rank }))
  }

  const nextLetters = (query: string): ReadonlySet<string> => {
    const wanted = normaliseQuery(query)
    return new Set(
      alphabet.filter((letter) => entries.some((entry) => Number.isFinite(rankOf(entry, wanted + letter)))),
    )
  }

  return { find, nextLetters }
}

/** Lower case, full-width forms folded, everything but Chinese, letters and digits dropped; ü is typed as v. */
export function normaliseQuery(query: string): string {
  return query
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/[^\p{Script=Han}a-z0-9]/gu, '')
}

function toEntry(service: Service): Entry {
  const units = service.readings
  const previousAt = (index: number) => units[index - 1]?.at ?? -2
  const nameAt = service.title.length - service.name.length
  return {
    service,
    letters: units.map(({ at }) => charAt(service.title, at).toLowerCase()),
    readings: units.map(({ syllables }) => syllables),
    begins: units.map(
      ({ at }, index) => at - previousAt(index) > charAt(service.title, previousAt(index)).length,
    ),
    nameStart: Math.max(
      0,
      units.findIndex(({ at }) => at >= nameAt),
    ),
  }
}

function charAt(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}

/** 0 where the service's own name begins with the query, up to 3 inside a word, 4 scattered in order; Infinity: no answer. */
function rankOf(entry: Entry, query: string): number {
  let best = Infinity
  for (let start = 0; start < entry.readings.length && best > 0; start += 1) {
    const rank = start === entry.nameStart ? 0 : start === 0 ? 1 : entry.begins[start] ? 2 : 3
    if (rank < best && matchesFrom(entry, start, query)) best = rank
  }
  if (Number.isFinite(best)) return best
  return /\p{Script=Han}/u.test(query) && isScattered(entry.letters.join(''), query) ? 4 : Infinity
}

/** Whether `query` is spelt by the characters from `start` on: each by itself, by its initial or by a whole reading. */
function matchesFrom(entry: Entry, start: number, query: string): boolean {
  const { letters } = entry
  /** Positions in `query` reachable after the characters so far: a set, so that no spelling is tried twice. */
  let reached = new Set([0])
  for (let index = start; index < letters.length; index += 1) {
    const next = new Set<number>()
    for (const at of reached) {
      const rest = query.slice(at)
      if (rest.startsWith(letters[index] ?? '')) next.add(at + (letters[index] ?? '').length)
      for (const syllable of entry.readings[index] ?? []) {
        if (syllable.startsWith(rest)) return true
        if (rest.startsWith(syllable)) next.add(at + syllable.length)
        if (rest.startsWith(syllable.charAt(0))) next.add(at + 1)
      }
    }
    if (next.has(query.length)) return true
    if (next.size === 0) return false
    reached = next
  }
  return false
}

function isScattered(letters: string, query: string): boolean {
  let at = 0
  for (const char of query) {
    const found = letters.indexOf(char, at)
    if (found < 0) return false
    at = found + char.length
  }
  return true
}
