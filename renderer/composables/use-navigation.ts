import { type RouteLocationRaw, useRouter } from 'vue-router'
import { forgetTexts } from '../../data/line-breaks.ts'
import type { Language } from '../../data/translations.ts'
import { host } from '../host.ts'
import { useEdition } from '../stores/edition.ts'
import { useVisit } from '../stores/visit.ts'

/** Moving between screens. Every move replaces the last, and the way back is kept with the visit, so that ending it forgets both. */
export function useNavigation() {
  const router = useRouter()
  const visit = useVisit()
  const edition = useEdition()

  async function go(to: RouteLocationRaw): Promise<void> {
    visit.trail = [...visit.trail, router.currentRoute.value.fullPath]
    await router.replace(to)
  }

  async function back(): Promise<void> {
    const previous = visit.trail.at(-1)
    if (previous === undefined) return
    visit.trail = visit.trail.slice(0, -1)
    await router.replace(previous)
  }

  /** On to `to` from a run of screens that nobody wants to come back through, those named `name`. */
  async function leave(name: string, to: RouteLocationRaw): Promise<void> {
    const path = router.resolve(to).fullPath
    const trail = visit.trail.filter((past) => router.resolve(past).name !== name)
    visit.trail = trail.at(-1) === path ? trail.slice(0, -1) : trail
    await router.replace(to)
  }

  /** To the start with the visit's choices kept. */
  async function home(): Promise<void> {
    visit.trail = []
    visit.query = ''
    await router.replace({ name: 'home' })
  }

  /** To the start of the staff's pages. */
  async function staffHome(): Promise<void> {
    visit.trail = []
    await router.replace({ name: 'staff-home' })
  }

  /** A visitor has come, and sees Home, or something a step beyond it. */
  async function begin(beyond?: RouteLocationRaw): Promise<void> {
    visit.reset()
    await router.replace({ name: 'home' })
    if (beyond !== undefined) await go(beyond)
  }

  /** The same, by somebody who reads `language`. */
  async function beginIn(language: Language): Promise<void> {
    await begin()
    visit.language = language
  }

  /** The visit is over: everything is forgotten, here and in the host. */
  async function finish(): Promise<void> {
    edition.endTrial()
    visit.reset()
    await router.replace({ name: 'attract' })
    forgetTexts()
    await host.call('end-visit', {})
  }

  return { go, back, leave, home, staffHome, begin, beginIn, finish }
}
