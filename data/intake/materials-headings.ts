import { saysSomething } from './materials-lines.ts'
import { demandVerb, obligation } from './materials-words.ts'
import { readMark, skipSpaces, type Mark } from './numbering.ts'

/** The heading of a case: its words apart from its demand, and where in the text it ends. */
export type Heading = {
  readonly when: string | null
  readonly note: string | null
  /** Index of the first character after the heading. */
  readonly end: number
  /** False where only the wording shows that it is a heading, for it has no colon. */
  readonly colon: boolean
  /** False where the heading's last word runs on into its first entry ("还需上报本单位…"): no list mark can stand there. */
  readonly closed: boolean
}

/** Where a text may turn out to be a heading. */
export type HeadingPlace = {
  readonly text: string
  /** Bracket depth of each character of `text`. */
  readonly depth: readonly number[]
  readonly start: number
  readonly mark: Mark | null
  /** True at the start of a line or behind a mark; elsewhere only a list behind the colon makes a heading. */
  readonly leads: boolean
  /** True where another line follows: a heading heads something. */
  readonly moreFollows: boolean
}

const reach = 120

const besides = `除[^，,。；;：:除]{2,40}外[，,]?${obligation}${demandVerb}[：:]?`

const label = /(?:联系人|联系电话|联系方式|电话|网址|网站|邮箱|地址|^注|^备注|^说明|^温馨提示)$/
const according = /^(?:还应|还需)?根据[^，,。；;：:]{0,8}情况[，,]?/
const demanded = new RegExp(`[，,]?${obligation}${demandVerb}|(?:提供|提交|携带)(?:以下|下列|如下)`)
/** A heading that says what is done names no case; 上报 and 报送 do not count, for they name materials ("上报材料"). */
const saysWhatIsDone = /提供|提交|携带|准备|填写|填报|出示|上传|递交/
const besidesAtStart = new RegExp(`^${besides}`)
const caseBesides = new RegExp(`^(?<when>[^，,。；;：:除]{2,40})(?<note>${besides})`)
const accordingTo =
  /^(?<when>(?:还应|还需)?根据[^，,。；;：:]{0,8}情况)[，,]?(?<note>[^。；;]{0,40}(?:提供|提交)[^。；;]{0,40}(?:材料|资料)(?:（[^（）]{0,30}）)?[：:；;。]?)$/

/** The case and the demand of a heading's words: "改派报到证" and "需提供以下材料". */
function splitCase(words: string): { when: string | null; note: string | null } {
  const cut = (at: number) =>
    saysSomething(words.slice(0, at))
      ? {
          when: words.slice(0, at).replace(/[，,、\s]+$/, ''),
          note: words.slice(at).replace(/^[，,、\s]+/, ''),
        }
      : { when: null, note: words }
  const byCircumstance = according.exec(words)
  if (byCircumstance && byCircumstance[0].length < words.length) return cut(byCircumstance[0].length)
  const asked = demanded.exec(words)
  if (asked) return cut(asked.index)
  return saysWhatIsDone.test(words) ? { when: null, note: words } : { when: words, note: null }
}

/** The heading that begins at `place.start`, or null where what begins there is an entry. */
export function headingAt(place: HeadingPlace): Heading | null {
  const { text, depth, start, leads } = place
  const window = text.slice(start, start + reach)
  let first = true
  for (let at = start; at < Math.min(text.length, start + reach); at += 1) {
    const sign = text.charAt(at)
    if (depth[at]) continue
    if (/[；;。]/.test(sign)) break
    if (!/[：:]/.test(sign) || text[at + 1] === '/') continue
    const words = text.slice(start, at)
    if (label.test(words) || !saysSomething(words)) return null
    const rest = skipSpaces(text, at + 1)
    const heading = (end: number): Heading => {
      const { when, note } = splitCase(words)
      return { when, note: note === null ? null : note + sign, end, colon: true, closed: true }
    }
    if (readMark(text, rest)) return heading(rest)
    if (!leads) continue
    if (rest >= text.length) return place.moreFollows ? heading(rest) : null
    if (!first) continue
    first = false
    const extra = besidesAtStart.exec(text.slice(rest, rest + reach))
    if (extra) {
      const note = extra[0]
      return { when: words, note, end: rest + note.length, colon: true, closed: /[：:]$/.test(note) }
    }
    if (/(?:材料|资料|证件|文件|手续)$/.test(words) && listFollows(place, rest)) return heading(rest)
  }
  if (!leads) return null
  const besidesCase = place.mark?.style === 'chinese' ? caseBesides.exec(window)?.groups : undefined
  if (besidesCase && saysSomething(besidesCase['when'] ?? '')) {
    const { when = '', note = '' } = besidesCase
    return { when, note, end: start + when.length + note.length, colon: false, closed: /[：:]$/.test(note) }
  }
  const fits = place.moreFollows && text.length - start <= reach
  const groups = fits ? accordingTo.exec(window)?.groups : undefined
  if (!groups) return null
  const { when = null, note = null } = groups
  return { when, note, end: text.length, colon: false, closed: true }
}

/** True where a semicolon comes before the next sentence: "…材料：个人身份基本信息；学习经历…" */
function listFollows({ text, depth }: HeadingPlace, from: number): boolean {
  for (let at = from; at < Math.min(text.length, from + reach); at += 1) {
    if (depth[at]) continue
    if (/[；;]/.test(text.charAt(at))) return at + 1 < text.length
    if (text.charAt(at) === '。') return false
  }
  return false
}
