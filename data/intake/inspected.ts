import type { Category, FieldName, Service } from '../catalogue.ts'
import type { GuideTable } from './document.ts'
import type { Fields } from './field.ts'
import type { FindingSink } from './findings.ts'
import type { Severity } from './source.ts'

/** A service as the clerk looks at it: what was read, and where it stands in the guide. */
export type InspectedService = {
  readonly service: Omit<Service, 'id' | 'readings' | 'synonyms'>
  readonly fields: Fields
  readonly table: GuideTable
  readonly category: Category
}

/**
 * Reports on one field of a service; `words` are the ones meant. The whole field is quoted where they are left
 * out, or where they are put together from parts that do not stand side by side in it.
 */
export function note(
  sink: FindingSink,
  { service, fields }: InspectedService,
  field: FieldName,
  finding: {
    readonly severity: Severity
    readonly rule: string
    readonly message: string
    readonly words?: string
  },
): void {
  const { severity, rule, message, words } = finding
  const whole = fields[field].text
  const stands = words !== undefined && (whole.includes(words) || squeeze(whole).includes(squeeze(words)))
  const text = (stands ? words : whole).replace(/\s+/g, ' ').slice(0, 120)
  const line = fields[field].lineOf(words ?? '')
  sink({ severity, rule, line, service: service.title, field, message, text })
}

const squeeze = (text: string): string => text.replace(/\s+/g, '')

/** Letters and digits of a text without list numbers, to compare what two texts say. */
export function lettersOf(text: string): string {
  return text.replace(/^[ \t]{0,20}\d{1,2}[.．、)）]/gm, '').replace(/[^\p{L}\p{N}]/gu, '')
}

/** Groups values by a key, in the order of their first appearance; an empty key stands for no group. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    if (key === '') continue
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

/** Line numbers for a message: "第3、17行", and how many more after ten. */
export function listLines(lines: readonly (number | null)[]): string {
  const known = [...new Set(lines.filter((line) => line !== null))]
  const shown = known.slice(0, 10).join('、')
  return `第${shown}行${known.length > 10 ? `等${String(known.length)}处` : ''}`
}
