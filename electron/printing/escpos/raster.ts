import type { Dots } from '../device.ts'

/** ESC @: back to the settings of power-on; empties the line being composed. */
export const initialise = Uint8Array.of(0x1b, 0x40)

/** GS r 1: the paper sensor's state, answered once all that stands before it has been carried out. */
export const askAtTheEnd = Uint8Array.of(0x1d, 0x72, 1)

/** Rows a band has at most: one of 576 dots is 9 KB and 16 mm of paper. */
export const mostBandRows = 128

/** GS V 66: feeds the last row past the cutter and `feed` steps of the paper more (0–255), then cuts all but a point. */
export function cut(feed = 0): Uint8Array {
  return Uint8Array.of(0x1d, 0x56, 66, feed)
}

/**
 * The raster commands (GS v 0, one a band) that burn `dots` from top to bottom, each complete in itself:
 * questions in real time may stand between them, never inside one.
 * Throws `RangeError` where the bits do not fill the rows, or a row is longer than a command can say.
 */
export function rasterBands({ width, height, bits }: Dots): readonly Uint8Array[] {
  const rowBytes = Math.ceil(width / 8)
  if (rowBytes < 1 || rowBytes > 0xffff) throw new RangeError(`Rows of ${width} dots`)
  if (bits.length !== rowBytes * height) throw new RangeError(`${bits.length} bytes for ${height} rows`)
  return Array.from({ length: Math.ceil(height / mostBandRows) }, (_none, index) => {
    const first = index * mostBandRows
    const rows = Math.min(mostBandRows, height - first)
    const header = [0x1d, 0x76, 0x30, 0, ...littleEndian(rowBytes), ...littleEndian(rows)]
    const data = bits.subarray(first * rowBytes, (first + rows) * rowBytes)
    return joined([Uint8Array.from(header), data])
  })
}

/** All that makes `dots` a slip of its own: ESC/POS bytes from initialising to the cut. */
export function slipBytes(dots: Dots): Uint8Array {
  return joined([initialise, ...rasterBands(dots), cut()])
}

const littleEndian = (value: number): readonly [number, number] => [value & 0xff, value >> 8]

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
