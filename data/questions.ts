import * as v from 'valibot'
import type { Material, MaterialGroup, Service } from './catalogue.ts'
import { languages } from './translations.ts'

/** A question that settles which entries of a service's list are for this visitor. */
export type Question = {
  /** The same in every edition that words the cases the same. */
  readonly id: string
  /** `one`: the options exclude each other; `several`: any of them may hold together. */
  readonly pick: 'one' | 'several'
  /** The guide's own words. A single option is a question of yes or no. */
  readonly options: readonly string[]
}

/** The options that hold; empty: none of them does. null: the visitor is not sure. */
export type Answer = readonly string[] | null

/** By question; a question without an answer was not asked yet, and settles as little as one nobody is sure of. */
export type Answers = Readonly<Record<string, Answer>>

export const answersSchema = v.record(v.string(), v.nullable(v.array(v.string())))

/** What must hold for an entry: of `question`, one of `options`, or where `holds` is false none of them. */
export type Need = {
  readonly question: string
  readonly options: readonly string[]
  readonly holds: boolean
}

/** The questions of a service in the order to ask, and what each group and entry of its list needs. */
export type Questionnaire = {
  readonly questions: readonly Question[]
  readonly needs: readonly {
    readonly group: readonly Need[]
    readonly entries: readonly (readonly Need[])[]
  }[]
}

const text = v.pipe(v.string(), v.nonEmpty())
const worded = v.object(v.entriesFromList(languages, text))

/**
 * Plain words for questions, by the guide's own words of their options: they go with any question that has no
 * other options than these, so a service that is new but asks the same needs none of its own.
 */
export const questionWordsSchema = v.object({
  format: v.literal(1),
  questions: v.array(
    v.object({
      options: v.pipe(v.array(text), v.nonEmpty()),
      pick: v.picklist(['one', 'several']),
      ask: worded,
      /** The guide's words → plain ones. */
      labels: v.record(v.string(), worded),
      /** What it means that none of them holds; null: "none of these". */
      none: v.nullable(worded),
    }),
  ),
})

export type QuestionWords = v.InferOutput<typeof questionWordsSchema>
export type WordedQuestion = QuestionWords['questions'][number]

/** The one question all services share: does somebody else come in the visitor's place. */
const proxy: Question = { id: 'proxy', pick: 'one', options: ['委托他人办理'] }

/** A heading for what only some must bring, that names no case by itself. */
const situation = /情况/u
/** A heading for a way of handing in: everybody needs what stands under each. */
const wayOfHandingIn = /纸质|网上|电子|书面/u
const proxyHeading = /^(?:委托|由?代理|由?代办|由?他人)/u
const proxyEntry = /^代理人.+及参保人/u
const lacking = /^(?:无法提供|不能提供|没有|无)(.+?)的?$/u
const besidesTheAbove = /除(?:按|提供)?(?:上述|以上|前述)/u

/**
 * What has to be asked to know which entries of `service` are for one visitor. Cases come from headings and
 * from the conditions on single entries; what the guide does not tell apart is nobody's question.
 */
export function questionnaireOf({ materials }: Service, words: QuestionWords): Questionnaire {
  const questions = new Map<string, Question>()
  const ask = (question: Question): string => {
    const known = wordsFor(question, words)
    const usual = question.options.length === 1 ? 'one' : question.pick
    if (!questions.has(question.id)) questions.set(question.id, { ...question, pick: known?.pick ?? usual })
    return question.id
  }

  const needs = materials.map((group) => {
    const ofGroup = [
      ...group.within.flatMap((heading, depth) => {
        const enclosing = materials.find(
          ({ when, within }) => when === heading && isSamePath(within, group.within.slice(0, depth)),
        )
        return enclosing ? headingNeeds(enclosing, materials, ask) : []
      }),
      ...headingNeeds(group, materials, ask),
    ]
    return { group: ofGroup, entries: entryNeeds(group, materials, ask) }
  })
  return { questions: inOrder([...questions.values()], needs), needs }
}

/** The question to ask next; null where nothing is left that would settle anything. */
export function nextQuestion({ questions, needs }: Questionnaire, answers: Answers): Question | null {
  const rows = needs.flatMap(({ group, entries }) => [group, ...entries.map((entry) => [...group, ...entry])])
  return (
    questions.find(
      ({ id }) =>
        !Object.hasOwn(answers, id) &&
        rows.some((row) => {
          const at = row.findIndex(({ question, holds }) => question === id && holds)
          return at >= 0 && standing(row.slice(0, at), answers) === 'applies'
        }),
    ) ?? null
  )
}

/** The questions already answered, in the order they were asked. */
export function askedSoFar(questionnaire: Questionnaire, answers: Answers): readonly Question[] {
  const asked: Question[] = []
  for (let given: Answers = {}; ;) {
    const question = nextQuestion(questionnaire, given)
    if (question === null || !Object.hasOwn(answers, question.id)) return asked
    asked.push(question)
    given = { ...given, [question.id]: answers[question.id] ?? null }
  }
}

/** Whether what `needs` asks for holds by `answers`: `open` where that hangs on something nobody has answered. */
export function standing(needs: readonly Need[], answers: Answers): 'applies' | 'open' | 'not' {
  const each = needs.map(({ question, options, holds }) => {
    const answer = Object.hasOwn(answers, question) ? answers[question] : null
    if (answer === null || answer === undefined) return 'open'
    return options.some((option) => answer.includes(option)) === holds ? 'applies' : 'not'
  })
  if (each.includes('not')) return 'not'
  return each.includes('open') ? 'open' : 'applies'
}

/** The plain words for `question`, of those with the fewest other options; null where nobody has written any. */
export function wordsFor({ options }: Question, { questions }: QuestionWords): WordedQuestion | null {
  const isKnown = (known: readonly string[]) =>
    options.every((option) => known.some((other) => sameWords(other) === sameWords(option)))
  const known = questions.filter((each) => isKnown(each.options))
  return known.toSorted((a, b) => a.options.length - b.options.length)[0] ?? null
}

/** The same condition is written with and without 的, with and without a stop at its end. */
export function sameWords(words: string): string {
  return words.replace(/[的，。；：,;:\s]/gu, '')
}

type Ask = (question: Question) => string

function headingNeeds(group: MaterialGroup, all: readonly MaterialGroup[], ask: Ask): readonly Need[] {
  const { when, within, note } = group
  if (when === null || wayOfHandingIn.test(when)) return []
  const level = all.filter((other) => isSamePath(other.within, within))
  if (situation.test(when)) {
    const notes = unique(level.flatMap((other) => (isSituation(other) && other.note ? [other.note] : [])))
    if (note === null || notes.length < 2) return []
    return [
      { question: ask({ id: idOf(notes), pick: 'several', options: notes }), options: [note], holds: true },
    ]
  }
  if (proxyHeading.test(when)) return [{ question: ask(proxy), options: proxy.options, holds: true }]
  const cases = unique(level.flatMap((other) => (isCase(other) && other.when !== null ? [other.when] : [])))
  const at = level.indexOf(group)
  // "除按上述要求报送外，还需": a later case asks for this one's entries too.
  const alsoAsking = level
    .slice(at + 1)
    .flatMap((later) =>
      later.when !== null && isCase(later) && besidesTheAbove.test(later.note ?? '') ? [later.when] : [],
    )
  return [
    {
      question: ask({ id: idOf(cases), pick: 'one', options: cases }),
      options: [when, ...alsoAsking],
      holds: true,
    },
  ]
}

function entryNeeds(
  group: MaterialGroup,
  all: readonly MaterialGroup[],
  ask: Ask,
): readonly (readonly Need[])[] {
  // Its condition says whom the service is for: a "no" would leave an empty list.
  const isAllThereIs = all.length === 1 && group.materials.length === 1
  if (isAllThereIs) return [[]]
  const conditions = distinct(group.materials.flatMap(({ when }) => (when === null ? [] : [when])))
  const question: Question = { id: idOf(conditions), pick: 'several', options: conditions }
  return group.materials.map((material) => {
    if (material.when !== null) {
      const same = conditions.filter((option) => sameWords(option) === sameWords(material.when ?? ''))
      return [{ question: ask(question), options: same, holds: true }]
    }
    if (proxyEntry.test(material.text)) return [{ question: ask(proxy), options: proxy.options, holds: true }]
    const replacing = conditions.filter((condition) => isLacked(condition, material))
    return [
      ...(isBroughtByProxy(material, group, all)
        ? [{ question: proxy.id, options: proxy.options, holds: false }]
        : []),
      ...(replacing.length > 0 ? [{ question: question.id, options: replacing, holds: false }] : []),
    ]
  })
}

/** True where whoever sends a proxy finds the same card in the proxy's list, under another name. */
function isBroughtByProxy(material: Material, group: MaterialGroup, all: readonly MaterialGroup[]): boolean {
  if (!material.text.startsWith('本人')) return false
  const thing = material.text.slice('本人'.length)
  const inside = group.when === null ? group.within : [...group.within, group.when]
  const proxys = all.filter(
    ({ when, within }) => when !== null && proxyHeading.test(when) && isSamePath(within, inside),
  )
  const entries = [...proxys.flatMap(({ materials }) => materials), ...group.materials.filter(isProxyEntry)]
  return entries.some(
    ({ text: words }) => words.includes(`委托人${thing}`) || words.includes(`参保人${thing}`),
  )
}

/** True where `condition` is that the visitor does not have what `material` asks for ("无法提供社保卡的"). */
function isLacked(condition: string, { text: words }: Material): boolean {
  const thing = lacking.exec(condition)?.[1]
  if (thing === undefined) return false
  const [holder, card] = thing.split(/有效证件(?:原件)?/u)
  if (card === undefined) return words.includes(thing)
  return words.startsWith(holder ?? '') && /身份证|社会保障卡/u.test(words)
}

const isProxyEntry = ({ text: words }: Material): boolean => proxyEntry.test(words)
const isSituation = ({ when }: MaterialGroup): boolean => when !== null && situation.test(when)
const isCase = ({ when }: MaterialGroup): boolean =>
  when !== null && !situation.test(when) && !wayOfHandingIn.test(when) && !proxyHeading.test(when)

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)]

/** Conditions by their words, the first spelling of each. */
function distinct(conditions: readonly string[]): readonly string[] {
  return [...new Map(conditions.toReversed().map((each) => [sameWords(each), each])).values()].toReversed()
}

const idOf = (options: readonly string[]): string => options.map(sameWords).join('|')

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index])
}

/** Outer questions before the inner ones that hang on them, else in the list's order. */
function inOrder(questions: readonly Question[], needs: Questionnaire['needs']): readonly Question[] {
  const depth = ({ id }: Question): number =>
    Math.min(
      ...needs.flatMap(({ group, entries }) =>
        [group, ...entries.map((entry) => [...group, ...entry])].flatMap((row) => {
          const at = row.findIndex(({ question, holds }) => question === id && holds)
          return at < 0 ? [] : [at]
        }),
      ),
    )
  return questions.toSorted((a, b) => depth(a) - depth(b))
}
