import type { Category, Service } from '../catalogue.ts'
import type { GuideDocument, GuideTable } from './document.ts'
import type { Fields } from './field.ts'
import type { FindingSink } from './findings.ts'

/** A service as the clerk looks at it: what was read, and where it stands in the guide. */
export type InspectedService = {
  readonly service: Omit<Service, 'id' | 'readings'>
  readonly fields: Fields
  readonly table: GuideTable
  readonly category: Category
}

export function inspectGuide(
  _document: GuideDocument,
  _services: readonly InspectedService[],
  _sink: FindingSink,
): void {}
