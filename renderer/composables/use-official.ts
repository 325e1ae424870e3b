import { computed, inject, type InjectionKey } from 'vue'
import { officialLanguage, translate } from '../../data/translations.ts'
import { useEdition } from '../stores/edition.ts'
import { useText } from './use-text.ts'

/** Provided around what brings its names along: the slip, which is drawn where no edition is loaded. */
export const fixedNames: InjectionKey<Readonly<Record<string, string>>> = Symbol('names')

/** A name in the visitor's language where the content has it, else as the department writes it. */
export function useOfficial() {
  const { language } = useText()
  const edition = useEdition()
  const fixed = inject(fixedNames, null)

  /** Attributes of an element that holds official Chinese: none where the screen is Chinese itself. */
  const official = computed(() =>
    language.value === officialLanguage ? {} : { lang: officialLanguage, dir: 'ltr' as const },
  )

  /** `text` in the visitor's language; null where it stands as it is. */
  function translated(text: string): string | null {
    if (fixed) return Object.hasOwn(fixed, text) ? (fixed[text] ?? null) : null
    const translations = edition.loaded?.translations
    return translations ? translate(text, language.value, translations) : null
  }

  /** `text` in the visitor's language, else itself: for inside sentences, where it cannot be marked. */
  function named(text: string): string {
    return translated(text) ?? text
  }

  return { official, translated, named }
}
