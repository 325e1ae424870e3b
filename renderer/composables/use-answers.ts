import { computed } from 'vue'
import { normaliseQuery, type SearchResult } from '../../data/search.ts'
import { useEdition } from '../stores/edition.ts'
import { useText } from './use-text.ts'

/** What a query is answered with. */
export type Answers = {
  /** False while nothing that could be searched for is typed. */
  readonly asked: boolean
  /** Found as typed, nearest first. */
  readonly exact: readonly SearchResult[]
  /** Found by taking letters for others. */
  readonly close: readonly SearchResult[]
  /** Offered where nothing is found. */
  readonly nearest: readonly SearchResult[]
  /** The letters a to z that lead on. */
  readonly open: ReadonlySet<string>
}

/** Answers queries in the visitor's language, from the edition in force. */
export function useAnswers(): (query: string) => Answers {
  const { language } = useText()
  const { searchIn } = useEdition()
  const search = computed(() => searchIn(language.value))

  return (query) => {
    const { find, nearest, nextLetters } = search.value
    const asked = normaliseQuery(query) !== ''
    const found = asked ? find(query) : []
    return {
      asked,
      exact: found.filter((result) => !result.close),
      close: found.filter((result) => result.close),
      nearest: asked && found.length === 0 ? nearest(query) : [],
      open: nextLetters(query),
    }
  }
}
