import { expect, it } from 'vitest'
import * as v from 'valibot'
import { printableSchema } from '../../../data/printable.ts'
import { composeStaffGuide } from '../../../data/staff-guide.ts'
import { someContent } from '../../fixtures/catalogue.ts'
import { aMark, noon } from '../../fixtures/hosts.ts'

it('says which program it describes, and with which content, on which kiosk and when it was printed', () => {
  const which = { format: 'a5', program: '1.2.3' } as const
  const content = someContent()
  const guide = composeStaffGuide(which, { ...content, mark: aMark }, noon, '7d9f1c52-0000-4000')
  expect(v.parse(printableSchema, guide)).toStrictEqual(guide)
  expect(guide).toMatchObject({
    ...which,
    kind: 'staff-guide',
    number: expect.stringMatching(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/u),
    edition: content.catalogue.edition,
    fingerprint: aMark.fingerprint,
    kiosk: content.site.kiosk.name,
    composedAt: noon.toISOString(),
  })
  expect(composeStaffGuide(which, content, noon, 'x').fingerprint).toBeNull()
})
