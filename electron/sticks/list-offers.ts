import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import type { StickOffer, StickOffers } from '../../data/sticks.ts'
import { kindOf } from '../sources/kinds.ts'
import type { FoundStick } from './stick-source.ts'

/** How many entries of a stick are looked at, how deep, and how many offers are shown at most. */
export const listingLimits = { entries: 2000, depth: 2, offers: 200 } as const

/** What systems and programs leave on sticks, and what nobody sees in a file manager. */
const isHidden = (name: string): boolean =>
  /^(?:[.~$]|System Volume Information$|RECYCLER$|FOUND\.\d+$|LOST\.DIR$|lost\+found$|__MACOSX$)/i.test(name)

/**
 * What lies on a stick that a kiosk could take: files in its top folder and in the folders there, newest first.
 * Nothing is opened. A stick that is pulled out meanwhile has nothing on it.
 */
export async function listOffers({ id, folder }: FoundStick): Promise<StickOffers> {
  if (folder === null) return { offers: [], complete: true }
  const offers: StickOffer[] = []
  let left: number = listingLimits.entries
  const waiting: { readonly parts: readonly string[] }[] = [{ parts: [] }]
  for (let next = waiting.shift(); next && left > 0; next = waiting.shift()) {
    for (const name of await namesIn(join(folder, ...next.parts), left)) {
      left -= 1
      if (isHidden(name)) continue
      const parts = [...next.parts, name]
      const found = await lstat(join(folder, ...parts)).catch(() => null)
      if (found?.isDirectory() && parts.length < listingLimits.depth) waiting.push({ parts })
      const kind = kindOf(name)
      if (!found?.isFile() || kind === null) continue
      const modified = new Date(found.mtimeMs).toISOString()
      offers.push({ stick: id, path: parts.join('/'), name, kind, size: found.size, modified })
    }
  }
  const sorted = offers.sort((a, b) => (a.modified < b.modified ? 1 : -1))
  return {
    offers: sorted.slice(0, listingLimits.offers),
    complete: left > 0 && offers.length <= listingLimits.offers,
  }
}

/** The names in a folder, at most so many, in their order; none where it cannot be read. */
async function namesIn(folder: string, most: number): Promise<readonly string[]> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(folder)) {
      names.push(name)
      if (names.length >= most) break
    }
  } catch {
    // Pulled out, or not ours to read.
  }
  return names.sort()
}
