import { type Paper, papers } from '../../../data/slip.ts'
import { textsOf } from './attributes.ts'
import type { IppAttributes, IppValue } from './message.ts'

/** A size in millimetres, as a self-describing name says it (PWG 5101.1 section 5). */
type Size = { readonly width: number; readonly height: number }

/** What is sent with a job so that it comes out on the paper it is laid out for. */
export type MediaRequest = Readonly<Record<string, readonly IppValue[]>>

/** Millimetres either way that are the same size: printers round to inches and back. */
const tolerance = 1
const millimetresPerInch = 25.4
/** Millimetres of a slip on a roll, where only is asked whether the printer has such a roll. */
const usualRoll = 200

/** Names of before PWG 5101.1 that printers still send (RFC 2911 appendix C). */
const oldNames = new Map<string, Paper>([
  ['iso-a4', 'a4'],
  ['iso-a5', 'a5'],
])

const standardNames = { a4: 'iso_a4_210x297mm', a5: 'iso_a5_148x210mm' } as const

/** The size in a name; null where it has none. */
export function sizeOf(name: string): Size | null {
  const match = /_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$/.exec(name)
  if (!match) return null
  const unit = match[3] === 'in' ? millimetresPerInch : 1
  return { width: Number(match[1]) * unit, height: Number(match[2]) * unit }
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= tolerance

/** Names of bounds, not of paper: the least and the largest size a printer can be asked for. */
const isBound = (name: string): boolean => /^(custom|roll)_(min|max)/.test(name)

/** The slips a medium takes; null where its name does not say. A roll's are those of its width. */
export function paperOfMedia(name: string): Paper | null {
  const old = oldNames.get(name)
  if (old !== undefined) return old
  const size = sizeOf(name)
  if (!size || isBound(name)) return null
  if (isNear(size.width, papers.roll.width)) return 'roll'
  const sheets = (['a4', 'a5'] as const).find(
    (paper) => isNear(size.width, papers[paper].width) && isNear(size.height, papers[paper].height),
  )
  return sheets ?? null
}

/** Whether sizes may be chosen freely between the bounds of a kind, and this one lies between them. */
function isWithinBounds(names: readonly string[], size: Size): boolean {
  return ['custom', 'roll'].some((kind) => {
    const bound = (end: string): Size | null => {
      const name = names.find((each) => each.startsWith(`${kind}_${end}`))
      return name === undefined ? null : sizeOf(name)
    }
    const [least, most] = [bound('min'), bound('max')]
    if (!least || !most) return false
    const fits = (side: keyof Size): boolean =>
      size[side] >= least[side] - tolerance && size[side] <= most[side] + tolerance
    return fits('width') && fits('height')
  })
}

/** Whether the paper is in a tray, as far as the printer says what is (PWG 5100.13 `media-ready`). */
export function isLoaded(paper: Paper, printer: IppAttributes): boolean {
  const ready = textsOf(printer, 'media-ready')
  if (ready.length === 0 || ready.some(isBound)) return true
  const named = ready.map((name) => ({ paper: paperOfMedia(name), size: sizeOf(name) }))
  // Names without sizes (of colours, of trays) tell nothing of what is loaded.
  if (named.some((each) => each.paper === null && each.size === null)) return true
  return named.some((each) => each.paper === paper)
}

/**
 * How to ask `printer` for the paper; null where it has none such. `length`: millimetres of a slip on a
 * roll, null where it is not known. A printer that names no media is asked for the standard's name.
 */
export function mediaFor(paper: Paper, length: number | null, printer: IppAttributes): MediaRequest | null {
  const names = textsOf(printer, 'media-supported')
  const keyword = (name: string): MediaRequest => ({ media: [{ tag: 'keyword', value: name }] })
  const width = papers[paper].width
  const height = papers[paper].height ?? length ?? usualRoll
  const fitting = names.filter((name) => paperOfMedia(name) === paper)
  if (paper !== 'roll') {
    const [name] = fitting
    if (name !== undefined) return keyword(name)
    if (names.length === 0) return keyword(standardNames[paper])
  }
  if (isWithinBounds(names, { width, height })) return sizeRequest(width, height)
  if (paper !== 'roll') return null
  const byLength = fitting
    .map((name) => ({ name, height: sizeOf(name)?.height ?? 0 }))
    .sort((one, other) => one.height - other.height)
  const long = byLength.find((each) => length === null || each.height + tolerance >= length)
  return long === undefined ? null : keyword(long.name)
}

/** A size of one's own choosing, in hundredths of a millimetre (PWG 5100.7 `media-col`). */
function sizeRequest(width: number, height: number): MediaRequest {
  const hundredths = (millimetres: number): readonly IppValue[] => [
    { tag: 'integer', value: Math.round(millimetres * 100) },
  ]
  const size: IppValue = {
    tag: 'collection',
    members: new Map([
      ['x-dimension', hundredths(width)],
      ['y-dimension', hundredths(height)],
    ]),
  }
  return { 'media-col': [{ tag: 'collection', members: new Map([['media-size', [size]]]) }] }
}

/** Millimetres from the lower to the upper edge of a PDF's first page; null where it cannot be read. */
export function pageLength(pdf: Uint8Array): number | null {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const sides = /\/MediaBox\s*\[([^\]]*)\]/.exec(text)?.[1]?.trim().split(/\s+/).map(Number) ?? []
  const [, bottom = NaN, , top = NaN] = sides
  const length = ((top - bottom) / 72) * millimetresPerInch
  return Number.isFinite(length) && length > 0 ? length : null
}
