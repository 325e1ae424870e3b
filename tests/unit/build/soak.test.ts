import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Sample,
  handlesOf,
  memoryOf,
  percentile,
  slopePerThousand,
} from '../../../build/soak/measure.ts'

const sample = (visits: number, heap: number): Sample => ({
  visits,
  minutes: visits / 60,
  heap,
  nodes: 243,
  listeners: 33,
  hostMemory: 100,
  windowMemory: 300,
  handles: 34,
})

describe('the growth of a quantity', () => {
  it('is the slope of what was measured, whatever its start and its noise', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        (slope, start) => {
          const samples = Array.from({ length: 41 }, (_, index) =>
            sample(index * 25, start + (slope * index * 25) / 1000 + (index % 2 === 0 ? 0.1 : -0.1)),
          )
          expect(slopePerThousand(samples, 'heap')).toBeCloseTo(slope, 1)
        },
      ),
    )
  })

  it('is none where nothing was measured twice', () => {
    expect(slopePerThousand([sample(25, 7)], 'heap')).toBe(0)
    expect(slopePerThousand([sample(25, 7), sample(50, 7), sample(75, 7)], 'nodes')).toBe(0)
  })
})

it.each([
  [0, 1],
  [0.5, 51],
  [0.98, 99],
  [1, 100],
])('the share %f of a hundred values lies below %f', (share, value) => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(values, share)).toBe(value)
})

it.skipIf(process.platform !== 'linux')(
  `this process has memory and handles; one that has ended has none${process.platform === 'linux' ? '' : ' (not run: reads /proc)'}`,
  () => {
    expect(memoryOf([process.pid])).toBeGreaterThan(10)
    expect(handlesOf(process.pid)).toBeGreaterThan(3)
    expect(memoryOf([99_999_999])).toBe(0)
    expect(handlesOf(99_999_999)).toBeNaN()
  },
)
