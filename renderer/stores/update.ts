import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ApproveReply, OfferPreview, OfferRefusal } from '../../data/updates.ts'

/** The update staff have in hand: what was read, which warnings they have ticked, and what came of it. */
export const useUpdate = defineStore('update', () => {
  const offer = shallowRef<OfferPreview | null>(null)
  const refusal = shallowRef<OfferRefusal | null>(null)
  const outcome = shallowRef<ApproveReply | null>(null)
  const ticked = ref<ReadonlySet<number>>(new Set())
  const warnings = computed(() => offer.value?.preview.warnings ?? [])
  const allTicked = computed(() => ticked.value.size === warnings.value.length)

  function tick(index: number): void {
    const next = new Set(ticked.value)
    if (!next.delete(index)) next.add(index)
    ticked.value = next
  }

  function reset(): void {
    offer.value = null
    refusal.value = null
    outcome.value = null
    ticked.value = new Set()
  }

  return { offer, refusal, outcome, ticked, warnings, allTicked, tick, reset }
})
