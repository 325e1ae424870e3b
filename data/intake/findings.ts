import type { FieldName } from '../catalogue.ts'
import type { Finding, Report } from './source.ts'

export type FindingSink = (finding: Finding) => void

/** A field parser's Report that fills in whose finding it is. */
export function reportFor(sink: FindingSink, service: string, field: FieldName): Report {
  return (finding) => {
    sink({ ...finding, service, field })
  }
}

// Up to this many equal findings stand one by one, each with its service; more are told once.
const tellEach = 3

/** Rules whose finding says all that another's of the same field says, and more: the other is left out. */
const covers: ReadonlyMap<string, string> = new Map([
  ['field-misplaced', 'hours-fee'],
  ['office-room', 'place-room'],
  ['paper-online', 'channel-place'],
  ['place-owner', 'place-department'],
])

/** Routine notes, told once for the whole guide with all their lines. */
const routine: ReadonlyMap<string, (count: string, lines: string) => string> = new Map([
  [
    'acceptance-in-limit',
    (count, lines) =>
      `有${count}个事项的办理时限一栏写的是每月受理的日期，不是办理要多久（${lines}），本机按受理日期使用。`,
  ],
  ['material-joined', (count, lines) => `有${count}行与上一行本是一项（${lines}），已并入上一行。`],
  ['material-split', (count, lines) => `有${count}行写了不止一项（${lines}），已分开。`],
  [
    'phone-area-inherited',
    (count, lines) => `有${count}个号码没有写区号（${lines}），已沿用前一个号码的区号。`,
  ],
])

/**
 * Findings in the order of the guide's lines, those about no line first, and one finding a fault: what
 * another finding says as well is left out, routine notes are gathered, and where the same slip stands word
 * for word in more than three services it is told once, at its first line, naming the others. Errors are
 * never folded together.
 */
export function arrangeFindings(findings: readonly Finding[]): Finding[] {
  const alike = new Map<string, Finding[]>()
  for (const finding of withoutCovered(findings)) {
    const { severity, rule, field, message, text } = finding
    const key = routine.has(rule)
      ? rule
      : JSON.stringify(severity === 'error' ? finding : [severity, rule, field, message, text])
    const list = alike.get(key)
    if (list) list.push(finding)
    else alike.set(key, [finding])
  }
  return [...alike.values()].flatMap(fold).sort(inGuideOrder)
}

function withoutCovered(findings: readonly Finding[]): Finding[] {
  const keyOf = (rule: string, { service, field }: Finding): string => JSON.stringify([rule, service, field])
  const covered = new Set(
    findings.flatMap((finding) => {
      const other = covers.get(finding.rule)
      return other === undefined ? [] : [keyOf(other, finding)]
    }),
  )
  return findings.filter((finding) => !covered.has(keyOf(finding.rule, finding)))
}

function fold(group: readonly Finding[]): readonly Finding[] {
  const distinct = [
    ...new Map(
      group.map((finding) => [
        JSON.stringify([finding.line, finding.service, finding.message, finding.text]),
        finding,
      ]),
    ).values(),
  ]
  const sorted = distinct.sort(inGuideOrder)
  const [first, ...others] = sorted
  if (!first || others.length === 0 || first.severity === 'error') return sorted
  const gather = routine.get(first.rule)
  if (gather) {
    const message = gather(String(sorted.length), linesOf(sorted))
    return [{ ...first, service: null, message }]
  }
  if (others.length < tellEach) return sorted
  const message = `${first.message}（另有${String(others.length)}处相同：${linesOf(others)}）`
  return [{ ...first, message }]
}

const linesOf = (findings: readonly Finding[]): string =>
  `第${[...new Set(findings.flatMap(({ line }) => line ?? []))].join('、')}行`

const severityRank = { error: 0, warning: 1, info: 2 } as const

function inGuideOrder(a: Finding, b: Finding): number {
  return (
    (a.line ?? 0) - (b.line ?? 0) ||
    severityRank[a.severity] - severityRank[b.severity] ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  )
}
