import { unzipSync, zipSync } from 'fflate'
import { DeletedTextRun, InsertedTextRun, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { describe, expect, test, vi } from 'vitest'
import { readDocx } from '../../../../electron/sources/docx.ts'
import { readOffer } from '../../../../electron/sources/read-offer.ts'
import {
  candidateIn,
  catalogueIn,
  realFiles,
  refusalIn,
  smallFiles,
} from '../../../fixtures/edition-files.ts'
import { docxOf, docxOfLines, docxOfTables } from '../../../fixtures/guide-docx.ts'

// Two whole guides are made and read here; a busy machine is no fault.
vi.setConfig({ testTimeout: 30_000 })

const context = { files: smallFiles, now: new Date('2026-11-25T02:00:00Z') }
const small = catalogueIn(smallFiles)
const whole = { ...context, files: realFiles }

const textOf = async (children: Parameters<typeof docxOf>[0]): Promise<string> => {
  const read = await readDocx(await docxOf(children))
  if (read.kind === 'refused') throw new Error(read.problem)
  return read.text
}

const numbered = (text: string, reference: string, level = 0): Paragraph =>
  new Paragraph({ text, numbering: { reference, level } })

describe('the real guide as a Word document', () => {
  test('of a line a paragraph says what the text says: nothing changes', async () => {
    const outcome = candidateIn(
      await readOffer(await docxOfLines(smallFiles['guide.txt'] ?? ''), '指南.docx', context),
    )
    expect(outcome.files).toBe(smallFiles)
  })

  test('of a table a service says the same, whatever becomes of its blank lines', async () => {
    const outcome = candidateIn(
      await readOffer(await docxOfTables(catalogueIn(realFiles)), '指南.docx', whole),
    )
    expect(outcome.origin).toBe('guide')
    expect(outcome.files).toBe(realFiles)
  })

  test('with a word changed changes that service alone, and gives a new edition', async () => {
    const [first] = small.services
    if (!first) throw new Error()
    const fields = { ...first.fields, 收费依据及标准: '每份10元' }
    const changed = { ...small, services: small.services.with(0, { ...first, fields }) }
    const files = candidateIn(await readOffer(await docxOfTables(changed), '指南.docx', context)).files
    const read = catalogueIn(files)
    expect(read.edition).toBe('2026-11-25.1')
    expect(
      read.services.filter((each, index) => JSON.stringify(each) !== JSON.stringify(small.services[index])),
    ).toEqual([{ ...first, fields, fee: { free: false, text: '每份10元' } }])
    expect(read.source.file).toBe('指南.docx')
    expect(files['guide.txt']).toContain('每份10元')
  })
})

describe('what Word keeps beside the text', () => {
  test('numbers it counts by itself are written out, each list from its start', async () => {
    expect(
      await textOf([
        numbered('身份证', 'dots'),
        numbered('正面', 'dots', 1),
        numbered('反面', 'dots', 1),
        numbered('照片', 'dots'),
        numbered('正面', 'dots', 1),
        numbered('单位', 'chinese'),
        numbered('个人', 'chinese'),
        numbered('备查', 'bullets'),
      ]),
    ).toBe('1.身份证\n（1）正面\n（2）反面\n2.照片\n（1）正面\n一、单位\n二、个人\n备查')
  })

  test('marked changes are read as accepted, line breaks and tabs kept', async () => {
    const changes = { id: 1, author: '处', date: '2026-01-01T00:00:00Z' }
    expect(
      await textOf([
        new Paragraph({
          children: [
            new TextRun('原件'),
            new DeletedTextRun({ text: '2', ...changes }),
            new InsertedTextRun({ text: '3', ...changes }),
            new TextRun({ text: '份', break: 1 }),
            new TextRun({ children: ['\t', '备查'] }),
          ],
        }),
      ]),
    ).toBe('原件3\n份\t备查')
  })

  test('a table within a cell keeps its rows', async () => {
    const cellOf = (children: (Paragraph | Table)[]) => new TableCell({ children })
    const row = (a: string, b: string) =>
      new TableRow({ children: [cellOf([new Paragraph(a)]), cellOf([new Paragraph(b)])] })
    const inner = new Table({ rows: [row('甲', '1份'), row('乙', '2份')] })
    const outer = new Table({
      rows: [
        new TableRow({
          children: [cellOf([new Paragraph('办理材料')]), cellOf([inner, new Paragraph('完')])],
        }),
      ],
    })
    expect(await textOf([outer])).toBe('\t办理材料\n\t甲 1份\n乙 2份\n完\n')
  })
})

/** A zip that says another size of its entry of `size` bytes. */
function withSize(zip: Uint8Array, size: number, said: number): Uint8Array {
  const copy = Buffer.from(zip)
  const field = Buffer.alloc(4)
  field.writeUInt32LE(size)
  for (let at = copy.indexOf(field); at >= 0; at = copy.indexOf(field, at + 1)) copy.writeUInt32LE(said, at)
  return copy
}

describe('what is no guide is refused with the reason', () => {
  const offer = async (bytes: Uint8Array, name: string) => refusalIn(await readOffer(bytes, name, context))
  const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0)

  test.each([
    [
      'a photo renamed',
      Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3),
      '指南.docx',
      'not-what-it-says',
      { looksLike: 'jpeg' },
    ],
    ['a PDF renamed', Buffer.from('%PDF-1.7 …'), '指南.docx', 'not-what-it-says', { looksLike: 'pdf' }],
    ['text renamed', Buffer.from('办事指南'), '指南.docx', 'not-what-it-says', { looksLike: 'unknown' }],
    ['a document of Word 97', ole, '指南.doc', 'old-word', { name: '指南.doc' }],
    ['a document with a password', ole, '指南.docx', 'locked-or-old', { name: '指南.docx' }],
    [
      'any zip',
      zipSync({ 'a.txt': Buffer.from('a') }),
      '指南.docx',
      'not-what-it-says',
      { looksLike: 'zip' },
    ],
    ['nothing', new Uint8Array(), '指南.docx', 'empty', {}],
    ['a program', Buffer.from('MZ\u0090\u0000', 'latin1'), '指南.exe', 'not-taken', {}],
  ])('%s', async (_, bytes, name, problem, details) => {
    expect(await offer(bytes, name)).toMatchObject({ problem, details })
  })

  test('a letter, and a letter that ends in one table', async () => {
    const letter = Array.from(
      { length: 40 },
      (_, index) => new Paragraph(`第${String(index)}段：关于召开会议的通知。`),
    )
    expect(await offer(await docxOf(letter), '通知.docx')).toMatchObject({
      problem: 'not-a-guide',
      details: { services: 0 },
    })
    const table = ['\t事项名称', '\t工伤认定申请', '\t办理材料', '\t申请表'].map(
      (line) => new Paragraph(line),
    )
    expect(await offer(await docxOf([...letter, ...table]), '通知.docx')).toMatchObject({
      problem: 'not-a-guide',
      details: { services: 1 },
    })
  })

  test('a document cut short, at any length', async () => {
    const whole = await docxOf([new Paragraph('办事指南')])
    for (let length = 4; length < whole.length; length += Math.ceil(whole.length / 40))
      expect((await offer(whole.subarray(0, length), '指南.docx')).problem).toBe('damaged')
  })

  test('a bomb: pictures are counted too, and nothing of it is inflated', async () => {
    const parts = unzipSync(await docxOf([new Paragraph('办事指南')]))
    const bomb = withSize(zipSync({ ...parts, 'word/media/a.png': new Uint8Array(654_321) }), 654_321, 4e9)
    expect(await offer(bomb, '指南.docx')).toMatchObject({ problem: 'too-large-unpacked' })
  })

  test('a document whose parts have no end is read in no time', async () => {
    const parts = unzipSync(await docxOf([new Paragraph('办事指南')]))
    const endless = new TextEncoder().encode(`<w:document>${'<w:pPr>'.repeat(300_000)}`)
    const lists = new TextEncoder().encode('<w:abstractNum><w:lvl>'.repeat(100_000))
    const made = { ...parts, 'word/document.xml': endless, 'word/numbering.xml': lists }
    const began = performance.now()
    expect((await offer(zipSync(made), '指南.docx')).problem).toBe('damaged')
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  test('a bomb that lies about its size', async () => {
    const parts = unzipSync(await docxOf([new Paragraph('办事指南')]))
    const bomb = zipSync({ ...parts, 'word/document.xml': new Uint8Array(10_000_000) }, { level: 1 })
    const lie = withSize(bomb, 10_000_000, 500)
    expect(await offer(lie, '指南.docx')).toMatchObject({ problem: 'damaged' })
  })
})
