import { nestingOf, saysSomething } from './materials-lines.ts'
import { demandVerb, obligation } from './materials-words.ts'

/** Conditions stand at the start of an entry; looking no further keeps the reading linear. */
const reach = 160

const clause = '[^，,；;。：:（()）]'

/** "无法提供社保卡的，需携带…", "通过网上经办的还需填写…" */
const ofThoseWho = new RegExp(`^(?<when>${clause}{1,120}?的)(?:[，,]|(?=${obligation}|提供|提交))`)
/** "如参加…活动，…", "如由…代办提供…" */
const ifClause = new RegExp(`^如果?(?<when>${clause}{2,80}?)(?:[，,]|(?=${obligation}|提供|提交|携带))`)
/** "本人调档，需提供…", "疆外户籍人员需提供…" */
const obliged = new RegExp(
  `^(?<when>${clause}{2,120}?)(?:[，,](?=${obligation})|(?=${obligation}${demandVerb}))`,
)
/** "外出工作或开会期间受伤者，…", "通过…取得…资格的专业技术人员，…" */
const person = new RegExp(
  `^(?<when>${clause}{2,120}?(?:受伤者|死亡者|的${clause}{0,8}(?:人员|职工|单位|者)))[，,]`,
)
/** "在职职工死亡退付个人账户提供…" */
const plainDemand = new RegExp(`^(?<when>${clause}{4,60}?)(?:提供|提交)`)
/** "（…，工作站博士后人员提供）", "（有代理人则提供）" */
const inBrackets = /[（(，,](?<when>[^（()），,；;。：:、]{2,30}?)(?:则|时|才|方|需|则需)?提供[）)]/

/** Who is always meant: a demand on one of these is no condition. */
const everybody =
  /^(?:本人|申请人|申报人|单位|用人单位|企业|参保人|参保人员|伤者|伤者本人|职工|持证人|报考人员|存档人员|家属|同时|并且|而且|此外|另外|一般|原则上|首先)$|^其中/
/** "报名截止日期前需…" says when, not in which case. */
const momentInTime = /[前后内]$/
/** One who brings something, as against a case in which it is brought. */
const actor = /(?:者|人|员|单位|企业|机构|部门|法人|家属|学校|院校|公司|双方|工会|伤者|职工)$/
const qualifiedActor = /^(?:计划|拟|已|未|新|因)|的.{0,8}$/

/** The condition on one entry, quoted from its text ("属于职业病的"), or null. */
export function conditionOf(text: string): string | null {
  const start = text.slice(0, reach)
  const quoted = (pattern: RegExp) => {
    const words = pattern.exec(start)?.groups?.['when']
    return words !== undefined && saysSomething(words) ? words : null
  }
  const condition = quoted(ifClause) ?? quoted(ofThoseWho)
  if (condition) return condition
  const demanded = quoted(obliged)
  if (
    demanded &&
    !everybody.test(demanded) &&
    !momentInTime.test(demanded) &&
    !/提供|提交|携带|不/.test(demanded)
  ) {
    return demanded
  }
  const named = quoted(person)
  if (named) return named
  const plain = quoted(plainDemand)
  if (plain && !/^[《“同并且还另再其]/.test(plain) && (!actor.test(plain) || qualifiedActor.test(plain))) {
    return plain
  }
  const aside = quoted(inBrackets)
  return aside && !aside.includes('不') ? aside : null
}

const demand = new RegExp(demandVerb)
const applicant = '企业|机关|事业单位|机关事业单位|个人|法人|自然人|社会组织|社会团体|个体工商户'
const demandOnApplicant = new RegExp(`^(?<who>${applicant})(?:还|均|也)?(?<verb>${obligation}?${demandVerb})`)

/** One of two demands that stand side by side, with its condition. */
export type Demand = { readonly text: string; readonly when: string | null }

/**
 * The demands of a text: two where conditional ones stand side by side ("计划设立的…提供…，已设立…提交…",
 * "企业上传…，事业单位上传…"), else one. Only the comma between two of them is left out.
 */
export function demandsOf(text: string): Demand[] {
  const whole = [{ text, when: conditionOf(text) }]
  const first = sideOf(text.slice(0, reach))
  if (!first) return whole
  const { depth } = nestingOf(text)
  for (let at = first.when.length + 2; at < Math.min(text.length, 2 * reach); at += 1) {
    if ((text[at] !== '，' && text[at] !== ',') || depth[at]) continue
    const second = sideOf(text.slice(at + 1, at + 1 + reach).trimStart())
    if (!second || second.verb !== first.verb || !demand.test(text.slice(first.when.length, at))) continue
    return [
      { text: text.slice(0, at), when: first.when },
      { text: text.slice(at + 1), when: second.when },
    ]
  }
  return whole
}

/** Who must bring something in which case at the start of `text`; `verb` is set where kinds of applicants differ. */
function sideOf(text: string): { when: string; verb: string | null } | null {
  const { who, verb: asked } = demandOnApplicant.exec(text)?.groups ?? {}
  if (who !== undefined && asked !== undefined) return { when: who, verb: asked }
  const when = conditionOf(text)
  return when && text.startsWith(when) && demand.test(text.slice(when.length)) ? { when, verb: null } : null
}
