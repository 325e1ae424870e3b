import { encode } from 'uqr'

/** A QR code (ISO/IEC 18004) as rows of modules, top first; the quiet zone round it is not part of it. */
export type QrMatrix = {
  /** 1 to 40. */
  readonly version: number
  /** Modules a side: 17 + 4 × version. */
  readonly size: number
  /** True where a module is dark. */
  readonly modules: readonly (readonly boolean[])[]
  /** What a reader gets out of this code. */
  readonly text: string
}

/** Modules that have to stay light on each side of a code (ISO/IEC 18004). */
export const quietZone = 4

/**
 * What version 32 holds at level L. With its quiet zone it is 153 modules wide: 0.379 mm a module on 58 mm,
 * and 57.4 mm where a 203 dpi thermal head gives three dots (0.375 mm) to each.
 */
export const usualMostBytes = 1952

/** What version 40, the biggest there is, holds at level L. */
const mostBytesOfAny = 2953
/** Room for any part's heading and for text beside it. */
const leastMostBytes = 32

type Piece = { readonly text: string; readonly bytes: number }

/** The bytes of a text in UTF-8 (RFC 3629). */
function utf8(text: string): readonly number[] {
  return [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0
    const trail = (shift: number) => 0x80 | ((code >> shift) & 0x3f)
    if (code < 0x80) return [code]
    if (code < 0x800) return [0xc0 | (code >> 6), trail(0)]
    if (code < 0x10000) return [0xe0 | (code >> 12), trail(6), trail(0)]
    return [0xf0 | (code >> 18), trail(12), trail(6), trail(0)]
  })
}

const pieceOf = (text: string): Piece => ({ text, bytes: utf8(text).length })

const headOf = (part: number, count: number) => `(${part}/${count})\n`

/** What must stay together: lines with their line ends; of a line that `room` bytes do not hold, each character. */
function piecesOf(text: string, room: number): readonly Piece[] {
  const lines = (text.match(/[^\n]*\n|[^\n]+/g) ?? []).map(pieceOf)
  return lines.flatMap((line) => (line.bytes <= room ? [line] : Array.from(line.text, pieceOf)))
}

/** The fewest runs of pieces of at most `limit` bytes each; no piece may be longer. */
function filled(pieces: readonly Piece[], limit: number): readonly string[] {
  const runs: string[] = []
  let run = ''
  let used = 0
  for (const { text, bytes } of pieces) {
    if (used + bytes > limit) {
      runs.push(run)
      run = ''
      used = 0
    }
    run += text
    used += bytes
  }
  return [...runs, run]
}

/** As few runs as `filled` makes with `room`, the longest of them as short as it can be. */
function balanced(pieces: readonly Piece[], room: number): readonly string[] {
  const count = filled(pieces, room).length
  let low = pieces.reduce((most, { bytes }) => Math.max(most, bytes), 1)
  let high = room
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (filled(pieces, middle).length > count) low = middle + 1
    else high = middle
  }
  return filled(pieces, high)
}

/**
 * A text as the texts of its codes, each of at most `mostBytes` in UTF-8: itself where that holds it; else as
 * few parts as that takes when parts end where lines do, of much the same size, each below a line that says
 * its place ("(1/3)"). Only a line too long for any part is broken, between characters.
 */
export function partsOf(text: string, mostBytes: number = usualMostBytes): readonly string[] {
  if (!Number.isInteger(mostBytes) || mostBytes < leastMostBytes || mostBytes > mostBytesOfAny) {
    throw new RangeError(`a code holds ${leastMostBytes} to ${mostBytesOfAny} bytes, not ${mostBytes}`)
  }
  if (text === '') return []
  if (utf8(text).length <= mostBytes) return [text]
  for (let longest = 9; ; longest = longest * 10 + 9) {
    const room = mostBytes - headOf(longest, longest).length
    const bodies = balanced(piecesOf(text, room), room)
    const { length } = bodies
    if (length <= longest) return bodies.map((body, index) => headOf(index + 1, length) + body)
  }
}

/**
 * A text put back together from its parts in any order: `joined(partsOf(text)) === text`, since every part
 * keeps its line ends. One part alone is the whole text, whatever its first line. Throws RangeError where a
 * part is missing.
 */
export function joined(parts: readonly string[]): string {
  if (parts.length === 1) return parts.join('')
  const bodies = parts.map((_, index) => {
    const head = headOf(index + 1, parts.length)
    const part = parts.find((each) => each.startsWith(head))
    if (part === undefined) throw new RangeError(`part ${index + 1} of ${parts.length} is missing`)
    return part.slice(head.length)
  })
  return bodies.join('')
}

/**
 * Plain bytes and nothing else. The standard's own charset is ISO 8859-1, and an ECI may announce another, but
 * some readers choke on an ECI or show it as text. What phones have in common is that bytes which are sound
 * UTF-8 are taken for UTF-8, so a byte-order mark would only be one more thing to show; and Chinese bytes in
 * the denser Kanji mode are read as Shift JIS.
 */
function codeOf(text: string): QrMatrix {
  const { version, size, data } = encode(utf8(text), { ecc: 'L', boostEcc: true, border: 0 })
  return { version, size, modules: data, text }
}

/**
 * A text in QR codes, as `partsOf` divides it; none for no text. Each is of the smallest version that holds
 * its bytes, with the most error correction that version has room for. Half a surrogate pair, which UTF-8
 * cannot say, becomes U+FFFD. Throws RangeError for `mostBytes` below 32 or above 2,953.
 */
export function codesOf(text: string, options: { readonly mostBytes?: number } = {}): readonly QrMatrix[] {
  return partsOf(text.toWellFormed(), options.mostBytes).map(codeOf)
}

/** The dark modules as one SVG path, a module being one unit and the code's corner the origin. */
export function pathOf({ modules }: QrMatrix): string {
  const runs = modules.flatMap((row, y) => {
    const dark = row.map((isDark) => (isDark ? '#' : ' ')).join('')
    return Array.from(
      dark.matchAll(/#+/g),
      ({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`,
    )
  })
  return runs.join('')
}
