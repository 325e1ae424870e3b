import * as v from 'valibot'
import { type Catalogue, fieldNames } from '../catalogue.ts'
import type { SiteFile } from '../site.ts'
import type { Finding } from '../intake/source.ts'
import type { ServiceChange } from './changes.ts'
import type { Manifest } from './manifest.ts'

/** What staff have to acknowledge, one by one, before an edition is put in force; each has words. */
export const warningSchema = v.variant('code', [
  /** Many services would be gone: perhaps half a guide was brought. */
  v.object({ code: v.literal('many-removed'), count: v.number(), of: v.number() }),
  /** Fields that said something would be empty. */
  v.object({ code: v.literal('emptied'), count: v.number(), titles: v.array(v.string()) }),
  /** Its name is of an earlier day than that of the edition in force. */
  v.object({ code: v.literal('older-edition'), before: v.string(), after: v.string() }),
  /** The department is called otherwise. */
  v.object({ code: v.literal('other-department'), before: v.string(), after: v.string() }),
  /** Its site does not have this kiosk. */
  v.object({ code: v.literal('kiosk-missing'), kiosk: v.string() }),
  /** The intake could not read some services right. */
  v.object({ code: v.literal('errors'), count: v.number() }),
  /** Nobody signed it. */
  v.object({ code: v.literal('unsigned') }),
  /** Who made it wanted it replaced by now. */
  v.object({ code: v.literal('expired'), since: v.string() }),
  /** It changes nothing. */
  v.object({ code: v.literal('no-change') }),
])

export type Warning = v.InferOutput<typeof warningSchema>

/** From this share of all services on, and this many, removals are many. */
const manyShare = 0.1
const manyCount = 5

/** As many titles as a warning names. */
const named = 10

/** What the warnings are worked out from. */
export type WarningSources = {
  readonly before: Catalogue
  readonly after: Catalogue
  readonly site: SiteFile
  readonly services: readonly ServiceChange[]
  /** How many entries of the other texts change. */
  readonly others: number
  readonly findings: readonly Finding[]
  /** Of this kiosk, as site.json in force has it. */
  readonly kiosk: string
  /** Of the bundle it came as; null: it came as something else. */
  readonly manifest: Pick<Manifest, 'expires'> | null
  readonly signed: boolean
  /** Null where the clock cannot be trusted: then nothing has expired. */
  readonly now: Date | null
}

/** All that staff should stop at. */
export function warningsOf(sources: WarningSources): readonly Warning[] {
  const { before, after, site, services, others, findings, kiosk, manifest, signed, now } = sources
  const removed = services.filter(({ kind }) => kind === 'removed').length
  const emptied = services.filter(losesField)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const all: readonly (Warning | null)[] = [
    removed >= manyCount && removed >= manyShare * before.services.length
      ? { code: 'many-removed', count: removed, of: before.services.length }
      : null,
    emptied.length > 0
      ? { code: 'emptied', count: emptied.length, titles: emptied.slice(0, named).map(({ title }) => title) }
      : null,
    isEarlier(after.edition, before.edition)
      ? { code: 'older-edition', before: before.edition, after: after.edition }
      : null,
    after.department !== before.department
      ? { code: 'other-department', before: before.department, after: after.department }
      : null,
    site.kiosks.some(({ id }) => id === kiosk) ? null : { code: 'kiosk-missing', kiosk },
    errors > 0 ? { code: 'errors', count: errors } : null,
    signed ? null : { code: 'unsigned' },
    manifest?.expires && now && new Date(manifest.expires) < now
      ? { code: 'expired', since: manifest.expires }
      : null,
    services.length === 0 && others === 0 ? { code: 'no-change' } : null,
  ]
  return all.filter((warning) => warning !== null)
}

function losesField(change: ServiceChange): boolean {
  const names: readonly string[] = fieldNames
  return (
    change.kind === 'changed' &&
    change.fields.some(
      ({ field, before, after }) => names.includes(field) && before.trim() !== '' && after.trim() === '',
    )
  )
}

/** True where edition `a` ("2026-11-23.1") came before `b`. */
export function isEarlier(a: string, b: string): boolean {
  const [dayA = '', numberA = '0'] = a.split('.')
  const [dayB = '', numberB = '0'] = b.split('.')
  return dayA === dayB ? Number(numberA) < Number(numberB) : dayA < dayB
}
