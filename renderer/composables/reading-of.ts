import type { Service } from '../../data/catalogue.ts'

/** One syllable of how a name is read, and whether it is what was typed. */
export type Syllable = { readonly text: string; readonly hit: boolean }

/** How a service's own name is read, syllable by syllable; `matched` in units of its readings, or null. */
export function readingOf(
  { title, name, readings }: Service,
  matched: { readonly from: number; readonly to: number } | null,
): readonly Syllable[] {
  const nameAt = title.length - name.length
  return readings.flatMap(({ at, syllables: [text = ''] }, unit) =>
    at < nameAt ? [] : [{ text, hit: matched !== null && unit >= matched.from && unit < matched.to }],
  )
}
