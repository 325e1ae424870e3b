import * as v from 'valibot'
import { type Catalogue, catalogueSchema } from './catalogue.ts'
import type { Site } from './site.ts'
import { numberOf } from './slip.ts'
import { officialLanguage } from './translations.ts'

/** Papers the staff's guide can be printed on: on a roll its pictures would be too small to be of use. */
export const guidePapers = ['a4', 'a5'] as const

export type GuidePaper = (typeof guidePapers)[number]

/** The staff's guide as it goes to paper: which one it is; its text and pictures are the program's own. */
export const staffGuideSchema = v.object({
  kind: v.literal('staff-guide'),
  /** Names the document within this run of the kiosk. */
  id: v.string(),
  /** What stands on the paper, for finding it among the jobs. */
  number: v.string(),
  format: v.picklist(guidePapers),
  language: v.literal(officialLanguage),
  department: v.string(),
  kiosk: v.string(),
  /** The version of the program it describes. */
  program: v.string(),
  /** The content in force when it was printed, and its four characters. */
  edition: catalogueSchema.entries.edition,
  fingerprint: v.nullable(v.string()),
  /** Instant of composition, ISO 8601 in UTC. */
  composedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** The site's zone, in which `composedAt` is printed. */
  timeZone: v.string(),
})

export type StaffGuide = v.InferOutput<typeof staffGuideSchema>

/** The staff's guide of the program `program`, for `format`, as of `now`. */
export function composeStaffGuide(
  { format, program }: Pick<StaffGuide, 'format' | 'program'>,
  {
    catalogue,
    site,
    mark,
  }: {
    readonly catalogue: Catalogue
    readonly site: Site
    readonly mark?: { readonly fingerprint: string }
  },
  now: Date,
  id: string,
): StaffGuide {
  return {
    kind: 'staff-guide',
    id,
    number: numberOf(id),
    format,
    language: officialLanguage,
    department: catalogue.department,
    kiosk: site.kiosk.name,
    program,
    edition: catalogue.edition,
    fingerprint: mark?.fingerprint ?? null,
    composedAt: now.toISOString(),
    timeZone: site.timeZone,
  }
}
