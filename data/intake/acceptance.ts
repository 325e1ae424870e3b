import type { Acceptance } from '../catalogue.ts'
import { dashClass } from './characters.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

const window = new RegExp(
  `每月\\s*(?:(\\d{1,2})日?\\s*${dashClass}{1,3}\\s*(\\d{1,2})日|(\\d{1,2})日\\s*(之前|以前|前|之后|以后|后|起))`,
  'g',
)

/**
 * The days of the month on which a service is accepted, from 办事时间 and 办理时限. Where several stand
 * there, the first is taken and a finding says so.
 */
export function parseAcceptance(
  hours: Field,
  limit: Field,
  reports: { hours: Report; limit: Report },
): Acceptance | null {
  const found = [
    ...windowsOf(hours, reports.hours).map((each) => ({ ...each, report: reports.hours })),
    ...windowsOf(limit, reports.limit).map((each) => ({ ...each, report: reports.limit })),
  ]
  const [first, ...others] = found
  if (!first) return null
  for (const other of others) {
    const same =
      other.acceptance.fromDay === first.acceptance.fromDay &&
      other.acceptance.toDay === first.acceptance.toDay
    if (same) continue
    other.report({
      severity: 'warning',
      rule: 'acceptance-several',
      line: other.line,
      message: `写了不止一个受理日期，本机按“${first.acceptance.text}”，这一个只在原文中显示。`,
      text: other.acceptance.text,
    })
  }
  reportEnds(first.acceptance, first.line, first.report)
  return first.acceptance
}

type Found = { readonly acceptance: Acceptance; readonly line: number }

function windowsOf(field: Field, report: Report): Found[] {
  return [...field.text.matchAll(window)].flatMap((match): Found[] => {
    const [text, from, to, single, side] = match
    const line = field.lineAt(match.index)
    const open = side !== undefined && /前/.test(side)
    const fromDay = Number(from ?? (open ? 1 : single))
    const toDay = Number(to ?? (open ? single : 31))
    if (!(fromDay >= 1 && toDay <= 31 && fromDay <= toDay)) {
      report({
        severity: 'error',
        rule: 'acceptance-days',
        line,
        message: '受理日期不存在，本机不采用。',
        text,
      })
      return []
    }
    return [{ acceptance: { fromDay, toDay, lastDayCertain: !open, text, field: field.name }, line }]
  })
}

function reportEnds(acceptance: Acceptance, line: number, report: Report): void {
  const { toDay, fromDay, lastDayCertain, text, field } = acceptance
  if (!lastDayCertain) {
    report({
      severity: 'info',
      rule: 'acceptance-last-day',
      line,
      message: `“${String(toDay)}日前”没有说明${String(toDay)}日当天是否受理，本机标明当天是否受理不确定。`,
      text,
    })
  }
  if (fromDay === 1 && toDay === 30) {
    report({
      severity: 'warning',
      rule: 'acceptance-day-31',
      line,
      message: '受理到30日为止，有31天的月份里31日是否受理没有说明，本机按31日不受理计算。',
      text,
    })
  }
  if (field === '办理时限') {
    report({
      severity: 'info',
      rule: 'acceptance-in-limit',
      line,
      message: '办理时限一栏写的是每月受理的日期，不是办理要多久，本机按受理日期使用。',
      text,
    })
  }
}
