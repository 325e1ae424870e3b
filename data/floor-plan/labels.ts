import {
  between,
  crossing,
  distance,
  extentOf,
  isInside,
  middleOf,
  type Segment,
  segmentsOf,
  shareNearest,
} from './geometry.ts'
import type { FloorPlan, Point, Shape, TargetKind, ViewBox } from './model.ts'
import { solidLines } from './route.ts'

/** Words as they stand on a drawn plan. */
export type Label = {
  /** `target`: what is looked for; `within`: what else stands in it; `start`: where the way begins. */
  readonly kind: 'target' | 'within' | 'start' | 'number' | 'word'
  readonly text: string
  /** The middle of the words. */
  readonly at: Point
}

/** What a plan is drawn for. */
export type Look = {
  readonly targets: readonly string[]
  /** The target where the way begins, or null. */
  readonly from: string | null
  readonly route: readonly Point[] | null
  /** Words by target id, by kind of target (`lift`), and for `here`; rooms and counters go by their numbers without. */
  readonly names: Readonly<Record<string, string>>
  /** How many units of the plan one em of its words takes. */
  readonly em: number
}

/** The size of the words of a target, in em. */
export const targetSize = 1.5

const lineHeight = 1.25

/** The width of words in em: Chinese characters one each, all others a little over half. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character >= '\u2E80' ? 1 : 0.58), 0)
}

type Wish = {
  readonly kind: Label['kind']
  readonly text: string
  /** Where it may stand, the best place first. */
  readonly places: readonly Point[]
  /** What it may not reach out of. */
  readonly inside: readonly Point[] | null
  /** Shown whatever it covers. */
  readonly must: boolean
}

/**
 * The words of a plan that have room: what is looked for and where the visitor stands always, then the others
 * as far as they cover neither each other nor the way, and rooms' numbers no wall.
 */
export function labelsOn(plan: FloorPlan, look: Look): readonly Label[] {
  const taken: Box[] = []
  const way = segmentsOf(look.route ?? [], false)
  const walls = solidLines(plan.shapes)
  return wishesOf(plan, look).flatMap(({ kind, text, places, inside, must }): readonly Label[] => {
    const boxAt = (at: Point): Box => {
      const padded = kind === 'start' ? 0.7 : kind === 'target' ? 0.3 : 0
      const size = kind === 'target' ? targetSize : 1
      const width = (widthOf(text) * size + padded) * look.em
      const height = (lineHeight * size + padded / 2) * look.em
      return {
        left: at.x - width / 2,
        right: at.x + width / 2,
        top: at.y - height / 2,
        bottom: at.y + height / 2,
      }
    }
    const isFree = (at: Point): boolean => {
      const box = boxAt(at)
      return (
        holds(plan.viewBox, box) &&
        !taken.some((other) => overlap(box, other)) &&
        !(kind !== 'target' && way.some((line) => meets(box, line))) &&
        (!inside || cornersOf(box).every((corner) => isInside(corner, inside)))
      )
    }
    const free = places.filter(isFree)
    const isClear = (at: Point): boolean => !walls.some((wall) => meets(boxAt(at), wall))
    const at = free.find(isClear) ?? free[0] ?? (must ? places[0] : undefined)
    if (!at) return []
    const kept = must ? drawnIn(at, boxAt(at), plan.viewBox) : at
    taken.push(boxAt(kept))
    return [{ kind, text, at: kept }]
  })
}

function wishesOf(plan: FloorPlan, { targets, from, names, em, route }: Look): readonly Wish[] {
  const words = plan.shapes.filter(({ kind }) => kind === 'label')
  const areas = plan.shapes.filter(({ kind, closed }) => closed && kind !== 'door')
  const wishes: Wish[] = []
  const said = new Set<Shape>()
  const numbered: Wish[] = []
  const beside: Wish[] = []

  for (const [id, outlines] of outlinesOf(plan)) {
    const kind = outlines[0]?.kind
    const isTarget = targets.includes(id)
    const isStart = id === from
    const [largest] = outlines.map(({ points }) => points).sort((a, b) => spread(b) - spread(a))
    if (!largest || !kind || kind === 'wall' || kind === 'label' || kind === 'door') continue
    const centre = centreOf(largest)
    const number = names[id] ?? names[kind] ?? numberOf(id, kind)
    const own = words.filter(
      ({ target, points: [at] }) => target === id || (target === null && at && isInside(at, largest)),
    )
    const isTight = kind === 'room' || kind === 'counter'
    if (isStart) {
      const text = kind === 'kiosk' ? (names['here'] ?? '') : number
      const at = kind === 'kiosk' ? centre : (route?.[0] ?? centre)
      const away = [centre, ...around(at, text, em)].slice(kind === 'kiosk' ? 1 : 0)
      if (text !== '') wishes.push({ kind: 'start', text, places: away, inside: null, must: true })
    } else if (isTarget)
      wishes.unshift({ kind: 'target', text: number, places: [centre], inside: null, must: true })
    else if (number !== '' && kind !== 'kiosk')
      numbered.push({
        kind: 'number',
        text: number,
        places: [centre],
        inside: isTight ? largest : null,
        must: false,
      })

    if (!isTight && kind !== 'area') for (const word of own) said.add(word)
    if (kind === 'area') continue
    for (const word of own) {
      if (said.has(word)) continue
      said.add(word)
      const text = (word.text ?? '').replace(number, '').trim()
      const step = (isTarget ? 1.5 : 1.25) * em
      const places = [{ ...centre, y: centre.y + step }, { ...centre, y: centre.y - step }, ...word.points]
      if (/[\p{L}\p{N}]/u.test(text) && text !== '室')
        beside.push({ kind: isTarget ? 'within' : 'word', text, places, inside: largest, must: false })
    }
  }
  for (const word of words) {
    const [at] = word.points
    if (said.has(word) || !at || word.text === null) continue
    const around = areas.filter(({ points, kind }) => kind !== 'wall' && isInside(at, points))
    const isTarget = around.some(({ target }) => target !== null && targets.includes(target))
    beside.push({
      kind: isTarget ? 'within' : 'word',
      text: word.text,
      places: [at],
      inside: null,
      must: false,
    })
  }
  // Names first: who looks for a room finds its number, but not a word that took its place.
  return [...wishes, ...numbered, ...beside]
}

function outlinesOf({ shapes }: FloorPlan): ReadonlyMap<string, readonly Shape[]> {
  const outlines = new Map<string, Shape[]>()
  for (const shape of shapes) {
    if (shape.target === null || shape.kind === 'label' || shape.kind === 'door') continue
    outlines.set(shape.target, [...(outlines.get(shape.target) ?? []), shape])
  }
  return outlines
}

/** What stands on the door: the rest of the id of a room or counter. */
function numberOf(id: string, kind: TargetKind): string {
  return kind === 'room' || kind === 'counter' ? id.slice(kind.length + 1) : ''
}

/** Places beside a point for words about it. */
function around({ x, y }: Point, text: string, em: number): readonly Point[] {
  const aside = (widthOf(text) / 2 + 1.5) * em
  return [
    { x, y: y + 1.8 * em },
    { x, y: y - 1.8 * em },
    { x: x + aside, y },
    { x: x - aside, y },
    { x: x + aside * 0.7, y: y + 1.8 * em },
    { x: x - aside * 0.7, y: y + 1.8 * em },
    { x: x + aside * 0.7, y: y - 1.8 * em },
    { x: x - aside * 0.7, y: y - 1.8 * em },
  ]
}

const grid = 8

/** A point well inside an outline, and near its middle. */
export function centreOf(points: readonly Point[]): Point {
  const extent = extentOf(points)
  const middle = middleOf(points)
  if (!extent || !middle) return { x: 0, y: 0 }
  const edges = segmentsOf(points, true)
  let best = middle
  let most = -Infinity
  for (let row = 1; row < grid; row += 1)
    for (let column = 1; column < grid; column += 1) {
      const point = {
        x: extent.left + ((extent.right - extent.left) * column) / grid,
        y: extent.top + ((extent.bottom - extent.top) * row) / grid,
      }
      if (!isInside(point, points)) continue
      const apart = edges.map((edge) => distance(point, between(...edge, shareNearest(point, edge))))
      const worth = apart.reduce((a, b) => Math.min(a, b)) - distance(point, middle) / 4
      if (worth <= most) continue
      most = worth
      best = point
    }
  return best
}

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

function spread(points: readonly Point[]): number {
  const extent = extentOf(points)
  return extent ? (extent.right - extent.left) * (extent.bottom - extent.top) : 0
}

function holds({ x, y, width, height }: ViewBox, { left, right, top, bottom }: Box): boolean {
  return left >= x && top >= y && right <= x + width && bottom <= y + height
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function cornersOf({ left, right, top, bottom }: Box): readonly Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}

function meets(box: Box, line: Segment): boolean {
  const corners = cornersOf(box)
  return segmentsOf(corners, true).some((edge) => crossing(edge, line)) || isInside(line[0], corners)
}

/** `at`, moved as little as brings its box into the picture. */
function drawnIn(at: Point, { left, right, top, bottom }: Box, { x, y, width, height }: ViewBox): Point {
  return {
    x: at.x + Math.max(0, x - left) - Math.max(0, right - x - width),
    y: at.y + Math.max(0, y - top) - Math.max(0, bottom - y - height),
  }
}
