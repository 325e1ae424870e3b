import { type MaterialGroup, type Place, type Service } from '../../data/catalogue.ts'
import { labelMaterial, type MaterialLabel } from '../../data/material-label.ts'

/** A piece of the slip that stays in one piece on paper. */
export type SlipBlock =
  | { readonly kind: 'title' }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'acceptance' }
  | { readonly kind: 'materials'; readonly documents: number }
  | { readonly kind: 'case'; readonly group: MaterialGroup }
  | { readonly kind: 'entry'; readonly mark: 'box' | 'dash' | 'none'; readonly label: MaterialLabel }
  | { readonly kind: 'facts' }

/** The longest entry set in one piece, in characters; a longer one goes on in blocks without a box. */
const longestPiece = 260

/** The slip of `service` as blocks, in reading order. */
export function blocksOf(service: Service): readonly SlipBlock[] {
  const materials = service.materials.flatMap((group) => group.materials)
  const documents = materials.filter(({ kind }) => kind === 'document').length
  return [
    { kind: 'title' },
    ...service.places.map((place) => ({ kind: 'place' as const, place })),
    ...(service.acceptance ? [{ kind: 'acceptance' as const }] : []),
    { kind: 'materials', documents },
    ...service.materials.flatMap(groupBlocks),
    { kind: 'facts' },
  ]
}

/** Headings stay with what they head. */
export function keepsWithNext(block: SlipBlock): boolean {
  return block.kind === 'materials' || block.kind === 'case'
}

function groupBlocks(group: MaterialGroup): readonly SlipBlock[] {
  const heading: SlipBlock[] = group.when === null && group.note === null ? [] : [{ kind: 'case', group }]
  return [
    ...heading,
    ...group.materials.flatMap(({ kind, text }) =>
      piecesOf(text).map((label, index): SlipBlock => ({
        kind: 'entry',
        mark: index > 0 ? 'none' : kind === 'note' ? 'dash' : 'box',
        label,
      })),
    ),
  ]
}

/** `text` in pieces that fit a page, cut after a comma or a stop. */
function piecesOf(text: string): readonly MaterialLabel[] {
  if (text.length <= longestPiece) return [labelMaterial(text)]
  const pieces: string[] = []
  for (let rest = text; rest !== '';) {
    const head = rest.slice(0, longestPiece)
    const cut = rest.length <= longestPiece ? rest.length : lastStop(head) || longestPiece
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return pieces.map((piece) => ({ name: piece, counts: null, tail: '' }))
}

function lastStop(text: string): number {
  return Math.max(...[...'，；。、'].map((stop) => text.lastIndexOf(stop) + 1))
}
