/** A block to be placed on paper. Heights in any one unit. */
export type Measured = {
  readonly height: number
  /** True for headings: never the last block of a page. */
  readonly keepWithNext: boolean
}

/**
 * Distributes blocks over pages, in order: each page as full as it can be, no heading last on a page, no block
 * split. Returns the blocks' indices page by page; at least one page. A block higher than a page has one for itself.
 */
export function paginate(
  blocks: readonly Measured[],
  capacity: { readonly first: number; readonly later: number },
): readonly (readonly number[])[] {
  const pages: number[][] = [[]]
  let used = 0
  let index = 0
  while (index < blocks.length) {
    const chain = chainFrom(blocks, index)
    const height = chain.reduce((sum, at) => sum + (blocks[at]?.height ?? 0), 0)
    const page = pages.at(-1) ?? []
    const room = pages.length === 1 ? capacity.first : capacity.later
    if (page.length > 0 && used + height > room) {
      pages.push([...chain])
      used = height
    } else {
      page.push(...chain)
      used += height
    }
    index += chain.length
  }
  return pages
}

/** The block at `start` with the headings above it: what has to stand on one page. */
function chainFrom(blocks: readonly Measured[], start: number): readonly number[] {
  const chain = [start]
  while (blocks[chain.at(-1) ?? start]?.keepWithNext && (chain.at(-1) ?? start) + 1 < blocks.length)
    chain.push((chain.at(-1) ?? start) + 1)
  return chain
}
