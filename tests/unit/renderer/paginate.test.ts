import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paginate as paginateWith } from '../../../renderer/slip/paginate.ts'

const paginate = (blocks: Parameters<typeof paginateWith>[0], first: number, later = first) =>
  paginateWith(blocks, { first, later })
const block = (height: number, keepWithNext = false) => ({ height, keepWithNext })

describe('paginate', () => {
  it('fills a page and goes on on the next', () => {
    expect(paginate([block(40), block(40), block(40)], 100)).toEqual([[0, 1], [2]])
  })

  it('has less room on pages whose head is higher', () => {
    const blocks = Array.from({ length: 5 }, () => block(50))
    expect(paginate(blocks, 100, 99)).toEqual([[0, 1], [2], [3], [4]])
    expect(paginate(blocks, 99, 100)).toEqual([[0], [1, 2], [3, 4]])
  })

  it('takes a heading along with what it heads', () => {
    expect(paginate([block(80), block(10, true), block(20)], 100)).toEqual([[0], [1, 2]])
    expect(paginate([block(80), block(5, true), block(5, true), block(20)], 100)).toEqual([[0], [1, 2, 3]])
  })

  it('gives one empty page for nothing and a page of its own to what is too high', () => {
    expect(paginate([], 100)).toEqual([[]])
    expect(paginate([block(10), block(200), block(10)], 100)).toEqual([[0], [1], [2]])
  })

  it('keeps every block once, in order; no page overflows that need not; no page ends with a heading', () => {
    const blocks = fc.array(
      fc.record({ height: fc.integer({ min: 1, max: 60 }), keepWithNext: fc.boolean() }),
    )
    fc.assert(
      fc.property(blocks, (given) => {
        const pages = paginate(given, 100)
        expect(pages.flat()).toEqual(given.map((_, index) => index))
        for (const [number, page] of pages.entries()) {
          const height = page.reduce((sum, index) => sum + (given[index]?.height ?? 0), 0)
          const isOneChain = page.slice(0, -1).every((index) => given[index]?.keepWithNext)
          expect(height <= 100 || isOneChain).toBe(true)
          if (number < pages.length - 1) expect(given[page.at(-1) ?? -1]?.keepWithNext ?? false).toBe(false)
        }
      }),
    )
  })
})
