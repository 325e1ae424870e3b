import * as v from 'valibot'
import { catalogueSchema, type Catalogue } from '../../data/catalogue.ts'
import type { EditionFiles } from '../../data/edition/files.ts'
import type { Finding } from '../../data/intake/source.ts'
import { type Candidate, type Refusal, refuse } from '../../data/sources.ts'
import { guideTextOf } from '../../data/workbook/guide-text.ts'
import { rowsOf, sameFields } from '../../data/workbook/rows.ts'
import { candidateOf, catalogueText, readGuide, settleWhiteSpace, type SourceContext } from './candidate.ts'

/** The least part of a text that has to stand in tables of services for it to be a guide. */
const leastShare = 0.5

/**
 * The edition that comes of the department's guide, as text. `layout` is `document` where its line breaks are
 * those of a conversion: a field that differs from the one in force in white space alone is left as it is.
 */
export function guideCandidate(
  text: string,
  context: SourceContext,
  layout: 'text' | 'document',
  earlier: readonly Finding[] = [],
): Candidate | Refusal {
  const first = readGuide(text, context)
  if (first.kind === 'refused') return first
  const { services } = first.catalogue
  if (services.length === 0 || shareInTables(text, first.catalogue) < leastShare)
    return refuse('not-a-guide', { services: services.length })
  const settled = layout === 'document' ? settle(first.catalogue, context) : null
  const catalogue = settled?.catalogue ?? first.catalogue
  return candidateOf(
    { 'guide.txt': settled?.text ?? text.replace(/^\uFEFF/, ''), 'catalogue.json': catalogueText(catalogue) },
    context,
    'guide',
    [...earlier, ...first.findings],
  )
}

/** How much of a text, by its characters, the services' fields are. */
function shareInTables(text: string, { services }: Catalogue): number {
  const bare = (part: string): number => part.replace(/\s+/g, '').length
  const inFields = services.reduce(
    (sum, { fields }) => sum + Object.entries(fields).reduce((all, field) => all + bare(field.join('')), 0),
    0,
  )
  return inFields / Math.max(bare(text), 1)
}

/** The same catalogue with white space as it is in force; null where that makes no difference. */
function settle(
  catalogue: Catalogue,
  context: SourceContext,
): { readonly catalogue: Catalogue; readonly text: string } | null {
  const before = catalogueOf(context.files)
  if (!before) return null
  const byId = new Map(before.services.map((service) => [service.id, service]))
  const services = catalogue.services.map((service) => {
    const known = byId.get(service.id)
    return known ? { ...service, fields: settleWhiteSpace(service.fields, known.fields) } : service
  })
  const moved = services.some((each, index) => {
    const read = catalogue.services[index]
    return read !== undefined && !sameFields(each.fields, read.fields)
  })
  if (!moved) return null
  const { text } = guideTextOf(rowsOf({ ...catalogue, services }))
  const again = readGuide(text, context)
  return again.kind === 'read' ? { catalogue: again.catalogue, text } : null
}

/** The catalogue of an edition; null where it has none that can be read. */
export function catalogueOf(files: EditionFiles): Catalogue | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), catalogueSchema), files['catalogue.json'])
  return read.success ? read.output : null
}
