import { describe, expect, it } from 'vitest'
import { checkPdf, renderSound } from '../../../../electron/printing/pdf.ts'
import { aPdf, aSlip } from '../../../fixtures/hosts.ts'

const edited = (edit: (text: string) => string): Uint8Array =>
  new Uint8Array(Buffer.from(edit(Buffer.from(aPdf()).toString('latin1')), 'latin1'))

describe('a sound PDF', () => {
  it.each([
    { title: 'one page', bytes: aPdf(), pages: 1 },
    { title: 'three pages', bytes: aPdf({ pages: 3 }), pages: 3 },
    { title: 'twenty pages', bytes: aPdf({ pages: 20 }), pages: 20 },
    { title: 'A4 to the hundredth', bytes: aPdf({ mediaBox: '0 0 595.28 841.89' }), pages: 1 },
    { title: 'A4 in whole points', bytes: aPdf({ mediaBox: ' 0 0 596 842 ' }), pages: 1 },
    { title: 'A4 that begins elsewhere', bytes: aPdf({ mediaBox: '10 10 605.28 851.89' }), pages: 1 },
    { title: 'a line break after the end', bytes: edited((text) => `${text.trimEnd()}\r\n`), pages: 1 },
  ])('may have $title', ({ bytes, pages }) => {
    expect(checkPdf(bytes, 'a4')).toStrictEqual({ kind: 'sound', pages })
  })

  it('may lie anywhere in its buffer', () => {
    const bytes = aPdf()
    const roomy = new Uint8Array(bytes.length + 20)
    roomy.set(bytes, 10)
    expect(checkPdf(roomy.subarray(10, 10 + bytes.length), 'a4')).toStrictEqual({ kind: 'sound', pages: 1 })
  })
})

describe('other paper', () => {
  it.each([
    { paper: 'a5', mediaBox: '0 0 419.53 595.28', kind: 'sound' },
    { paper: 'a5', mediaBox: '0 0 595.28 841.89', kind: 'damaged' },
    { paper: 'roll', mediaBox: '0 0 226.77 900', kind: 'sound' },
    { paper: 'roll', mediaBox: '0 0 226.77 60', kind: 'damaged' },
    { paper: 'roll', mediaBox: '0 0 226.77 9000', kind: 'damaged' },
    { paper: 'roll', mediaBox: '0 0 300 900', kind: 'damaged' },
  ] as const)('$paper: $mediaBox is $kind', ({ paper, mediaBox, kind }) => {
    expect(checkPdf(aPdf({ mediaBox }), paper).kind).toBe(kind)
  })

  it('is a roll’s in one piece', () => {
    expect(checkPdf(aPdf({ mediaBox: '0 0 226.77 900', pages: 2 }), 'roll').kind).toBe('damaged')
  })
})

describe('a damaged PDF', () => {
  it.each([
    { title: 'nothing', bytes: new Uint8Array(), problem: /too few/ },
    { title: 'little more than a header', bytes: edited((text) => text.slice(0, 400)), problem: /too few/ },
    { title: 'far too much', bytes: edited((text) => text.padEnd(21 * 1024 * 1024)), problem: /too many/ },
    { title: 'a page of HTML', bytes: edited((text) => text.replace('%PDF-', '<html')), problem: /header/ },
    { title: 'something before the header', bytes: edited((text) => ` ${text}`), problem: /header/ },
    { title: 'no end', bytes: edited((text) => text.replace('%%EOF', '')), problem: /EOF/ },
    { title: 'an end that was cut', bytes: edited((text) => text.slice(0, -4)), problem: /EOF/ },
    { title: 'more after the end', bytes: edited((text) => `${text}more`), problem: /EOF/ },
    {
      title: 'a part missing in the middle',
      bytes: edited((text) => text.replace('%'.repeat(100), '')),
      problem: /cross-reference/,
    },
    { title: 'no page', bytes: aPdf({ pages: 0 }), problem: /0 pages/ },
    { title: 'pages beyond any slip', bytes: aPdf({ pages: 21 }), problem: /21 pages/ },
    {
      title: 'no media box',
      bytes: edited((text) => text.replace('MediaBox', 'CropBox_')),
      problem: /no media box/,
    },
    { title: 'Letter paper', bytes: aPdf({ mediaBox: '0 0 612 792' }), problem: /not a4/ },
    { title: 'A5 paper', bytes: aPdf({ mediaBox: '0 0 419.53 595.28' }), problem: /not a4/ },
    { title: 'A4 on its side', bytes: aPdf({ mediaBox: '0 0 841.89 595.28' }), problem: /not a4/ },
    { title: 'a media box without numbers', bytes: aPdf({ mediaBox: '7 0 R' }), problem: /not a4/ },
  ])('has $title', ({ bytes, problem }) => {
    expect(checkPdf(bytes, 'a4')).toStrictEqual({ kind: 'damaged', problem: expect.stringMatching(problem) })
  })
})

describe('rendering', () => {
  it('passes a sound PDF on', async () => {
    const bytes = aPdf()
    expect(await renderSound(async () => bytes, aSlip())).toStrictEqual({ bytes, pages: 1 })
  })

  it('holds a damaged one back', async () => {
    const rendering = renderSound(async () => aPdf({ pages: 0 }), aSlip())
    await expect(rendering).rejects.toMatchObject({
      code: 'printing-failed',
      message: 'The PDF is damaged: 0 pages',
    })
  })
})
