import type { Hours } from '../catalogue.ts'
import { dashClass } from './characters.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

const clock = '(\\d{1,2}\\s*[:：]\\s*\\d{2}|\\d{4})'
const range = new RegExp(`${clock}\\s*${dashClass}{1,3}\\s*${clock}(?:\\s*[（(]([^（）()]{1,8})[）)])?`, 'g')
const acceptanceWords =
  /每月\s*\d{1,2}日?(?:[^，。；\n]{0,6}?\d{1,2})?日?(?:之前|以前|前|之后|以后|后)?(?:的|，)?/g

type Session = Hours['sessions'][number]

/** Opening hours of 办事时间. Where they cannot be read, `sessions` is empty, `days` null, and a finding says so. */
export function parseHours(field: Field, report: Report): Hours {
  const { text } = field
  const sessions: Session[] = []
  const taken: { from: number; to: number }[] = []
  for (const match of text.matchAll(range)) {
    const session = readSession(match, text, field, report)
    taken.push({ from: match.index, to: match.index + match[0].length })
    if (session) sessions.push(session)
  }
  if (sessions.length === 0) return { text, days: null, sessions, remarks: withoutSessions(field, report) }
  const days = /工作日|周一至周五/.test(text) ? 'workdays' : null
  if (days === null) {
    report({
      severity: 'warning',
      rule: 'hours-days',
      line: field.lineAt(0),
      message: '写了钟点，没有写是工作日，本机不计算是否开门。',
      text: text.split('\n')[0] ?? '',
    })
  }
  reportSeasons(sessions, field, report)
  return { text, days, sessions, remarks: remarksOf(field, taken, report) }
}

function readSession(match: RegExpMatchArray, text: string, field: Field, report: Report): Session | null {
  const line = field.lineAt(match.index ?? 0)
  const times = [match[1] ?? '', match[2] ?? ''].map((written) => {
    const digits = written.replace(/\D/g, '').padStart(4, '0')
    const time = `${digits.slice(0, 2)}:${digits.slice(2)}`
    if (/^\d{4}$/.test(written)) {
      report({
        severity: 'warning',
        rule: 'hours-colon',
        line,
        message: `钟点少写了冒号，本机按 ${time} 读取。`,
        text: match[0].trim(),
      })
    }
    return time
  })
  const [from = '', to = ''] = times
  const valid = times.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time))
  if (!valid || from >= to) {
    report({
      severity: 'error',
      rule: 'hours-range',
      line,
      message: valid ? '结束的钟点不晚于开始的钟点，本机不采用这一段。' : '钟点不存在，本机不采用这一段。',
      text: match[0].trim(),
    })
    return null
  }
  return { from, to, season: seasonOf(match, text) }
}

function seasonOf(match: RegExpMatchArray, text: string): Session['season'] {
  const before =
    /(冬季|夏季|冬令时|夏令时)[）)]?[：:]?\s*$/.exec(text.slice(0, match.index).slice(-8))?.[1] ?? ''
  const words = match[3] ?? before
  if (/冬/.test(words)) return 'winter'
  return /夏/.test(words) ? 'summer' : null
}

function reportSeasons(sessions: readonly Session[], field: Field, report: Report): void {
  const seasons = new Set(sessions.map((session) => session.season))
  if (seasons.has('winter') === seasons.has('summer')) return
  report({
    severity: 'warning',
    rule: 'hours-season',
    line: field.lineAt(0),
    message: `只写了${seasons.has('winter') ? '冬季' : '夏季'}的钟点，另一季没有写，本机那一季只按写明的时段计算。`,
    text: field.text.replace(/\s+/g, ' '),
  })
}

/** What the field says beside its hours: a bank's own hours, whose hours they are. */
function remarksOf(field: Field, taken: readonly { from: number; to: number }[], report: Report): string[] {
  const blanked = blank(field.text, taken)
  const rest = blank(
    blanked,
    [...blanked.matchAll(acceptanceWords)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
    })),
  )
  const remarks: string[] = []
  let offset = 0
  for (const line of rest.split('\n')) {
    const said = line
      .replace(/工作日|周一至周五|上午|下午|[（(]?[冬夏](?:季|令时)[）)]?/g, ' ')
      .replace(/[\s、，,；;。：:]+/g, (run) => (/\S/.test(run) ? run.trim() : ' '))
      .replace(/^[ 、，,；;。：:]+/, '')
      .replace(/(?<![ 、，,；;。：:的])[ 、，,；;。：:的]+$/, '')
    if (/[\p{Script=Han}A-Za-z0-9]/u.test(said)) {
      remarks.push(said.replace(/\s+/g, ' '))
      const words = field.text.slice(offset, offset + line.length).trim()
      reportRemark({ said, words }, field.lineAt(offset), report)
    }
    offset += line.length + 1
  }
  return remarks
}

/** `said` is what stands beside the hours, `words` the line it stands in. */
function reportRemark(
  { said, words }: { readonly said: string; readonly words: string },
  line: number,
  report: Report,
): void {
  const say = (severity: 'warning' | 'info', rule: string, message: string): void => {
    report({ severity, rule, line, message, text: words })
  }
  if (/银行|公布/.test(said)) {
    say('info', 'hours-elsewhere', '另有一处按自己公布的时间营业，本机显示这句话，不计算它是否开门。')
  } else if (/(?:局|厅|处|院|中心|委员会)$/.test(said)) {
    say('warning', 'hours-office', `钟点前写的是“${said}”，请核对是否就是办理的部门，本机作为说明显示。`)
  } else {
    say('info', 'hours-label', `钟点前后还写了“${said}”，本机作为说明显示。`)
  }
}

/** A field with no hours in it: a bank's own hours are a remark; anything else is in the wrong place. */
function withoutSessions(field: Field, report: Report): string[] {
  const { text } = field
  const finding = { line: field.lineAt(0), text: text.replace(/\s+/g, ' ').slice(0, 120) }
  if (text === '') return []
  if (/公布|为准|银行|网点/.test(text)) {
    report({
      ...finding,
      severity: 'info',
      rule: 'hours-elsewhere',
      message: '没有写钟点，本机照原文显示，不计算是否开门。',
    })
    return [text]
  }
  const fee = /收费|\d{1,5}\s?元|计价费/.test(text)
  report({
    ...finding,
    severity: 'warning',
    rule: fee ? 'hours-fee' : 'hours-unreadable',
    message: fee
      ? '办事时间一栏写的是收费规定，没有钟点，本机不显示开放时间，也不计算是否开门。'
      : '办事时间一栏读不出钟点，本机照原文显示，不计算是否开门。',
  })
  return fee ? [] : [text]
}

/** The text with the given ranges overwritten by spaces, so that offsets stay. */
function blank(text: string, ranges: readonly { from: number; to: number }[]): string {
  let done = ''
  let at = 0
  for (const { from, to } of ranges) {
    done += text.slice(at, from) + text.slice(from, to).replace(/[^\n]/g, ' ')
    at = to
  }
  return done + text.slice(at)
}
