import type { FieldName } from '../catalogue.ts'

/** A line of the guide; `number` counts from 1. */
export type SourceLine = { readonly number: number; readonly text: string }

/**
 * How much a fault costs the visitor. One rule has one severity, but where a service loses a whole field or
 * table it needs, which makes it an error.
 *
 * `error`: the service cannot be shown right.
 * `warning`: a visitor could be misled or not helped by what is shown. Something is missing that one needs to
 * know what to bring, where to go, when, whom to ring or what it costs; two places contradict each other; or
 * the words could mean something else.
 * `info`: the reading is safe. The guide's form is irregular, or the intake assumed something that changes
 * nothing a visitor does.
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
  /** The guide's own words, as they stand there but for white space; empty where a line is meant, not words. */
  readonly text: string
  /** Set where `text` lists the guide's different ways of writing one thing instead of quoting a place. */
  readonly variants?: true
  /** The cell of the workbook it is about ("C15"), where the guide came as one. */
  readonly cell?: string
  /** Set where the edition in force has the same: nothing that came with this one. */
  readonly known?: true
}

/** Where a parser of one field says what it noticed; service and field are filled in by its caller. */
export type Report = (finding: Pick<Finding, 'severity' | 'rule' | 'line' | 'message' | 'text'>) => void
