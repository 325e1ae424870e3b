import {
  firstLetters,
  type LetterSet,
  spellingOf,
  type Spelling,
  type Step,
  stepOver,
} from './search-spelling.ts'

/**
 * How good a beginning is for a query: 0 where the service's own name begins, 1 its title, 2 a word, 3
 * inside a word, or an everyday word's beginning, 4 inside an everyday word; null where no query may begin.
 */
export type Place = 0 | 1 | 2 | 3 | 4 | null

const noPlace = 255

/** Many short texts, each of their characters kept as a number: one for all characters typed alike. */
export type Texts = {
  readonly spellings: readonly Spelling[]
  /** The characters of all texts, one text after the other: indices into `spellings`. */
  readonly characters: readonly number[]
  readonly places: readonly number[]
  /** Index into `characters` at which a text begins; the next text's is where it ends. */
  readonly begins: readonly number[]
  /** Adds a character to the text now being added; `syllables`: what it can be read as. */
  readonly push: (char: string, syllables: readonly string[], place: Place) => void
  /** Ends the text now being added and gives its number, from 0. */
  readonly end: () => number
}

/** No texts yet. */
export function createTexts(): Texts {
  const spellings: Spelling[] = []
  const known = new Map<string, number>()
  const characters: number[] = []
  const places: number[] = []
  const begins = [0]
  return {
    spellings,
    characters,
    places,
    begins,
    push: (char, syllables, place) => {
      const key = `${char} ${syllables.join(' ')}`
      let index = known.get(key)
      if (index === undefined) {
        index = spellings.push(spellingOf(char, syllables)) - 1
        known.set(key, index)
      }
      characters.push(index)
      places.push(place ?? noPlace)
    },
    end: () => begins.push(characters.length) - 2,
  }
}

/** One query, compared with one text after the other. */
export type Matcher = {
  /**
   * The rank of a text's best match, the smaller the nearer: below 10 as typed, from 20 on only by taking letters
   * for others they are often mistaken for; Infinity where it has none.
   */
  readonly match: (text: number) => number
  /** The characters of the last text's best match, counted from where the text begins: [from, to). */
  readonly matched: () => { readonly from: number; readonly to: number }
  /** The letters after which the query would still match one of the texts compared so far. */
  readonly letters: () => LetterSet
}

/** A query that ends within a character ("dan" for 当) is worse than any that ends with one ("da" for 档案). */
export const begunRank = 5

/** What is found only by taking letters for others comes last. */
export const closeRank = 20

/** Where all else is equal, more characters spelt are a better match; never as much as a place. */
const lengthRank = (length: number): number => 0.4 / length

/** The ways in which the query may be spelt up to one character of a text. */
type Ways = {
  count: number
  /** Characters of the query spelt. */
  readonly spelt: Int32Array
  /** Where in the text the spelling began. */
  readonly start: Int32Array
  /** 0, or `closeRank` where letters were taken for others. */
  readonly base: Int32Array
}

function createWays(queryLength: number): Ways {
  const most = 2 * queryLength + 2
  return {
    count: 0,
    spelt: new Int32Array(most),
    start: new Int32Array(most),
    base: new Int32Array(most),
  }
}

/** Compares `query` with texts: each character spelt by itself, by its initial or by a reading; the last may be begun. */
export function createMatcher(texts: Texts, query: string): Matcher {
  const { spellings, characters, places, begins } = texts
  const length = query.length
  const steps = new Array<Step | null | undefined>(spellings.length * length)
  const firsts = spellings.map(({ close }) => firstLetters(close))
  let letters: LetterSet = 0
  let begin = 0
  let best = Infinity
  let from = 0
  let to = 0
  let ways = createWays(length)
  let nextWays = createWays(length)

  const step = (character: number, spelt: number): Step | null => {
    const index = character * length + spelt
    const known = steps[index]
    if (known !== undefined) return known
    const spelling = spellings[character]
    const found = spelling ? stepOver(spelling, query, spelt) : null
    steps[index] = found
    return found
  }
  const offer = (start: number, end: number, base: number): void => {
    const rank = base + (places[start] ?? 0) + lengthRank(end - start)
    if (rank >= best) return
    best = rank
    from = start
    to = end
  }
  /** Of two ways alike but for their start, the one in the better place is kept, or the earlier of two as good. */
  const add = (spelt: number, start: number, base: number): void => {
    let way = 0
    while (way < nextWays.count && (nextWays.spelt[way] !== spelt || nextWays.base[way] !== base)) way += 1
    if (way === nextWays.count) nextWays.count += 1
    else {
      const before = nextWays.start[way] ?? 0
      if (((places[start] ?? 0) - (places[before] ?? 0) || start - before) >= 0) return
    }
    nextWays.spelt[way] = spelt
    nextWays.start[way] = start
    nextWays.base[way] = base
  }
  const reach = (index: number, end: number, spelt: number, start: number, base: number): void => {
    if (spelt < length) {
      add(spelt, start, base)
      return
    }
    offer(start, index + 1, base)
    if (index + 1 < end) letters |= firsts[characters[index + 1] ?? 0] ?? 0
  }
  /** Goes on with the character at `index` from one way of spelling what is before it. */
  const goOn = (index: number, end: number, spelt: number, start: number, base: number): void => {
    const taken = step(characters[index] ?? 0, spelt)
    if (taken === null) return
    letters |= taken.letters
    if (taken.begun !== null)
      offer(start, index + 1, begunRank + (taken.begun === 'exact' ? base : closeRank))
    for (const next of taken.exact) reach(index, end, next, start, base)
    for (const next of taken.close) reach(index, end, next, start, closeRank)
  }

  const match = (text: number): number => {
    begin = begins[text] ?? 0
    const end = begins[text + 1] ?? 0
    best = Infinity
    ways.count = 0
    for (let index = begin; index < end; index += 1) {
      for (let way = 0; way < ways.count; way += 1)
        goOn(index, end, ways.spelt[way] ?? 0, ways.start[way] ?? 0, ways.base[way] ?? 0)
      if (places[index] !== noPlace) {
        if (length > 0) goOn(index, end, 0, index, 0)
        else letters |= firsts[characters[index] ?? 0] ?? 0
      }
      const done = ways
      ways = nextWays
      nextWays = done
      nextWays.count = 0
    }
    return best
  }

  return {
    match,
    matched: () => ({ from: from - begin, to: to - begin }),
    letters: () => letters,
  }
}
