import * as v from 'valibot'
import { createCalendar } from './calendar.ts'
import { type Catalogue, catalogueSchema, serviceSchema } from './catalogue.ts'
import { clockTrust } from './clock-trust.ts'
import { KioskError } from './errors.ts'
import { type Site } from './site.ts'
import { visitAdvice, visitAdviceSchema } from './visit-advice.ts'

/** Paper a slip can be laid out for. */
export const slipFormats = ['a4'] as const

/** What a visitor asks to have printed. */
export const slipRequestSchema = v.object({
  service: serviceSchema.entries.id,
  format: v.picklist(slipFormats),
})

export type SlipRequest = v.InferOutput<typeof slipRequestSchema>

/**
 * One slip, complete: the preview on the screen and the page that becomes the PDF draw this same value,
 * so that what was shown is what is printed.
 */
export const slipSchema = v.object({
  /** Names the slip within this run of the kiosk; says nothing of the visit. */
  id: v.string(),
  format: v.picklist(slipFormats),
  department: v.string(),
  edition: catalogueSchema.entries.edition,
  kiosk: v.string(),
  /** Instant of composition, ISO 8601 in UTC. */
  composedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** When the service can be handed in, as of `composedAt`; null where that is not known, or nobody has to go. */
  advice: v.nullable(visitAdviceSchema),
  /** The site's zone, in which `composedAt` is printed. */
  timeZone: v.string(),
  service: serviceSchema,
  /** id of a building in site.json → its printed address. */
  addresses: v.record(v.string(), v.string()),
  /** id of a building other than the kiosk's own → its name, for the door plate. */
  otherBuildings: v.record(v.string(), v.string()),
})

export type Slip = v.InferOutput<typeof slipSchema>

/**
 * The slip for `request`, as of `now`; `lastSeen` is the latest time the kiosk saw before. Pure: the same arguments give the same slip.
 * Throws `not-found` where the edition has no such service.
 */
export function composeSlip(
  request: SlipRequest,
  edition: { readonly catalogue: Catalogue; readonly site: Site },
  { now, lastSeen = null }: { readonly now: Date; readonly lastSeen?: Date | null },
  id: string,
): Slip {
  const { catalogue, site } = edition
  const service = catalogue.services.find((candidate) => candidate.id === request.service)
  if (!service)
    throw new KioskError('not-found', `No service ${request.service} in edition ${catalogue.edition}`)
  const trusted = clockTrust(now, catalogue.edition, lastSeen).kind === 'trusted'
  return {
    id,
    format: request.format,
    department: catalogue.department,
    edition: catalogue.edition,
    kiosk: site.kiosk.name,
    composedAt: now.toISOString(),
    advice: trusted ? visitAdvice(service, site, now, createCalendar(site.days)) : null,
    timeZone: site.timeZone,
    service,
    addresses: Object.fromEntries(site.buildings.map((building) => [building.id, building.address])),
    otherBuildings: Object.fromEntries(
      site.buildings
        .filter((building) => building.id !== site.kiosk.building)
        .map((building) => [building.id, building.name]),
    ),
  }
}
