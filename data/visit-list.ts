import * as v from 'valibot'
import { type Material, placeSchema, type Service, serviceSchema } from './catalogue.ts'
import {
  type Checklist,
  type ChecklistEntry,
  checklistEntrySchema,
  checklistFor,
  checklistSectionSchema,
  type ChecklistSources,
} from './checklist.ts'
import { labelMaterial } from './material-label.ts'
import type { Answers } from './questions.ts'
import { routeFor } from './route.ts'
import type { Site } from './site.ts'

/** A paper that several services at one stop ask for: carried once. */
export const sharedPaperSchema = v.object({
  /** What it is, without its count: "身份证". */
  name: v.string(),
  /** Of one original all services have a look; so the largest count. null where none of them gives one. */
  originals: v.nullable(v.number()),
  /** Each service keeps its copies; so their sum, one where the guide gives no count. null where none asks for any. */
  photocopies: v.nullable(v.number()),
  /** Which service asks for it, by id, and in which words. */
  uses: v.array(v.object({ service: v.string(), entry: checklistEntrySchema })),
})

/** One service at one stop. */
export const listVisitSchema = v.object({
  service: serviceSchema.entries.id,
  purpose: v.nullable(v.string()),
  handsIn: v.boolean(),
  certain: v.boolean(),
  alternatives: v.array(placeSchema),
  cases: v.array(v.string()),
  /** What is handed in here and is no shared paper. */
  sections: v.array(checklistSectionSchema),
})

export const listStopSchema = v.object({
  kind: v.picklist(['door', 'elsewhere', 'online', 'phone', 'nowhere']),
  place: v.nullable(placeSchema),
  shared: v.array(sharedPaperSchema),
  visits: v.array(listVisitSchema),
})

/** What to have copied before the way, all stops together. */
export const copiesSchema = v.object({
  name: v.string(),
  count: v.number(),
  /** False where the guide gives no count and one is counted for it. */
  certain: v.boolean(),
})

export type SharedPaper = v.InferOutput<typeof sharedPaperSchema>
export type ListVisit = v.InferOutput<typeof listVisitSchema>
export type ListStop = v.InferOutput<typeof listStopSchema>
export type Copies = v.InferOutput<typeof copiesSchema>

/** A service to be done in this visit, with what the visitor has said of his case. */
export type ListedService = { readonly service: Service; readonly answers: Answers }

/** Several services as one list: what to bring, stop by stop in the order to go, and what to have copied. */
export type VisitList = { readonly stops: readonly ListStop[]; readonly copies: readonly Copies[] }

/**
 * One list for all of `listed`. Neither their order nor naming one twice changes anything but, for a service
 * named twice, which answers count: the last. Every entry of every checklist stands at exactly one stop,
 * either in a section or among the uses of a shared paper.
 */
export function visitList(
  listed: readonly ListedService[],
  site: Site,
  sources: ChecklistSources,
): VisitList {
  const checklists = new Map<string, Checklist>(
    listed.map(({ service, answers }) => [service.id, checklistFor(service, answers, sources)]),
  )
  const route = routeFor(
    listed.map(({ service }) => service),
    site,
  )
  const stops = route.map(({ kind, place, visits }): ListStop => {
    const whole = visits.map(({ service, alternatives, ...visit }): ListVisit => {
      const { cases, sections } = checklists.get(service.id) ?? { cases: [], sections: [] }
      const here = visit.handsIn ? sections : []
      return { ...visit, service: service.id, alternatives: [...alternatives], cases, sections: here }
    })
    const shared = sharedPapers(whole)
    return { kind, place, shared, visits: whole.map((visit) => withoutShared(visit, shared)) }
  })
  // In the order of the way, which does not hang on the order services were put on the list.
  const inOrder = new Set(stops.flatMap(({ visits }) => visits.map(({ service }) => service)))
  return { stops, copies: copiesOf([...inOrder].flatMap((id) => checklists.get(id) ?? [])) }
}

/** Papers one has, and shows wherever they are asked for; what is filled in for one service never counts. */
const ownPapers =
  /(?:身份证|社会保障卡|社保卡|户口[簿本]|居住证|护照|结婚证|毕业证书?|学位证书?|营业执照|银行卡|许可证|资格证书?|决定书|结论书|社会保障卡（身份证）|身份证（社会保障卡）)$/u
/** The same words without count, marks and the forms of original and copy. */
const formWords = /(?:的)?(?:原件|复印件|副本)(?:(?:和|及|及其|、|或|，)?(?:原件|复印件|副本))*(?:备查)?$/u

/** What paper an entry asks for, the same for every wording of it; null where it is none that can be shared. */
export function paperOf({ kind, text, when }: Material): string | null {
  if (kind !== 'document' || when !== null) return null
  const name = labelMaterial(text)
    .name.replace(/[《》“”\s；。]/gu, '')
    .replace(formWords, '')
    .replace(/^(?:提供)?(?:本人|申请人)(?:的)?(?:有效)?/u, '')
  // Of "身份证或社会保障卡" either will do; of two things joined any other way, each is a paper of its own.
  return ownPapers.test(name) && !/[、及和与，]/u.test(name) ? name : null
}

type Use = SharedPaper['uses'][number]

function sharedPapers(visits: readonly ListVisit[]): SharedPaper[] {
  const uses = visits.flatMap(({ service, sections }) =>
    sections.flatMap(({ entries }) => entries.map((entry): Use => ({ service, entry }))),
  )
  const certain = uses.filter(({ entry }) => !entry.open)
  const byPaper = Map.groupBy(certain, ({ entry }) => paperOf(entry.material))
  return [...byPaper].flatMap(([name, same]) => {
    if (name === null || new Set(same.map(({ service }) => service)).size < 2) return []
    const asked = same.map(({ entry }) => entry.material)
    return [{ name, originals: originalsOf(asked), photocopies: copiesIn(asked), uses: same }]
  })
}

function withoutShared(visit: ListVisit, shared: readonly SharedPaper[]): ListVisit {
  const taken = new Set(
    shared.flatMap(({ uses }) =>
      uses.flatMap(({ service, entry }) => (service === visit.service ? [entry.key] : [])),
    ),
  )
  const sections = visit.sections
    .map((section) => ({ ...section, entries: section.entries.filter(({ key }) => !taken.has(key)) }))
    .filter(({ entries, note }, index) => {
      const before = visit.sections[index]?.entries.length ?? 0
      return entries.length > 0 || before === 0 || note !== null
    })
  return { ...visit, sections }
}

function originalsOf(asked: readonly Material[]): number | null {
  const counts = asked.flatMap(({ originals, asks }) =>
    originals === null ? (asks.includes('original') ? [1] : []) : [originals],
  )
  return counts.length > 0 ? Math.max(...counts) : null
}

/** How many copies `asked` come to; null where none of them asks for any. */
function copiesIn(asked: readonly Material[]): number | null {
  const counts = asked.filter(asksForCopies).map(({ photocopies }) => photocopies ?? 1)
  return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : null
}

function copiesOf(checklists: readonly Checklist[]): readonly Copies[] {
  const certain = checklists
    .flatMap(({ sections }) => sections.flatMap(({ entries }) => entries))
    .filter(({ open, material }) => !open && material.kind === 'document' && asksForCopies(material))
  const byName = Map.groupBy(
    certain,
    ({ material }) => paperOf(material) ?? labelMaterial(material.text).name,
  )
  return [...byName].map(([name, same]) => ({
    name,
    count: copiesIn(materialsOf(same)) ?? 0,
    certain: same.every(({ material }) => material.photocopies !== null),
  }))
}

const materialsOf = (entries: readonly ChecklistEntry[]): readonly Material[] =>
  entries.map(({ material }) => material)

/** "原件或复印件" leaves it to the visitor: nobody needs to have anything copied for it. */
const asksForCopies = ({ photocopies, asks, text }: Material): boolean =>
  photocopies !== null || (asks.includes('photocopy') && !/原件或复印件/u.test(text))
