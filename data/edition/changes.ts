import * as v from 'valibot'
import { type Catalogue, type Service, fieldNames } from '../catalogue.ts'
import { bigrams, dice, pairUp } from '../intake/similarity.ts'
import { markSchema, wordsChanged } from './words-changed.ts'

/** What of a service can differ, beside the eleven fields of the guide. */
const aspects = ['title', 'category', 'synonyms'] as const

/** What a change means to a visitor; each has words for staff. */
export const meanings = [
  'moved',
  'phones',
  'hours',
  'fee',
  'materials',
  'renamed',
  'category',
  'synonyms',
  'reworded',
] as const

/** One thing that a service says otherwise. */
export const fieldChangeSchema = v.object({
  field: v.picklist([...aspects, ...fieldNames]),
  meaning: v.picklist(meanings),
  before: v.string(),
  after: v.string(),
  /** Both as one text, with what differs marked. */
  words: v.array(markSchema),
})

const namedSchema = v.object({ id: v.string(), title: v.string(), category: v.string() })

/** A service that is new, gone, or says something else. */
export const serviceChangeSchema = v.variant('kind', [
  v.object({ kind: v.literal('added'), ...namedSchema.entries }),
  v.object({ kind: v.literal('removed'), ...namedSchema.entries }),
  v.object({
    kind: v.literal('changed'),
    ...namedSchema.entries,
    /** Its id in the edition before, where that was another. */
    idBefore: v.string(),
    titleBefore: v.string(),
    fields: v.array(fieldChangeSchema),
  }),
])

export type FieldChange = v.InferOutput<typeof fieldChangeSchema>
export type ServiceChange = v.InferOutput<typeof serviceChangeSchema>

type Texts = Readonly<Record<FieldChange['field'], string>>

/** What each field of the guide is about, where a change of it is more than other words. */
const meaningOf: Readonly<Partial<Record<FieldChange['field'], FieldChange['meaning']>>> = {
  title: 'renamed',
  事项名称: 'renamed',
  category: 'category',
  synonyms: 'synonyms',
  办理材料: 'materials',
  收费依据及标准: 'fee',
  办事时间: 'hours',
  咨询查询途径: 'phones',
  监督投诉渠道: 'phones',
}

/** How alike two titles must be, and how much alike what they say, for one to be the other renamed. */
const renamedFrom = 0.6

/**
 * What differs between two catalogues, service by service: the changed and the new ones in the order of the new
 * catalogue, then those that are gone. A service is the same one by its id; a new one that is very like one that is gone
 * is that one renamed.
 */
export function serviceChanges(before: Catalogue, after: Catalogue): readonly ServiceChange[] {
  const old = new Map(before.services.map((service) => [service.id, service]))
  const ids = new Set(after.services.map(({ id }) => id))
  const gone = before.services.filter(({ id }) => !ids.has(id))
  const renamed = pairRenamed(
    gone,
    after.services.filter(({ id }) => !old.has(id)),
  )
  const titles = { before: categoryTitles(before), after: categoryTitles(after) }
  const changes = after.services.flatMap((service): readonly ServiceChange[] => {
    const was = old.get(service.id) ?? renamed.get(service.id)
    const named = nameOf(service, titles.after)
    if (!was) return [{ kind: 'added', ...named }]
    const fields = fieldChanges(textsOf(was, titles.before), textsOf(service, titles.after), {
      was,
      is: service,
    })
    if (fields.length === 0) return []
    return [{ kind: 'changed', ...named, idBefore: was.id, titleBefore: was.title, fields: [...fields] }]
  })
  const paired = new Set([...renamed.values()].map(({ id }) => id))
  const removed = gone.filter(({ id }) => !paired.has(id))
  return [
    ...changes,
    ...removed.map((service): ServiceChange => ({ kind: 'removed', ...nameOf(service, titles.before) })),
  ]
}

/** Id of a new service → the one that is gone and lives on in it. */
function pairRenamed(gone: readonly Service[], fresh: readonly Service[]): ReadonlyMap<string, Service> {
  const pairs = pairUp(
    fresh.map(({ title }) => title),
    gone.map(({ title }) => title),
    {
      threshold: renamedFrom,
      margin: 0.05,
      scoreOf: (left, right, likeness) => {
        const [is, was] = [fresh[left], gone[right]]
        if (!is || !was || is.category !== was.category) return 0
        const [now, then] = [is.fields.办理材料, was.fields.办理材料]
        const materials = now === then ? 1 : dice(bigrams(now), bigrams(then))
        return 0.5 * likeness + 0.5 * materials
      },
    },
  )
  return new Map(
    pairs.flatMap(({ left, right }) => {
      const [is, was] = [fresh[left], gone[right]]
      return is && was ? [[is.id, was] as const] : []
    }),
  )
}

function fieldChanges(
  before: Texts,
  after: Texts,
  { was, is }: { readonly was: Service; readonly is: Service },
): readonly FieldChange[] {
  const fields: readonly FieldChange['field'][] = [...aspects, ...fieldNames]
  return fields.flatMap((field) => {
    if (before[field] === after[field]) return []
    // The title is this field made regular: both would say one thing twice.
    if (field === '事项名称' && before.title !== after.title) return []
    const words = wordsChanged(before[field], after[field])
    return [
      {
        field,
        meaning: meaningFor(field, was, is),
        before: before[field],
        after: after[field],
        words: [...words],
      },
    ]
  })
}

function meaningFor(field: FieldChange['field'], was: Service, is: Service): FieldChange['meaning'] {
  if (field !== '办理机构及地点') return meaningOf[field] ?? 'reworded'
  return doorsOf(was) === doorsOf(is) ? 'reworded' : 'moved'
}

/** Where a visitor has to go, without the words around it. */
function doorsOf({ places }: Service): string {
  return JSON.stringify(
    places.map(({ kind, building, floor, rooms, counters, area }) => [
      kind,
      building,
      floor,
      rooms,
      counters,
      area,
    ]),
  )
}

function textsOf({ title, category, synonyms, fields }: Service, titles: ReadonlyMap<string, string>): Texts {
  const words = synonyms.map(({ text }) => text).join('、')
  return { title, category: titles.get(category) ?? category, synonyms: words, ...fields }
}

function categoryTitles({ categories }: Catalogue): ReadonlyMap<string, string> {
  return new Map(categories.map(({ id, title }) => [id, title]))
}

function nameOf({ id, title, category }: Service, titles: ReadonlyMap<string, string>) {
  return { id, title, category: titles.get(category) ?? category }
}
