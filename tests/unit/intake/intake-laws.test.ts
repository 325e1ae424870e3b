import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { catalogueSchema, fieldNames } from '../../../data/catalogue.ts'
import type { Imported } from '../../../data/intake/intake.ts'
import { guideText, importText, real } from './real-guide.ts'

const guideLines = guideText.split('\n')

/** What must hold for any text whatever. */
function hold(text: string, { catalogue, findings }: Imported): void {
  expect(v.safeParse(catalogueSchema, catalogue).issues).toBeUndefined()
  const given = new Set(text)
  const ids = catalogue.services.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const categories = new Set(catalogue.categories.map(({ id }) => id))
  expect(categories.size).toBe(catalogue.categories.length)
  const last = text.split(/\r\n|\n|\r/).length
  for (const service of catalogue.services) {
    expect(categories.has(service.category)).toBe(true)
    for (const name of fieldNames) {
      const foreign = [...service.fields[name]].filter(
        (character) => !given.has(character) && character !== '\n',
      )
      expect(foreign).toEqual([])
    }
  }
  const squeezed = text.replace(/\s+/g, '')
  const misquoted = findings.filter(
    (finding) => finding.variants !== true && !squeezed.includes(finding.text.replace(/\s+/g, '')),
  )
  expect(misquoted).toEqual([])
  for (const { line, message } of findings) {
    if (line !== null) expect(line).toBeGreaterThanOrEqual(1)
    if (line !== null) expect(line).toBeLessThanOrEqual(last)
    expect(message).not.toBe('')
  }
}

/** Three of the real tables with the listing, so that one run is quick. */
const small = fc
  .shuffledSubarray(
    Array.from({ length: 132 }, (_, index) => index),
    { minLength: 3, maxLength: 3 },
  )
  .map((chosen) => {
    const starts = guideLines.flatMap((line, index) => (line.trim() === '事项名称' ? [index - 4] : []))
    const tables = chosen.map((index) =>
      guideLines.slice(starts[index], starts[index + 1] ?? guideLines.length),
    )
    return [...guideLines.slice(0, starts[0]), ...tables.flat()]
  })

type Change = (lines: string[], at: number, other: number) => string[]

const changes: readonly Change[] = [
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  (lines, at, other) => lines.with(at, lines[other] ?? ''),
  (lines, at) => lines.toSpliced(at, 2, `${lines[at] ?? ''}${lines[at + 1] ?? ''}`),
  (lines, at, other) => cut(lines, at, other % 7),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace('\t', '')),
  (lines, at) => lines.with(at, `\t${lines[at] ?? ''}`),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/[（）]/, '')),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/\d/, '')),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/\d/, '９')),
  (lines, at) => lines.slice(at).concat(lines.slice(0, at)),
]

const cut = (lines: string[], at: number, column: number): string[] => {
  const text = lines[at] ?? ''
  return lines.toSpliced(at, 1, text.slice(0, column), text.slice(column))
}

const mutated = fc
  .tuple(
    small,
    fc.array(fc.tuple(fc.constantFrom(...changes), fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 }),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lines, steps, end]) =>
    steps
      .reduce((text, [change, at, other]) => change(text, at % text.length, other % text.length), lines)
      .join(end),
  )

const words = [
  '\t事项名称\n\t',
  '\t办理材料\n\t',
  '\t办事时间\n\t',
  '\t办理机构及地点\n\t',
  '\t咨询查询途径\n\t',
  '一、行政审批事项\n',
  '（一）社会保险\n',
  '事项办事指南\n',
  '每月1日—31日',
  '10:00--1930（夏季）',
  '0991—368',
  '北京南路445号',
  '2楼、3室（',
  'http://a:1/',
  '——',
  '\n',
]

const invented = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''))

describe('laws of the intake', () => {
  test('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        hold(text, importText(text))
      }),
      { numRuns: 150 },
    )
  }, 120_000)

  test('text made of what guides are made of', () => {
    fc.assert(
      fc.property(invented, (text) => {
        hold(text, importText(text))
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  test('the real guide, damaged', () => {
    fc.assert(
      fc.property(mutated, fc.boolean(), (text, after) => {
        hold(text, importText(text, after ? real.catalogue : null))
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  test('the same text gives the same catalogue and findings', () => {
    expect(importText(guideText)).toEqual(real)
    expect(importText(guideText, real.catalogue)).toEqual(real)
  })

  test('it holds what any text does', () => {
    hold(guideText, real)
    expect(real.findings.filter(({ text }) => text !== '').length).toBeGreaterThan(200)
  })

  test('line ends and a byte order mark change no service', () => {
    const windows = importText(`\uFEFF${guideText.replaceAll('\n', '\r\n')}`)
    expect(windows.catalogue).toEqual(real.catalogue)
    expect(windows.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['byte-order-mark', 'line-endings']),
    )
  })

  test('every field is word for word what stands in the guide', () => {
    for (const service of real.catalogue.services) {
      for (const name of fieldNames) expect(guideText).toContain(service.fields[name])
    }
  })
})

describe('time grows with the text, not faster', () => {
  const tables = guideText.slice(guideText.indexOf('自治区人力资源和社会保障厅行政审批'))
  const repeated = (times: number): string =>
    Array.from({ length: times }, (_, index) =>
      tables.replaceAll(/(\t事项名称\s+\t)/g, `$1${String(index)}号`),
    ).join('\n')

  // Processor time, not the clock: other work on the machine must not decide.
  const timed = (text: string): number => {
    const start = process.cpuUsage()
    importText(text)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }

  test('eight times the tables take nowhere near sixty-four times as long', () => {
    const least = (text: string): number => Math.min(timed(text), timed(text), timed(text))
    const once = least(repeated(2))
    expect(least(repeated(16)) / once).toBeLessThan(32)
  }, 120_000)

  test.each([
    ['digits', '1'],
    ['dashes', '—'],
    ['open brackets', '（'],
    ['spaces', ' '],
    ['commas', '、'],
    ['floors', '2楼'],
    ['a site word', '平台'],
    ['a telephone', '0991-3689687、'],
    ['hours', '10:00—13:30'],
    ['days', '每月1日'],
    ['brackets', '（甲）'],
    ['Han', '处'],
  ])(
    '100,000 characters of %s in every field',
    (_, unit) => {
      const long = unit.repeat(Math.ceil(100_000 / unit.length / fieldNames.length))
      const text = fieldNames.map((name) => `\t${name}\n\t${long}\n`).join('\n')
      expect(timed(text)).toBeLessThan(4000)
    },
    30_000,
  )
})
