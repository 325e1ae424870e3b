import { pinyin } from 'pinyin-pro'
import * as v from 'valibot'
import type { Service } from '../catalogue.ts'

/**
 * Readings a person has checked: phrase → one reading a character, without tones, ü as v, alternatives
 * parted by a slash ("调档" → "diao/tiao dang").
 */
export const curatedReadingsSchema = v.object({
  format: v.literal(1),
  phrases: v.record(v.string(), v.string()),
})

export type CuratedReadings = v.InferOutput<typeof curatedReadingsSchema>

type Readings = Service['readings']

/** Gives titles their readings; make one for a whole guide, it remembers what each character can be read as. */
export function createReader(curated: CuratedReadings): (title: string) => Readings {
  const phrases = Object.entries(curated.phrases)
    .map(([phrase, text]) => ({ phrase, syllables: text.split(' ').map((part) => part.split('/')) }))
    .filter(({ phrase, syllables }) => phrase.length > 0 && syllables.length === phrase.length)
    // The longest phrase knows most of its context.
    .sort((a, b) => b.phrase.length - a.phrase.length || (a.phrase < b.phrase ? -1 : 1))
  const known = new Map<string, readonly string[]>()
  const everyReading = (character: string): readonly string[] => {
    const before = known.get(character)
    if (before) return before
    const all = pinyin(character, { type: 'array', multiple: true, toneType: 'none', v: true })
    known.set(character, all)
    return all
  }

  return (title) => {
    const byHand = curatedAt(title, phrases)
    const inContext = contextual(title)
    const readings: Readings = []
    let at = 0
    for (const character of title) {
      const fixed = byHand.get(at)
      if (fixed) readings.push({ at, syllables: [...fixed] })
      else if (/^\p{Script=Han}$/u.test(character)) {
        const syllables = [inContext.get(at) ?? '', ...everyReading(character)].filter((each) =>
          /^[a-z]+$/.test(each),
        )
        if (syllables.length > 0) readings.push({ at, syllables: [...new Set(syllables)] })
      } else if (/^[A-Za-z0-9]$/.test(character)) {
        readings.push({ at, syllables: [character.toLowerCase()] })
      }
      at += character.length
    }
    return readings
  }
}

function curatedAt(
  title: string,
  phrases: readonly { readonly phrase: string; readonly syllables: readonly (readonly string[])[] }[],
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>()
  for (const { phrase, syllables } of phrases) {
    for (let from = title.indexOf(phrase); from >= 0; from = title.indexOf(phrase, from + phrase.length)) {
      if (syllables.some((_, offset) => found.has(from + offset))) continue
      syllables.forEach((each, offset) => found.set(from + offset, each))
    }
  }
  return found
}

/** The reading of each character in its sentence, by its index in the title. */
function contextual(title: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  let at = 0
  for (const { origin, pinyin: syllable } of pinyin(title, { type: 'all', toneType: 'none', v: true })) {
    // Where the reader's idea of a character is not ours, the rest of the sentence cannot be placed.
    if (!title.startsWith(origin, at)) break
    found.set(at, syllable)
    at += origin.length
  }
  return found
}
