import { between, distance, segmentsOf } from './geometry.ts'
import type { Point } from './model.ts'

/** A mark on a way that shows where it goes; `angle` in degrees, clockwise from rightwards. */
export type Mark = { readonly at: Point; readonly angle: number }

/**
 * Marks along a way, about `spacing` apart and evenly on each of its straight lines; none on a line too short
 * to hold one clear of its corners.
 */
export function marksAlong(way: readonly Point[], spacing: number): readonly Mark[] {
  return segmentsOf(way, false).flatMap(([a, b]) => {
    const length = distance(a, b)
    if (length < spacing / 2) return []
    const count = Math.max(1, Math.round(length / spacing))
    const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI
    return Array.from({ length: count }, (_, index) => ({ at: between(a, b, (index + 0.5) / count), angle }))
  })
}
