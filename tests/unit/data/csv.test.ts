import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvOf } from '../../../data/csv.ts'

test('opens right in a spreadsheet program: byte order mark, CRLF, quotes', () => {
  expect(
    csvOf(
      ['日期', '事项'],
      [
        ['2026-11-25', '申领"卡",补\n领'],
        [3, null],
      ],
    ),
  ).toBe('\uFEFF日期,事项\r\n2026-11-25,"申领""卡"",补\n领"\r\n3,\r\n')
})

test.each(['=1+1', '+86', '-1', '@SUM(A1)', ' =1', '\t=1', '＝1', '\r=1'])('%j is no formula', (text) => {
  const [, cell = ''] = csvOf(['x'], [[text]]).split('x\r\n')
  expect(cell).toMatch(/^"?'/)
})

test('every text comes back, but for the apostrophe that keeps it a text', () => {
  const unit = fc.constantFrom('a', '办', '"', ',', '\n', '=', "'", ' ')
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const body = csvOf(['x'], [[text]]).slice('\uFEFFx\r\n'.length, -2)
      const cell = body.startsWith('"') ? body.slice(1, -1).replaceAll('""', '"') : body
      expect([text, `'${text}`]).toContain(cell)
      if (!body.startsWith('"')) expect(/[",\r\n]/.test(body)).toBe(false)
    }),
  )
})
