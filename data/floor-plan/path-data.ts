import { between } from './geometry.ts'
import type { Point } from './model.ts'
import { type Matrix, mapped, numberAt } from './transform.ts'

/** One run of a path. */
export type Run = { readonly points: readonly Point[]; readonly closed: boolean }

const flag = /[\s,]*([01])/y
const command = /[\s,]*([a-z])/iy
const onlySeparators = /[\s,]*$/y

type Control = { readonly point: Point; readonly of: 'C' | 'Q' }

/** How many numbers one use of each command takes; `f` in place of a number: a flag, which may touch the next. */
const takes = new Map([
  ['M', 'nn'],
  ['L', 'nn'],
  ['H', 'n'],
  ['V', 'n'],
  ['C', 'nnnnnn'],
  ['S', 'nnnn'],
  ['Q', 'nnnn'],
  ['T', 'nn'],
  ['A', 'nnnffnn'],
  ['Z', ''],
])

/** A curve becomes this many lines; a full circle four times as many. */
const linesPerCurve = 12

/**
 * The runs of a path's `d` (SVG 2, 9.3), curves flattened; `malformed` where it is not written as one,
 * `too-long` past `most` points.
 */
export function readPath(d: string, most: number): readonly Run[] | 'malformed' | 'too-long' {
  const runs: { points: Point[]; closed: boolean }[] = []
  let run: (typeof runs)[number] | null = null
  let count = 0
  let at = 0
  let here: Point = { x: 0, y: 0 }
  let start = here
  /** The last control point, and of which kind of curve it was: S and T go on from it. */
  const last: { control: Control | null } = { control: null }

  const next = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(d)?.[1] ?? null
    if (found !== null) at = pattern.lastIndex
    return found
  }
  const add = (...points: readonly Point[]): void => {
    if (!run) {
      run = { points: [start], closed: false }
      runs.push(run)
      count += 1
    }
    run.points.push(...points)
    count += points.length
    here = points.at(-1) ?? here
  }

  for (let letter = next(command); letter !== null; letter = next(command)) {
    const verb = letter.toUpperCase()
    const pattern = takes.get(verb)
    if (pattern === undefined || (count === 0 && verb !== 'M')) return 'malformed'
    for (let round = 0; ; round += 1) {
      const values: number[] = []
      for (const kind of pattern) {
        const found = next(kind === 'f' ? flag : numberAt)
        if (found === null || !Number.isFinite(Number(found))) break
        values.push(Number(found))
      }
      // A command may be followed by several sets of numbers.
      if (values.length === 0 && round > 0) break
      if (values.length !== pattern.length) return 'malformed'
      const origin = letter === verb ? { x: 0, y: 0 } : here
      const point = (index: number): Point => ({
        x: origin.x + (values[index] ?? 0),
        y: origin.y + (values[index + 1] ?? 0),
      })
      const before = last.control
      last.control = null
      const reflected = (of: Control['of']): Point =>
        before?.of === of ? between(before.point, here, 2) : here
      const curve = (kind: Control['of'], ...controls: readonly Point[]): void => {
        add(...bezier([here, ...controls]))
        last.control = { point: controls.at(-2) ?? here, of: kind }
      }
      if (verb === 'M' && round === 0) {
        here = point(0)
        start = here
        run = { points: [start], closed: false }
        runs.push(run)
        count += 1
      } else if (verb === 'M' || verb === 'L') add(point(0))
      else if (verb === 'H') add({ x: origin.x + (values[0] ?? 0), y: here.y })
      else if (verb === 'V') add({ x: here.x, y: origin.y + (values[0] ?? 0) })
      else if (verb === 'C') curve('C', point(0), point(2), point(4))
      else if (verb === 'S') curve('C', reflected('C'), point(0), point(2))
      else if (verb === 'Q') curve('Q', point(0), point(2))
      else if (verb === 'T') curve('Q', reflected('Q'), point(0))
      else if (verb === 'A') add(...arc(here, values, point(5)))
      else {
        if (run) run.closed = true
        run = null
        here = start
      }
      if (count > most) return 'too-long'
      if (pattern === '') break
    }
  }
  onlySeparators.lastIndex = at
  return onlySeparators.test(d) ? runs : 'malformed'
}

/** The points of a Bézier curve after its first (de Casteljau). */
function bezier(controls: readonly Point[]): readonly Point[] {
  return Array.from({ length: linesPerCurve }, (_, index) => {
    let points = controls
    while (points.length > 1)
      points = points
        .slice(1)
        .map((point, at) => between(points[at] ?? point, point, (index + 1) / linesPerCurve))
    return points[0] ?? { x: 0, y: 0 }
  })
}

/** The points of an elliptical arc after its first (SVG 2, appendix B.2.4). */
function arc(from: Point, values: readonly number[], to: Point): readonly Point[] {
  const [givenX = 0, givenY = 0, degrees = 0, large = 0, sweep = 0] = values
  if (givenX === 0 || givenY === 0 || (from.x === to.x && from.y === to.y)) return [to]
  const tilt = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)]
  const half = mapped({ x: (from.x - to.x) / 2, y: (from.y - to.y) / 2 }, [cos, -sin, sin, cos, 0, 0])
  const needed = Math.hypot(half.x / givenX, half.y / givenY)
  const rx = Math.abs(givenX) * Math.max(1, needed)
  const ry = Math.abs(givenY) * Math.max(1, needed)
  const unit = { x: half.x / rx, y: half.y / ry }
  const length = unit.x ** 2 + unit.y ** 2
  const factor = Math.sqrt(Math.max(0, 1 / length - 1)) * (large === sweep ? -1 : 1)
  const centre = { x: factor * unit.y, y: -factor * unit.x }
  const first = Math.atan2(unit.y - centre.y, unit.x - centre.x)
  const last = Math.atan2(-unit.y - centre.y, -unit.x - centre.x)
  const whole = 2 * Math.PI
  const turn = sweep === 1 ? (last - first + whole) % whole : -((first - last + whole) % whole)
  const back: Matrix = [cos * rx, sin * rx, -sin * ry, cos * ry, (from.x + to.x) / 2, (from.y + to.y) / 2]
  const lines = Math.max(1, Math.ceil((Math.abs(turn) / whole) * 4 * linesPerCurve))
  return Array.from({ length: lines }, (_, index) => {
    if (index === lines - 1) return to
    const angle = first + (turn * (index + 1)) / lines
    return mapped({ x: centre.x + Math.cos(angle), y: centre.y + Math.sin(angle) }, back)
  })
}

/** The outline of an ellipse. */
export function ellipse(centre: Point, rx: number, ry: number): readonly Point[] {
  const lines = 2 * linesPerCurve
  return Array.from({ length: lines }, (_, index) => {
    const angle = (2 * Math.PI * index) / lines
    return { x: centre.x + rx * Math.cos(angle), y: centre.y + ry * Math.sin(angle) }
  })
}
