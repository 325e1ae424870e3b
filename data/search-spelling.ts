/**
 * How one character can be typed. Characters of a title, a synonym or a name are told apart by their
 * spellings alone, so a character that occurs ten thousand times is compared with a query once.
 */
export type Spelling = {
  readonly char: string
  /** What may be typed for it: itself, each reading, each reading's initial, and its zh, ch or sh. */
  readonly exact: readonly string[]
  /** The same, and the same of what it is often mistaken for. */
  readonly close: readonly string[]
}

/** The letters a to z as a set of bits, a the lowest. */
export type LetterSet = number

/** Initials that many speakers of Mandarin do not tell apart. */
const confusedInitials: Readonly<Record<string, readonly string[]>> = {
  n: ['l'],
  l: ['n', 'r'],
  r: ['l'],
  f: ['h'],
  h: ['f'],
  z: ['zh'],
  zh: ['z'],
  c: ['ch'],
  ch: ['c'],
  s: ['sh'],
  sh: ['s'],
}

/** The readings that `syllable` is often mistaken for, itself left out: lan, ran, lang … for nan. */
export function confusedWith(syllable: string): readonly string[] {
  const initial = /^(?:[zcs]h|[a-z])/.exec(syllable)?.[0] ?? ''
  const final = syllable.slice(initial.length)
  const initials = [initial, ...(confusedInitials[initial] ?? [])]
  const finals = [final, ...confusedFinal(syllable, final)]
  return initials
    .flatMap((start) => finals.map((end) => start + end))
    .filter((variant) => variant !== syllable)
}

function confusedFinal(syllable: string, final: string): readonly string[] {
  if (/[aei]ng$/.test(syllable)) return [final.slice(0, -1)]
  return /[aei]n$/.test(syllable) ? [`${final}g`] : []
}

/** The spellings of `char`, read as `syllables`. */
export function spellingOf(char: string, syllables: readonly string[]): Spelling {
  const readings = /\p{Script=Han}/u.test(char) ? syllables : []
  return {
    char,
    exact: typed(char, readings),
    close: typed(char, [...readings, ...readings.flatMap(confusedWith)]),
  }
}

function typed(char: string, readings: readonly string[]): readonly string[] {
  const initials = readings.flatMap((reading) => [
    reading.charAt(0),
    ...(/^[zcs]h/.test(reading) ? [reading.slice(0, 2)] : []),
  ])
  return [...new Set([char, ...readings, ...initials])]
}

/** `letter` as a set of one; the empty set for anything but a to z. */
export function letterSet(letter: string): LetterSet {
  const index = letter.charCodeAt(0) - 97
  return letter.length === 1 && index >= 0 && index < 26 ? 1 << index : 0
}

/** The letters of a set, in the order of the alphabet. */
export function lettersOf(set: LetterSet): ReadonlySet<string> {
  return new Set([...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => (set & letterSet(letter)) !== 0))
}

/** The letters with which one of `spellings` begins. */
export function firstLetters(spellings: readonly string[]): LetterSet {
  return spellings.reduce((set, each) => set | letterSet(each.charAt(0)), 0)
}

/** What becomes of a query, of which some characters are spelt, with the next character of a text. */
export type Step = {
  /** How many characters of the query may be spelt then; its length where it ends with this character. */
  readonly exact: readonly number[]
  /** The same by way of what the character is mistaken for, where not exactly. */
  readonly close: readonly number[]
  /** How the query ends before this character is spelt to its end; null where it does not. */
  readonly begun: 'exact' | 'close' | null
  /** The letters that would go on spelling the character, exactly or closely. */
  readonly letters: LetterSet
}

/** The step of `query`, of which `spelt` characters are spelt, over a character; null where it cannot be the next. */
export function stepOver({ exact, close }: Spelling, query: string, spelt: number): Step | null {
  const rest = query.slice(spelt)
  const ends = (spellings: readonly string[]) => [
    ...new Set(spellings.filter((each) => rest.startsWith(each)).map((each) => spelt + each.length)),
  ]
  const longer = (spellings: readonly string[]) =>
    spellings.filter((each) => each.length > rest.length && each.startsWith(rest))
  const exactly = ends(exact)
  const closely = ends(close).filter((end) => !exactly.includes(end))
  const begun = longer(close)
  if (exactly.length + closely.length + begun.length === 0) return null
  return {
    exact: exactly,
    close: closely,
    begun: begun.length === 0 ? null : longer(exact).length > 0 ? 'exact' : 'close',
    letters: begun.reduce((set, each) => set | letterSet(each.charAt(rest.length)), 0),
  }
}
