import { type Language, languages } from '../../data/translations.ts'

/**
 * Takes away the cover that has stood until now. The language of what was touched on it; null: nothing was, or
 * there is no cover any more.
 */
export function uncover(): Language | null {
  const cover = document.querySelector('#cover')
  const touched = cover?.querySelector<HTMLInputElement>('input:checked')?.value
  cover?.remove()
  return languages.find((language) => language === touched) ?? null
}
