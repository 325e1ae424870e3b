import { plainVersion } from '../../data/edition/manifest.ts'
import type { StaffSettings } from '../../data/staff.ts'
import type { TakeAwayReply } from '../../data/updates.ts'
import type { UseCount } from '../../data/usage.ts'
import { makeBundle } from '../editions/bundle.ts'
import type { Edition, EditionStore } from '../editions/editions.ts'
import type { PrinterControl } from '../printing/printer-control.ts'
import { exportTo, type Taking } from '../sticks/export.ts'
import type { Mounting } from '../sticks/mounting.ts'
import type { FoundStick } from '../sticks/stick-source.ts'
import { auditTable } from './audit-table.ts'
import type { Audit } from './audit.ts'
import { diagnosticsOf } from './diagnostics.ts'

export type TakeAwayParts = {
  readonly folder: string | null
  readonly version: string
  readonly now: () => Date
  readonly audit: Audit
  readonly editions: EditionStore
  readonly printing: PrinterControl
  readonly settings: () => StaffSettings
  /** What visitors used, by day, oldest first. */
  readonly counts: () => readonly UseCount[]
  readonly mounting: Mounting
}

/** Writes what staff want to have onto a stick. */
export async function takeAway(
  stick: FoundStick,
  wanted: readonly Taking[],
  parts: TakeAwayParts,
): Promise<TakeAwayReply> {
  const { folder, version, audit, editions, printing, mounting } = parts
  const edition = await editions.inForce()
  const { catalogue, site } = edition.content
  const now = parts.now()
  const outcome = await exportTo(
    stick,
    wanted,
    {
      catalogue: async () => catalogue,
      bundle: async () => editions.bundleOf(edition.summary.id) ?? bundleOfFactory(edition, now, version),
      counts: parts.counts,
      prints: () => printing.days(site.timeZone),
      audit: () => auditTable(audit.all(), site.timeZone),
      diagnostics: async () =>
        diagnosticsOf({
          version,
          now,
          folder,
          settings: parts.settings(),
          editions: await editions.list(),
          printing: await printing.report(site.timeZone),
        }),
    },
    { now, timeZone: site.timeZone, kiosk: site.kiosk.name },
    mounting,
  )
  return outcome.kind === 'written' ? { ...outcome, files: [...outcome.files] } : outcome
}

/** The edition that came with the program, as a bundle that nobody has signed. */
async function bundleOfFactory({ files, summary }: Edition, now: Date, version: string): Promise<Buffer> {
  const { bytes } = await makeBundle({
    files,
    manifest: {
      sequence: 0,
      edition: summary.edition,
      created: now.toISOString(),
      expires: null,
      minimumApp: plainVersion(version),
      sites: null,
      kiosks: null,
      local: null,
    },
    signer: null,
    keyList: null,
  })
  return bytes
}
