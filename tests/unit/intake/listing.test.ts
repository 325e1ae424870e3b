import { describe, expect, test, vi } from 'vitest'
import { guideText, importText, real } from './real-guide.ts'
import { ofRule } from './fields.ts'

// The whole guide is read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

const lines = guideText.split('\n')
const swap = (from: string, to: string): string => {
  expect(guideText.includes(from)).toBe(true)
  return guideText.replace(from, to)
}
/** The lines of one table with its heading, by the number of its service. */
const tableOf = (number: number): { from: number; to: number } => {
  const starts = lines.flatMap((line, index) => (line.trim() === '事项名称' ? [index] : []))
  return { from: (starts[number - 1] ?? 0) - 4, to: (starts[number] ?? lines.length + 4) - 4 }
}
const tableText = (number: number): string => lines.slice(tableOf(number).from, tableOf(number).to).join('\n')

describe('listing and tables', () => {
  test('categories of the real guide, by the listing', () => {
    const counts = real.catalogue.categories.map(({ id }) => [
      id,
      real.catalogue.services.filter((service) => service.category === id).length,
    ])
    expect(counts).toEqual([
      ['administrative-approval', 6],
      ['social-insurance', 74],
      ['employment', 7],
      ['personnel', 40],
      ['labour-relations', 2],
      ['other', 3],
    ])
  })

  test('a table whose heading names another kind of matter is told and stays where the listing has it', () => {
    expect(ofRule(real.findings, 'heading-category')).toMatchObject([
      { service: '劳动人事争议仲裁申请', line: 5542 },
    ])
    expect(real.catalogue.services[128]?.category).toBe('labour-relations')
  })

  test('listed without a table', () => {
    const { from, to } = tableOf(48)
    const { catalogue, findings } = importText([...lines.slice(0, from), ...lines.slice(to)].join('\n'))
    expect(catalogue.services).toHaveLength(131)
    expect(ofRule(findings, 'table-missing')).toMatchObject([{ severity: 'error', text: '工伤认定申请' }])
  })

  test('a table without its line in the listing takes its category from its heading', () => {
    const { catalogue, findings } = importText(swap('\n企业社会保险登记\n', '\n'))
    expect(ofRule(findings, 'not-listed')).toMatchObject([
      { severity: 'warning', service: '企业社会保险登记' },
    ])
    expect(catalogue.services.find(({ title }) => title === '企业社会保险登记')?.category).toBe(
      'social-insurance',
    )
  })

  test('a heading that names no category leaves its service unlisted', () => {
    const { catalogue } = importText(swap('\n行政复议\n', '\n'))
    expect(catalogue.services.find(({ title }) => title === '行政复议')?.category).toBe('unlisted')
    expect(catalogue.categories.at(-1)?.id).toBe('unlisted')
  })

  test('a title that differs a little from its line in the listing', () => {
    const { catalogue, findings } = importText(swap('\n工伤认定申请\n', '\n工伤的认定申请\n'))
    expect(catalogue.services[47]).toMatchObject({ title: '工伤认定申请', category: 'social-insurance' })
    expect(ofRule(findings, 'title-differs')).toMatchObject([{ text: '工伤的认定申请' }])
    expect(ofRule(findings, 'table-missing')).toEqual([])
  })

  test.each([
    ['the same', (text: string) => text, 'warning'],
    ['different', (text: string) => text.replace('现场办理', '网上办理'), 'error'],
  ] as const)('a table twice, %s', (_, alter, severity) => {
    const { catalogue, findings } = importText(`${guideText}\n\n${alter(tableText(48))}`)
    expect(catalogue.services).toHaveLength(132)
    expect(ofRule(findings, 'table-repeated')).toMatchObject([{ severity, service: '工伤认定申请' }])
    expect(catalogue.services[47]?.fields.办理方式).toBe('现场办理')
  })

  test('a table without a title is no service', () => {
    const { catalogue, findings } = importText(guideText.replace('\t政府信息依申请公开', '\t'))
    expect(catalogue.services).toHaveLength(131)
    expect(ofRule(findings, 'title-missing')).toMatchObject([{ severity: 'error' }])
  })

  test('tables in another order than the listing', () => {
    const { from, to } = tableOf(3)
    const moved = [...lines.slice(0, from), ...lines.slice(to), ...lines.slice(from, to)].join('\n')
    const { catalogue, findings } = importText(moved)
    expect(catalogue.services.at(-1)?.title).toBe(real.catalogue.services[2]?.title)
    expect(ofRule(findings, 'table-order')).not.toEqual([])
  })

  test('no listing at all', () => {
    const { catalogue, findings } = importText(lines.slice(tableOf(1).from).join('\n'))
    expect(catalogue.services).toHaveLength(132)
    expect(ofRule(findings, 'listing-missing')).toMatchObject([{ severity: 'error' }])
  })

  test.each(['', '会议纪要\n一、出席\n', '\uFFFD\u0000'])('%j is no guide', (text) => {
    const { catalogue, findings } = importText(text)
    expect(catalogue.services).toEqual([])
    expect(ofRule(findings, 'not-a-guide')).toMatchObject([{ severity: 'error' }])
  })

  test('a category of a name never seen gets an id that does not depend on its place', () => {
    const a = importText(swap('（五）其他', '（五）法律服务')).catalogue.categories.at(-1)
    const b = importText(
      swap('（四）劳动关系', '（四）仲裁').replace('（五）其他', '（五）法律服务'),
    ).catalogue.categories.at(-1)
    expect(a?.id).toMatch(/^category-[0-9a-z]{8}$/)
    expect(a).toEqual(b)
  })
})
