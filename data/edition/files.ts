import * as v from 'valibot'

/** The texts an edition is made of, by name, exactly as the files of data/content hold them. */
export type EditionFiles = Readonly<Record<string, string>>

/** What the kiosk cannot show anything without. */
export const requiredFiles = [
  'catalogue.json',
  'site.json',
  'topics.json',
  'situations.json',
  'questions.json',
  'translations.json',
] as const

/** What only the intake of a changed guide needs; an edition without them is shown all the same. */
export const intakeFiles = ['guide.txt', 'readings.json', 'synonyms.json'] as const

export type RequiredFile = (typeof requiredFiles)[number]
export type IntakeFile = (typeof intakeFiles)[number]

/** The drawing of a floor that site.json names as `file`: it lies beside site.json in a folder of content, and here. */
const planPattern = /^plans\/[^./\\\0][^/\\\0]{0,80}\.svg$/

/** The name under which an edition holds the drawing that site.json calls `file`. */
export function planName(file: string): string {
  return `plans/${file}`
}

/** True where an edition may hold a text of that name; whatever else a source brings is no part of an edition. */
export function isEditionFileName(name: string): boolean {
  const known: readonly string[] = [...requiredFiles, ...intakeFiles]
  return known.includes(name) || planPattern.test(name)
}

/** The most characters one text may have, and all of them together: a catalogue of ten thousand services takes 83 million as it is written. */
export const longestText = 100_000_000
export const longestEdition = 130_000_000

/** The most texts an edition may hold. */
export const mostFiles = 200

/** Any value as the texts of an edition: known names, bounded, and none of the required ones missing. */
export const editionFilesSchema = v.pipe(
  v.record(v.pipe(v.string(), v.check(isEditionFileName, 'no text of an edition')), v.string()),
  v.check((files) => Object.keys(files).length <= mostFiles, 'too many texts'),
  v.check((files) => Object.values(files).every(({ length }) => length <= longestText), 'a text too long'),
  v.check((files) => lengthOf(files) <= longestEdition, 'too long in all'),
  v.check((files) => requiredFiles.every((name) => Object.hasOwn(files, name)), 'a text is missing'),
)

/** Characters in all texts together. */
export function lengthOf(files: EditionFiles): number {
  return Object.values(files).reduce((sum, { length }) => sum + length, 0)
}
