import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { fieldNames, type Service } from '../../../data/catalogue.ts'
import { assignIds, shortHash, type Identifiable } from '../../../data/intake/identity.ts'
import { eachField } from '../../../data/intake/field.ts'
import { readTitle } from '../../../data/intake/titles.ts'
import { curatedReadings, guideText, importText, real, site } from './real-guide.ts'

// The whole guide is read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

const plain = (text: string, category = 'a', fields: Partial<Service['fields']> = {}): Identifiable => {
  const { title, name } = readTitle(text)
  return { title, name, category, fields: { ...eachField((field) => `${field}一`), ...fields } }
}

const known = (services: readonly Identifiable[], ids = assignIds(services, []).ids) =>
  services.map((service, index) => ({ ...service, id: ids[index] ?? '' }))

describe('shortHash', () => {
  test('is eight characters, the same ever after', () => {
    expect(shortHash('工伤认定申请')).toBe(shortHash('工伤认定申请'))
    expect(shortHash('')).toMatch(/^[0-9a-z]{8}$/)
    expect(shortHash('工伤认定申请')).not.toBe(shortHash('工伤认定申清'))
  })

  test('keeps 20,000 titles apart', () => {
    const hashes = Array.from({ length: 20_000 }, (_, index) =>
      shortHash(`专业技术人员资格考试报名—第${String(index)}类`),
    )
    expect(new Set(hashes).size).toBe(20_000)
  })
})

describe('ids of the real guide', () => {
  test('are what they were when first given', () => {
    const ids = Object.fromEntries(real.catalogue.services.map(({ title, id }) => [title, id]))
    expect(ids['设立技工学校审批—设立高级技工学校审批']).toBe('svc-7x4ic6vi')
    expect(ids['企业社会保险登记']).toBe('svc-6jzsg6tp')
    expect(new Set(Object.values(ids)).size).toBe(132)
  })

  const services = real.catalogue.services
  const idOf = new Map(services.map((service) => [service.title, service.id]))

  test('stay through any order, any removal, any rewording of fields, with or without the catalogue in force', () => {
    const change = fc.record({
      kept: fc.shuffledSubarray(
        services.map((_, index) => index),
        { minLength: 1 },
      ),
      field: fc.constantFrom(...fieldNames.filter((name) => name !== '事项名称')),
      text: fc.string(),
      previous: fc.boolean(),
    })
    fc.assert(
      fc.property(change, ({ kept, field, text, previous }) => {
        const now = kept
          .flatMap((index) => services[index] ?? [])
          .map((service) => ({
            ...service,
            fields: { ...service.fields, [field]: text },
          }))
        const { ids, reworded } = assignIds(now, previous ? services : [])
        expect(ids).toEqual(now.map((service) => idOf.get(service.title)))
        expect(reworded).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('stay when services are added', () => {
    const added = services.flatMap((service, index) => [
      plain(`新增事项${String(index)}`, service.category, { 办理材料: String(index) }),
      service,
    ])
    for (const previous of [[], services]) {
      const { ids } = assignIds(added, previous)
      added.forEach((service, index) => {
        if (idOf.has(service.title)) expect(ids[index]).toBe(idOf.get(service.title))
      })
      expect(new Set(ids).size).toBe(ids.length)
    }
  })
})

describe('reworded titles', () => {
  test.each([
    ['工伤认定申请', '工伤认定申请办理'],
    ['社会保障卡补领、换领、换发', '社会保障卡补换领、换发'],
    ['专业技术人员资格考试报名—注册测绘师', '专业技术人员资格考试报名—注册测绘师（含补考）'],
  ])('%s → %s keeps its id and is told', (before, after) => {
    const text = guideText
      .split('\n')
      .map((line) => (line.trim().replace(/[─—-]+/g, '—') === before ? line.replace(/\S+/, after) : line))
      .join('\n')
    const { catalogue, findings } = importText(text, real.catalogue)
    const id = real.catalogue.services.find((service) => service.title === before)?.id
    expect(catalogue.services.find((service) => service.title === after)?.id).toBe(id)
    const told = findings.filter((finding) => finding.rule === 'title-reworded')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ severity: 'info', service: after })
    expect(told[0]?.message).toContain(before)
  })

  const other = { 办理材料: '全不相同', 事项简述: '另一件事' }

  test.each<[string, Identifiable, Identifiable]>([
    ['another exam of the family', plain('考试报名—注册测绘师'), plain('考试报名—监理工程师')],
    ['another category', plain('工伤认定申请', 'a'), plain('工伤认定申请办理', 'b')],
    ['a like title, but other contents', plain('企业社会保险登记'), plain('事业社会保险登记', 'a', other)],
  ])('%s is a new service', (_, before, after) => {
    const { ids, reworded } = assignIds([after], known([before]))
    expect(reworded).toEqual([])
    expect(ids).not.toEqual(known([before]).map(({ id }) => id))
  })

  test('two candidates about as good: neither is taken', () => {
    const before = known([plain('甲乙丙丁登记（一）'), plain('甲乙丙丁登记（二）')])
    expect(assignIds([plain('甲乙丙丁登记（三）')], before).reworded).toEqual([])
  })

  test('one to one', () => {
    const before = known([plain('工伤认定申请')])
    const { ids } = assignIds([plain('工伤认定申请办理', 'a', other), plain('工伤认定申请受理')], before)
    expect(ids[1]).toBe(before[0]?.id)
    expect(ids[0]).not.toBe(before[0]?.id)
  })
})

describe('ids already taken', () => {
  test('an old title that comes back after its id went to its successor gets a new id', () => {
    const [first] = known([plain('工伤认定申请')])
    if (!first) throw new Error('no service')
    const successor = { ...plain('工伤认定及复核'), id: first.id }
    const { ids } = assignIds([successor, plain('工伤认定申请')], [successor])
    expect(ids[0]).toBe(first.id)
    expect(ids[1]).toMatch(/^svc-[0-9a-z]{8}$/)
    expect(ids[1]).not.toBe(first.id)
  })
})

test('the curated readings and the site are what the tests think they are', () => {
  expect(site.buildings).toHaveLength(3)
  expect(Object.keys(curatedReadings.phrases).length).toBeGreaterThan(10)
})
