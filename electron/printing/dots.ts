import { decode } from 'fast-png'
import type { Printable } from '../../data/printable.ts'
import { papers } from '../../data/slip.ts'
import type { Dots } from './device.ts'

/** Draws a document `width` dots wide, as a thermal head burns it; rejects where it cannot. */
export type RenderDots = (document: Printable, width: number) => Promise<Dots>

/** Dots a millimetre of the usual thermal head (203 dpi). */
const headDensity = 8
/** CSS pixels a millimetre. */
const millimetre = 96 / 25.4

/**
 * What to ask Chromium's DevTools (Page.captureScreenshot) for: the slip's page without the margins no head
 * reaches, so large that it is `width` dots wide. `height`: of the slip, in CSS pixels.
 */
export function pictureRequest(width: number, height: number) {
  const across = width / headDensity
  const clip = {
    x: ((papers.roll.width - across) / 2) * millimetre,
    y: 0,
    width: across * millimetre,
    height,
    scale: headDensity / millimetre,
  }
  return { format: 'png' as const, captureBeyondViewport: true, clip }
}

/** The dots of a slip's picture (PNG), which Chromium may have drawn a pixel too wide or too narrow. */
export function slipDots(png: Uint8Array, width: number): Dots {
  const picture = decode(png)
  const { channels, height } = picture
  const data = new Uint8Array(width * height * channels).fill(255)
  for (let y = 0; y < height; y += 1) {
    const row = y * picture.width * channels
    data.set(
      picture.data.subarray(row, row + Math.min(width, picture.width) * channels),
      y * width * channels,
    )
  }
  return dotsOf({ width, height, data, depth: picture.depth, channels }, width)
}

/** A picture as a PNG decoder gives it: row by row from the top, `channels` values a pixel. */
export type Pixels = {
  readonly width: number
  readonly height: number
  readonly data: ArrayLike<number>
  /** Bits a value. */
  readonly depth: number
  /** Grey, grey and opacity, RGB, or RGB and opacity. */
  readonly channels: number
  /** Where there is one, `data` are its numbers and no brightness. */
  readonly palette?: unknown
}

/** Brightness (0–255) below which a pixel becomes black. */
const threshold = 128

/**
 * A picture of `width` pixels as dots, one a pixel: what is darker than middle grey is black, without
 * dithering, since a slip is black on white. Transparent pixels lie on white paper; brightness is Rec. 601 luma.
 * Throws `RangeError` for another width, no rows, a palette, or values of other than 8 bits.
 */
export function dotsOf(picture: Pixels, width: number): Dots {
  const { height, data, channels } = picture
  refuseOddPixels(picture, width)
  const rowBytes = Math.ceil(width / 8)
  const bits = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (brightness(data, (y * width + x) * channels, channels) >= threshold) continue
      const at = y * rowBytes + (x >> 3)
      bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { width, height, bits }
}

function refuseOddPixels(picture: Pixels, width: number): void {
  if (picture.width !== width) throw new RangeError(`${picture.width} pixels wide, not ${width}`)
  if (picture.height < 1 || width < 1) throw new RangeError('A picture without pixels')
  if (picture.depth !== 8) throw new RangeError(`${picture.depth} bits a value, not 8`)
  if (picture.palette !== undefined) throw new RangeError('A picture with a palette')
  if (![1, 2, 3, 4].includes(picture.channels)) throw new RangeError(`${picture.channels} values a pixel`)
  if (picture.data.length !== width * picture.height * picture.channels) {
    throw new RangeError(`${picture.data.length} values do not fill the picture`)
  }
}

/** 0–255 of the pixel that begins at `at`, as it looks on white paper. */
function brightness(data: ArrayLike<number>, at: number, channels: number): number {
  const value = (offset: number): number => data[at + offset] ?? 0
  const isGrey = channels < 3
  const own = isGrey ? value(0) : 0.299 * value(0) + 0.587 * value(1) + 0.114 * value(2)
  const opacity = channels % 2 === 0 ? value(channels - 1) / 255 : 1
  return own * opacity + 255 * (1 - opacity)
}
