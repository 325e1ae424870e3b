import {
  atLeastBetween,
  between,
  crossing,
  distance,
  type Segment,
  segmentsOf,
  shareNearest,
  shortestBetween,
} from './geometry.ts'
import { type FloorPlan, type Point, type Shape, touching, type ViewBox } from './model.ts'

/** What nobody walks through. Areas, entrances and doors are open. */
const solid: ReadonlySet<Shape['kind']> = new Set(['wall', 'room', 'counter', 'lift', 'stairs'])

/** How many of the nearest walks are looked at for one in sight. */
const nearest = 8

/** The lines of all walks. */
export function walkLines(walks: FloorPlan['walks']): readonly Segment[] {
  return walks.flatMap((walk) => segmentsOf(walk, false))
}

/** The lines of a plan nobody walks through. */
export function solidLines(shapes: readonly Shape[]): readonly Segment[] {
  return shapes.flatMap(({ kind, points, closed }) => (solid.has(kind) ? segmentsOf(points, closed) : []))
}

/**
 * The shortest line from one of `edges` to one of `walks` that crosses none of `walls` further than `slack`
 * from where it begins; null where there is none.
 */
export function lineToWalk(
  edges: readonly Segment[],
  walks: readonly Segment[],
  walls: readonly Segment[],
  slack: number,
): Segment | null {
  const lines = walks
    .flatMap((walk) => {
      let best: Segment | null = null
      let length = Infinity
      for (const edge of edges) {
        if (atLeastBetween(edge, walk) >= length) continue
        const line = shortestBetween(edge, walk)
        if (distance(...line) >= length) continue
        best = line
        length = distance(...line)
      }
      return best ? [best] : []
    })
    .sort((a, b) => distance(...a) - distance(...b))
    .slice(0, nearest)
  const isClear = (line: Segment): boolean =>
    walls.every((wall) => {
      const cross = crossing(line, wall)
      return !cross || cross[0] * distance(...line) <= slack
    })
  return lines.find(isClear) ?? null
}

/** How far from a target's edge its own walls may stand in the way: a wall's thickness, or the size of its doors. */
export function slackAt(doors: readonly Shape[], viewBox: ViewBox): number {
  const sizes = doors.flatMap(({ points }) => points.map((point) => distance(point, points[0] ?? point)))
  return sizes.reduce((most, size) => Math.max(most, size), 2 * touching(viewBox))
}

/**
 * The shortest way between two targets along the plan's walks, with nothing cut short; null where a target has
 * no spot or the walks do not lead there.
 */
export function routeOn(plan: FloorPlan, from: string, to: string): readonly Point[] | null {
  // The same way back: among ways of one length the choice must not depend on the direction.
  if (from > to) return routeOn(plan, to, from)?.toReversed() ?? null
  const lines = walkLines(plan.walks)
  const walls = solidLines(plan.shapes)
  const [start, end] = [from, to].map((target) => {
    const spot = plan.spots.get(target)
    const doors = plan.shapes.filter((shape) => shape.kind === 'door' && shape.target === target)
    return spot ? lineToWalk([[spot, spot]], lines, walls, slackAt(doors, plan.viewBox)) : null
  })
  if (!start || !end) return null
  const way = shortestWay(lines, start[1], end[1], touching(plan.viewBox))
  return way && straightened([start[0], ...way, end[0]])
}

/** The length of a way. */
export function lengthOf(way: readonly Point[]): number {
  return segmentsOf(way, false).reduce((sum, line) => sum + distance(...line), 0)
}

/** The shortest of the ways to several targets; null where none leads to any of them. */
export function routeToNearest(
  plan: FloorPlan,
  from: string,
  targets: readonly string[],
): readonly Point[] | null {
  return targets.reduce<readonly Point[] | null>((best, target) => {
    const way = routeOn(plan, from, target)
    return way && (!best || lengthOf(way) < lengthOf(best)) ? way : best
  }, null)
}

/** A point of the network, and what can be reached from it. */
type Node = { readonly point: Point; readonly links: { readonly to: Node; readonly length: number }[] }

function link(a: Node, b: Node): void {
  if (a === b) return
  const length = distance(a.point, b.point)
  a.links.push({ to: b, length })
  b.links.push({ to: a, length })
}

function shortestWay(
  lines: readonly Segment[],
  from: Point,
  to: Point,
  tolerance: number,
): readonly Point[] | null {
  const cuts = lines.map((): { share: number; node: Node }[] => [])
  const cut = (index: number, share: number, node: Node): Node => {
    cuts[index]?.push({ share, node })
    return node
  }
  const nodeAt = (point: Point): Node => ({ point, links: [] })
  const ends = lines.map(([a, b], index) => [cut(index, 0, nodeAt(a)), cut(index, 1, nodeAt(b))] as const)

  /** Joins a node to a line it stands on, or near enough to. */
  const join = (node: Node, index: number, line: Segment, within: number): void => {
    const share = shareNearest(node.point, line)
    const point = between(...line, share)
    if (distance(node.point, point) <= within) link(node, cut(index, share, nodeAt(point)))
  }
  lines.forEach((one, i) => {
    lines.slice(0, i).forEach((other, j) => {
      const cross = crossing(one, other)
      if (cross) {
        const node = nodeAt(between(...one, cross[0]))
        cut(i, cross[0], node)
        cut(j, cross[1], node)
      }
      for (const node of ends[i] ?? []) join(node, j, other, tolerance)
      for (const node of ends[j] ?? []) join(node, i, one, tolerance)
    })
  })
  const [start, end] = [nodeAt(from), nodeAt(to)]
  for (const node of [start, end]) {
    const apart = lines.map((line) => distance(node.point, between(...line, shareNearest(node.point, line))))
    const index = apart.indexOf(Math.min(...apart))
    const line = lines[index]
    if (line) join(node, index, line, Infinity)
  }
  for (const along of cuts) {
    along.sort((a, b) => a.share - b.share)
    along.forEach(({ node }, index) => {
      const before = along[index - 1]
      if (before) link(before.node, node)
    })
  }
  return dijkstra(start, end)
}

function dijkstra(start: Node, end: Node): readonly Point[] | null {
  const lengths = new Map<Node, number>([[start, 0]])
  const before = new Map<Node, Node>()
  const done = new Set<Node>()
  const queue = createQueue<Node>()
  queue.push(start, 0)
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node === end) break
    if (done.has(node)) continue
    done.add(node)
    const reached = lengths.get(node) ?? 0
    for (const { to, length } of node.links) {
      if (reached + length >= (lengths.get(to) ?? Infinity)) continue
      lengths.set(to, reached + length)
      before.set(to, node)
      queue.push(to, reached + length)
    }
  }
  if (!lengths.has(end)) return null
  const way: Point[] = []
  for (let node: Node | undefined = end; node; node = before.get(node)) way.push(node.point)
  return way.reverse()
}

/** A binary heap: `pop` gives what was pushed with the least rank. */
function createQueue<Item>() {
  const heap: { item: Item; rank: number }[] = []
  const rankAt = (index: number): number => heap[index]?.rank ?? Infinity
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]]
    if (!a || !b) return
    heap[i] = b
    heap[j] = a
  }
  return {
    push: (item: Item, rank: number): void => {
      heap.push({ item, rank })
      for (let at = heap.length - 1; at > 0;) {
        const above = (at - 1) >> 1
        if (rankAt(above) <= rank) break
        swap(at, above)
        at = above
      }
    },
    pop: (): Item | null => {
      swap(0, heap.length - 1)
      const found = heap.pop()
      for (let at = 0; ;) {
        const below = rankAt(2 * at + 2) < rankAt(2 * at + 1) ? 2 * at + 2 : 2 * at + 1
        if (rankAt(below) >= rankAt(at)) break
        swap(at, below)
        at = below
      }
      return found?.item ?? null
    },
  }
}

/** The same way without the points at which nothing turns. */
function straightened(way: readonly Point[]): readonly Point[] {
  const kept: Point[] = []
  for (const point of way) {
    const last = kept.at(-1)
    if (last && distance(last, point) < 1e-9) continue
    const before = kept.at(-2)
    if (before && last) {
      const detour = distance(before, last) + distance(last, point) - distance(before, point)
      if (detour <= 1e-9 * distance(before, point)) kept.pop()
    }
    kept.push(point)
  }
  return kept
}
