import type { GuideDocument } from './document.ts'
import type { FindingSink } from './findings.ts'
import type { InspectedService } from './inspected.ts'
import { compareOffices } from './clerk-offices.ts'
import { compareServices } from './clerk-services.ts'
import { checkConsistency } from './clerk-consistency.ts'
import { checkMaterials } from './clerk-materials.ts'
import { checkWording } from './clerk-wording.ts'

/**
 * Looks at the guide as a careful clerk would, after all of it has been read: slips of the pen, fields of
 * one service that contradict each other, and what several services say differently. Only reports.
 */
export function inspectGuide(
  document: GuideDocument,
  services: readonly InspectedService[],
  sink: FindingSink,
): void {
  checkWording(document, services, sink)
  for (const each of services) {
    checkConsistency(each, sink)
    checkMaterials(each, sink)
  }
  compareServices(services, sink)
  compareOffices(services, sink)
}
