/** A point, or a direction, in the units of the plan's `viewBox`; y grows downwards. */
export type Point = { readonly x: number; readonly y: number }

/** The part of the plane that is shown. */
export type ViewBox = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What an id may begin with: what can be gone to, and `door`, which belongs to one of these. */
export const targetKinds = ['room', 'counter', 'area', 'lift', 'stairs', 'entrance', 'kiosk'] as const

export type TargetKind = (typeof targetKinds)[number]

/** One thing on the plan: an outline, or a word at its centre. */
export type Shape = {
  readonly kind: 'wall' | 'door' | 'label' | TargetKind
  /** Curves are flattened to lines; a label has one point, the middle of its words. */
  readonly points: readonly Point[]
  readonly closed: boolean
  /** The words of a label; null for all else. */
  readonly text: string | null
  /** The id of what this is part of (`room-616`), or null. */
  readonly target: string | null
}

/** A floor as its plan has it: nothing of the file but numbers, words and ids. */
export type FloorPlan = {
  readonly viewBox: ViewBox
  readonly shapes: readonly Shape[]
  /** Where the way to a target ends: its door, else the nearest walk to its edge. Without an entry no way leads there. */
  readonly spots: ReadonlyMap<string, Point>
  /** The lines people can walk along. */
  readonly walks: readonly (readonly Point[])[]
}

/** The most a plan may hold, so that reading one and finding a way on it end soon whatever is in the file. */
export const planLimits = {
  characters: 2_000_000,
  elements: 5_000,
  depth: 64,
  points: 20_000,
  targets: 500,
  walkLines: 500,
  /** The furthest from 0 that anything may lie. */
  coordinate: 1_000_000,
} as const

/** How near two walks must come to be one way: half a hundredth of the plan's longer side. */
export function touching({ width, height }: ViewBox): number {
  return Math.max(width, height) / 200
}
