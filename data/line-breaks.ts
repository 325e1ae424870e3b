const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' })
const opening = /^[（(《“〔]$/u

/** Where a line may break (U+200B): an element each would cost more to draw than all the rest of a screen. */
const mark = '\u200b'

/** As many texts as a few screens have; what is read must not gather. */
const mostKnown = 400
const memories: Map<string, unknown>[] = []

/** Remembers what was made of texts, since the names of the guide come again on every screen of a visit. */
function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  memories.push(known)
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = make(text)
    if (known.size >= mostKnown) known.clear()
    known.set(text, made)
    return made
  }
}

/** Forgets which texts were read: at the end of a visit. */
export function forgetTexts(): void {
  for (const known of memories) known.clear()
}

/**
 * Official Chinese that breaks between words only: "变更" stays whole at the end of a line. To be set with
 * `word-break: keep-all`, under which a line breaks at U+200B and nowhere else within a word.
 */
export const breakable = remembering((text) => wordsOf(text).join(mark))

/** The same for a name: the members of a list, each of which is to stand whole on its line where it fits. */
export const membersOf = remembering((text): readonly string[] =>
  text.split(/(?<=[、，；])/u).map((member) => `${wordsOf(member).join(mark)}${mark}`),
)

/** Words of one character that stand for themselves; any other belongs to the word before it: 复印+件, 报告+单. */
const standsAlone = /^[与及和或在是有等为对向由从被把并且但如若以其之将已应须需按据至到于]$/u
const isOne = /^\p{Script=Han}$/u
const isHanWord = /\p{Script=Han}{2}$/u
const numeral = /(?:[\p{N}]|[一二两三四五六七八九十几])$/u
/** What telephone numbers, addresses and dates are made of. */
const runs = { end: /[\p{N}A-Za-z.:/@~–-]$/u, start: /^[\p{N}A-Za-z.:/@~–-]/u }

/** Words, with brackets kept to what they open, points to what they close, and units to their numbers. */
function wordsOf(text: string): readonly string[] {
  return [...segmenter.segment(text)].reduce<string[]>((list, { segment, isWordLike }) => {
    const last = list.at(-1)
    if (last !== undefined && belongs(segment, isWordLike === true, last))
      list[list.length - 1] = last + segment
    else list.push(segment)
    return list
  }, [])
}

function belongs(segment: string, isWord: boolean, last: string): boolean {
  if (opening.test(last.slice(-1))) return true
  if (runs.end.test(last) && runs.start.test(segment)) return true
  if (!isWord) return !opening.test(segment)
  if (segment === '的' || segment === '了') return true
  if (numeral.test(last)) return /^\p{Script=Han}{1,2}$/u.test(segment)
  // Characters that are no word by themselves go together: 参+保+人, 旁+证词.
  if (isOne.test(last)) return !standsAlone.test(last) && /^\p{Script=Han}+$/u.test(segment)
  return isOne.test(segment) && !standsAlone.test(segment) && isHanWord.test(last)
}
