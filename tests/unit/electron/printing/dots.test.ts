import fc from 'fast-check'
import { decode, encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import type { Dots } from '../../../../electron/printing/device.ts'
import { dotsOf } from '../../../../electron/printing/dots.ts'

const isBlack = ({ width, bits }: Dots, x: number, y: number): boolean =>
  ((bits[y * Math.ceil(width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0

/** A PNG of the dots with so many values a pixel. */
function pngOf(dots: Dots, channels: number): Uint8Array {
  const { width, height } = dots
  const data = Uint8Array.from({ length: width * height * channels }, (_none, at) => {
    const pixel = Math.floor(at / channels)
    const isOpacity = channels % 2 === 0 && at % channels === channels - 1
    return isOpacity || !isBlack(dots, pixel % width, Math.floor(pixel / width)) ? 255 : 0
  })
  return encode({ width, height, data, channels, depth: 8 })
}

const anyDots = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc.array(fc.boolean(), { minLength: width * height, maxLength: width * height }).map((blacks): Dots => {
      const rowBytes = Math.ceil(width / 8)
      const bits = new Uint8Array(rowBytes * height)
      blacks.forEach((black, index) => {
        const x = index % width
        const at = Math.floor(index / width) * rowBytes + (x >> 3)
        if (black) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
      })
      return { width, height, bits }
    }),
  )

describe('dots of a picture', () => {
  it.each([1, 2, 3, 4])('come back from a PNG of %i values a pixel', (channels) => {
    fc.assert(
      fc.property(anyDots, (dots) => {
        expect(dotsOf(decode(pngOf(dots, channels)), dots.width)).toStrictEqual(dots)
      }),
    )
  })

  it.each([
    ['grey just dark enough', [127], 1],
    ['grey just too light', [128], 0],
    ['pure red', [255, 0, 0], 1],
    ['pure green', [0, 255, 0], 0],
    ['pure blue', [0, 0, 255], 1],
    ['black that is not there', [0, 0, 0, 0], 0],
    ['black half there', [0, 0, 0, 100], 0],
    ['black mostly there', [0, 0, 0, 200], 1],
    ['transparent grey', [0, 0], 0],
  ])('%s', (_name, values, black) => {
    const picture = { width: 1, height: 1, depth: 8, channels: values.length, data: Uint8Array.from(values) }
    expect([...dotsOf(picture, 1).bits]).toStrictEqual([black << 7])
  })

  const sound = { width: 2, height: 1, depth: 8, channels: 1, data: Uint8Array.of(0, 255) }
  it.each([
    ['another width', sound, 3],
    ['16 bits a value', { ...sound, depth: 16 }, 2],
    ['a palette', { ...sound, palette: [[0, 0, 0]] }, 2],
    ['too few values', { ...sound, data: Uint8Array.of(0) }, 2],
    ['five values a pixel', { ...sound, channels: 5 }, 2],
    ['no rows', { ...sound, height: 0, data: new Uint8Array(0) }, 2],
  ])('are refused for %s', (_name, picture, width) => {
    expect(() => dotsOf(picture, width)).toThrow(RangeError)
  })
})
