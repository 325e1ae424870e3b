import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { cellName } from '../../../../data/workbook/columns.ts'
import { chineseNumeral } from '../../../../data/chinese-numeral.ts'
import { guideTextOf } from '../../../../data/workbook/guide-text.ts'
import { rowsOf } from '../../../../data/workbook/rows.ts'
import { guideText, importText, real } from '../../intake/real-guide.ts'

// Guides are read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

const lines = guideText.split('\n')
const starts = lines.flatMap((line, index) => (line.trim() === '事项名称' ? [index - 4] : []))

/** Some of the real tables, the listing above them, with lines lost, doubled, moved or blanked. */
const spoiled = fc
  .tuple(
    fc.shuffledSubarray(
      Array.from({ length: starts.length }, (_, index) => index),
      { minLength: 2, maxLength: 5 },
    ),
    fc.array(
      fc.tuple(fc.constantFrom('drop', 'double', 'swap', 'blank', 'untab', 'join'), fc.nat(), fc.nat()),
      {
        maxLength: 10,
      },
    ),
  )
  .map(([chosen, steps]) => {
    const tables = chosen.flatMap((index) => lines.slice(starts[index], starts[index + 1] ?? lines.length))
    const text = [...lines.slice(0, starts[0]), ...tables]
    for (const [step, first, second] of steps) {
      const at = first % text.length
      const line = text[at] ?? ''
      if (step === 'drop') text.splice(at, 1)
      if (step === 'double') text.splice(at, 0, line)
      if (step === 'swap') text[at] = text[second % text.length] ?? ''
      if (step === 'blank') text.splice(at, 0, '  ')
      if (step === 'untab') text[at] = line.trimStart()
      if (step === 'join') text.splice(at, 2, `${line}${text[at + 1] ?? ''}`)
    }
    return text.join('\n')
  })

describe('a catalogue written as a guide and read again', () => {
  test('is the same: the real one', () => {
    expect(importText(guideTextOf(rowsOf(real.catalogue)).text, real.catalogue).catalogue).toEqual(
      real.catalogue,
    )
  })

  test('is the same, whatever had been done to the guide it came from', () => {
    fc.assert(
      fc.property(spoiled, (text) => {
        const { catalogue } = importText(text)
        // Two categories of one name cannot be told apart by it; the intake says so.
        const names = catalogue.categories.map(({ group, title }) => `${group} ${title}`)
        fc.pre(new Set(names).size === names.length)
        const again = importText(guideTextOf(rowsOf(catalogue)).text, catalogue).catalogue
        expect({ ...again, department: '' }).toEqual({ ...catalogue, department: '' })
      }),
      { numRuns: 40 },
    )
  })

  test('leads every line back to its service and field', () => {
    const { text, originOf } = guideTextOf(rowsOf(real.catalogue))
    const found = text.split('\n').flatMap((line, index) => {
      const origin = originOf(index + 1)
      return origin === null || line.trim() === '' ? [] : [{ line, ...origin }]
    })
    const strays = found.filter(({ line, service, field }) => {
      const whole = real.catalogue.services[service]?.fields[field] ?? ''
      return line !== `\t${field}` && !whole.includes(line.replace(/^\t/, ''))
    })
    expect(strays).toEqual([])
    expect(new Set(found.map(({ service }) => service)).size).toBe(132)
  })
})

test.each([
  [0, 0, 'A1'],
  [14, 2, 'C15'],
  [9999, 25, 'Z10000'],
  [0, 26, 'AA1'],
  [0, 701, 'ZZ1'],
])('row %i, column %i is %s', (row, column, name) => {
  expect(cellName(row, column)).toBe(name)
})

test.each([
  [1, '一'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [99, '九十九'],
  [105, '一〇五'],
])('%i is counted as %s', (count, words) => {
  expect(chineseNumeral(count)).toBe(words)
})
