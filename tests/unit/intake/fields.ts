import type { FieldName } from '../../../data/catalogue.ts'
import { readField, type Field } from '../../../data/intake/field.ts'
import type { Finding, Report } from '../../../data/intake/source.ts'

/** A field as it would stand in a guide, its value beginning at line 11. */
export function fieldOf(name: FieldName, value: string): Field {
  const lines = `\t${value}`.split('\n').map((text, index) => ({ number: 11 + index, text }))
  return readField(name, { heading: { number: 10, text: `\t${name}` }, lines }, 1)
}

/** A Report that keeps what it is told. */
export function listen(): {
  readonly report: Report
  readonly heard: Parameters<Report>[0][]
  rules: () => string[]
} {
  const heard: Parameters<Report>[0][] = []
  return { report: (finding) => heard.push(finding), heard, rules: () => heard.map(({ rule }) => rule) }
}

/** The findings of one rule. */
export const ofRule = (findings: readonly Finding[], rule: string): Finding[] =>
  findings.filter((finding) => finding.rule === rule)
