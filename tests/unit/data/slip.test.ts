import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { printableSchema } from '../../../data/printable.ts'
import { composeSlip, formatsOn, slipRequestSchema, slipSchema } from '../../../data/slip.ts'
import { aCatalogue, aRequest, aService, someContent } from '../../fixtures/catalogue.ts'

const edition = {
  ...someContent(),
  catalogue: aCatalogue({
    services: [aService({ id: 'a', title: '甲' }), aService({ id: 'b', title: '乙' })],
  }),
}
const now = new Date('2026-11-23T02:24:00Z')
const id = '7d9f1c52-0000-4000-8000-000000000000'

describe('composeSlip', () => {
  it('holds the service as the edition has it, the edition, the kiosk and the instant', () => {
    const slip = composeSlip(aRequest('a'), edition, { now }, id)
    expect(v.parse(slipSchema, slip)).toStrictEqual(slip)
    expect(v.parse(printableSchema, slip)).toStrictEqual(slip)
    expect(slip).toMatchObject({
      id,
      format: 'a4',
      edition: edition.catalogue.edition,
      kiosk: edition.site.kiosk.name,
      composedAt: '2026-11-23T02:24:00.000Z',
      services: [edition.catalogue.services[0]],
      stops: [{ visits: [{ service: 'a' }] }],
    })
  })

  it('has a number that says nothing and that nobody misreads', () => {
    const numberOf = (of: string) => composeSlip(aRequest('a'), edition, { now }, of).number
    expect(numberOf(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/u)
    expect(numberOf(id)).not.toBe(numberOf(`8${id.slice(1)}`))
    expect(numberOf(id)).toBe(numberOf(id))
  })

  it('is one list for several services, each once', () => {
    const services = ['b', 'a', 'b'].map((each) => ({ id: each, answers: {} }))
    const slip = composeSlip({ ...aRequest(), services }, edition, { now }, id)
    expect(slip.services.map((service) => service.id)).toEqual(['b', 'a'])
    expect(slip.stops.flatMap(({ visits }) => visits.map(({ service }) => service)).toSorted()).toEqual([
      'a',
      'b',
    ])
  })

  it('brings along the names in its language that the content has', () => {
    const translations = { format: 1 as const, languages: { en: { 甲: 'First', 丙: 'Third' }, ug: {} } }
    const names = (language: 'en' | 'ug' | 'zh-CN') =>
      composeSlip(aRequest('a', { language }), { ...edition, translations }, { now }, id).names
    expect(names('en')).toEqual({ 甲: 'First' })
    expect(names('ug')).toEqual({})
    expect(names('zh-CN')).toEqual({})
  })

  it('refuses a service the edition does not have', () => {
    expect(() => composeSlip(aRequest('c'), edition, { now }, id)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  it('says when to come as of its instant, and nothing by a clock that cannot be right', () => {
    const at = (instant: string) => composeSlip(aRequest('a'), edition, { now: new Date(instant) }, id).advice
    expect(at('2026-11-23T02:24:00Z')).toMatchObject({ a: { asOf: { date: '2026-11-23', time: '10:24' } } })
    expect(at('1970-01-01T02:24:00Z')).toEqual({})
  })
})

describe('a request', () => {
  it.each([
    { title: 'no service', services: [] },
    {
      title: 'more services than one slip takes',
      services: Array.from({ length: 13 }, () => ({ id: 'a', answers: {} })),
    },
    { title: 'answers that are none', services: [{ id: 'a', answers: { q: 'yes' } }] },
  ])('with $title is refused', ({ services }) => {
    expect(v.safeParse(slipRequestSchema, { ...aRequest(), services }).success).toBe(false)
  })

  it('may leave a question open', () => {
    const services = [{ id: 'a', answers: { q: null, r: [], s: ['甲'] } }]
    expect(v.safeParse(slipRequestSchema, { ...aRequest(), services }).success).toBe(true)
  })
})

it.each([
  ['a4', ['a4-large', 'a4']],
  ['a5', ['a5']],
  ['roll', ['roll']],
] as const)('on %s there are %j', (paper, formats) => {
  expect(formatsOn(paper)).toEqual(formats)
})
