import type { Material, MaterialGroup } from '../catalogue.ts'
import { countsOf } from './counts.ts'
import { kindOf } from './materials-kinds.ts'
import { joinLines } from './materials-lines.ts'
import { cutPieces, type Piece } from './materials-pieces.ts'
import { reportGroup, reportMaterial } from './materials-findings.ts'
import type { MarkStyle } from './numbering.ts'
import type { Report, SourceLine } from './source.ts'

type HeadingPiece = Extract<Piece, { kind: 'heading' }>
type EntryPiece = Extract<Piece, { kind: 'entry' }>

/** A case whose heading has been read and whose entries may still come. */
type OpenCase = {
  readonly piece: HeadingPiece
  readonly rank: number
  /** The last number of each style of list directly below it. */
  readonly last: Map<MarkStyle, number>
}

/** A group in the making, with the pieces it came from. */
type OpenGroup = { readonly group: MaterialGroup; readonly pieces: Piece[]; readonly under: OpenCase | null }

const markRanks: { readonly [S in MarkStyle]: number } = {
  chinese: 0,
  'chinese-bracket': 1,
  plain: 4,
  circled: 5,
  'half-bracket': 6,
  bracket: 7,
}
const plainRank = 0
const plainBelowRank = 2
const conditionalRank = 8

const ofTheWhole = /^(?:联系人|联系电话|咨询电话|注|备注)[：:]|^(?:以上|上述|所有)(?:材料|资料)/

/**
 * The groups of 办理材料 in the guide's order. Taken in order, `when`, `note` and the entries' `text` hold
 * every letter and digit of `lines` but list numbering. `lines` are the field's lines as the guide has
 * them; whatever had to be assumed goes to `report`. Throws nothing, whatever the text.
 */
export function parseMaterials(lines: readonly SourceLine[], report: Report): MaterialGroup[] {
  const pieces = cutPieces(joinLines(lines, report), report)
  if (pieces.length === 0) {
    const line = lines[0]?.number ?? null
    report({ severity: 'warning', rule: 'material-empty', line, message: '“办理材料”是空的。', text: '' })
  }
  const groups: OpenGroup[] = []
  let open: OpenCase[] = []
  for (const piece of pieces) {
    open = closeFor(piece, open)
    if (piece.kind === 'heading') {
      const opened = { piece, rank: rankOf(piece, open), last: new Map<MarkStyle, number>() }
      open = [...open.filter(({ rank }) => rank < opened.rank), opened]
      groups.push(groupUnder(open, piece))
      continue
    }
    const under = open.at(-1) ?? null
    if (piece.mark) under?.last.set(piece.mark.style, piece.mark.number)
    let current = groups.at(-1)
    if (!current || current.under !== under) {
      current = groupUnder(open)
      groups.push(current)
    }
    current.group.materials.push(materialOf(piece, current.group, report))
    current.pieces.push(piece)
  }
  groups.forEach(({ group, pieces: of }, index) => {
    const neighbours = { before: groups[index - 1]?.group ?? null, next: groups[index + 1]?.group ?? null }
    reportGroup(group, of, neighbours, report)
  })
  return groups.map(({ group }) => group)
}

/** The cases still open when `piece` comes: its mark may carry on the list a heading stands in. */
function closeFor(piece: Piece, open: readonly OpenCase[]): OpenCase[] {
  const { mark } = piece
  if (piece.kind === 'entry' && piece.leads && ofTheWhole.test(piece.text)) return []
  if (!mark) return [...open]
  const at = open.findIndex((outer) => outer.piece.mark?.style === mark.style)
  const outer = open[at]
  if (!outer) return [...open]
  const own = open.at(-1)?.last.get(mark.style)
  const staysBelow = own === undefined ? mark.number === 1 : mark.number === own + 1
  return staysBelow ? [...open] : open.slice(0, at)
}

function rankOf({ mark, heading }: HeadingPiece, open: readonly OpenCase[]): number {
  if (mark) return markRanks[mark.style]
  if (heading.when?.endsWith('的')) return conditionalRank
  const numbered = open.find((outer) => outer.piece.mark?.style === 'chinese')
  const nested = open.some((outer) => outer.rank === plainBelowRank)
  return numbered && (nested || numbered.last.size === 0) ? plainBelowRank : plainRank
}

/** A new group under the open cases; one that only returns to an outer case does not repeat its words. */
function groupUnder(open: readonly OpenCase[], opening?: HeadingPiece): OpenGroup {
  const outer = opening ? open.slice(0, -1) : open
  return {
    group: {
      when: opening?.heading.when ?? null,
      within: outer.flatMap(({ piece }) => piece.heading.when ?? []),
      note: opening?.heading.note ?? null,
      materials: [],
    },
    pieces: opening ? [opening] : [],
    under: open.at(-1) ?? null,
  }
}

function materialOf({ text, line, when }: EntryPiece, group: MaterialGroup, report: Report): Material {
  const counts = countsOf(text)
  reportMaterial(text, line, counts, report)
  const kind = kindOf(text)
  if (kind === 'note') {
    return { kind, text, originals: null, photocopies: null, asks: [], inspectOnly: false, when: null }
  }
  const { originals, photocopies, asks } = counts
  const inherits = /备查|出示/.test(group.note ?? '')
  const adds = inherits && /原件/.test(group.note ?? '') && !asks.includes('original')
  return {
    kind,
    text,
    originals,
    photocopies,
    asks: adds ? ['original', ...asks] : asks,
    inspectOnly: counts.inspectOnly || inherits,
    when,
  }
}
