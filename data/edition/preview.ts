import * as v from 'valibot'
import type { Catalogue } from '../catalogue.ts'
import type { Finding } from '../intake/source.ts'
import type { SiteFile } from '../site.ts'
import { serviceChangeSchema, serviceChanges } from './changes.ts'
import type { EditionFiles } from './files.ts'
import type { Manifest } from './manifest.ts'
import { textChangeSchema, textChanges } from './text-changes.ts'
import { warningSchema, warningsOf } from './warnings.ts'

/** All that staff look at before they put an edition in force. */
export const previewSchema = v.object({
  services: v.array(serviceChangeSchema),
  /** Of each other text that differs: how many entries do, and the first of them. */
  texts: v.array(v.object({ file: v.string(), total: v.number(), changes: v.array(textChangeSchema) })),
  warnings: v.array(warningSchema),
})

export type Preview = v.InferOutput<typeof previewSchema>

/** An edition as far as a comparison needs it. */
export type ComparedEdition = { readonly files: EditionFiles; readonly catalogue: Catalogue }

/** What is known of how an edition came here, and of here. */
export type PreviewContext = {
  readonly findings: readonly Finding[]
  /** The id of this kiosk in site.json as it is in force. */
  readonly kiosk: string
  /** Of the bundle it came as; null: it came as something else. */
  readonly manifest: Pick<Manifest, 'expires'> | null
  readonly signed: boolean
  /** Null where the clock cannot be trusted. */
  readonly now: Date | null
}

/** What would be otherwise with `after` in force instead of `before`, and what to stop at. Pure. */
export function previewOf(
  before: ComparedEdition,
  after: ComparedEdition & { readonly site: SiteFile },
  context: PreviewContext,
): Preview {
  const services = serviceChanges(before.catalogue, after.catalogue)
  const texts = textChanges(before.files, after.files)
  const others = texts.reduce((sum, { total }) => sum + total, 0)
  const compared = { before: before.catalogue, after: after.catalogue, site: after.site }
  const warnings = warningsOf({ ...compared, ...context, services, others })
  return {
    services: [...services],
    texts: texts.map(({ file, total, changes }) => ({ file, total, changes: [...changes] })),
    warnings: [...warnings],
  }
}
