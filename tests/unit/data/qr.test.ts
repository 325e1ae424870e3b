import fc from 'fast-check'
import { encode as encodePng } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { codesOf, joined, partsOf, pathOf, quietZone, usualMostBytes } from '../../../data/qr.ts'
import { type Grey, pictureOf, readCodes, readCodesFromPng, scanCodes } from '../../fixtures/qr-reader.ts'

const bytesIn = (text: string): number => Buffer.byteLength(text)

/** Bytes a code of each version holds at each level, from version 1 (ISO/IEC 18004, the table of capacities). */
const capacities = {
  L: [
    17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929, 1003,
    1091, 1171, 1273, 1367, 1465, 1528, 1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809,
    2953,
  ],
  M: [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
    857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
  ],
  Q: [
    11, 20, 32, 46, 60, 74, 86, 108, 130, 151, 177, 203, 241, 258, 292, 322, 364, 394, 442, 482, 509, 565,
    611, 661, 715, 751, 805, 868, 908, 982, 1030, 1112, 1168, 1228, 1283, 1351, 1423, 1499, 1579, 1663,
  ],
  H: [
    7, 14, 24, 34, 44, 58, 64, 84, 98, 119, 137, 155, 177, 194, 220, 250, 280, 310, 338, 382, 403, 439, 461,
    511, 535, 593, 625, 658, 698, 742, 790, 842, 898, 958, 983, 1051, 1093, 1139, 1219, 1273,
  ],
}
const levels = ['H', 'Q', 'M', 'L'] as const

/** For each version the fewest bytes that need it, and the most it holds at each level it can have. */
const edges = capacities.L.flatMap((most, index) => {
  const fewest = (capacities.L[index - 1] ?? 0) + 1
  const lengths = levels.map((level) => capacities[level][index] ?? 0)
  const inside = [fewest, ...lengths, ...lengths.map((length) => length + 1)].filter(
    (length) => length >= fewest && length <= most,
  )
  return [...new Set(inside)].map((bytes) => ({
    bytes,
    version: index + 1,
    level: levels.find((level) => bytes <= (capacities[level][index] ?? 0)),
  }))
})

/** A text of so many bytes in UTF-8, of characters of three bytes with as many of one as it takes. */
const textOf = (bytes: number): string => '社'.repeat(Math.floor(bytes / 3)) + 'a'.repeat(bytes % 3)

/** Text as checklists have it and worse: lines of letters of every length in UTF-8, with line ends anywhere. */
const lines = (longest: number) =>
  fc
    .array(
      fc.tuple(
        fc.string({ unit: fc.constantFrom('a', '1', 'é', 'ئ', '社', '㐀', '𠮷', '😀'), maxLength: longest }),
        fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', ''),
      ),
      { maxLength: 10 },
    )
    .map((all) => all.flat().join(''))

/** The fewest parts of at most `room` bytes, ending where lines do or anywhere in lines above `longest`: by trying all. */
function fewestParts(text: string, room: number, longest = room): number {
  const pieces = text
    .split(/(?<=\n)/)
    .flatMap((line) => (bytesIn(line) <= longest ? [line] : [...line]))
    .map(bytesIn)
  const fewest = [0]
  pieces.forEach((_, end) => {
    const ways = fewest.map((count, start) => {
      const size = pieces.slice(start, end + 1).reduce((sum, bytes) => sum + bytes, 0)
      return size <= room ? count + 1 : Infinity
    })
    fewest.push(Math.min(...ways))
  })
  return fewest.at(-1) ?? 0
}

describe('what a reader gets', () => {
  const rare = '㐀𠮷𪚥，。“”（1）①、——'
  it.each([
    ['one letter', 'a'],
    ['one digit', '7'],
    ['one Chinese character', '社'],
    ['two bytes that could be Latin', 'é'],
    ['ASCII, with what other modes would shorten', '0991-3689687 HTTP://RST.XINJIANG.GOV.CN'],
    ['Chinese', '企业职工正常退休审批\n□ 身份证原件 1 份\n□ 户口簿复印件 2 份'],
    ['Chinese that denser modes take for Kanji', '201610，麻杏石甘口服液，（2012）050036112'],
    ['Uyghur', 'كىملىك كارتىنىڭ ئەسلى نۇسخىسى\nئائىلە نوپۇس دەپتىرى'],
    ['emoji of several parts', '👩‍👩‍👧‍👦🇨🇳☑️'],
    ['rare characters', rare],
    ['control characters and a mark of byte order', '\ufeff\u0000\u001d\u001b$B\r\n\u0080'],
  ])('%s', async (_, text) => {
    const codes = codesOf(text)
    expect(codes.map((code) => code.text)).toEqual([text])
    expect(await readCodes(pictureOf(codes, 4))).toEqual([text])
  })

  it('no code for no text', () => {
    expect(codesOf('')).toEqual([])
    expect(joined([])).toBe('')
  })

  it('U+FFFD for half a surrogate pair', async () => {
    expect(await readCodes(pictureOf(codesOf('退\ud842休')))).toEqual(['退\ufffd休'])
  })

  it.each(edges)('$bytes bytes: version $version, level $level', async ({ bytes, version, level }) => {
    const text = textOf(bytes)
    const codes = codesOf(text, { mostBytes: 2953 })
    expect(codes.map(({ version, size }) => [version, size])).toEqual([[version, 17 + 4 * version]])
    expect(await scanCodes(pictureOf(codes))).toEqual([{ text, version, level }])
  })

  it('any text, from any number of codes in one picture', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const codes = codesOf(text, { mostBytes: 120 })
        const read = await readCodes(pictureOf(codes))
        expect(read).toEqual(codes.map((code) => code.text))
        expect(joined(read)).toBe(text)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the codes of a long text', () => {
  const list = Array.from(
    { length: 60 },
    (_, index) => `□ ${index + 1}. 《企业职工正常退休审批表》原件及复印件各二份\n`,
  )
  const text = list.join('')

  it('say their place, end where lines do and are of much the same size', async () => {
    const codes = codesOf(text)
    const read = await readCodes(pictureOf(codes))
    expect(read.map((part) => part.slice(0, 6))).toEqual(['(1/3)\n', '(2/3)\n', '(3/3)\n'])
    expect(read.every((part) => part.endsWith('二份\n'))).toBe(true)
    expect(Math.max(...read.map(bytesIn)) - Math.min(...read.map(bytesIn))).toBeLessThan(200)
    expect(joined(read.toReversed())).toBe(text)
  })

  it('are never wider than 153 modules with their quiet zone', () => {
    const widths = codesOf(textOf(3 * usualMostBytes)).map(({ size }) => size + 2 * quietZone)
    expect(widths.length).toBe(4)
    expect(Math.max(...widths)).toBeLessThanOrEqual(153)
  })

  it('are one up to the most bytes and two beyond', () => {
    expect(codesOf(textOf(usualMostBytes)).map(({ version }) => version)).toEqual([32])
    expect(codesOf(textOf(usualMostBytes + 1))).toHaveLength(2)
  })

  it('count bytes whatever the text is: no denser mode for digits', () => {
    expect(codesOf('7'.repeat(18)).map(({ version }) => version)).toEqual([2])
  })

  it('leave a line whole that just fits', () => {
    const line = `${'a'.repeat(25)}\n`
    expect(partsOf(`1\n${line}${line}`, 32)).toEqual(['(1/3)\n1\n', `(2/3)\n${line}`, `(3/3)\n${line}`])
  })

  it('make room for the two digits of ten and more', () => {
    const parts = partsOf('a'.repeat(255), 32)
    expect(parts).toHaveLength(11)
    expect(Math.max(...parts.map(bytesIn))).toBeLessThanOrEqual(32)
  })

  it('number more than nine where it takes that', () => {
    const parts = partsOf(text, 200)
    expect(parts.length).toBeGreaterThan(9)
    expect(parts[0]).toMatch(/^\(1\/\d\d\)\n/)
    expect(joined(parts.toReversed())).toBe(text)
  })

  it.each([31, 2954, 100.5, Number.NaN])('cannot hold at most %d bytes', (mostBytes) => {
    expect(() => codesOf('社', { mostBytes })).toThrow(RangeError)
  })
})

describe('partsOf and joined', () => {
  const sizes = fc.integer({ min: 32, max: 90 })

  it('give any text back from its parts in any order', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), lines(60)),
        sizes,
        fc.infiniteStream(fc.nat()),
        (text, most, order) => {
          const parts = partsOf(text, most)
          const shuffled = parts
            .map((part) => ({ part, at: order.next().value }))
            .toSorted((one, other) => one.at - other.at)
          expect(joined(shuffled.map(({ part }) => part))).toBe(text)
        },
      ),
    )
  })

  it('keep each part within its bytes, with whole characters', () => {
    fc.assert(
      fc.property(lines(60), sizes, (text, most) => {
        for (const part of partsOf(text, most)) {
          expect(bytesIn(part)).toBeLessThanOrEqual(most)
          expect(part.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  it('make one part of what one holds, and else as few as lines allow', () => {
    fc.assert(
      fc.property(lines(30), sizes, (text, most) => {
        const { length } = partsOf(text, most)
        const upToNine = fewestParts(text, most - '(1/2)\n'.length)
        if (bytesIn(text) <= most) expect(length).toBe(text === '' ? 0 : 1)
        else if (upToNine < 10) expect(length).toBe(upToNine)
        else expect(length).toBe(fewestParts(text, most - '(10/20)\n'.length))
      }),
    )
  })

  it('make the fullest part as small as so many parts allow', () => {
    fc.assert(
      fc.property(lines(10), fc.integer({ min: 60, max: 200 }), (text, most) => {
        const head = '(1/2)\n'.length
        const bodies = partsOf(text, most).map((part) => bytesIn(part) - head)
        fc.pre(bodies.length > 1)
        expect(fewestParts(text, Math.max(...bodies) - 1, most - head)).toBeGreaterThan(bodies.length)
      }),
    )
  })

  it('break lines only where a line is too long for any part', () => {
    fc.assert(
      fc.property(lines(20), fc.integer({ min: 100, max: 150 }), (text, most) => {
        fc.pre(text.split('\n').every((line) => bytesIn(line) < most - '(10/10)\n'.length))
        const parts = partsOf(text, most)
        expect(parts.slice(0, -1).every((part) => part.endsWith('\n'))).toBe(true)
      }),
    )
  })

  it('take one part for the whole text even if it begins as a part does', () => {
    expect(joined(partsOf('(1/3)\n材料'))).toBe('(1/3)\n材料')
  })

  it.each([
    ['one of three is missing', ['(1/3)\n一', '(3/3)\n三']],
    ['one came twice', ['(1/2)\n一', '(1/2)\n一']],
    ['there is no place on one', ['一', '(2/2)\n二']],
  ])('refuse when %s', (_, parts) => {
    expect(() => joined(parts)).toThrow(RangeError)
  })
})

describe('pathOf', () => {
  it('covers the dark modules and no others', () => {
    for (const code of codesOf(textOf(2000))) {
      const dark = code.modules.map((row) => row.map(() => false))
      for (const [, x, y, length] of pathOf(code).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
        for (let step = 0; step < Number(length); step++) {
          const row = dark[Number(y)] ?? []
          row[Number(x) + step] = true
        }
      }
      expect(dark).toEqual(code.modules)
      expect(pathOf(code).replaceAll(/M\d+ \d+h(\d+)v1h-\1z/g, '')).toBe('')
    }
  })
})

describe('the reader of pictures', () => {
  const grey = pictureOf(codesOf('身份证\n', { mostBytes: 32 }), 4)
  const { width, height } = grey

  /** The picture with each shade as several samples. */
  const spread = (samplesOf: (shade: number) => readonly number[]) =>
    Uint8Array.from([...grey.data].flatMap(samplesOf))

  /** Eight pixels to a byte, each row from a whole byte. */
  function packed({ width, height, data }: Grey): Uint8Array {
    const perRow = Math.ceil(width / 8)
    const bytes = new Uint8Array(perRow * height)
    data.forEach((shade, index) => {
      const [row, column] = [Math.floor(index / width), index % width]
      const at = row * perRow + Math.floor(column / 8)
      if (shade > 127) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (column % 8))
    })
    return bytes
  }

  it.each([
    ['grey', { data: grey.data, channels: 1 }],
    ['colours', { data: spread((shade) => [shade, shade, shade]), channels: 3 }],
    ['ink on nothing', { data: spread((shade) => [0, 255 - shade]), channels: 2 }],
    ['colours on nothing', { data: spread((shade) => [0, 0, 0, 255 - shade]), channels: 4 }],
    ['sixteen bits', { data: Uint16Array.from(grey.data, (shade) => shade * 257), channels: 1, depth: 16 }],
    ['one bit', { data: packed(grey), channels: 1, depth: 1 }],
  ] as const)('reads a PNG in %s', async (_, pixels) => {
    expect(await readCodesFromPng(encodePng({ width, height, ...pixels }))).toEqual(['身份证\n'])
  })

  it('sorts codes by rows from the top, each from the left', async () => {
    const top = pictureOf(codesOf('一二三四五六七八九十'.repeat(4)).concat(codesOf('二')))
    const foot = pictureOf(codesOf('三').concat(codesOf('四')))
    const data = new Uint8Array(top.width * (top.height + foot.height)).fill(255)
    data.set(top.data)
    for (let row = 0; row < foot.height; row++) {
      data.set(foot.data.subarray(row * foot.width, (row + 1) * foot.width), (top.height + row) * top.width)
    }
    const read = await readCodes({ width: top.width, height: top.height + foot.height, data })
    expect(read).toEqual(['一二三四五六七八九十'.repeat(4), '二', '三', '四'])
  })

  it('finds nothing on an empty page', async () => {
    expect(await readCodes({ width: 40, height: 40, data: new Uint8Array(1600).fill(255) })).toEqual([])
  })
})
