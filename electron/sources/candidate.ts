import { parse, type ParseError } from 'jsonc-parser'
import * as v from 'valibot'
import { wallClock } from '../../data/calendar.ts'
import { catalogueSchema, fieldNames, type Catalogue, type Service } from '../../data/catalogue.ts'
import { planName, type EditionFiles } from '../../data/edition/files.ts'
import { importWith, nextEdition, readInputs, type IntakeInputs } from '../../data/intake/inputs.ts'
import type { Finding } from '../../data/intake/source.ts'
import { questionWordsSchema } from '../../data/questions.ts'
import { siteFileSchema } from '../../data/site.ts'
import { situationsSchema } from '../../data/situations.ts'
import { type Candidate, type Origin, type Refusal, refuse } from '../../data/sources.ts'
import { topicsSchema } from '../../data/topics.ts'
import { translationsSchema } from '../../data/translations.ts'
import { findProblem } from '../content-checks.ts'

/** What a source is held against, and what goes with the edition that comes of it. */
export type SourceContext = {
  /** The texts of the edition in force. */
  readonly files: EditionFiles
  readonly now: Date
  /** The file's name, and the SHA-256 of its bytes in hexadecimal. */
  readonly name: string
  readonly sha256: string
}

/** A guide's text read against the edition in force: catalogue and findings, nothing decided yet. */
export type ReadGuide = {
  readonly kind: 'read'
  readonly catalogue: Catalogue
  readonly findings: readonly Finding[]
}

/**
 * Reads a guide's text with all that `files` bring for it (ids, site, readings, everyday words). `previous`
 * says which services have which ids, where the source itself says so.
 */
export function readGuide(
  text: string,
  context: SourceContext,
  files: EditionFiles = context.files,
  previous?: IntakeInputs['previous'],
): ReadGuide | Refusal {
  const inputs = readInputs(files)
  if (inputs.kind === 'unusable') return refuse('contradicts', { file: inputs.file, problem: inputs.problem })
  const today = wallClock(context.now, inputs.site.timeZone).date
  const known = previous === undefined ? inputs : { ...inputs, previous }
  const named = {
    file: context.name,
    sha256: context.sha256,
    edition: nextEdition(inputs.previous, today),
  }
  return { kind: 'read', ...importWith(text, known, named) }
}

/**
 * The whole edition that comes of changed texts, checked against its schemas, itself and the world; the very
 * texts in force where nothing a kiosk shows or an intake reads has changed.
 */
export function candidateOf(
  changed: EditionFiles,
  context: SourceContext,
  origin: Origin,
  findings: readonly Finding[],
): Candidate | Refusal {
  const { files: inForce, name, sha256 } = context
  const merged: EditionFiles = { ...inForce, ...changed }
  const candidate = { kind: 'candidate', origin, sourceName: name, sha256 } as const
  if (saysTheSame(merged, inForce)) return { ...candidate, files: inForce, findings }
  const refusal = checkFiles(merged)
  if (refusal) return refusal
  const told = origin === 'parts' ? findings : newFirst(findings, context)
  return { ...candidate, files: merged, findings: told }
}

/** Findings with those first that the edition in force does not have: a guide brings hundreds of old ones along. */
function newFirst(findings: readonly Finding[], context: SourceContext): readonly Finding[] {
  const before = readGuide(context.files['guide.txt'] ?? '', context)
  if (before.kind === 'refused') return findings
  // Messages tell lines or cells, which move.
  const keyOf = ({ rule, service, field, text }: Finding): string =>
    JSON.stringify([rule, service, field, text.replace(/\s+/g, '')])
  const known = new Set(before.findings.map(keyOf))
  const told = findings.map((each): Finding => (known.has(keyOf(each)) ? { ...each, known: true } : each))
  return [...told.filter((each) => !each.known), ...told.filter((each) => each.known)]
}

/** True where two editions differ in nothing but their names and where they came from. */
function saysTheSame(a: EditionFiles, b: EditionFiles): boolean {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  const others = names.filter((name) => name !== 'catalogue.json' && name !== 'guide.txt')
  return others.every((name) => a[name] === b[name]) && bareCatalogue(a) === bareCatalogue(b)
}

const bareSchema = v.pipe(
  v.string(),
  v.parseJson(),
  // Looked at only to be compared, and large: what is in it is not checked here.
  v.object({ department: v.unknown(), categories: v.unknown(), services: v.unknown() }),
)

function bareCatalogue(files: EditionFiles): string | null {
  const text = files['catalogue.json']
  if (text === undefined) return null
  const read = v.safeParse(bareSchema, text)
  return read.success ? JSON.stringify(read.output) : text
}

const schemas = {
  'catalogue.json': catalogueSchema,
  'site.json': siteFileSchema,
  'topics.json': topicsSchema,
  'situations.json': situationsSchema,
  'questions.json': questionWordsSchema,
  'translations.json': translationsSchema,
} as const

/** What is wrong with an edition's texts; null where a kiosk can show them. */
export function checkFiles(files: EditionFiles): Refusal | null {
  const catalogue = fitted(files, 'catalogue.json')
  if ('problem' in catalogue) return catalogue
  const site = fitted(files, 'site.json')
  if ('problem' in site) return site
  for (const name of ['topics.json', 'situations.json', 'questions.json', 'translations.json'] as const) {
    const other = fitted(files, name)
    if ('problem' in other) return other
  }
  const problem = findProblem({ catalogue: catalogue.value, site: site.value })
  if (problem) return refuse('contradicts', problem)
  for (const { name, plans } of site.value.buildings) {
    const missing = plans.find(({ file }) => !Object.hasOwn(files, planName(file)))
    if (missing)
      return refuse('contradicts', {
        file: 'site.json',
        problem: `names plan ${missing.file} of ${name}, which is not there`,
      })
  }
  return null
}

const fitted = <N extends keyof typeof schemas>(files: EditionFiles, name: N) =>
  fit<(typeof schemas)[N]>(files[name] ?? '', name, schemas[name])

/** How a text does not fit a form, in a person's terms; null where it does. */
export function misfit(text: string, file: string, schema: v.GenericSchema): Refusal | null {
  const result = fit(text, file, schema)
  return 'problem' in result ? result : null
}

/** What a text says in its form, or how it does not fit it. */
function fit<S extends v.GenericSchema>(
  text: string,
  file: string,
  schema: S,
): { readonly value: v.InferOutput<S> } | Refusal {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('not-json', { file, line: lineOfFault(text) })
  }
  const result = v.safeParse(schema, value)
  if (result.success) return { value: result.output }
  const [issue] = result.issues
  return refuse('wrong-form', {
    file,
    at: v.getDotPath(issue) ?? '',
    expected: issue.expected ?? issue.message,
  })
}

/** The line on which a text stops being JSON, from 1. */
function lineOfFault(text: string): number {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true })
  return text.slice(0, errors[0]?.offset ?? 0).split('\n').length
}

/** A catalogue as an edition's text; without the indents that more than double the one in the repository. */
export const catalogueText = (catalogue: Catalogue): string => `${JSON.stringify(catalogue)}\n`

/** Fields of a service as they stand in another edition but for white space: then as they stand there. */
export function settleWhiteSpace(fields: Service['fields'], before: Service['fields']): Service['fields'] {
  const bare = (text: string): string => text.replace(/\s+/g, '')
  const pairs = fieldNames.map((name) => [
    name,
    bare(fields[name]) === bare(before[name]) ? before[name] : fields[name],
  ])
  return { ...fields, ...Object.fromEntries(pairs) }
}
