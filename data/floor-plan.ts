import { type Drawing, readDrawing } from './floor-plan/drawing.ts'
import { createFindings, type Findings } from './floor-plan/findings.ts'
import { middleOf, segmentsOf } from './floor-plan/geometry.ts'
import { MarkupError } from './floor-plan/markup.ts'
import {
  type FloorPlan,
  planLimits,
  type Point,
  type Shape,
  targetKinds,
  type ViewBox,
} from './floor-plan/model.ts'
import { lineToWalk, slackAt, solidLines, walkLines } from './floor-plan/route.ts'

export { type FloorPlan, type Point, type Shape } from './floor-plan/model.ts'
export { routeOn, routeToNearest } from './floor-plan/route.ts'

/**
 * A plan, with `notes` for staff on what of the file will not be seen; or the `problems` for which it cannot
 * be used, at most twenty, each with its line.
 */
export type PlanReading =
  { readonly plan: FloorPlan; readonly notes: readonly string[] } | { readonly problems: readonly string[] }

/**
 * Reads a floor plan that staff drew: the subset of SVG 2 in which drawing programs write lines, areas and words.
 *
 * Ids name what can be gone to: `room-616`, `counter-13`, `area-…`, `lift-…`, `stairs-…`, `entrance-…`,
 * `kiosk-…`; `door-616` is the door of room 616, `door-area-south` that of `area-south`. What has an id or a
 * class beginning with `walk`, or lies in a group that has, is where people walk. All else is walls and words.
 * Never throws; ends in a time bounded by the limits on a plan.
 */
export function readFloorPlan(svg: string): PlanReading {
  if (svg.length > planLimits.characters)
    return { problems: [`文件超过 ${planLimits.characters / 1_000_000} MB，请简化`] }
  const findings = createFindings()
  try {
    const drawing = readDrawing(svg, findings)
    const plan = drawing && planOf(drawing, findings)
    const problems = findings.problems()
    return plan && problems.length === 0 ? { plan, notes: findings.notes() } : { problems }
  } catch (error) {
    if (error instanceof MarkupError) return { problems: [...findings.problems(), error.message] }
    throw error
  }
}

function planOf({ viewBox, pieces, targets }: Drawing, findings: Findings): FloorPlan {
  const shapes = pieces.flatMap(({ kind, target, ...piece }): readonly Shape[] => {
    if (kind === 'walk') return []
    const owner = kind === 'door' && target !== null ? ownerOf(target, targets) : target
    if (kind === 'door' && owner === null) findings.note(`“${target ?? ''}”：图上没有这扇门的房间`)
    return [{ ...piece, kind, target: owner }]
  })
  const walks = pieces
    .filter(({ kind }) => kind === 'walk')
    .map(({ points, closed }) => (closed ? [...points, ...points.slice(0, 1)] : points))
  const lines = walkLines(walks)
  if (lines.length > planLimits.walkLines)
    throw new MarkupError(`走道（walk）超过 ${planLimits.walkLines} 段，请简化`)
  if (lines.length === 0) findings.note('没有走道（walk），图上不会画路线')

  const walls = solidLines(shapes)
  const spots = new Map<string, Point>()
  for (const [target, { kind, element, line }] of targets) {
    const own = shapes.filter((shape) => shape.target === target && shape.kind !== 'label')
    const doors = own.filter((shape) => shape.kind === 'door')
    const outlines = own.filter((shape) => shape.kind !== 'door')
    const middle = middleOf(outlines.flatMap(({ points }) => points))
    if (!middle) findings.refuse(line, element, `“${target}”没有图形`)
    else if (!isWithin(middle, viewBox)) findings.refuse(line, element, `“${target}”画在图框（viewBox）外面`)
    else {
      const edges = outlines.flatMap(({ points, closed }) => segmentsOf(points, closed))
      const spot =
        middleOf(doors.flatMap(({ points }) => points)) ??
        (kind === 'kiosk' ? middle : lineToWalk(edges, lines, walls, slackAt(doors, viewBox))?.[1])
      if (spot) spots.set(target, spot)
      else if (lines.length > 0) findings.note(`“${target}”：旁边没有走道，图上不会画到这里的路线`)
    }
  }
  return { viewBox, shapes, spots, walks }
}

/** The target a door leads to: the rest of its id, or the first kind of target with that rest. */
function ownerOf(door: string, targets: Drawing['targets']): string | null {
  const rest = door.slice('door-'.length)
  return [rest, ...targetKinds.map((kind) => `${kind}-${rest}`)].find((id) => targets.has(id)) ?? null
}

function isWithin({ x, y }: Point, box: ViewBox): boolean {
  return x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height
}
