import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { composeSlip, slipSchema } from '../../../data/slip.ts'
import { aCatalogue, aService, aSite } from '../../fixtures/catalogue.ts'

const edition = { catalogue: aCatalogue({ services: [aService({ id: 'a' })] }), site: aSite() }
const now = new Date('2026-11-23T02:24:00Z')

describe('composeSlip', () => {
  it('holds the service as the edition has it, the edition, the kiosk and the instant', () => {
    const slip = composeSlip({ service: 'a', format: 'a4' }, edition, { now }, 'slip-1')
    expect(v.parse(slipSchema, slip)).toStrictEqual(slip)
    expect(slip).toMatchObject({
      id: 'slip-1',
      edition: edition.catalogue.edition,
      kiosk: edition.site.kiosk.name,
      composedAt: '2026-11-23T02:24:00.000Z',
      service: edition.catalogue.services[0],
    })
  })

  it('refuses a service the edition does not have', () => {
    expect(() => composeSlip({ service: 'b', format: 'a4' }, edition, { now }, 'slip-1')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  it('says when to come as of its instant, and nothing by a clock that cannot be right', () => {
    const at = (instant: string) =>
      composeSlip({ service: 'a', format: 'a4' }, edition, { now: new Date(instant) }, 'slip-1').advice
    expect(at('2026-11-23T02:24:00Z')).toMatchObject({ asOf: { date: '2026-11-23', time: '10:24' } })
    expect(at('1970-01-01T02:24:00Z')).toBeNull()
  })
})
