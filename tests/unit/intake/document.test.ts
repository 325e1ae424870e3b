import { describe, expect, test } from 'vitest'
import { fieldNames } from '../../../data/catalogue.ts'
import { fieldValue, readDocument, splitLines, type DocumentReport } from '../../../data/intake/document.ts'
import { guideText } from './real-guide.ts'

const read = (text: string) => {
  const heard: Parameters<DocumentReport>[0][] = []
  return {
    document: readDocument(text, (finding) => heard.push(finding)),
    heard,
    rules: heard.map(({ rule }) => rule),
  }
}

const table = (title: string, extra = ''): string =>
  `某厅公共服务\n事项办事指南\n\n${fieldNames
    .map((name) => `\t${name}\n\t${name === '事项名称' ? title : `${title}的${name}`}\n`)
    .join('\n')}${extra}\n\n`

const listing =
  '一、行政审批事项\n甲审批\n\n公共服务事项\n\n（一）社会保险\n\n乙登记\n丙查询\n（二）其他\n丁公开\n'

describe('the real guide', () => {
  const { document, heard } = read(guideText)

  test('has its listing, its categories and its tables', () => {
    expect(document.entries).toHaveLength(132)
    expect(document.tables).toHaveLength(132)
    expect(document.department).toBe('自治区人力资源和社会保障厅')
    expect(document.categories.map(({ title, group }) => `${group}/${title}`)).toEqual([
      '行政审批事项/行政审批',
      '公共服务事项/社会保险',
      '公共服务事项/就业创业',
      '公共服务事项/人事人才',
      '公共服务事项/劳动关系',
      '公共服务事项/其他',
    ])
    expect(heard.map(({ rule }) => rule)).toEqual(['listing-numbering'])
  })

  test('every table has the eleven fields and no heading of the next table in its last one', () => {
    for (const { fields } of document.tables) {
      expect([...fields.keys()]).toEqual([...fieldNames])
      expect(fieldValue(fields.get('监督投诉渠道')?.lines ?? [])).toMatch(/^监督电话[^\n]+$/)
    }
  })

  test('the second half of each heading is kept with its table', () => {
    expect(document.tables[6]?.heading.map(({ text }) => text)).toEqual([
      '自治区人力资源和社会保障厅公共服务',
      '事项办事指南（社会保险服务事项）',
    ])
  })
})

describe('lines and values', () => {
  test.each([
    ['a\r\nb\rc\nd', ['a', 'b', 'c', 'd']],
    ['\uFEFFa', ['a']],
    ['', ['']],
  ])('%j splits into lines', (text, lines) => {
    expect(splitLines(text).map((line) => line.text)).toEqual(lines)
    expect(splitLines(text).map((line) => line.number)).toEqual(lines.map((_, index) => index + 1))
  })

  test.each([
    ['\t甲', '甲'],
    ['\n\t甲  \n\n乙\n  \n', '甲  \n\n乙'],
    ['\t甲\n      乙', '甲\n      乙'],
    ['\t\t甲\n\t乙', '\t甲\n\t乙'],
    ['\t\n\n', ''],
    ['', ''],
  ])('%j is the value %j', (text, value) => {
    expect(fieldValue(splitLines(text))).toBe(value)
  })
})

describe('irregular documents', () => {
  test('the listing says the groups and the categories', () => {
    const { document } = read(listing + table('甲审批'))
    const titles = document.entries.map(
      ({ line, category }) => `${document.categories[category]?.title ?? ''}:${line.text}`,
    )
    expect(titles).toEqual(['行政审批:甲审批', '社会保险:乙登记', '社会保险:丙查询', '其他:丁公开'])
  })

  test.each([
    ['a byte order mark', `\uFEFF${table('甲')}`, 'byte-order-mark'],
    ['Windows line ends', table('甲').replaceAll('\n', '\r\n'), 'line-endings'],
    ['spaces after a field name', table('甲').replace('\t办理方式', '\t办理方式  '), 'field-heading'],
    ['a field name outside its cell', table('甲').replace('\t办理方式\n', '办理方式\n'), 'field-heading'],
    ['an unknown field', table('甲', '\n\t备注说明\n\t周末另行通知\n'), 'field-unknown'],
    ['a field twice', table('甲', '\n\t办理时限\n\t另一个期限\n'), 'field-repeated'],
    [
      'text between heading and table',
      `${table('甲')}${table('乙').replace('\t事项名称', '\t游离文字\n\n\t事项名称')}`,
      'stray-line',
    ],
  ])('%s is reported and the rest is read', (_, text, rule) => {
    const { document, rules } = read(text)
    expect(rules).toContain(rule)
    expect(fieldValue(document.tables[0]?.fields.get('办理方式')?.lines ?? [])).toBe('甲的办理方式')
    expect(document.tables[0]?.fields.size).toBe(11)
  })

  test('an unknown field takes nothing from the field before it', () => {
    const { document } = read(table('甲', '\n\t备注说明\n\t周末另行通知\n'))
    expect(fieldValue(document.tables[0]?.fields.get('监督投诉渠道')?.lines ?? [])).toBe('甲的监督投诉渠道')
  })

  test('the last heading of the list stays one where nothing is listed below it', () => {
    const plain = table('甲审批').replace('某厅公共服务\n事项办事指南', '某厅办事指南')
    const { categories } = read(`一、行政审批事项\n\n${plain}`).document
    expect(categories.map(({ title }) => title)).toEqual(['行政审批'])
    const bracketed = read(`二、公共服务事项\n（一）窗口服务\n\n${plain}`).document.categories
    expect(bracketed.map(({ title }) => title)).toEqual(['窗口服务'])
    const { entries } = read(`${listing}提供政审服务\n\n${plain}`).document
    expect(entries.at(-1)?.line.text).toBe('提供政审服务')
  })

  test('"办事指南" in a value is no heading', () => {
    const { document } = read(
      table('甲').replace('甲的事项简述', '甲的简述，见\n政务网的办事指南\n后面还有一句'),
    )
    expect(fieldValue(document.tables[0]?.fields.get('事项简述')?.lines ?? [])).toContain(
      '政务网的办事指南\n后面还有一句',
    )
  })

  test.each(['', '\n\n', '会议纪要\n一、出席\n二、缺席\n', '\t\t\t', '事项名称'])(
    '%j has no table',
    (text) => {
      expect(read(text).document.tables).toEqual([])
    },
  )
})
