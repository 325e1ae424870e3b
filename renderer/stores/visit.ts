import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type RouteLocationRaw } from 'vue-router'

export type TextSize = 'normal' | 'large'

/** All that a visit leaves behind, in one place, so that one `reset` forgets it. */
export const useVisit = defineStore('visit', () => {
  const textSize = ref<TextSize>('normal')
  const query = ref('')
  /** Entries ticked off as "I have this": service id and position. */
  const ticked = ref<ReadonlySet<string>>(new Set())
  /** The screens behind this one, oldest first. */
  const trail = shallowRef<readonly RouteLocationRaw[]>([])
  /** True while a slip is on its way: the visit must not end under it. */
  const printing = ref(false)

  function toggle(entry: string): void {
    const next = new Set(ticked.value)
    if (!next.delete(entry)) next.add(entry)
    ticked.value = next
  }

  function reset(): void {
    textSize.value = 'normal'
    query.value = ''
    ticked.value = new Set()
    trail.value = []
    printing.value = false
  }

  return { textSize, query, ticked, trail, printing, toggle, reset }
})
