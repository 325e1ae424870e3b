import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { physicalSize, reachable, usualPanel } from '../../../data/physical-size.ts'

const portrait = { width: 1080, height: 1920 }
const landscape = { width: 1920, height: 1080 }

const sizeOn = (diagonal: number, lowerEdge: number, extent = portrait) =>
  physicalSize({ diagonal, lowerEdge }, extent, extent)

/** The body text of styles/tokens.css, in root sizes, and the height of capitals in Noto Sans SC. */
const bodyText = 2.125
const capitals = 0.733

describe('physicalSize', () => {
  it.each([
    [21.5, 4.03, 225],
    [27, 3.21, 570],
    [32, 2.71, 781],
    [43, 2.02, 1072],
  ])(
    'knows the millimetre of %s inches, and what stands above the reach at 800 mm',
    (diagonal, mm, above) => {
      const { millimetre, reach, belowReach } = sizeOn(diagonal, 800)
      expect(millimetre).toBeCloseTo(mm, 2)
      expect(Math.abs(1920 - reach - above)).toBeLessThanOrEqual(2)
      expect(belowReach).toBe(0)
    },
  )

  it.each([
    { diagonal: 18.5, extent: { width: 1366, height: 768 } },
    { diagonal: 19, extent: { width: 1280, height: 1024 } },
    ...[21.5, 24, 27, 32, 43].flatMap((diagonal) => [
      { diagonal, extent: portrait },
      { diagonal, extent: landscape },
    ]),
  ])('gives body text capitals of 0.7° at 600 mm on $diagonal inches, $extent', ({ diagonal, extent }) => {
    const { rem, millimetre } = physicalSize({ diagonal, lowerEdge: 800 }, extent, extent)
    const height = (bodyText * capitals * rem) / millimetre
    expect((Math.atan(height / 600) * 180) / Math.PI).toBeGreaterThanOrEqual(0.699)
  })

  it('makes all of it smaller on a panel too small for that, rather than cut it off', () => {
    const { rem } = sizeOn(12, 800)
    expect(rem).toBeCloseTo(1080 / 44, 5)
  })

  it('keeps what is to be touched above 380 mm where the panel reaches lower', () => {
    const { belowReach, reach, millimetre } = sizeOn(43, 200)
    expect(belowReach / millimetre).toBeCloseTo(180, 5)
    expect(reach / millimetre).toBeCloseTo(Math.min(840, 1920 / millimetre - 180), 5)
  })

  it('never gives more to reach than there is, nor anything out of reach', () => {
    const panels = fc.record({
      diagonal: fc.double({ min: 10, max: 110, noNaN: true }),
      lowerEdge: fc.double({ min: 0, max: 1100, noNaN: true }),
    })
    const extents = fc.record({
      width: fc.integer({ min: 600, max: 4000 }),
      height: fc.integer({ min: 600, max: 4000 }),
    })
    fc.assert(
      fc.property(panels, extents, (panel, extent) => {
        const { millimetre, belowReach, reach, rem } = physicalSize(panel, extent, extent)
        expect(belowReach + reach).toBeLessThanOrEqual(extent.height + 0.001)
        expect(panel.lowerEdge + (belowReach + reach) / millimetre).toBeLessThanOrEqual(
          reachable.highest + 0.001,
        )
        expect(rem).toBeGreaterThan(0)
      }),
    )
  })

  it('measures by the screen, not by a window that shows only a part of it', () => {
    const window = { width: 720, height: 1280 }
    expect(physicalSize(usualPanel, landscape, window).millimetre).toBe(
      physicalSize(usualPanel, landscape, landscape).millimetre,
    )
  })
})
