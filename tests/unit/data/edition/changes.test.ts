import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Catalogue, Service } from '../../../../data/catalogue.ts'
import { type ServiceChange, serviceChanges } from '../../../../data/edition/changes.ts'
import { textChanges } from '../../../../data/edition/text-changes.ts'
import { aCatalogue, aService } from '../../../fixtures/catalogue.ts'
import { realCatalogue } from '../../../fixtures/real-content.ts'

const real = realCatalogue
const [first = aService(), second = aService(), third = aService(), ...others] = real.services
const withServices = (services: readonly Service[]): Catalogue => ({ ...real, services: [...services] })
const withFields = (service: Service, fields: Partial<Service['fields']>): Service => ({
  ...service,
  fields: { ...service.fields, ...fields },
})

/** Each change as one line. */
const told = (changes: readonly ServiceChange[]): readonly string[] =>
  changes.map((change) =>
    change.kind === 'changed'
      ? `${change.id}: ${change.fields.map(({ field, meaning }) => `${field} ${meaning}`).join(', ')}`
      : `${change.id} ${change.kind}`,
  )

describe('the changes between two catalogues', () => {
  it('are none between one and itself, whatever it is called and in whatever order it is', () => {
    const again = { ...withServices(real.services.toReversed()), edition: '2027-01-01.1' }
    expect(serviceChanges(real, real)).toEqual([])
    expect(serviceChanges(real, again)).toEqual([])
  })

  it('name what is new, what is gone, and what a service says otherwise', () => {
    const fresh = { ...aService({ id: 'svc-new', title: '无人机驾驶员补贴' }), category: first.category }
    const changed = withFields(first, { 办理材料: '身份证', 收费依据及标准: '10元', 咨询查询途径: '12333' })
    const after = withServices([changed, third, ...others, fresh])
    expect(told(serviceChanges(real, after))).toEqual([
      `${first.id}: 办理材料 materials, 收费依据及标准 fee, 咨询查询途径 phones`,
      'svc-new added',
      `${second.id} removed`,
    ])
  })

  it('call a service moved whose door is another, and reworded where only the words are', () => {
    const at = (text: string, rooms: readonly string[]): Service => {
      const [place] = aService().places
      const fields = { ...aService().fields, 办理机构及地点: text }
      return aService({ fields, places: place ? [{ ...place, text, rooms: [...rooms] }] : [] })
    }
    const before = aCatalogue({ services: [at('2楼205室', ['205'])] })
    const change = (service: Service) => told(serviceChanges(before, aCatalogue({ services: [service] })))
    expect(change(at('2楼305室', ['305']))).toEqual(['work-injury: 办理机构及地点 moved'])
    expect(change(at('二楼205室', ['205']))).toEqual(['work-injury: 办理机构及地点 reworded'])
  })

  it('know a service by its likeness where its id is another', () => {
    const renamed = { ...first, id: 'svc-other', title: `${first.title}（新）` }
    expect(serviceChanges(real, withServices([renamed, second, third, ...others]))).toMatchObject([
      {
        kind: 'changed',
        id: 'svc-other',
        idBefore: first.id,
        titleBefore: first.title,
        fields: [{ field: 'title' }],
      },
    ])
  })

  it('are as many as services were touched, and mirror each other backwards', () => {
    const few = fc.subarray([...real.services.keys()], { maxLength: 12 })
    fc.assert(
      fc.property(few, few, (dropped, reworded) => {
        const after = withServices(
          real.services
            .map((service, at) =>
              reworded.includes(at)
                ? withFields(service, { 事项简述: `${service.fields.事项简述}。` })
                : service,
            )
            .filter((_service, at) => !dropped.includes(at)),
        )
        const kinds = (changes: readonly ServiceChange[], kind: ServiceChange['kind']): number =>
          changes.filter((change) => change.kind === kind).length
        const [on, back] = [serviceChanges(real, after), serviceChanges(after, real)]
        expect(kinds(on, 'removed')).toBe(dropped.length)
        expect(kinds(back, 'added')).toBe(dropped.length)
        expect(kinds(on, 'changed')).toBe(reworded.filter((at) => !dropped.includes(at)).length)
        expect(kinds(back, 'changed')).toBe(kinds(on, 'changed'))
        expect(kinds(on, 'added') + kinds(back, 'removed')).toBe(0)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the changes of the other texts', () => {
  const site = {
    help: { phone: '12333' },
    kiosks: [{ id: 'lobby-1', floor: 1 }],
    days: { closures: ['a', 'b'] },
  }
  const files = (value: unknown) => ({
    'site.json': JSON.stringify(value),
    'guide.txt': String(Math.random()),
  })

  it('are told entry by entry, things by their id', () => {
    const after = { help: {}, kiosks: [{ id: 'lobby-1', floor: 2 }], days: { closures: ['a'] } }
    const [told] = textChanges(files(site), files(after))
    expect(told?.file).toBe('site.json')
    expect(told?.changes.map(({ path, before, after }) => [path.join('/'), before, after])).toEqual([
      ['help/phone', '12333', null],
      ['kiosks/lobby-1/floor', '1', '2'],
      ['days/closures', 'a、b', 'a'],
    ])
  })

  it('are none where only the layout differs', () => {
    expect(textChanges(files(site), { 'site.json': JSON.stringify(site, null, 4) })).toEqual([])
  })

  it('tell of a drawing that there is another', () => {
    const plans = (svg: string) => ({ 'plans/main-1.svg': svg })
    expect(textChanges(plans('<svg/>'), plans('<svg></svg>'))).toMatchObject([
      { file: 'plans/main-1.svg', total: 1 },
    ])
  })
})
