import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../../data/catalogue.ts'
import { type PreviewContext, previewOf } from '../../../../data/edition/preview.ts'
import { aSiteFile } from '../../../fixtures/catalogue.ts'
import { realCatalogue } from '../../../fixtures/real-content.ts'

const real = realCatalogue
const [service] = real.services
const usual: PreviewContext = {
  findings: [],
  kiosk: 'lobby-1',
  manifest: null,
  signed: true,
  now: new Date('2026-12-01T00:00:00Z'),
}

function warnings(after: Partial<Catalogue>, context: Partial<PreviewContext> = {}) {
  const files = (catalogue: Catalogue) => ({ 'catalogue.json': JSON.stringify(catalogue) })
  const changed = { ...real, ...after }
  return previewOf(
    { files: files(real), catalogue: real },
    { files: files(changed), catalogue: changed, site: aSiteFile() },
    { ...usual, ...context },
  ).warnings
}

describe('staff are warned', () => {
  const renamed = real.services.map((each, at) =>
    at === 0 ? { ...each, title: `${each.title}（新）` } : each,
  )
  const emptied = real.services.map((each, at) =>
    at === 0 ? { ...each, fields: { ...each.fields, 办理材料: '' } } : each,
  )

  it('of nothing where a signed edition changes a little', () => {
    expect(warnings({ services: renamed })).toEqual([])
  })

  it.each([
    {
      title: 'many services would be gone',
      after: { services: real.services.slice(0, 66) },
      expected: { code: 'many-removed', count: real.services.length - 66, of: real.services.length },
    },
    {
      title: 'a field would be empty',
      after: { services: emptied },
      expected: { code: 'emptied', count: 1, titles: [service?.title] },
    },
    {
      title: 'the edition is an earlier one',
      after: { services: renamed, edition: '2020-01-01.9' },
      expected: { code: 'older-edition', before: real.edition, after: '2020-01-01.9' },
    },
    {
      title: 'it is another department’s',
      after: { services: renamed, department: '林业局' },
      expected: { code: 'other-department', before: real.department, after: '林业局' },
    },
    {
      title: 'its site lacks this kiosk',
      after: { services: renamed },
      context: { kiosk: 'lobby-7' },
      expected: { code: 'kiosk-missing', kiosk: 'lobby-7' },
    },
    {
      title: 'nobody signed it',
      after: { services: renamed },
      context: { signed: false },
      expected: { code: 'unsigned' },
    },
    {
      title: 'it has expired',
      after: { services: renamed },
      context: { manifest: { expires: '2026-11-30T00:00:00Z' } },
      expected: { code: 'expired', since: '2026-11-30T00:00:00Z' },
    },
    { title: 'it changes nothing', after: {}, expected: { code: 'no-change' } },
  ])('where $title', ({ after, context = {}, expected }) => {
    expect(warnings(after, context)).toEqual([expected])
  })

  it('of errors the intake found, and of no expiry by a clock that cannot be right', () => {
    const finding = {
      severity: 'error',
      rule: 'x',
      line: 1,
      service: null,
      field: null,
      message: '',
      text: '',
    } as const
    const manifest = { expires: '2026-11-30T00:00:00Z' }
    expect(warnings({ services: renamed }, { findings: [finding], manifest, now: null })).toEqual([
      { code: 'errors', count: 1 },
    ])
  })
})
