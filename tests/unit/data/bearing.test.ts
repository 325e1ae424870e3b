import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CompassPoint, type Turn, compassPoints, turnTowards } from '../../../data/bearing.ts'

// As one reads it off a plan: the visitor stands before the screen and looks against the way it looks.
// A ahead, R right, B behind, L left; columns N NE E SE S SW W NW.
const table: Readonly<Record<CompassPoint, string>> = {
  north: 'B L L L A R R R',
  'north-east': 'R B L L L A R R',
  east: 'R R B L L L A R',
  'south-east': 'R R R B L L L A',
  south: 'A R R R B L L L',
  'south-west': 'L A R R R B L L',
  west: 'L L A R R R B L',
  'north-west': 'L L L A R R R B',
}
const words: Readonly<Record<string, Turn>> = { A: 'ahead', R: 'right', B: 'behind', L: 'left' }
const cases = compassPoints.flatMap((faces) =>
  table[faces].split(' ').map((letter, column) => ({
    faces,
    bearing: compassPoints[column] ?? 'north',
    turn: words[letter],
  })),
)

describe('turnTowards', () => {
  it.each(cases)('from a screen that looks $faces, $bearing is $turn', ({ faces, bearing, turn }) => {
    expect(turnTowards(faces, bearing)).toBe(turn)
  })

  it('has left and right change places for something on the other side', () => {
    const opposite: Readonly<Record<Turn, Turn>> = {
      ahead: 'behind',
      behind: 'ahead',
      left: 'right',
      right: 'left',
    }
    const point = fc.nat(7)
    fc.assert(
      fc.property(point, point, (faces, bearing) => {
        const at = (index: number) => compassPoints[index % 8] ?? 'north'
        const there = turnTowards(at(faces), at(bearing + 4))
        expect(there).toBe(opposite[turnTowards(at(faces), at(bearing))])
      }),
    )
  })
})
