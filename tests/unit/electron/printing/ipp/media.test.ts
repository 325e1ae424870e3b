import { describe, expect, test } from 'vitest'
import type { Paper } from '../../../../../data/slip.ts'
import {
  isLoaded,
  mediaFor,
  pageLength,
  paperOfMedia,
  sizeOf,
} from '../../../../../electron/printing/ipp/media.ts'
import type { IppAttributes } from '../../../../../electron/printing/ipp/message.ts'
import { aPdf } from '../../../../fixtures/hosts.ts'

const printer = (lists: Readonly<Record<string, readonly string[]>>): IppAttributes =>
  new Map(
    Object.entries(lists).map(([name, values]) => [
      name,
      values.map((value) => ({ tag: 'keyword', value }) as const),
    ]),
  )

describe('names of media', () => {
  test.each<[string, Paper | null]>([
    ['iso_a4_210x297mm', 'a4'],
    ['om_a4-borderless_210x297mm', 'a4'],
    ['custom_a4_8.27x11.69in', 'a4'],
    ['iso-a4', 'a4'],
    ['iso_a5_148x210mm', 'a5'],
    ['custom_80x200mm_80x200mm', 'roll'],
    ['oe_receipt_3.15x11in', 'roll'],
    ['roll_max_80x3000mm', null],
    ['custom_min_80x100mm', null],
    ['na_letter_8.5x11in', null],
    ['iso_a5-rotated_210x148mm', null],
    ['stationery', null],
    ['constructor', null],
  ])('%s is %s', (name, paper) => {
    expect(paperOfMedia(name)).toBe(paper)
  })

  test('sizes are in millimetres', () => {
    expect(sizeOf('na_index-4x6_4x6in')).toEqual({ width: 101.6, height: 152.39999999999998 })
    expect(sizeOf('white')).toBeNull()
  })
})

describe('how paper is asked for', () => {
  const bounds = ['custom_min_50x50mm', 'custom_max_216x3000mm']
  const size = (x: number, y: number): object => ({
    'media-col': [
      {
        tag: 'collection',
        members: new Map([
          [
            'media-size',
            [
              {
                tag: 'collection',
                members: new Map([
                  ['x-dimension', [{ tag: 'integer', value: x }]],
                  ['y-dimension', [{ tag: 'integer', value: y }]],
                ]),
              },
            ],
          ],
        ]),
      },
    ],
  })
  const keyword = (value: string): object => ({ media: [{ tag: 'keyword', value }] })
  test.each<[string, Paper, number | null, readonly string[], object | null]>([
    ['by its name', 'a4', 297, ['na_letter_8.5x11in', 'iso_a4_210x297mm'], keyword('iso_a4_210x297mm')],
    ['by the printer’s own name', 'a5', 210, ['iso-a5'], keyword('iso-a5')],
    ['by the standard’s where it names none', 'a5', 210, [], keyword('iso_a5_148x210mm')],
    ['not where it has other paper', 'a4', 297, ['na_letter_8.5x11in'], null],
    ['by its size between bounds', 'a5', 210, bounds, size(14800, 21000)],
    ['a roll by its size between bounds', 'roll', 183.4, bounds, size(8000, 18340)],
    [
      'a roll of the next length',
      'roll',
      150,
      ['custom_a_80x297mm', 'custom_b_80x200mm'],
      keyword('custom_b_80x200mm'),
    ],
    ['not a roll too short', 'roll', 400, ['custom_a_80x297mm'], null],
    ['not a roll longer than the bounds', 'roll', 3100, bounds, null],
    ['not a roll where it names no media', 'roll', 100, [], null],
    [
      'a roll of any length beforehand',
      'roll',
      null,
      ['roll_min_58x30mm', 'roll_max_80x2000mm'],
      size(8000, 20000),
    ],
  ])('%s', (_, paper, length, supported, request) => {
    expect(mediaFor(paper, length, printer({ 'media-supported': supported }))).toEqual(request)
  })
})

describe('what is in the trays', () => {
  test.each<[readonly string[], boolean]>([
    [[], true],
    [['iso_a4_210x297mm'], true],
    [['iso_a5_148x210mm', 'iso_a4_210x297mm'], true],
    [['iso_a5_148x210mm'], false],
    [['iso_a5_148x210mm', 'tray-2'], true],
    [['custom_min_50x50mm', 'custom_max_216x356mm'], true],
  ])('%j: A4 is loaded, as far as one knows: %s', (ready, loaded) => {
    expect(isLoaded('a4', printer({ 'media-ready': ready }))).toBe(loaded)
  })
})

test.each<[string, Uint8Array, number | null]>([
  ['of a roll', aPdf({ mediaBox: '0 0 226.8 566.92914' }), 200],
  ['from another corner', aPdf({ mediaBox: '0 -72 226.8 72' }), 50.8],
  ['of no PDF', new Uint8Array([1, 2, 3]), null],
  ['of nonsense', aPdf({ mediaBox: '0 0 x y' }), null],
])('the length of the page %s', (_, pdf, length) => {
  const found = pageLength(pdf)
  if (length === null) expect(found).toBeNull()
  else expect(found).toBeCloseTo(length, 4)
})
