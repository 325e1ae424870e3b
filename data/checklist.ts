import * as v from 'valibot'
import { materialSchema, type Service } from './catalogue.ts'
import { type Answers, type QuestionWords, questionnaireOf, standing } from './questions.ts'

/** One entry of the guide's list, as far as it is for this visitor. */
export const checklistEntrySchema = v.object({
  /** Names the entry within the edition: service id, group and position. */
  key: v.string(),
  material: materialSchema,
  /** True where it hangs on a case that no answer has settled. */
  open: v.boolean(),
})

/** Entries under one heading, in the guide's order. */
export const checklistSectionSchema = v.object({
  /** The cases it stands under, outermost first; empty: always. */
  cases: v.array(v.string()),
  note: v.nullable(v.string()),
  /** The title of the service whose list this is, where the guide only refers to it ("除提供正常退休所需材料外"). */
  from: v.nullable(v.string()),
  entries: v.array(checklistEntrySchema),
})

/** What one visitor brings for one service. */
export const checklistSchema = v.object({
  /** What the visitor has said holds, in the guide's words, in the order it was asked. */
  cases: v.array(v.string()),
  sections: v.array(checklistSectionSchema),
})

export type ChecklistEntry = v.InferOutput<typeof checklistEntrySchema>
export type ChecklistSection = v.InferOutput<typeof checklistSectionSchema>
export type Checklist = v.InferOutput<typeof checklistSchema>

/** All a checklist is made from beside the service itself. */
export type ChecklistSources = { readonly services: readonly Service[]; readonly words: QuestionWords }

/** Nothing was answered: everything is listed, case by case. */
export const noAnswers: Answers = {}

/**
 * The entries of `service` that are for a visitor with `answers`: what a question has settled against is left
 * out, what none has settled stays with its condition in words. Nothing is reworded or reordered. A list the
 * guide refers to stands before the one that refers to it, once, whole.
 */
export function checklistFor(
  service: Service,
  answers: Answers,
  { services, words }: ChecklistSources,
): Checklist {
  const questionnaire = questionnaireOf(service, words)
  const referred = new Set<string>()
  const sections = service.materials.flatMap((group, index): ChecklistSection[] => {
    const needs = questionnaire.needs[index]
    if (!needs || standing(needs.group, answers) === 'not') return []
    const entries = entriesOf(service, index).flatMap((entry, at) => {
      const stands = standing([...needs.group, ...(needs.entries[at] ?? [])], answers)
      return stands === 'not' ? [] : [{ ...entry, open: stands === 'open' }]
    })
    if (entries.length === 0 && group.materials.length > 0) return []
    const other = group.note === null ? null : referredBy(group.note, service, services)
    const isNew = other !== null && !referred.has(other.id)
    if (other) referred.add(other.id)
    return [...(isNew ? wholeList(other) : []), { ...headingOf(service, index), from: null, entries }]
  })
  return { cases: questionnaire.questions.flatMap(({ id }) => answers[id] ?? []), sections }
}

/**
 * The service whose list `note` asks for beside its own ("除提供正常退休所需材料外，还需提供"); null where it
 * names none, or where several would do equally well: then the guide's words have to say it.
 */
export function referredBy(note: string, service: Service, services: readonly Service[]): Service | null {
  const name = /除(?:提供|按)?(.{2,20}?)(?:所需(?:的)?材料|的?材料)外/u.exec(note)?.[1]
  if (name === undefined || /上述|以上|前述/u.test(name)) return null
  const [best, next] = services
    .filter((other) => other.id !== service.id && other.name.includes(name))
    .map((other) => ({ other, alike: commonStart(other.name, service.name) }))
    .sort((a, b) => b.alike - a.alike)
  return best && (!next || best.alike > next.alike) ? best.other : null
}

function wholeList(from: Service): readonly ChecklistSection[] {
  return from.materials.map((_, index) => ({
    ...headingOf(from, index),
    from: from.title,
    entries: entriesOf(from, index).map((entry) => ({ ...entry, open: entry.material.when !== null })),
  }))
}

function headingOf({ materials }: Service, index: number): Pick<ChecklistSection, 'cases' | 'note'> {
  const group = materials[index]
  if (!group) return { cases: [], note: null }
  return { cases: group.when === null ? group.within : [...group.within, group.when], note: group.note }
}

function entriesOf(service: Service, group: number): readonly Omit<ChecklistEntry, 'open'>[] {
  return (service.materials[group]?.materials ?? []).map((material, position) => ({
    key: `${service.id} ${group} ${position}`,
    material,
  }))
}

function commonStart(a: string, b: string): number {
  const at = [...a].findIndex((character, index) => character !== b[index])
  return at < 0 ? a.length : at
}

/**
 * What a list comes to: things to `bring`, things to `do`, `nothing` where the guide says so, or `unlisted`
 * where it only tells how the office works.
 */
export function listKind(sections: readonly ChecklistSection[]): 'bring' | 'do' | 'nothing' | 'unlisted' {
  const materials = sections.flatMap(({ entries }) => entries.map(({ material }) => material))
  if (materials.some(({ kind }) => kind === 'document')) return 'bring'
  if (materials.some(({ kind }) => kind === 'action')) return 'do'
  const saysNone = materials.some(({ text }) => /^(?:无|没有|不需要|不用)|数据共享/u.test(text))
  return saysNone ? 'nothing' : 'unlisted'
}

/** How many things there are to bring; null where that hangs on what nobody has answered, or there are none. */
export function documentCount(sections: readonly ChecklistSection[]): number | null {
  const documents = sections
    .flatMap(({ entries }) => entries)
    .filter(({ material }) => material.kind === 'document')
  return documents.length === 0 || documents.some(({ open }) => open) ? null : documents.length
}
