import * as v from 'valibot'
import type { Service } from './catalogue.ts'

/** For whom a visitor has come: for themselves or their family, or for their employer. */
export const audiences = ['person', 'employer'] as const

export type Audience = (typeof audiences)[number]

/**
 * What brings visitors here, in their own words, for those who do not know what their service is called.
 *
 * A service belongs to every situation of which its title has a word. `audience`: whom alone the situation is
 * shown to, because others would put it differently; both where it is left out.
 */
export const situationsSchema = v.object({
  format: v.literal(1),
  situations: v.array(
    v.object({
      id: v.string(),
      title: v.pipe(v.string(), v.nonEmpty()),
      audience: v.optional(v.picklist(audiences)),
      words: v.array(v.pipe(v.string(), v.nonEmpty())),
    }),
  ),
})

export type Situations = v.InferOutput<typeof situationsSchema>

/** The services of one situation, in the guide's order. `title` is null for those no situation claims. */
export type Situation = {
  readonly id: string
  readonly title: string | null
  readonly services: readonly Service[]
}

/** The id under which services that no situation claims are found. */
export const otherSituation = 'other'

/** The services of `audience` by situation, in the order of `situations`, empty ones left out, unclaimed ones last. */
export function situationsFor(
  { situations }: Situations,
  services: readonly Service[],
  audience: Audience,
): readonly Situation[] {
  const theirs = services.filter((service) => audiencesOf(service).includes(audience))
  const groups = situations
    .filter((situation) => situation.audience === undefined || situation.audience === audience)
    .map(({ id, title, words }) => ({
      id,
      title,
      services: theirs.filter((service) => words.some((word) => service.title.includes(word))),
    }))
  const claimed = new Set(groups.flatMap((group) => group.services))
  const unclaimed = theirs.filter((service) => !claimed.has(service))
  return [...groups, { id: otherSituation, title: null, services: unclaimed }].filter(
    (group) => group.services.length > 0,
  )
}

/** Titles of what only an employer, an institution or an agency does, whomever it is about. */
const employersBusiness =
  /设立|许可|机构|注销|工时|备案|稳岗|设站|基地|评审委员会|集体合同|招聘工作方案|社会保险登记|工伤登记|（项目）|增减|缴费申报|费缴纳|查（借）阅/u

/** Titles of what a person receives or has to know of, though an employer may have to apply for it. */
const personsBusiness =
  /退休|待遇|补助金|抚恤|个人|职工(?:养老|社会保险费断缴)|毕业生|招聘(?:周|会)|社会保障卡/u

/** The guide's words for an employer who applies or has to join in. */
const employersPart =
  /单位(?:或|和|统一|填报|公章|公示|恢复|参保|《)|的单位(?!职工)|行业单位|参保单位|工作单位|用人单位|企事业单位登|法人|企业(?:申请|应提供)|营业执照|机构代码|花名册|核定表|编制(?:部门|使用)|办班|鉴定机构$/mu

/** The guide's words for a person who applies or brings papers of their own. */
const personsPart =
  /本人|个人|家属|伤者|被鉴定人|申请人身份证|供养亲属|工伤职工|工亡职工|（亡）职工|公民|劳动者|报考人员|参保人员|退休(?:人员|职工)|专业技术人员|求职/u

/**
 * Whom a service is for, judged by its title, its 事项简述, its 办理材料 and their cases; both where that says
 * both or leaves it open, never neither.
 */
export function audiencesOf({ title, fields, materials }: Service): readonly Audience[] {
  const words = [
    fields.事项简述,
    fields.办理材料,
    ...materials.flatMap(({ when, within }) => [when ?? '', ...within]),
  ].join('\n')
  const employer = employersBusiness.test(title) || employersPart.test(words)
  const person = personsBusiness.test(title) || (personsPart.test(words) && !employersBusiness.test(title))
  if (employer === person) return audiences
  return employer ? ['employer'] : ['person']
}
