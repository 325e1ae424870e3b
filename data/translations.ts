import * as v from 'valibot'

/** The languages of the interface, the department's own first. */
export const languages = ['zh-CN', 'en', 'ug'] as const

export type Language = (typeof languages)[number]

/** The language the guide is written in, and what is shown where nothing else is to be had. */
export const officialLanguage = 'zh-CN' satisfies Language

const dictionary = v.record(v.string(), v.string())

/**
 * Names of the guide and of the site in other languages: official Chinese → translation, so that a text the
 * department has since reworded is shown in Chinese again rather than by a translation of something else.
 */
export const translationsSchema = v.object({
  format: v.literal(1),
  languages: v.object({ en: dictionary, ug: dictionary }),
})

export type Translations = v.InferOutput<typeof translationsSchema>

/** `text` in `language`; null where the content has no translation, and where none is needed. */
export function translate(
  text: string,
  language: Language,
  { languages: known }: Translations,
): string | null {
  if (language === officialLanguage) return null
  return Object.hasOwn(known[language], text) ? (known[language][text] ?? null) : null
}
