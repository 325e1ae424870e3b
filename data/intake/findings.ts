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

/**
 * Findings in the order of the guide's lines, those about no line first. Where the same slip stands
 * word for word in more than three services, it is told once, at its first line, naming the others;
 * errors are never folded together.
 */
export function arrangeFindings(findings: readonly Finding[]): Finding[] {
  const alike = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key =
      finding.severity === 'error'
        ? JSON.stringify(finding)
        : JSON.stringify([finding.severity, finding.rule, finding.field, finding.message, finding.text])
    const list = alike.get(key)
    if (list) list.push(finding)
    else alike.set(key, [finding])
  }
  return [...alike.values()].flatMap(fold).sort(inGuideOrder)
}

function fold(group: readonly Finding[]): readonly Finding[] {
  const distinct = [
    ...new Map(
      group.map((finding) => [`${String(finding.line)} ${finding.service ?? ''}`, finding]),
    ).values(),
  ]
  const sorted = distinct.sort(inGuideOrder)
  const [first, ...others] = sorted
  if (!first || others.length < tellEach || first.severity === 'error') return sorted
  const lines = others.map((finding) => String(finding.line ?? '')).filter((line) => line !== '')
  return [
    {
      ...first,
      message: `${first.message}（另有${String(others.length)}处相同：第${lines.join('、')}行）`,
    },
  ]
}

const severityRank = { error: 0, warning: 1, info: 2 } as const

function inGuideOrder(a: Finding, b: Finding): number {
  return (
    (a.line ?? 0) - (b.line ?? 0) ||
    severityRank[a.severity] - severityRank[b.severity] ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  )
}
