import * as v from 'valibot'

/** The panel a kiosk shows itself on, as its installer measured it. */
export const panelSchema = v.object({
  /** Diagonal of the visible area, in inches. */
  diagonal: v.pipe(v.number(), v.minValue(10), v.maxValue(110)),
  /** Height of the lower edge of the visible area above the floor, in millimetres. */
  lowerEdge: v.pipe(v.number(), v.minValue(0), v.maxValue(1100)),
})

export type Panel = v.InferOutput<typeof panelSchema>

/** What is assumed of a panel nobody has measured: 27 inches, at a height for people who stand. */
export const usualPanel: Panel = { diagonal: 27, lowerEdge: 800 }

/** A width and a height, in CSS pixels. */
export type Extent = { readonly width: number; readonly height: number }

/** Lengths on the panel, in CSS pixels. */
export type PhysicalSize = {
  /** One millimetre. */
  readonly millimetre: number
  /** The root's font size, of which every size on the screen is a multiple. */
  readonly rem: number
  /** How far the lower edge of the window stands below what can be reached; nothing to touch goes there. */
  readonly belowReach: number
  /** The height, from `belowReach` up, within which everything can be reached from a wheelchair; never more than there is. */
  readonly reach: number
}

/** What a hand reaches from a wheelchair, in millimetres above the floor (EN 301 549, 8.3.4). */
export const reachable = { lowest: 380, highest: 1220 } as const

/**
 * The least root size, in millimetres: the body text, 2.125 times as large, then has capitals of 0.7° at
 * 600 mm (EN 301 549, 5.1.4) in a typeface whose capitals are 0.733 of its size.
 */
const leastRem = 4.75

/** A panel's shorter side, in millimetres, up to which the least size is taken; larger ones are read from further away. */
const nearPanel = 300
const growth = 0.008

/** The root sizes that have to fit into the shorter side; a panel smaller than that makes everything smaller. */
const leastAcross = 44

/**
 * Physical sizes on `panel`, whose whole area is `screen` and on which the kiosk has a `window`.
 * A window that does not fill its screen, as while developing, stands at the screen's lower edge.
 */
export function physicalSize(panel: Panel, screen: Extent, window: Extent): PhysicalSize {
  const millimetre = Math.hypot(screen.width, screen.height) / (panel.diagonal * 25.4)
  const shorter = Math.min(window.width, window.height)
  const remInMillimetres = leastRem + growth * Math.max(0, shorter / millimetre - nearPanel)
  const belowReach = Math.min(Math.max(0, reachable.lowest - panel.lowerEdge) * millimetre, window.height / 4)
  const highest = (reachable.highest - Math.max(panel.lowerEdge, reachable.lowest)) * millimetre
  return {
    millimetre,
    rem: Math.min(remInMillimetres * millimetre, shorter / leastAcross),
    belowReach,
    reach: Math.min(highest, window.height - belowReach),
  }
}
