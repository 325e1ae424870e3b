import type { FieldName } from '../catalogue.ts'

/** A line of the guide; `number` counts from 1. */
export type SourceLine = { readonly number: number; readonly text: string }

/**
 * `error`: the service cannot be shown right; `warning`: it is shown, but a person should look;
 * `info`: the intake assumed something and says so.
 */
export type Severity = 'error' | 'warning' | 'info'

/** Something in the guide a careful clerk would point out, or an assumption the intake made. */
export type Finding = {
  readonly severity: Severity
  /** Names the rule, kebab-case: `phone-digits`, `hours-colon`. */
  readonly rule: string
  /** Line of the guide, from 1; null where the finding is about no single line. */
  readonly line: number | null
  /** Title of the service, null where the finding is about the guide as a whole. */
  readonly service: string | null
  readonly field: FieldName | null
  /** What is wrong and what was done about it, in Chinese, for staff. */
  readonly message: string
  /** The guide's own words. */
  readonly text: string
}

/** Where a parser of one field says what it noticed; service and field are filled in by its caller. */
export type Report = (finding: Pick<Finding, 'severity' | 'rule' | 'line' | 'message' | 'text'>) => void
