import type { Place } from '../../data/catalogue.ts'
import { type QrMatrix, quietZone } from '../../data/qr.ts'
import type { SlipFormat } from '../../data/slip.ts'
import type { FactName, SlipBlock } from './blocks.ts'

/** What a code says around the slip's own words. */
export type CodeWords = {
  readonly heading: string
  readonly stop: (number: number) => string
  readonly fact: (name: FactName) => string
  readonly place: (place: Place) => string
  /** Number, edition, date: what the paper has at its foot. */
  readonly foot: readonly string[]
}

/** The slip's blocks as plain text, a line a block: what its code carries, so that nothing is on one and not on the other. */
export function codeText(blocks: readonly SlipBlock[], words: CodeWords): string {
  return [words.heading, ...blocks.flatMap((block) => linesOf(block, words)), ...words.foot].join('\n')
}

function linesOf(block: SlipBlock, words: CodeWords): readonly string[] {
  switch (block.kind) {
    case 'title':
      return block.names
    case 'stop':
      return ['', [words.stop(block.number), block.without].filter((part) => part !== null).join(' ')]
    case 'place':
      return [words.place(block.place)]
    case 'acceptance':
    case 'care':
      return [block.text]
    case 'service':
      return [`【${block.name}】`]
    case 'materials':
      return [block.count === null ? block.heading : `${block.heading} ${block.count}`]
    case 'case':
      return block.heading === null && block.note === null
        ? []
        : [`# ${block.heading ?? ''}${block.note ?? ''}`]
    case 'entry':
      return [marks[block.mark] + block.label.name + block.label.tail, ...block.uses.map((use) => `  ${use}`)]
    case 'fact':
      if (block.name !== null && onPaperOnly.has(block.name)) return []
      return [block.name === null ? block.text : `${words.fact(block.name)} ${block.text}`]
    case 'beside':
      return block.blocks.flatMap((inner) => linesOf(inner, words))
    case 'codes':
      return []
  }
}

/** What a telephone can do without, so that one code is enough more often. */
const onPaperOnly: ReadonlySet<FactName> = new Set(['copies', 'channels', 'result'])

const marks = { box: '□ ', dash: '· ', none: '' } as const

/** Millimetres a module of a code is wide: three dots of a 203 dpi head on a roll, else what phones read at arm's length. */
export const moduleWidth: Readonly<Record<SlipFormat, number>> = {
  'a4-large': 0.42,
  a4: 0.42,
  a5: 0.4,
  roll: 0.375,
}

/** The widest code, in millimetres, that leaves where and when enough room beside it. */
const widestBeside: Readonly<Record<SlipFormat, number>> = { 'a4-large': 62, a4: 62, a5: 46, roll: 0 }
/** The most characters of where and when that stay in one piece. */
const longestBeside = 300

/** Millimetres from edge to edge of a code with its quiet zone. */
export function codeWidth({ size }: QrMatrix, format: SlipFormat): number {
  return (size + 2 * quietZone) * moduleWidth[format]
}

/**
 * The ways to place the codes, the best first: a single one beside where and when, if they leave it room, and
 * all at the end. Which takes fewer pages only measuring tells.
 */
export function withCodes(
  blocks: readonly SlipBlock[],
  codes: readonly QrMatrix[],
  format: SlipFormat,
): readonly (readonly SlipBlock[])[] {
  const [code, ...others] = codes
  if (!code) return [blocks]
  const atEnd: readonly SlipBlock[] = [...blocks, ...rowsOf(codes, format)]
  const from = blocks.findIndex(isBeside)
  const length = from < 0 ? 0 : blocks.slice(from).findIndex((block) => !isBeside(block))
  const beside = blocks.slice(from, from + length)
  const letters = beside.reduce((sum, block) => sum + lettersIn(block), 0)
  const isSingle = others.length === 0 && !blocks.some(({ kind }) => kind === 'stop')
  const fits = letters <= longestBeside && codeWidth(code, format) <= widestBeside[format]
  if (!isSingle || length === 0 || !fits) return [atEnd]
  const placed: SlipBlock = { kind: 'beside', blocks: beside, code }
  return [[...blocks.slice(0, from), placed, ...blocks.slice(from + length)], atEnd]
}

/** Millimetres between a page's margins. */
export const textWidth: Readonly<Record<SlipFormat, number>> = { 'a4-large': 176, a4: 176, a5: 128, roll: 72 }
/** Millimetres between two codes in a row. */
const codeGap = 6

/** The codes as rows that a page is wide enough for: all of them together may be higher than a page. */
function rowsOf(codes: readonly QrMatrix[], format: SlipFormat): readonly SlipBlock[] {
  const rows: QrMatrix[][] = []
  let left = 0
  for (const code of codes) {
    const width = codeWidth(code, format) + codeGap
    const row = rows.at(-1)
    if (row && width <= left) row.push(code)
    else {
      rows.push([code])
      left = textWidth[format] + codeGap
    }
    left -= width
  }
  return rows.map((row, index) => ({
    kind: 'codes',
    codes: row,
    from: rows.slice(0, index).flat().length,
    of: codes.length,
  }))
}

const isBeside = (block: SlipBlock): boolean =>
  block.kind === 'place' ||
  block.kind === 'acceptance' ||
  (block.kind === 'fact' && (block.name === null || besideFacts.has(block.name)))
const besideFacts: ReadonlySet<FactName> = new Set(['enquiries', 'hours', 'channels', 'office'])

function lettersIn(block: SlipBlock): number {
  if (block.kind === 'place') return block.place.text.length
  return block.kind === 'fact' || block.kind === 'acceptance' ? block.text.length : 0
}
