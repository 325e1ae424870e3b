import type { Point } from './model.ts'

/** A straight line between two points. */
export type Segment = readonly [Point, Point]

/** The point `share` (0 to 1) of the way from `a` to `b`. */
export function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** The lines of an outline, the closing one too where it is closed; of a single point, that point. */
export function segmentsOf(points: readonly Point[], closed: boolean): readonly Segment[] {
  const [first] = points
  if (!first) return []
  if (points.length === 1) return [[first, first]]
  const lines = points.slice(1).map((point, index): Segment => [points[index] ?? first, point])
  return closed ? [...lines, [points.at(-1) ?? first, first]] : lines
}

/** How far along `segment`, from 0 to 1, the point nearest to `point` lies. */
export function shareNearest(point: Point, [a, b]: Segment): number {
  const along = { x: b.x - a.x, y: b.y - a.y }
  const square = along.x ** 2 + along.y ** 2
  if (square === 0) return 0
  const share = ((point.x - a.x) * along.x + (point.y - a.y) * along.y) / square
  return Math.min(1, Math.max(0, share))
}

/** Where two segments cross, as shares of each; null where they do not, or lie along each other. */
export function crossing([a, b]: Segment, [c, d]: Segment): readonly [number, number] | null {
  const turn = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x)
  if (turn === 0) return null
  const onOne = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / turn
  const onOther = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / turn
  return onOne >= 0 && onOne <= 1 && onOther >= 0 && onOther <= 1 ? [onOne, onOther] : null
}

/** No less than this lies between two segments: cheaply found, and 0 where it takes a closer look. */
export function atLeastBetween([a, b]: Segment, [c, d]: Segment): number {
  return Math.max(
    0,
    Math.min(a.x, b.x) - Math.max(c.x, d.x),
    Math.min(c.x, d.x) - Math.max(a.x, b.x),
    Math.min(a.y, b.y) - Math.max(c.y, d.y),
    Math.min(c.y, d.y) - Math.max(a.y, b.y),
  )
}

/** The shortest line from one segment to another; of no length where they cross. */
export function shortestBetween(one: Segment, other: Segment): Segment {
  const cross = crossing(one, other)
  if (cross) {
    const point = between(...other, cross[1])
    return [point, point]
  }
  const lines: Segment[] = [
    ...one.map((point): Segment => [point, between(...other, shareNearest(point, other))]),
    ...other.map((point): Segment => [between(...one, shareNearest(point, one)), point]),
  ]
  return lines.reduce((best, line) => (distance(...line) < distance(...best) ? line : best))
}

/** The extent of some points; null of none. */
export function extentOf(points: readonly Point[]) {
  if (points.length === 0) return null
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y } of points) {
    extent.left = Math.min(extent.left, x)
    extent.top = Math.min(extent.top, y)
    extent.right = Math.max(extent.right, x)
    extent.bottom = Math.max(extent.bottom, y)
  }
  return extent
}

/** The middle of the extent of some points; null of none. */
export function middleOf(points: readonly Point[]): Point | null {
  const extent = extentOf(points)
  return extent && { x: (extent.left + extent.right) / 2, y: (extent.top + extent.bottom) / 2 }
}

/** True where `point` is inside the closed outline `points` (even-odd rule). */
export function isInside(point: Point, points: readonly Point[]): boolean {
  let inside = false
  for (const [a, b] of segmentsOf(points, true)) {
    if (a.y > point.y !== b.y > point.y && point.x < a.x + ((point.y - a.y) * (b.x - a.x)) / (b.y - a.y))
      inside = !inside
  }
  return inside
}
