import { computed, inject, type InjectionKey } from 'vue'
import { type Language, languages } from '../../data/translations.ts'
import { i18n } from '../i18n/index.ts'

/** Provided around what is written in one language whatever the screen's: the slip. */
export const fixedLanguage: InjectionKey<Language> = Symbol('language')

/** Sentences with nothing filled in, by language and key: a screen has dozens, and each comes again on the next. */
const known = new Map<Language, Map<string, string>>(languages.map((language) => [language, new Map()]))

function plain(key: string, language: Language): string {
  const found = known.get(language)?.get(key)
  if (found !== undefined) return found
  const made = i18n.global.t(key, {}, { locale: language })
  known.get(language)?.set(key, made)
  return made
}

/** The interface's words in the visitor's language, or in that of what they stand on. A named `count` chooses the plural. */
export function useText() {
  const { t: translate, locale } = i18n.global
  const fixed = inject(fixedLanguage, null)
  const language = computed<Language>(
    () => fixed ?? languages.find((known) => known === locale.value) ?? languages[0],
  )

  function t(key: string, named?: Readonly<Record<string, string | number>>): string {
    if (named === undefined) return plain(key, language.value)
    const { count } = named
    return translate(key, named, {
      locale: language.value,
      ...(typeof count === 'number' && { plural: count }),
    })
  }

  return { t, language }
}
