import * as v from 'valibot'
import { createCalendar } from './calendar.ts'
import { type Catalogue, catalogueSchema, type Service, serviceSchema } from './catalogue.ts'
import { type Answers, answersSchema, type QuestionWords } from './questions.ts'
import { clockTrust } from './clock-trust.ts'
import { KioskError } from './errors.ts'
import type { Site } from './site.ts'
import { type Language, languages, type Translations, translate } from './translations.ts'
import { type VisitAdvice, visitAdvice, visitAdviceSchema } from './visit-advice.ts'
import { copiesSchema, listStopSchema, visitList } from './visit-list.ts'

/** How a slip can be laid out, by paper and size of print; `a4-large` is set in 18 pt (ACB), `a4` in 14 pt (RNIB). */
export const slipFormats = ['a4-large', 'a4', 'a5', 'roll'] as const

export type SlipFormat = (typeof slipFormats)[number]

/** Paper a printer can have, with its size in millimetres; a roll is as long as what stands on it. */
export const papers = {
  a4: { width: 210, height: 297 },
  a5: { width: 148, height: 210 },
  roll: { width: 80, height: null },
} as const

export type Paper = keyof typeof papers

export const paperNames = ['a4', 'a5', 'roll'] as const satisfies readonly Paper[]

/** The formats a printer with `paper` can be asked for, the most legible first. */
export const formatsOn = (paper: Paper): readonly SlipFormat[] =>
  slipFormats.filter((format) => paperOf[format] === paper)

/** What a format is printed on. */
export const paperOf: Readonly<Record<SlipFormat, Paper>> = {
  'a4-large': 'a4',
  a4: 'a4',
  a5: 'a5',
  roll: 'roll',
}

/** The most services one slip is made for. */
export const mostServices = 12

/** What a visitor asks to have printed. */
export const slipRequestSchema = v.strictObject({
  services: v.pipe(
    v.array(v.strictObject({ id: serviceSchema.entries.id, answers: answersSchema })),
    v.minLength(1),
    v.maxLength(mostServices),
  ),
  format: v.picklist(slipFormats),
  language: v.picklist(languages),
})

export type SlipRequest = v.InferOutput<typeof slipRequestSchema>

/**
 * One slip, complete: the preview on the screen and the page that becomes the PDF draw this same value,
 * so that what was shown is what is printed.
 */
export const slipSchema = v.object({
  kind: v.literal('slip'),
  /** Names the slip within this run of the kiosk; says nothing of the visit. */
  id: v.string(),
  /** What stands on the paper, for asking after it. */
  number: v.string(),
  format: v.picklist(slipFormats),
  /** Of the words that are not the guide's. */
  language: v.picklist(languages),
  department: v.string(),
  edition: catalogueSchema.entries.edition,
  /** Four characters that stand for all of the edition's content; null: not known. */
  fingerprint: v.nullable(v.string()),
  kiosk: v.string(),
  /** Instant of composition, ISO 8601 in UTC. */
  composedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** The site's zone, in which `composedAt` is printed. */
  timeZone: v.string(),
  /** The services it is for. */
  services: v.array(serviceSchema),
  stops: v.array(listStopSchema),
  copies: v.array(copiesSchema),
  /** Service id → when it can be handed in, as of `composedAt`; none where that is not known, or nobody has to go. */
  advice: v.record(v.string(), visitAdviceSchema),
  /** id of a building in site.json → its printed address. */
  addresses: v.record(v.string(), v.string()),
  /** id of a building other than the kiosk's own → its name, for the door plate. */
  otherBuildings: v.record(v.string(), v.string()),
  /** Official name → the same in `language`, for the names on this slip. */
  names: v.record(v.string(), v.string()),
})

export type Slip = v.InferOutput<typeof slipSchema>

/** What of the content in force a slip is made from. */
export type SlipSources = {
  readonly catalogue: Catalogue
  readonly site: Site
  readonly questions: QuestionWords
  readonly translations: Translations
  readonly mark?: { readonly fingerprint: string }
}

/**
 * The slip for `request`, as of `now`; `lastSeen` is the latest time the kiosk saw before. Pure: the same arguments give the same slip.
 * Throws `not-found` where the edition has no such service.
 */
export function composeSlip(
  request: SlipRequest,
  { catalogue, site, questions, translations, mark }: SlipSources,
  { now, lastSeen = null }: { readonly now: Date; readonly lastSeen?: Date | null },
  id: string,
): Slip {
  const listed = request.services.map((asked) => ({
    service: serviceOf(asked.id, catalogue),
    answers: asked.answers satisfies Answers,
  }))
  const { stops, copies } = visitList(listed, site, { services: catalogue.services, words: questions })
  const services = unique(listed.map(({ service }) => service))
  const trusted = clockTrust(now, catalogue.edition, lastSeen).kind === 'trusted'
  const calendar = createCalendar(site.days)
  const advice = trusted
    ? services.flatMap((service): readonly (readonly [string, VisitAdvice])[] => {
        const found = visitAdvice(service, site, now, calendar)
        return found ? [[service.id, found]] : []
      })
    : []
  return {
    kind: 'slip',
    id,
    number: numberOf(id),
    format: request.format,
    language: request.language,
    department: catalogue.department,
    edition: catalogue.edition,
    fingerprint: mark?.fingerprint ?? null,
    kiosk: site.kiosk.name,
    composedAt: now.toISOString(),
    timeZone: site.timeZone,
    services,
    stops: [...stops],
    copies: [...copies],
    advice: Object.fromEntries(advice),
    addresses: Object.fromEntries(site.buildings.map((building) => [building.id, building.address])),
    otherBuildings: Object.fromEntries(
      site.buildings
        .filter((building) => building.id !== site.kiosk.building)
        .map((building) => [building.id, building.name]),
    ),
    names: namesIn(request.language, namesOn(services, catalogue, site), translations),
  }
}

/** No letter that can be taken for a digit or another letter (Crockford's base 32). */
const numberLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number on the paper of the document `id` (a UUID): "7K4-M2P". */
export function numberOf(id: string): string {
  const digits = id.replace(/[^0-9a-f]/giu, '').padEnd(12, '0')
  const letters = Array.from({ length: 6 }, (_, at) =>
    numberLetters.charAt(parseInt(digits.slice(2 * at, 2 * at + 2), 16) % numberLetters.length),
  ).join('')
  return `${letters.slice(0, 3)}-${letters.slice(3)}`
}

function serviceOf(id: string, { services, edition }: Catalogue): Service {
  const service = services.find((candidate) => candidate.id === id)
  if (!service) throw new KioskError('not-found', `No service ${id} in edition ${edition}`)
  return service
}

const unique = (services: readonly Service[]): Service[] => [
  ...new Map(services.map((service) => [service.id, service])).values(),
]

/** Every name a slip may show beside its words. */
function namesOn(services: readonly Service[], { department }: Catalogue, site: Site): readonly string[] {
  const ofServices = services.flatMap(({ name, title, family, places, phones }) => [
    name,
    title,
    family,
    ...places.flatMap((place) => [place.department, place.area, place.purpose]),
    ...phones.map(({ owner }) => owner),
  ])
  const ofBuildings = site.buildings.flatMap(({ name, address }) => [name, address])
  return [department, site.kiosk.name, ...ofServices, ...ofBuildings].filter((name) => name !== null)
}

function namesIn(
  language: Language,
  names: readonly string[],
  translations: Translations,
): Record<string, string> {
  const known = names.flatMap((name): readonly (readonly [string, string])[] => {
    const translation = translate(name, language, translations)
    return translation === null ? [] : [[name, translation]]
  })
  return Object.fromEntries(known)
}
