/** The eight points of the compass, clockwise. */
export const compassPoints = [
  'north',
  'north-east',
  'east',
  'south-east',
  'south',
  'south-west',
  'west',
  'north-west',
] as const

export type CompassPoint = (typeof compassPoints)[number]

/** Where something lies for a visitor who looks at the screen. */
export type Turn = 'ahead' | 'right' | 'behind' | 'left'

/**
 * Where something at `bearing` from the kiosk lies for the visitor before its screen. `faces` is where the
 * screen looks; the visitor looks the other way. What lies aslant counts as left or right.
 */
export function turnTowards(faces: CompassPoint, bearing: CompassPoint): Turn {
  const visitorLooks = compassPoints.indexOf(faces) + 4
  const clockwise = (compassPoints.indexOf(bearing) - visitorLooks + 16) % 8
  if (clockwise === 0) return 'ahead'
  if (clockwise === 4) return 'behind'
  return clockwise < 4 ? 'right' : 'left'
}
