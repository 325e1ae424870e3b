import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import { describe, expect, test, vi } from 'vitest'
import { fieldNames } from '../../../../data/catalogue.ts'
import { headings, sheetNames } from '../../../../data/workbook/columns.ts'
import { rowsOf } from '../../../../data/workbook/rows.ts'
import { readOffer } from '../../../../electron/sources/read-offer.ts'
import { readRows } from '../../../../electron/sources/workbook.ts'
import { longestCell, makeWorkbook } from '../../../../electron/sources/workbook-sheets.ts'
import { candidateIn, catalogueIn, smallFiles, refusalIn } from '../../../fixtures/edition-files.ts'

// The whole guide is made and read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 30_000 })

const context = { files: smallFiles, now: new Date('2026-11-25T02:00:00Z') }
const real = catalogueIn(smallFiles)

async function workbookOf(catalogue: typeof real): Promise<Uint8Array> {
  const made = await makeWorkbook(catalogue)
  if (made.kind === 'too-long') throw new Error(made.field)
  return made.bytes
}

type Sheet = (string | number | null)[][]

/** The rows of the real workbook as a spreadsheet program would have them, to be changed. */
const realSheet = (): Sheet => [
  [...headings],
  ...rowsOf(real).services.map(({ id, group, category, fields }) => [
    id,
    group,
    category,
    ...fieldNames.map((name) => fields[name]),
  ]),
]

type Cell = Exclude<SheetData[number], null>[number]

const bytesOf = (
  rows: readonly (readonly Cell[])[],
  sheet: string = sheetNames.services,
): Promise<Uint8Array> => writeWorkbook([{ sheet, data: rows.map((row) => [...row]) }]).toBuffer()

const offer = async (bytes: Uint8Array, name = '事项.xlsx') => readOffer(bytes, name, context)
const edited = async (edit: (sheet: Sheet) => void) => {
  const sheet = realSheet()
  edit(sheet)
  return offer(await bytesOf(sheet))
}

describe('a workbook that was written by the kiosk', () => {
  test('read back changes nothing', async () => {
    expect(candidateIn(await offer(await workbookOf(real))).files).toBe(smallFiles)
  })

  test('explains every column on its first sheet', async () => {
    const { default: readWorkbook } = await import('read-excel-file/universal')
    const sheets = await readWorkbook(Uint8Array.from(await workbookOf(real)).buffer)
    expect(sheets.map(({ sheet }) => sheet)).toEqual([sheetNames.help, sheetNames.services])
    const explained = sheets[0]?.data.filter(([, help]) => typeof help === 'string').map(([column]) => column)
    expect(explained).toEqual(['栏目', ...headings])
    expect(sheets[0]?.data.every((row) => row.every((each) => each !== ''))).toBe(true)
  })

  test('keeps every field to the letter, whatever stands in it', async () => {
    const text = fc
      .string({
        unit: fc.constantFrom(
          '办',
          '1.',
          ' ',
          '\n',
          '\t',
          '<',
          '&',
          '"',
          '_x000D_',
          '_',
          '=',
          '𠮷',
          '—',
          '\u0001',
        ),
        maxLength: 60,
      })
      .map((words) => `材${words}料`)
    const [first] = real.services
    if (!first) throw new Error()
    const texts = fc.array(text, { minLength: 40, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        const services = all.map((words, index) => ({
          ...first,
          id: String(index),
          fields: { ...first.fields, 事项名称: `${words}${String(index)}`, 办理材料: words },
        }))
        const read = await readRows(await workbookOf({ ...real, services }))
        if (read.kind === 'refused') throw new Error(JSON.stringify(read))
        expect(read.rows.map(({ fields }) => fields)).toEqual(services.map(({ fields }) => fields))
      }),
      { numRuns: 5 },
    )
  })

  test('names the field that no cell can hold instead of cutting it', async () => {
    const [first] = real.services
    if (!first) throw new Error()
    const fields = { ...first.fields, 办理方式: '长'.repeat(longestCell + 1) }
    expect(await makeWorkbook({ ...real, services: [{ ...first, fields }] })).toMatchObject({
      kind: 'too-long',
      field: '办理方式',
    })
  })
})

describe('what staff change in it', () => {
  test('a room, a new service and one that is gone; numbers stay, also under a new title', async () => {
    const outcome = candidateIn(
      await edited((sheet) => {
        const [, first, second, third] = sheet
        if (!first || !second || !third) throw new Error()
        first[11] = '乌鲁木齐市北京南路445号8楼801室（职业能力建设处）'
        second[3] = '完全不同的名称'
        sheet.splice(3, 1)
        sheet.push([
          null,
          '公共服务事项',
          '就业创业',
          '新事项',
          '说明',
          '1.身份证原件1份',
          ...Array.from({ length: 8 }, () => '无'),
        ])
      }),
    )
    const read = catalogueIn(outcome.files)
    expect(read.services).toHaveLength(real.services.length)
    expect(read.services[0]?.places[0]).toMatchObject({ floor: 8, rooms: ['801'] })
    expect(read.services[1]).toMatchObject({ id: real.services[1]?.id, title: '完全不同的名称' })
    expect(read.services.some(({ id }) => id === real.services[2]?.id)).toBe(false)
    expect(read.services.at(-1)).toMatchObject({ title: '新事项', category: 'employment' })
    expect(read.services.at(-1)?.id).toMatch(/^svc-/)
    expect(outcome.findings.filter(({ line }) => line !== null)).toEqual([])
  })

  test('a new category comes after the others', async () => {
    const outcome = await edited((sheet) => {
      sheet.push([
        null,
        '公共服务事项',
        '人才服务',
        '人才公寓申请',
        '说明',
        '身份证',
        ...Array.from({ length: 8 }, () => '无'),
      ])
    })
    const { categories, services } = catalogueIn(candidateIn(outcome).files)
    expect(categories.at(-1)).toMatchObject({ title: '人才服务', group: '公共服务事项' })
    expect(services.at(-1)?.category).toBe(categories.at(-1)?.id)
  })

  test('findings name the cell', async () => {
    const outcome = candidateIn(
      await edited((sheet) => {
        const row = sheet[14]
        if (row) row[12] = '电话查询0991—36896（职业能力建设处）'
      }),
    )
    expect(outcome.findings).toContainEqual(
      expect.objectContaining({ rule: 'phone-digits', cell: 'M15', line: null }),
    )
    expect(outcome.findings.filter(({ message }) => /第\d+行/.test(message))).toEqual([])
    // What was there before comes after it, and is marked.
    const fresh = outcome.findings.filter(({ known }) => known === undefined)
    expect(fresh.length).toBeLessThan(5)
    expect(outcome.findings.slice(0, fresh.length)).toEqual(fresh)
    expect(fresh.map(({ cell }) => cell)).toContain('M15')
  })
})

describe('what cannot be meant is said by its cell', () => {
  const cells = async (edit: (sheet: Sheet) => void) =>
    refusalIn(await edited(edit)).findings.map(({ cell, rule }) => `${cell ?? ''} ${rule}`)
  const set = (row: number, column: number, value: string | null) => (sheet: Sheet) => {
    const cellsOfRow = sheet[row]
    if (cellsOfRow) cellsOfRow[column] = value
  }

  test.each([
    ['no title', set(14, 3, null), ['D15 row-title']],
    ['no category', set(14, 2, ' '), ['C15 row-category']],
    ['a title twice', set(14, 3, real.services[2]?.fields.事项名称 ?? ''), ['D15 row-title-twice']],
    ['a number twice', set(14, 0, real.services[2]?.id ?? ''), ['A15 row-id-twice']],
    ['a number that is none', set(14, 0, '十四 号'), ['A15 row-id']],
    ['a line that reads like another field', set(14, 5, '1.申请表\n办理方式：\n现场'), ['F15 cell-heading']],
    ['an error of the program', set(14, 7, '#REF!'), ['H15 cell-error']],
    ['something beside the table', set(14, 20, '备注'), ['U15 cell-stray']],
    ['a title that reads like a heading', set(14, 3, '一、行政审批事项'), ['D15 row-title-number']],
  ])('%s', async (_, edit, expected) => {
    expect(await cells(edit)).toEqual(expected)
  })

  test('a formula and a date', async () => {
    const sheet: Cell[][] = realSheet()
    sheet[14]?.splice(5, 1, { value: 'SUM(1,2)', type: 'Formula' })
    sheet[15]?.splice(6, 1, { value: new Date('2026-03-05'), type: Date, format: 'yyyy-mm-dd' })
    const { findings } = refusalIn(await offer(await bytesOf(sheet)))
    expect(findings.map(({ cell, rule }) => `${cell ?? ''} ${rule}`)).toEqual([
      'F15 cell-formula',
      'G16 cell-date',
    ])
    expect(findings[0]?.message).toMatch(/^F15：/)
  })

  test('by the cell it has in the sheet, also where a program leaves empty rows out', async () => {
    const parts = unzipSync(await bytesOf(realSheet().with(14, realSheet()[14]?.with(3, '') ?? [])))
    const path = 'xl/worksheets/sheet1.xml'
    const sheet = strFromU8(parts[path] ?? new Uint8Array())
    const gap = sheet
      .replace(/<row r="10"[^>]*>.*?<\/row>/s, '')
      .replace(/<row r="5"[^>]*>.*?<\/row>/s, '<row r="5"/>')
    expect(gap.length).toBeLessThan(sheet.length)
    const outcome = refusalIn(await offer(zipSync({ ...parts, [path]: strToU8(gap) })))
    expect(outcome.findings.map(({ cell }) => cell)).toEqual(['D15'])
  })

  test('numbers are read as they were typed', async () => {
    const sheet = realSheet()
    sheet[14]?.splice(12, 1, 12333)
    const read = await readRows(await bytesOf(sheet))
    expect(read.kind === 'rows' && read.rows[13]?.fields.咨询查询途径).toBe('12333')
  })
})

describe('what is not this workbook', () => {
  test('another sheet, another heading, no rows', async () => {
    const other = refusalIn(await offer(await bytesOf(realSheet(), 'Sheet1')))
    expect(other).toMatchObject({ problem: 'workbook-form', details: { missing: '事项' } })
    const renamed = refusalIn(await edited((sheet) => sheet[0]?.splice(5, 1, '材料')))
    expect(renamed).toMatchObject({ problem: 'workbook-form', details: { missing: '办理材料' } })
    expect(refusalIn(await offer(await bytesOf([[...headings]]))).problem).toBe('workbook-form')
  })

  test.each([
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'a.xlsx', 'not-what-it-says'],
    ['a workbook of 1997', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'a.xls', 'old-spreadsheet'],
    ['one with a password', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'a.xlsx', 'locked-or-old'],
  ])('%s', async (_, bytes, name, problem) => {
    expect(refusalIn(await offer(bytes, name)).problem).toBe(problem)
  })
})
