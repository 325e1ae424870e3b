import * as v from 'valibot'
import { catalogueSchema } from '../catalogue.ts'

/** What a bundle calls the program it is for. */
export const product = 'lobby-kiosk'

/** A SHA-256, in hexadecimal. */
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** Words of a person, for another person: one line, nothing that could steer a screen. */
export const lineSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u),
)

/** Where the texts of an edition came from: a bundle signed elsewhere, or what staff brought and approved here. */
export const origins = ['bundle', 'guide', 'workbook', 'parts'] as const

export type Origin = (typeof origins)[number]

const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(400_000_000))

/** The highest number a bundle may have; the lowest is 1, and 0 is an edition that was approved at the kiosk. */
export const highestSequence = 1_000_000_000

/** What stands on the front of an edition: read only after its signature was found right. */
export const manifestSchema = v.strictObject({
  product: v.literal(product),
  format: v.literal(1),
  /** Counts up with every bundle a department gives out. */
  sequence: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(highestSequence)),
  edition: catalogueSchema.entries.edition,
  created: v.pipe(v.string(), v.isoTimestamp()),
  /** From when on staff are told that it is old; null: never. */
  expires: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  /** The oldest version of the kiosk that can show it: "0.1.0". */
  minimumApp: v.pipe(v.string(), v.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)),
  /** Ids of the sites, and of the kiosks of site.json, it is for; null: all. */
  sites: v.nullable(v.array(lineSchema)),
  kiosks: v.nullable(v.array(lineSchema)),
  /** The texts, joined as one. */
  content: v.strictObject({ sha256: sha256Schema, size }),
  /** The same as the bundle carries them, deflated. */
  packed: v.strictObject({ sha256: sha256Schema, size }),
  /** Set where the edition was approved at a kiosk instead of being signed elsewhere. */
  local: v.nullable(
    v.strictObject({
      origin: v.picklist(origins),
      who: lineSchema,
      source: lineSchema,
      sourceSha256: sha256Schema,
    }),
  ),
})

export type Manifest = v.InferOutput<typeof manifestSchema>

/** The kiosk a bundle is held against. */
export type BundleContext = {
  /** The version of the kiosk's program. */
  readonly app: string
  /** The site's id; null: it has none, and only a bundle for all sites fits. */
  readonly site: string | null
  /** The kiosk's id of site.json. */
  readonly kiosk: string | null
}

/** Why a bundle is not for this kiosk; null where it is. */
export function misfit(
  { minimumApp, sites, kiosks }: Pick<Manifest, 'minimumApp' | 'sites' | 'kiosks'>,
  { app, site, kiosk }: BundleContext,
): 'app-too-old' | 'other-site' | 'other-kiosk' | null {
  if (isOlderVersion(app, minimumApp)) return 'app-too-old'
  if (sites !== null && (site === null || !sites.includes(site))) return 'other-site'
  if (kiosks !== null && (kiosk === null || !kiosks.includes(kiosk))) return 'other-kiosk'
  return null
}

/** True where version `a` ("0.9.1") came before `b`; what is written behind the three numbers does not count. */
export function isOlderVersion(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  const at = left.findIndex((number, index) => number !== right[index])
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0)
}

function numbersOf(version: string): readonly number[] {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []
  return [major, minor, patch].map(Number)
}

/** A version as a manifest can name it; "0.0.0" for one that is none, such as a program's that was never released. */
export function plainVersion(version: string): string {
  return numbersOf(version)
    .map((number) => Math.min(number, 9999))
    .join('.')
}
