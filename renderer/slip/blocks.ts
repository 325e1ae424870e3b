import type { Place, Service } from '../../data/catalogue.ts'
import { type ChecklistSection, documentCount } from '../../data/checklist.ts'
import { isOnlineOnly, needsNoVisit } from '../../data/directions.ts'
import { labelMaterial, type MaterialLabel } from '../../data/material-label.ts'
import type { QrMatrix } from '../../data/qr.ts'
import type { Slip } from '../../data/slip.ts'
import type { ListStop, ListVisit, SharedPaper } from '../../data/visit-list.ts'

/** The questions a slip answers beside its materials. */
export type FactName =
  'enquiries' | 'hours' | 'duration' | 'fee' | 'channels' | 'office' | 'result' | 'copies' | 'cases' | 'also'

/** A piece of the slip that stays in one piece on paper. */
export type SlipBlock =
  | { readonly kind: 'title'; readonly family: string | null; readonly names: readonly string[] }
  | { readonly kind: 'stop'; readonly number: number; readonly without: string | null }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'acceptance'; readonly text: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'care'; readonly text: string }
  | { readonly kind: 'materials'; readonly heading: string; readonly count: string | null }
  | { readonly kind: 'case'; readonly heading: string | null; readonly note: string | null }
  | {
      readonly kind: 'entry'
      readonly mark: 'box' | 'dash' | 'none'
      readonly label: MaterialLabel
      /** Which service asks for a shared paper, and in which words. */
      readonly uses: readonly string[]
    }
  /** `name` null: the answer goes on from the block before. */
  | { readonly kind: 'fact'; readonly name: FactName | null; readonly text: string }
  /** Where and when, with the code beside it. */
  | { readonly kind: 'beside'; readonly blocks: readonly SlipBlock[]; readonly code: QrMatrix }
  /** A row of the codes at the end: which of how many its first is, from 0. */
  | {
      readonly kind: 'codes'
      readonly codes: readonly QrMatrix[]
      readonly from: number
      readonly of: number
    }

/** What the interface has to say of what the slip is about, in the slip's language. */
export type SlipWords = {
  readonly enquiries: (service: Service) => readonly string[]
  readonly hours: (service: Service) => readonly string[]
  readonly acceptance: (service: Service) => string | null
  readonly fee: (service: Service) => string
  readonly materials: (sections: readonly ChecklistSection[]) => string
  readonly count: (documents: number) => string
  readonly caseHeading: (section: ChecklistSection) => string | null
  /** "共用的材料，带一份就够" */
  readonly sharedHeading: () => string
  readonly sharedCount: (paper: SharedPaper) => string
  readonly copies: (slip: Slip) => string
  readonly cases: (cases: readonly string[]) => string
  /** Why there is no door to go to; null where there is one. */
  readonly without: (stop: ListStop) => string | null
  readonly uncertain: () => string
  /** For one service in a list of several: "名称：…" */
  readonly forService: (service: string, words: string) => string
}

/** The longest text set in one piece, in characters; a longer one goes on in the next block. */
const longestPiece = 260

/** The slip as blocks, in reading order, without its codes. */
export function blocksOf(slip: Slip, words: SlipWords): readonly SlipBlock[] {
  const [service, ...others] = slip.services
  if (!service) return []
  return others.length === 0 ? blocksOfOne(slip, service, words) : blocksOfSeveral(slip, words)
}

function blocksOfOne(slip: Slip, service: Service, words: SlipWords): readonly SlipBlock[] {
  const { fields } = service
  const channels = factBlocks('channels', fields.办理方式)
  const places = service.places.map((place) => ({ kind: 'place' as const, place }))
  const office = factBlocks('office', service.places.map(({ text }) => text).join('\n'))
  const visits = slip.stops.flatMap((stop) => stop.visits)
  const visit = visits.find(({ handsIn }) => handsIn) ?? visits[0]
  return [
    { kind: 'title', family: service.family, names: [service.name] },
    ...(visit ? factBlocks('cases', words.cases(visit.cases)) : []),
    ...(isOnlineOnly(service) ? channels : []),
    ...(needsNoVisit(service) ? office : places),
    ...factBlocks('enquiries', words.enquiries(service).join('\n')),
    ...factBlocks('hours', words.hours(service).join('\n')),
    ...acceptanceBlocks([service], words),
    ...(visit ? listBlocks(visit, !needsNoVisit(service), words) : []),
    ...factBlocks('copies', words.copies(slip)),
    ...factBlocks('duration', fields.办理时限),
    ...factBlocks('fee', words.fee(service)),
    ...(isOnlineOnly(service) ? [] : channels),
    ...factBlocks('result', fields.结果送达),
  ]
}

function blocksOfSeveral(slip: Slip, words: SlipWords): readonly SlipBlock[] {
  const byId = new Map(slip.services.map((service) => [service.id, service]))
  const nameOf = (id: string): string => byId.get(id)?.name ?? ''
  const told = new Set<string>()
  const stops = slip.stops.flatMap((stop, index): readonly SlipBlock[] => {
    const services = stop.visits.flatMap(({ service }) => byId.get(service) ?? [])
    const boxed = stop.kind === 'door' || stop.kind === 'elsewhere'
    return [
      { kind: 'stop', number: index + 1, without: words.without(stop) },
      ...(stop.place && boxed ? [{ kind: 'place' as const, place: stop.place }] : []),
      ...factBlocks('enquiries', distinct(services.flatMap(words.enquiries)).join('\n')),
      ...(boxed ? factBlocks('hours', distinct(services.flatMap(words.hours)).join('\n')) : []),
      ...acceptanceBlocks(services, words),
      ...sharedBlocks(stop, nameOf, words),
      ...stop.visits.flatMap((visit): readonly SlipBlock[] => {
        const service = byId.get(visit.service)
        if (!service) return []
        const isFirst = !told.has(service.id)
        told.add(service.id)
        return [
          { kind: 'service', name: service.name },
          ...(visit.purpose === null ? [] : [{ kind: 'care' as const, text: visit.purpose }]),
          ...(visit.certain ? [] : [{ kind: 'care' as const, text: words.uncertain() }]),
          ...visit.alternatives.flatMap(({ text }) => factBlocks('also', text)),
          ...factBlocks('cases', words.cases(visit.cases)),
          ...visit.sections.flatMap((section, at) => sectionBlocks(section, at, boxed, words)),
          ...(isFirst ? factBlocks('duration', service.fields.办理时限) : []),
          ...(isFirst ? factBlocks('fee', words.fee(service)) : []),
        ]
      }),
    ]
  })
  return [
    { kind: 'title', family: null, names: slip.services.map(({ name }) => name) },
    ...stops,
    ...factBlocks('copies', words.copies(slip)),
  ]
}

function acceptanceBlocks(services: readonly Service[], words: SlipWords): readonly SlipBlock[] {
  return services.flatMap((service) => {
    const line = words.acceptance(service)
    if (line === null) return []
    return [
      {
        kind: 'acceptance' as const,
        text: services.length > 1 ? words.forService(service.name, line) : line,
      },
    ]
  })
}

function sharedBlocks(
  { shared }: ListStop,
  nameOf: (id: string) => string,
  words: SlipWords,
): readonly SlipBlock[] {
  if (shared.length === 0) return []
  return [
    { kind: 'case', heading: words.sharedHeading(), note: null },
    ...shared.map((paper): SlipBlock => {
      const counts = words.sharedCount(paper)
      return {
        kind: 'entry',
        mark: 'box',
        label: { name: paper.name, counts, tail: counts },
        uses: paper.uses.map(({ service, entry }) => words.forService(nameOf(service), entry.material.text)),
      }
    }),
  ]
}

function listBlocks({ sections }: ListVisit, boxed: boolean, words: SlipWords): readonly SlipBlock[] {
  const count = documentCount(sections)
  return [
    {
      kind: 'materials',
      heading: words.materials(sections),
      count: count === null ? null : words.count(count),
    },
    ...sections.flatMap((section, index) => sectionBlocks(section, index, boxed, words)),
  ]
}

/** Headings stay with what they head. */
export function keepsWithNext({ kind }: SlipBlock): boolean {
  return kind === 'materials' || kind === 'case' || kind === 'service' || kind === 'stop' || kind === 'care'
}

/** `boxed`: with boxes to tick, for a visitor who gathers things before a visit. */
function sectionBlocks(
  section: ChecklistSection,
  index: number,
  boxed: boolean,
  words: SlipWords,
): readonly SlipBlock[] {
  const { note, entries } = section
  const heading = words.caseHeading(section)
  // After a case, entries that are for everybody need a heading's gap too, or they read as part of the case.
  const isPlain = heading === null && note === null
  const isLong = (note ?? '').length > longestPiece
  return [
    ...(isPlain && index === 0 ? [] : [{ kind: 'case' as const, heading, note: isLong ? null : note }]),
    ...(isLong ? piecesOf(note ?? '').map(textBlock) : []),
    ...entries.flatMap(({ material: { kind, text } }) => {
      const pieces = piecesOf(text)
      return pieces.map((piece, at): SlipBlock => {
        const isWhole = pieces.length === 1 && kind !== 'note'
        const mark = at > 0 ? 'none' : kind === 'note' || !boxed ? 'dash' : 'box'
        return isWhole
          ? { kind: 'entry', mark, label: labelMaterial(piece), uses: [] }
          : { ...textBlock(piece), mark }
      })
    }),
  ]
}

function textBlock(text: string): Extract<SlipBlock, { kind: 'entry' }> {
  return { kind: 'entry', mark: 'none', label: { name: text, counts: null, tail: '' }, uses: [] }
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

const distinct = (lines: readonly string[]): readonly string[] => [...new Set(lines)]

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
