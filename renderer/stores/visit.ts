import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { noAnswers } from '../../data/checklist.ts'
import type { Answers } from '../../data/questions.ts'
import type { Audience } from '../../data/situations.ts'
import { mostServices } from '../../data/slip.ts'
import { type Language, officialLanguage } from '../../data/translations.ts'

/** Sizes of text, the usual one first; styles/tokens.css says how much each is. */
export const textSizes = ['normal', 'large', 'largest'] as const
export type TextSize = (typeof textSizes)[number]

/** Themes by their contrast, the usual one first. */
export const contrasts = ['normal', 'light', 'dark'] as const
export type Contrast = (typeof contrasts)[number]

/** All that a visit leaves behind, in one place, so that one `reset` forgets it. */
export const useVisit = defineStore('visit', () => {
  const textSize = ref<TextSize>('normal')
  const contrast = ref<Contrast>('normal')
  const language = ref<Language>(officialLanguage)
  /** True while the screen stands lower, within reach of a wheelchair. */
  const lowered = ref(false)
  /** True where the way is to have no steps; coming down to a wheelchair asks for it too. */
  const stepFree = ref(false)
  const query = ref('')
  /** For whom services are looked up by situation. */
  const audience = ref<Audience>('person')
  /** Services to be done in this visit, by id, as they were added. */
  const list = ref<readonly string[]>([])
  /** Service id → what the visitor has said of his case. */
  const answers = ref<Readonly<Record<string, Answers>>>({})
  /** Entries ticked off as "I have this": service id and position. */
  const ticked = ref<ReadonlySet<string>>(new Set())
  /** The screens behind this one, oldest first. */
  const trail = shallowRef<readonly RouteLocationRaw[]>([])
  /** True while a slip is on its way: the visit must not end by itself under it. */
  const printing = ref(false)
  /** True while the visitor is to wait for it; after that he may leave it to itself. */
  const held = ref(false)

  function toggle(entry: string): void {
    const next = new Set(ticked.value)
    if (!next.delete(entry)) next.add(entry)
    ticked.value = next
  }

  function addToList(id: string): void {
    if (!list.value.includes(id) && list.value.length < mostServices) list.value = [...list.value, id]
  }

  function removeFromList(id: string): void {
    list.value = list.value.filter((other) => other !== id)
  }

  const answersFor = (id: string): Answers => answers.value[id] ?? noAnswers

  function settle(id: string, given: Answers): void {
    answers.value = { ...answers.value, [id]: given }
  }

  function bringDown(down: boolean): void {
    lowered.value = down
    stepFree.value = down
  }

  function hold(isHeld: boolean): void {
    printing.value = true
    held.value = isHeld
  }

  function letGo(): void {
    printing.value = false
    held.value = false
  }

  function nextTextSize(): void {
    textSize.value = after(textSizes, textSize.value)
  }

  function nextContrast(): void {
    contrast.value = after(contrasts, contrast.value)
  }

  function reset(): void {
    textSize.value = 'normal'
    contrast.value = 'normal'
    language.value = officialLanguage
    lowered.value = false
    stepFree.value = false
    query.value = ''
    audience.value = 'person'
    list.value = []
    answers.value = {}
    ticked.value = new Set()
    trail.value = []
    letGo()
  }

  return {
    textSize,
    contrast,
    language,
    lowered,
    stepFree,
    query,
    audience,
    list,
    answers,
    answersFor,
    settle,
    ticked,
    trail,
    printing,
    held,
    hold,
    letGo,
    toggle,
    addToList,
    removeFromList,
    bringDown,
    nextTextSize,
    nextContrast,
    reset,
  }
})

/** The choice that follows `now`, and the first again after the last. */
function after<T>(all: readonly [T, ...T[]], now: T): T {
  return all[all.indexOf(now) + 1] ?? all[0]
}
