import type { OfferKind } from '../../data/sources.ts'
import { mostMegabytes } from './limits.ts'

const named: Readonly<Record<string, OfferKind>> = {
  'site.json': 'site',
  'holidays.json': 'holidays',
  'synonyms.json': 'synonyms',
  'readings.json': 'readings',
  'questions.json': 'questions',
  'situations.json': 'situations',
  'topics.json': 'topics',
  'translations.json': 'translations',
}

const ending: readonly (readonly [RegExp, OfferKind])[] = [
  [/\.kiosk$/, 'bundle'],
  [/\.(?:docx?|wps|txt)$/, 'guide'],
  [/\.(?:xlsx?|et)$/, 'workbook'],
  [/\.svg$/, 'plan'],
]

/** What a file is by its name alone, as people name it; null where a kiosk takes no such file. */
export function kindOf(name: string): OfferKind | null {
  const plain = name.toLowerCase()
  if (Object.hasOwn(named, plain)) return named[plain] ?? null
  return ending.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

/** The most a file of that kind may hold, in megabytes. */
export function mostOf(kind: OfferKind): number {
  if (kind === 'bundle') return mostMegabytes.bundle
  if (kind === 'guide') return mostMegabytes.document
  if (kind === 'workbook') return mostMegabytes.workbook
  return kind === 'plan' ? mostMegabytes.plan : mostMegabytes.json
}
