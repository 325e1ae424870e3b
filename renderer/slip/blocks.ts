import { type MaterialGroup, type Place, type Service } from '../../data/catalogue.ts'
import { isOnlineOnly, needsNoVisit } from '../../data/directions.ts'
import { labelMaterial, type MaterialLabel } from '../../data/material-label.ts'

/** The questions a slip answers beside its materials. */
export type FactName = 'enquiries' | 'hours' | 'duration' | 'fee' | 'channels' | 'office' | 'result'

/** A piece of the slip that stays in one piece on paper. */
export type SlipBlock =
  | { readonly kind: 'title' }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'acceptance' }
  | { readonly kind: 'materials' }
  | { readonly kind: 'case'; readonly group: MaterialGroup }
  | { readonly kind: 'entry'; readonly mark: 'box' | 'dash' | 'none'; readonly label: MaterialLabel }
  /** `name` null: the answer goes on from the block before. */
  | { readonly kind: 'fact'; readonly name: FactName | null; readonly text: string }

/** The longest text set in one piece, in characters; a longer one goes on in the next block. */
const longestPiece = 260

/** The slip of `service` as blocks, in reading order; `words` are what its phones, hours and fee were put into. */
export function blocksOf(
  service: Service,
  words: { readonly enquiries: readonly string[]; readonly hours: readonly string[]; readonly fee: string },
): readonly SlipBlock[] {
  const { fields } = service
  const channels = factBlocks('channels', fields.办理方式)
  const places = service.places.map((place) => ({ kind: 'place' as const, place }))
  const office = factBlocks('office', service.places.map(({ text }) => text).join('\n'))
  return [
    { kind: 'title' },
    ...(isOnlineOnly(service) ? channels : []),
    ...(needsNoVisit(service) ? office : places),
    ...factBlocks('enquiries', words.enquiries.join('\n')),
    ...factBlocks('hours', words.hours.join('\n')),
    ...(service.acceptance ? [{ kind: 'acceptance' as const }] : []),
    { kind: 'materials' },
    ...service.materials.flatMap((group, index) => groupBlocks(group, index, !needsNoVisit(service))),
    ...factBlocks('duration', fields.办理时限),
    ...factBlocks('fee', words.fee),
    ...(isOnlineOnly(service) ? [] : channels),
    ...factBlocks('result', fields.结果送达),
  ]
}

/** Headings stay with what they head. */
export function keepsWithNext(block: SlipBlock): boolean {
  return block.kind === 'materials' || block.kind === 'case'
}

/** `boxed`: with boxes to tick, for a visitor who gathers things before a visit. */
function groupBlocks(group: MaterialGroup, index: number, boxed: boolean): readonly SlipBlock[] {
  // After a case, entries that are for everybody need a heading's gap too, or they read as part of the case.
  const isPlain = group.when === null && group.note === null
  const isLong = (group.note ?? '').length > longestPiece
  const heading: SlipBlock[] =
    isPlain && index === 0 ? [] : [{ kind: 'case', group: isLong ? { ...group, note: null } : group }]
  return [
    ...heading,
    ...(isLong ? piecesOf(group.note ?? '').map(textBlock) : []),
    ...group.materials.flatMap(({ kind, text }) => {
      const pieces = piecesOf(text)
      return pieces.map((piece, at): SlipBlock => {
        const isWhole = pieces.length === 1 && kind !== 'note'
        const mark = at > 0 ? 'none' : kind === 'note' || !boxed ? 'dash' : 'box'
        return isWhole ? { kind: 'entry', mark, label: labelMaterial(piece) } : { ...textBlock(piece), mark }
      })
    }),
  ]
}

function textBlock(text: string): Extract<SlipBlock, { kind: 'entry' }> {
  return { kind: 'entry', mark: 'none', label: { name: text, counts: null, tail: '' } }
}

function factBlocks(name: FactName, answer: string): readonly SlipBlock[] {
  const text = answer.replace(/\s*\n\s*/gu, '\n').trim()
  if (text === '') return []
  return piecesOf(text).map((piece, index) => ({
    kind: 'fact',
    name: index === 0 ? name : null,
    text: piece,
  }))
}

/** `text` in pieces that fit a page, cut after a comma or a stop. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = []
  for (let rest = text; rest !== '';) {
    const head = rest.slice(0, longestPiece)
    const cut = rest.length <= longestPiece ? rest.length : lastStop(head) || longestPiece
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return pieces
}

function lastStop(text: string): number {
  return Math.max(...[...'，；。、'].map((stop) => text.lastIndexOf(stop) + 1))
}
