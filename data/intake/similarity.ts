/** The overlapping pairs of characters of a text. */
export function bigrams(text: string): Set<string> {
  const characters = Array.from(text)
  if (characters.length < 2) return new Set(characters)
  return new Set(characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`))
}

/** Dice's coefficient of two sets: 0 where nothing is shared, 1 where all is. */
export function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0
  let shared = 0
  for (const each of a) if (b.has(each)) shared++
  return (2 * shared) / (a.size + b.size)
}

export type Pairing = { readonly left: number; readonly right: number; readonly score: number }

// A pair of characters that very many titles share ("申请") tells nothing apart; skipping it keeps the
// comparison from growing with the square of the guide.
const commonAfter = 64

/**
 * Pairs each text on the left with the one on the right it is clearly the same as: best scores first,
 * one to one, and none where a second candidate comes within `margin` of the first.
 *
 * @param scoreOf 0 to 1 for a pair whose titles have the given likeness; below `threshold` is no pair.
 */
export function pairUp(
  left: readonly string[],
  right: readonly string[],
  options: {
    readonly threshold: number
    readonly margin: number
    readonly scoreOf: (left: number, right: number, likeness: number) => number
  },
): Pairing[] {
  const rightGrams = right.map(bigrams)
  const holders = new Map<string, number[]>()
  rightGrams.forEach((grams, index) => {
    for (const gram of grams) {
      const list = holders.get(gram)
      if (list) list.push(index)
      else holders.set(gram, [index])
    }
  })
  const candidates = left.flatMap((text, index) => {
    const grams = bigrams(text)
    const near = new Set<number>()
    for (const gram of grams) {
      const list = holders.get(gram)
      if (list && list.length <= commonAfter) for (const each of list) near.add(each)
    }
    return [...near].map((each) => ({
      left: index,
      right: each,
      score: options.scoreOf(index, each, dice(grams, rightGrams[each] ?? new Set())),
    }))
  })
  const good = candidates.filter((pair) => pair.score >= options.threshold)
  const ranked = good.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right)
  const rivals = countRivals(ranked, options.margin)
  const usedLeft = new Set<number>()
  const usedRight = new Set<number>()
  return ranked.filter((pair, index) => {
    if (usedLeft.has(pair.left) || usedRight.has(pair.right) || rivals[index]) return false
    usedLeft.add(pair.left)
    usedRight.add(pair.right)
    return true
  })
}

/** For each pair, whether one of its two sides has another pair about as good. */
function countRivals(ranked: readonly Pairing[], margin: number): boolean[] {
  const best = new Map<string, number[]>()
  for (const pair of ranked) {
    for (const key of [`l${String(pair.left)}`, `r${String(pair.right)}`]) {
      const scores = best.get(key)
      if (!scores) best.set(key, [pair.score])
      else if (scores.length < 2) scores.push(pair.score)
    }
  }
  return ranked.map((pair) =>
    [`l${String(pair.left)}`, `r${String(pair.right)}`].some((key) => {
      const [first = 0, second = 0] = best.get(key) ?? []
      return second > 0 && first - second < margin && pair.score - second < margin
    }),
  )
}
