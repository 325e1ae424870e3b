import * as v from 'valibot'
import { planName } from '../data/edition/files.ts'
import type { EditionMark } from '../data/edition/summary.ts'
import { type Kiosk, siteFileSchema } from '../data/site.ts'
import type { Content } from './content-checks.ts'
import { unusable } from './editions/content-of.ts'
import type { Edition, EditionStore } from './editions/editions.ts'

/** What the screen is shown of an edition, and what that edition is called. */
export type ShownContent = Content & { readonly mark: EditionMark }

/** Gives the content the screen shows; each throws `content-unusable` where there is none that can be shown. */
export type ContentStore = {
  /** The content in force, which the screen shows from now on. */
  readonly show: () => Promise<ShownContent>
  /** The content the screen shows: a visit under way keeps the edition it began with, though another is in force by now. */
  readonly shown: () => Promise<ShownContent>
  /** What the edition in force is called; asked often. */
  readonly mark: () => Promise<EditionMark>
  /** The SVG text of a floor's plan; null where site.json names none. Throws `content-unusable` where it is missing. */
  readonly plan: (building: string, floor: number) => Promise<string | null>
  /** Every kiosk of site.json, the usual one first. */
  readonly kiosks: () => Promise<readonly Kiosk[]>
}

/** Keeps what the screen shows apart from what is in force, so that both can change without each other. */
export function createContentStore(editions: Pick<EditionStore, 'inForce'>): ContentStore {
  let screen: Edition | null = null

  const onScreen = async (): Promise<Edition> => screen ?? editions.inForce()

  return {
    show: async () => {
      screen = await editions.inForce()
      return { ...screen.content, mark: markOf(screen) }
    },
    shown: async () => {
      const edition = await onScreen()
      return { ...edition.content, mark: markOf(edition) }
    },
    mark: async () => markOf(await editions.inForce()),
    plan: async (building, floor) => {
      const { content, files } = await onScreen()
      const plans = content.site.buildings.find(({ id }) => id === building)?.plans ?? []
      const known = plans.find((plan) => plan.floor === floor)
      if (!known) return null
      const svg = files[planName(known.file)]
      if (svg === undefined) throw unusable(known.file, 'is missing')
      return svg
    },
    kiosks: async () => {
      const { files } = await onScreen()
      return v.parse(siteFileSchema, JSON.parse(files['site.json'] ?? '')).kiosks
    },
  }
}

function markOf({ summary: { id, edition, fingerprint } }: Edition): EditionMark {
  return { id, edition, fingerprint }
}
