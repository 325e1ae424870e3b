import { reachable } from '../../data/physical-size.ts'
import type { Box, Line, Scene, Target } from './geometry.ts'

/** Millimetres of the panel. */
export const targetSide = 20
export const targetGap = 3
/** Targets beside the way, by what their name begins with, and why they may be smaller; none below `leastSide`. */
export const leastSide = 15

/** The angle of capitals at 600 mm, in degrees: of what has to be read (EN 301 549, 5.1.4), and of anything. */
export const mainAngle = 0.7
export const leastAngle = 0.5

/** Capitals of the typeface, in parts of its size. */
const capitals = 0.733
const distance = 600

export type Rules = {
  /** Height of the screen's lower edge above the floor, in mm, where all has to be within reach; null: it need not. */
  readonly lowerEdge: number | null
  /** Names of targets that may be as small as `leastSide`. */
  readonly beside?: readonly RegExp[]
}

/** What is wrong with a scene, a sentence for each. */
export function faultsOf(scene: Scene, { lowerEdge, beside = [] }: Rules): readonly string[] {
  return [
    ...sizeFaults(scene, beside),
    ...gapFaults(scene),
    ...coverFaults(scene),
    ...letterFaults(scene),
    ...overlapFaults(scene),
    ...directionFaults(scene),
    ...scene.wide.map((name) => `wider than its region: ${name}`),
    ...(lowerEdge === null ? [] : reachFaults(scene, lowerEdge)),
  ]
}

const inMillimetres = (pixels: number, { millimetre }: Scene): number => pixels / millimetre
const words = (millimetres: number): string => `${millimetres.toFixed(1)} mm`
const sides = ({ left, top, right, bottom }: Box): readonly [number, number] => [right - left, bottom - top]

function sizeFaults(scene: Scene, beside: readonly RegExp[]): string[] {
  return scene.targets.flatMap(({ name, box }) => {
    const [width, height] = sides(box).map((side) => inMillimetres(side, scene))
    const least = beside.some((pattern) => pattern.test(name)) ? leastSide : targetSide
    const shorter = Math.min(width ?? 0, height ?? 0)
    return shorter >= least - 0.05
      ? []
      : [`too small: ${name} is ${words(width ?? 0)} × ${words(height ?? 0)}`]
  })
}

/** How far apart two boxes are, in each direction; negative: by how much they overlap. */
function apart(a: Box, b: Box): readonly [number, number] {
  return [Math.max(a.left - b.right, b.left - a.right), Math.max(a.top - b.bottom, b.top - a.bottom)]
}

function gapFaults(scene: Scene): string[] {
  return pairsOf(scene.targets).flatMap(([a, b]) => {
    const together = a.pane === b.pane
    const first = together ? a.box : a.shown
    const second = together ? b.box : b.shown
    if (!first || !second) return []
    const [across, down] = apart(first, second)
    const between = `${a.name} and ${b.name}`
    if (across < -1 && down < -1) return [`targets over each other: ${between}`]
    const gap = inMillimetres(Math.hypot(Math.max(0, across), Math.max(0, down)), scene)
    if (
      gap >= targetGap - 0.05 ||
      (a.list !== null && a.list === b.list && isRow(a, scene) && isRow(b, scene))
    )
      return []
    return [`too close: ${between} are ${words(gap)} apart`]
  })
}

/** Rows of a list may adjoin where half a gap can be taken off every side. */
function isRow({ box }: Target, scene: Scene): boolean {
  return sides(box).every((side) => inMillimetres(side, scene) - targetGap >= targetSide - 0.05)
}

function coverFaults({ targets, lines }: Scene): string[] {
  return [
    ...targets.filter(({ onTop }) => !onTop).map(({ name }) => `covered: ${name}`),
    ...lines.flatMap(({ text, cutBy }) => (cutBy === null ? [] : [`cut off: “${text}” by ${cutBy}`])),
    ...targets.flatMap(({ name, box, pane }, index) => {
      const isOff = box.left < -1 || (pane === null && box.top < -1)
      return isOff || lines.some((line) => line.target === index && leaves(line.box, box))
        ? [`out of its frame: ${name}`]
        : []
    }),
  ]
}

const leaves = (inner: Box, outer: Box): boolean =>
  inner.left < outer.left - 2 ||
  inner.right > outer.right + 2 ||
  inner.top < outer.top - 2 ||
  inner.bottom > outer.bottom + 2

/** The angle of a text's capitals, in degrees. */
function angleOf(fontSize: number, scene: Scene): number {
  return (2 * Math.atan(inMillimetres(fontSize * capitals, scene) / (2 * distance)) * 180) / Math.PI
}

function letterFaults(scene: Scene): string[] {
  return scene.lines.flatMap(({ text, fontSize, main }) => {
    const angle = angleOf(fontSize, scene)
    const least = main ? mainAngle : leastAngle
    return angle >= least - 0.005 ? [] : [`too small to read: “${text}” is ${angle.toFixed(2)}° of ${least}°`]
  })
}

function overlapFaults({ lines, targets }: Scene): string[] {
  const overOther = pairsOf(lines.filter(({ shown }) => shown)).flatMap(([a, b]) =>
    a.node !== b.node && touchesOver(a, b.shown) ? [`text over text: “${a.text}” and “${b.text}”`] : [],
  )
  const overTarget = lines.flatMap((line) =>
    targets.flatMap(({ name, shown }, index) =>
      line.target !== index && touchesOver(line, shown)
        ? [`text over a target: “${line.text}” and ${name}`]
        : [],
    ),
  )
  return [...overOther, ...overTarget]
}

function touchesOver({ shown }: Line, other: Box | null): boolean {
  if (!shown || !other) return false
  const [across, down] = apart(shown, other)
  return across < -2 && down < -2
}

function directionFaults({ language, direction, bar, figures }: Scene): string[] {
  const wanted = language === 'ug' ? 'rtl' : 'ltr'
  const steps = bar.slice(1).map(({ left }, index) => Math.sign(left - (bar[index]?.left ?? 0)))
  return [
    ...(direction === wanted ? [] : [`written ${direction}, not ${wanted}`]),
    ...(steps.every((step) => step === (wanted === 'rtl' ? -1 : 1)) ? [] : ['the bar runs the other way']),
    ...figures.flatMap(({ text, first, last }) => (first < last ? [] : [`read backwards: ${text}`])),
  ]
}

function reachFaults(scene: Scene, lowerEdge: number): string[] {
  return scene.targets.flatMap(({ name, shown }) => {
    if (!shown) return []
    const above = (edge: number) => lowerEdge + inMillimetres(scene.window.height - edge, scene)
    const [lowest, highest] = [above(shown.bottom), above(shown.top)]
    return lowest >= reachable.lowest - 0.5 && highest <= reachable.highest + 0.5
      ? []
      : [`out of reach: ${name} is ${lowest.toFixed(0)} to ${highest.toFixed(0)} mm above the floor`]
  })
}

function pairsOf<T>(all: readonly T[]): (readonly [T, T])[] {
  return all.flatMap((first, index) => all.slice(index + 1).map((second) => [first, second] as const))
}
