import { createI18n } from 'vue-i18n'
import { type Language, officialLanguage } from '../../data/translations.ts'
import { en } from './en.ts'
import { ug } from './ug.ts'
import type { Words } from './words.ts'
import { zhCN } from './zh-CN.ts'

/** What each language calls itself: shown as such whatever language the screen is in. */
export const languageNames: Readonly<Record<Language, string>> = {
  'zh-CN': '中文',
  en: 'English',
  ug: 'ئۇيغۇرچە',
}

/** Which way each language is written. */
export const directions: Readonly<Record<Language, 'ltr' | 'rtl'>> = { 'zh-CN': 'ltr', en: 'ltr', ug: 'rtl' }

/** The interface's words in every language. */
export const i18n = createI18n({
  legacy: false,
  locale: officialLanguage,
  fallbackLocale: officialLanguage,
  messages: { 'zh-CN': zhCN, en, ug: isolated(ug) },
})

/**
 * What is filled into a sentence written from right to left keeps its own direction (Unicode FSI … PDI):
 * without that, "10:00–13:30" would be read as 13:30–10:00.
 */
function isolated(words: Words): Words
function isolated(words: object | string): object | string {
  if (typeof words === 'string') return words.replace(/\{\w+\}/gu, '\u2068$&\u2069')
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, isolated(value)]))
}
