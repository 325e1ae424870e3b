import type { Phone } from '../catalogue.ts'
import { dashClass } from './characters.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

type Found = {
  readonly at: number
  readonly end: number
  readonly area: string | null
  readonly digits: string
}

const withArea = new RegExp(
  `(?<![\\d.])[（(]?(0(?:10|2\\d|[3-9]\\d{2}))[）)]?\\s*(?:${dashClass}{1,3}|\\s|(?<=[）)]))\\s*(\\d{5,9})(?!\\d)`,
  'g',
)
// What may stand between two numbers that share an area code.
const following = /^\s*[、,，/；;\s]\s*(\d{5,9})(?!\d)/
const service = /(?<![\d.—\-/])(?:12\d{3}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4})(?![\d.])/g
const bare = /(?<![\d.—\-/〔﹝])\d{6,8}(?![\d.号年元〕﹞])/g

/**
 * The telephone numbers of a field, each once, as dialled.
 *
 * @param scope `all` where the field is for numbers; `clear` where it is not (materials), so that only a
 * number with its area code counts as one.
 */
export function parsePhones(
  field: Field,
  use: Phone['use'],
  scope: 'all' | 'clear',
  report: Report,
): Phone[] {
  const text = field.text.replace(/https?:\/\/[^\s（）()]*|www\.[^\s（）()]*/gi, (url) =>
    ' '.repeat(url.length),
  )
  const found = collect(text, scope)
  const phones = found.map((each, index): Phone => {
    const number = each.area === null ? each.digits : `${each.area}-${each.digits}`
    const plausible = isPlausible(each.area, each.digits)
    const owner = each.area === null ? ownLabel(text, each) : ownerOf(text, found, index)
    const line = field.lineAt(each.at)
    if (!plausible) {
      report({
        severity: 'warning',
        rule: 'phone-digits',
        line,
        message: `电话号码位数不对（区号后有${String(each.digits.length)}位），本机照原样显示，不作为可拨打的号码。`,
        text: field.text.slice(each.at, each.end).trim(),
      })
    } else if (each.area !== null && !/^[（(]?0/.test(text.slice(each.at, each.end).trim())) {
      report({
        severity: 'info',
        rule: 'phone-area-inherited',
        line,
        message: `号码没有写区号，已沿用前一个号码的区号，按 ${number} 显示。`,
        text: field.text.slice(each.at, each.end).trim(),
      })
    } else if (each.area === null && /^\d{7,8}$/.test(each.digits)) {
      report({
        severity: 'warning',
        rule: 'phone-area-code',
        line,
        message: '号码没有写区号，前面也没有可沿用的区号，本机照原样显示。',
        text: each.digits,
      })
    }
    return { number, owner, use, plausible }
  })
  return phones.filter((phone, index) => phones.findIndex((other) => other.number === phone.number) === index)
}

function collect(text: string, scope: 'all' | 'clear'): Found[] {
  const found: Found[] = []
  for (const match of text.matchAll(withArea)) {
    const area = match[1] ?? ''
    let end = match.index + match[0].length
    found.push({ at: match.index, end, area, digits: match[2] ?? '' })
    for (
      let more = following.exec(text.slice(end, end + 24));
      more;
      more = following.exec(text.slice(end, end + 24))
    ) {
      const digits = more[1] ?? ''
      const at = end + more[0].length - digits.length
      end += more[0].length
      if (!/^1\d{4}$/.test(digits)) found.push({ at, end, area, digits })
    }
  }
  const numbers = scope === 'all' ? [service, bare] : []
  for (const pattern of numbers) {
    for (const match of text.matchAll(pattern)) {
      const at = match.index
      const end = at + match[0].length
      if (!found.some((each) => at < each.end && end > each.at))
        found.push({ at, end, area: null, digits: match[0] })
    }
  }
  return [...shareAreaCode(text, found)].sort((a, b) => a.at - b.at)
}

/** A number behind another's bracket ("0991—3689915（…）、3689900（…）") takes that one's area code. */
function shareAreaCode(text: string, found: readonly Found[]): Found[] {
  const ordered = [...found].sort((a, b) => a.at - b.at)
  return ordered.reduce<Found[]>((done, each) => {
    const before = done.at(-1)
    const between = before ? text.slice(before.end, each.at) : ''
    const joined = /^\s*[（(][^（）()\n]{0,40}[）)]\s*[、,，；;\s]\s*$/.test(between)
    const inherits =
      each.area === null && /^\d{6,8}$/.test(each.digits) && joined && (before?.area ?? null) !== null
    done.push(inherits && before ? { ...each, area: before.area } : each)
    return done
  }, [])
}

function isPlausible(area: string | null, digits: string): boolean {
  if (area === null) return /^(?:12\d{3}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|[2-9]\d{6,7})$/.test(digits)
  const length = area.length === 3 ? digits.length === 8 : digits.length === 7 || digits.length === 8
  return length && /^[2-9]/.test(digits)
}

/** Whose a number is: the bracket behind it or behind the numbers it is listed with, else the label before it. */
function ownerOf(text: string, found: readonly Found[], index: number): string | null {
  let end = found[index]?.end ?? 0
  for (let next = index + 1; next < found.length; next++) {
    const following = found[next]
    if (!following || !/^[、,，/；;\s]*$/.test(text.slice(end, following.at))) break
    end = following.end
  }
  const bracket = /^\s*[（(]([^（）()\n]{1,40})[）)]/.exec(text.slice(end, end + 60))?.[1]
  const self = found[index]
  return bracket?.trim() ?? (self ? ownLabel(text, self) : null)
}

/** "自治区社会保障卡管理中心：0991-2339871" → the centre; a label that only says "咨询电话" names nobody. */
function ownLabel(text: string, each: Found): string | null {
  const lineStart = text.lastIndexOf('\n', each.at - 1) + 1
  const before = text.slice(Math.max(lineStart, each.at - 60), each.at)
  const person = /联系人[：:]\s*([^\s\d：:，,；;。]{2,12})\s*$/.exec(before)?.[1]
  if (person !== undefined) return person
  const label = /([^\s：:；;。，,]{2,40})[：:]\s*$/.exec(before)?.[1]?.replace(/^\d{1,2}[.．、]/, '')
  return label === undefined || /(?:电话|热线|号码|咨询|查询|联系方式)$/.test(label) ? null : label
}
