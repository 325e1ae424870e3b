import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dots } from '../../../../../electron/printing/device.ts'
import {
  cut,
  initialise,
  mostBandRows,
  rasterBands,
  slipBytes,
} from '../../../../../electron/printing/escpos/raster.ts'
import { readCommand, readSlips, stacked } from '../../../../fixtures/escpos-reader.ts'

const anyDots = fc
  .record({ rowBytes: fc.integer({ min: 1, max: 80 }), height: fc.integer({ min: 1, max: 600 }) })
  .chain(({ rowBytes, height }) =>
    fc.uint8Array({ minLength: 1, maxLength: 64 }).map((pattern): Dots => ({
      width: rowBytes * 8,
      height,
      bits: Uint8Array.from(
        { length: rowBytes * height },
        (_none, at) => (pattern[at % pattern.length] ?? 0) ^ (at >> 6),
      ),
    })),
  )

describe('a slip in ESC/POS', () => {
  it('is read back dot by dot, whatever its size', () => {
    fc.assert(
      fc.property(anyDots, (dots) => {
        expect(readSlips(slipBytes(dots))).toStrictEqual([dots])
      }),
    )
  })

  it('loses no row to the bands, none of which is higher than a small buffer copes with', () => {
    fc.assert(
      fc.property(anyDots, (dots) => {
        const bands = rasterBands(dots).map((band) => {
          const command = readCommand(band)
          if (command?.kind !== 'raster') throw new Error('Not a raster')
          expect(command.length).toBe(band.length)
          return command.dots
        })
        expect(Math.max(...bands.map(({ height }) => height))).toBeLessThanOrEqual(mostBandRows)
        expect(stacked(bands)).toStrictEqual(dots)
      }),
    )
  })

  it('begins with a reset and ends with a cut', () => {
    const bytes = slipBytes({ width: 8, height: 1, bits: Uint8Array.of(0xff) })
    expect([...bytes.subarray(0, 2)]).toStrictEqual([...initialise])
    expect([...bytes.subarray(-4)]).toStrictEqual([...cut()])
  })

  it.each([
    ['no width', { width: 0, height: 1, bits: new Uint8Array(0) }],
    ['too few bytes', { width: 16, height: 2, bits: new Uint8Array(3) }],
    ['too many bytes', { width: 16, height: 2, bits: new Uint8Array(5) }],
    ['a row longer than a command can say', { width: 8 * 0x10000, height: 0, bits: new Uint8Array(0) }],
  ])('refuses dots of %s', (_name, dots) => {
    expect(() => slipBytes(dots)).toThrow(RangeError)
  })
})

it.each([
  ['an unknown byte', [0x41, 0x42, 0x43]],
  ['a raster cut short', [0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0xff]],
  ['a raster without a reset', [0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0xff, 0x1d, 0x56, 66, 0]],
  ['an enlarged raster', [0x1b, 0x40, 0x1d, 0x76, 0x30, 3, 1, 0, 1, 0, 0xff, 0x1d, 0x56, 66, 0]],
  ['a raster without a cut', [0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0xff]],
])('the reader of these tests complains of %s', (_name, bytes) => {
  expect(() => readSlips(Uint8Array.from(bytes))).toThrow(Error)
})
