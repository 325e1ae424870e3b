import { computed } from 'vue'
import type { Service } from '../../data/catalogue.ts'
import { type Checklist, checklistFor } from '../../data/checklist.ts'
import { nextQuestion, questionnaireOf } from '../../data/questions.ts'
import { visitList } from '../../data/visit-list.ts'
import { useEdition } from '../stores/edition.ts'
import { useVisit } from '../stores/visit.ts'

/** What this visitor brings, by what he has answered so far. */
export function useChecklist() {
  const { edition } = useEdition()
  const visit = useVisit()
  const words = edition.questions
  const sources = { services: edition.catalogue.services, words }

  const checklistOf = (service: Service): Checklist =>
    checklistFor(service, visit.answersFor(service.id), sources)

  /** True where a question is left that would settle what to bring. */
  const asksMore = (service: Service): boolean =>
    nextQuestion(questionnaireOf(service, words), visit.answersFor(service.id)) !== null

  /** True where the list depends on the case at all. */
  const hasCases = (service: Service): boolean => questionnaireOf(service, words).questions.length > 0

  const listOf = (services: readonly Service[]) =>
    visitList(
      services.map((service) => ({ service, answers: visit.answersFor(service.id) })),
      edition.site,
      sources,
    )

  return { checklistOf, asksMore, hasCases, listOf, words: computed(() => words) }
}
