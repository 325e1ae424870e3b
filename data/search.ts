import type { Service } from './catalogue.ts'
import { createNearest } from './search-nearest.ts'
import { lettersOf } from './search-spelling.ts'
import { begunRank, closeRank, createMatcher, createTexts, type Place, type Texts } from './search-texts.ts'

/** One service that answers a query. */
export type SearchResult = {
  readonly service: Service
  /** Smaller is nearer: below 10 found as typed, 10 scattered, from 20 on close, 40 not found but near. */
  readonly rank: number
  /** The everyday word through which it was found; null: by its title, or its name in the visitor's language. */
  readonly via: string | null
  /** Found only by taking letters for others they are often mistaken for: n and l, f and h, z and zh, in and ing … */
  readonly close: boolean
  /** What of the readings of the title, or of the everyday word, spells the query: [from, to); null where no one run of them does. */
  readonly matched: { readonly from: number; readonly to: number } | null
}

/** A search over titles, everyday words and their readings: a plain scan, quick enough to 10,000 services. */
export type Search = {
  /**
   * Services answering `query` (Chinese, full pinyin, initials, or a mix), nearest first and as the guide has them
   * where equally near; all in the guide's order where it is empty.
   */
  readonly find: (query: string) => readonly SearchResult[]
  /** The letters a to z after which `find` still has an answer. */
  readonly nextLetters: (query: string) => ReadonlySet<string>
  /**
   * Up to six services to offer where `find` has no answer, nearest first, none where nothing is near: what the
   * longest beginning of `query` finds; or, for Chinese, what shares most characters with it.
   */
  readonly nearest: (query: string) => readonly SearchResult[]
  /** Forgets what was asked: it is the visitor's. */
  readonly forget: () => void
}

const scatteredRank = 10
const nearRank = 40

const unmatched = { via: null, close: false, matched: null } as const

/** What is found through an everyday word comes after what the title says as well. */
const viaRank = 0.5

/** An everyday word typed to its end is as good as a title begun: 社保卡 for sbk before 社保开户. */
const wholeGain = 2

/** Queries whose answers are kept at hand. */
const mostRemembered = 3

/**
 * Prepares a search over `services`, whose readings were made at intake.
 *
 * @param names a service's name in the visitor's language, found by the letters of its words; null where it has none.
 */
export function createSearch(
  services: readonly Service[],
  names: (service: Service) => string | null = () => null,
): Search {
  const texts = createTexts()
  for (const service of services) addTitle(texts, service)
  const words = addSynonyms(texts, services)
  const named = addNames(texts, services, names)
  const nearestByCharacters = createNearest(services)

  const ask = (wanted: string): { found: readonly SearchResult[]; letters: ReadonlySet<string> } => {
    const { match, matched, letters } = createMatcher(texts, wanted)
    const scattered = /[a-z]/.test(wanted) ? [] : [...wanted]
    const results = new Array<SearchResult | undefined>(services.length)
    const keep = (index: number, rank: number, via: string | null, run: SearchResult['matched']): void => {
      const service = services[index]
      if (service === undefined || rank >= (results[index]?.rank ?? Infinity)) return
      results[index] = { service, rank, via, close: rank >= closeRank, matched: run }
    }
    for (let index = 0; index < services.length; index += 1) {
      const rank = match(index)
      if (rank < Infinity) keep(index, rank, null, matched())
      else if (isScattered(texts, index, scattered)) keep(index, scatteredRank, null, null)
    }
    for (const { text, word, length, of } of words) {
      const rank = match(text)
      if (rank === Infinity) continue
      const run = matched()
      const isWhole = run.from === 0 && run.to === length && rank % closeRank < begunRank
      for (const index of of) keep(index, rank + viaRank - (isWhole ? wholeGain : 0), word, run)
    }
    for (const { text, of } of named) {
      const rank = match(text)
      if (rank < Infinity) keep(of, rank, null, null)
    }
    return { found: inOrder(results), letters: lettersOf(letters()) }
  }

  const answers = new Map<string, ReturnType<typeof ask>>()
  /** The screen asks for the results and the next letters of the same query, and of the one that may follow. */
  const answerTo = (query: string) => {
    const wanted = normaliseQuery(query)
    const answer = answers.get(wanted) ?? ask(wanted)
    answers.delete(wanted)
    answers.set(wanted, answer)
    for (const oldest of answers.keys()) {
      if (answers.size <= mostRemembered) break
      answers.delete(oldest)
    }
    return answer
  }
  const find = (query: string): readonly SearchResult[] =>
    normaliseQuery(query) === ''
      ? services.map((service) => ({ ...unmatched, service, rank: 0 }))
      : answerTo(query).found

  return {
    find,
    nextLetters: (query) => answerTo(query).letters,
    forget: () => answers.clear(),
    nearest: (query) => {
      const wanted = normaliseQuery(query)
      return /\p{Script=Han}/u.test(wanted) && find(wanted).length === 0
        ? nearestByCharacters(wanted).map((service) => ({ ...unmatched, service, rank: nearRank }))
        : nearestByBeginning(wanted, find)
    },
  }
}

/**
 * Lower case, full-width forms folded, everything but letters of any script and digits dropped, spaces too; ü is
 * typed as v.
 */
export function normaliseQuery(query: string): string {
  return query
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/[^\p{Script=Han}\p{L}\p{N}]/gu, '')
}

/** The most services offered where there is no answer. */
const mostNearest = 6

/** Fewer letters are no beginning of anything in particular. */
const leastBeginning = 2

function nearestByBeginning(wanted: string, find: Search['find']): readonly SearchResult[] {
  for (let length = wanted.length; length >= leastBeginning; length -= 1) {
    const found = find(wanted.slice(0, length))
    if (found.length > 0) return found.slice(0, mostNearest)
  }
  return []
}

function addTitle(texts: Texts, { title, name, readings }: Service): void {
  const nameAt = title.length - name.length
  const nameStart = Math.max(
    0,
    readings.findIndex(({ at }) => at >= nameAt),
  )
  let endOfLast = -1
  readings.forEach(({ at, syllables }, index) => {
    const char = charAt(title, at)
    const place: Place = index === nameStart ? 0 : index === 0 ? 1 : at > endOfLast ? 2 : 3
    texts.push(char.toLowerCase(), syllables, place)
    endOfLast = at + char.length
  })
  texts.end()
}

/** Each everyday word once, with the services it stands for. */
function addSynonyms(texts: Texts, services: readonly Service[]) {
  const words = new Map<string, { text: number; word: string; length: number; of: number[] }>()
  services.forEach(({ synonyms }, index) => {
    for (const { text: word, readings } of synonyms) {
      const known = words.get(word)
      if (known) {
        known.of.push(index)
        continue
      }
      readings.forEach(({ at, syllables }, position) => {
        texts.push(charAt(word, at).toLowerCase(), syllables, position === 0 ? 3 : 4)
      })
      words.set(word, { text: texts.end(), word, length: readings.length, of: [index] })
    }
  })
  return [...words.values()]
}

function addNames(texts: Texts, services: readonly Service[], names: (service: Service) => string | null) {
  return services.flatMap((service, of) => {
    const words = (names(service) ?? '').split(/[^\p{L}\p{M}\p{N}]+/u).map(normaliseQuery)
    const spelt = words.filter((word) => word !== '')
    if (spelt.length === 0) return []
    spelt.forEach((word, order) => {
      ;[...word].forEach((char, index) => {
        texts.push(char, [], index > 0 ? null : order === 0 ? 0 : 2)
      })
    })
    return { text: texts.end(), of }
  })
}

function charAt(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}

/** Whether the characters `wanted` stand in a text in their order, apart. */
function isScattered(texts: Texts, text: number, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return false
  let next = 0
  for (let index = texts.begins[text] ?? 0; index < (texts.begins[text + 1] ?? 0); index += 1) {
    const char = texts.spellings[texts.characters[index] ?? 0]?.char
    if (char === wanted[next]) next += 1
    if (next === wanted.length) return true
  }
  return false
}

/** The nearest first; few ranks are told apart, so results of one rank are gathered rather than sorted. */
function inOrder(results: readonly (SearchResult | undefined)[]): readonly SearchResult[] {
  const ranks = new Map<number, SearchResult[]>()
  for (const result of results) {
    if (result === undefined) continue
    const alike = ranks.get(result.rank)
    if (alike) alike.push(result)
    else ranks.set(result.rank, [result])
  }
  return [...ranks].sort(([a], [b]) => a - b).flatMap(([, alike]) => alike)
}
