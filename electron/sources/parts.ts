import * as v from 'valibot'
import { ownDaysSchema } from '../../data/calendar.ts'
import { type EditionFiles, planName } from '../../data/edition/files.ts'
import { readFloorPlan } from '../../data/floor-plan.ts'
import { curatedReadingsSchema } from '../../data/intake/readings.ts'
import type { Finding } from '../../data/intake/source.ts'
import { curatedSynonymsSchema } from '../../data/intake/synonyms.ts'
import { questionWordsSchema } from '../../data/questions.ts'
import { siteFileSchema } from '../../data/site.ts'
import { situationsSchema } from '../../data/situations.ts'
import { type Candidate, type OfferKind, type Refusal, refuse } from '../../data/sources.ts'
import { topicsSchema } from '../../data/topics.ts'
import { translationsSchema } from '../../data/translations.ts'
import { guideTextOf } from '../../data/workbook/guide-text.ts'
import { rowsOf } from '../../data/workbook/rows.ts'
import { candidateOf, catalogueText, misfit, readGuide, type SourceContext } from './candidate.ts'
import { decodeText, encodingFinding } from './encoding.ts'
import { catalogueOf } from './guide.ts'

/** A file that is part of an edition. */
export type Part = { readonly name: string; readonly kind: OfferKind; readonly bytes: Uint8Array }

const schemas = {
  site: siteFileSchema,
  holidays: ownDaysSchema,
  synonyms: curatedSynonymsSchema,
  readings: curatedReadingsSchema,
  questions: questionWordsSchema,
  situations: situationsSchema,
  topics: topicsSchema,
  translations: translationsSchema,
} as const

type JsonKind = keyof typeof schemas

const isJsonKind = (kind: OfferKind): kind is JsonKind => Object.hasOwn(schemas, kind)

/** What the intake works with: where one of these changes, places, readings and everyday words are worked out anew. */
const intakeKinds: readonly OfferKind[] = ['site', 'synonyms', 'readings']

/** The edition in force with parts of it exchanged, all of them at once or none. */
export function partsCandidate(parts: readonly Part[], context: SourceContext): Candidate | Refusal {
  const changed: Record<string, string> = {}
  const findings: Finding[] = []
  // Holidays go into the site, so a site that comes with them has to be there first.
  const ordered = [...parts].sort((a, b) => Number(a.kind === 'holidays') - Number(b.kind === 'holidays'))
  for (const { name, kind, bytes } of ordered) {
    const decoded = decodeText(bytes)
    if (decoded.kind === 'not-text') return refuse('not-text', { file: name })
    const told = encodingFinding(decoded)
    if (told) findings.push(told)
    const text = decoded.text.replace(/^\uFEFF/, '')
    const refusal = isJsonKind(kind) ? misfit(text, name, schemas[kind]) : planProblem(text, name, findings)
    if (refusal) return refusal
    if (kind === 'holidays') {
      const site = changed['site.json'] ?? context.files['site.json'] ?? ''
      changed['site.json'] = withDays(site, text)
    } else changed[kind === 'plan' ? planName(name) : `${kind}.json`] = text
  }
  const files: EditionFiles = { ...context.files, ...changed }
  const stray = parts.find(({ kind, name }) => kind === 'plan' && !namesPlan(files, name))
  if (stray) return refuse('unknown-plan', { file: stray.name })
  const again = parts.some(({ kind }) => intakeKinds.includes(kind)) ? takenInAgain(files, context) : null
  if (again?.kind === 'refused') return again
  const catalogue = again && { 'catalogue.json': again.catalogue }
  return candidateOf({ ...changed, ...catalogue }, context, 'parts', [
    ...findings,
    ...(again?.findings ?? []),
  ])
}

/** A drawing that no floor could be shown by; what of it will not be seen is told to `findings`. */
function planProblem(svg: string, name: string, findings: Finding[]): Refusal | null {
  const reading = readFloorPlan(svg)
  const tell = (severity: Finding['severity'], words: string): Finding => ({
    severity,
    rule: 'plan',
    line: null,
    service: null,
    field: null,
    message: `${name}：${words}`,
    text: '',
  })
  if ('problems' in reading) {
    const told = reading.problems.map((words) => tell('error', words))
    return refuse('plan-unusable', { file: name, problem: reading.problems[0] ?? '' }, told)
  }
  findings.push(...reading.notes.map((words) => tell('info', words)))
  return null
}

const namesPlan = (files: EditionFiles, name: string): boolean => {
  const site = v.safeParse(v.pipe(v.string(), v.parseJson(), siteFileSchema), files['site.json'])
  return site.success && site.output.buildings.some(({ plans }) => plans.some(({ file }) => file === name))
}

/** site.json with other days of its own, all else as it was written. */
function withDays(site: string, days: string): string {
  const schema = v.pipe(v.string(), v.parseJson(), v.looseObject({}))
  const file = v.safeParse(schema, site)
  return file.success ? `${JSON.stringify({ ...file.output, days: JSON.parse(days) }, null, 2)}\n` : site
}

/** The services in force as the intake reads them with other words or another site. */
function takenInAgain(files: EditionFiles, context: SourceContext) {
  const before = catalogueOf(files)
  if (!before) return null
  const read = readGuide(guideTextOf(rowsOf(before)).text, context, files)
  if (read.kind === 'refused') return read
  // The guide is the same; only what is worked out of it is new.
  const catalogue = { ...read.catalogue, source: before.source, department: before.department }
  // Its lines are not the guide's own, and what it says of the guide has been said before.
  const fresh = read.findings.filter(({ rule }) => rule === 'synonym-idle')
  return { kind: 'again', catalogue: catalogueText(catalogue), findings: fresh } as const
}
