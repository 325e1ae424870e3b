import { computed, inject, type InjectionKey } from 'vue'
import { type Language, languages } from '../../data/translations.ts'
import { i18n } from '../i18n/index.ts'

/** Provided around what is written in one language whatever the screen's: the slip. */
export const fixedLanguage: InjectionKey<Language> = Symbol('language')

/** The interface's words in the visitor's language, or in that of what they stand on. A named `count` chooses the plural. */
export function useText() {
  const { t: translate, locale } = i18n.global
  const fixed = inject(fixedLanguage, null)
  const language = computed<Language>(
    () => fixed ?? languages.find((known) => known === locale.value) ?? languages[0],
  )

  function t(key: string, named: Readonly<Record<string, string | number>> = {}): string {
    const { count } = named
    return translate(key, named, {
      locale: language.value,
      ...(typeof count === 'number' && { plural: count }),
    })
  }

  return { t, language }
}
