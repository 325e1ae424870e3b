import { type Ref, computed, onScopeDispose, ref, watch } from 'vue'

/** How long the warning stands before the visit ends, in seconds (WCAG 2.2.1 asks for at least 20). */
export const warningSeconds = 30

const signsOfLife = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Watches for signs of life. After `limit` seconds without one it warns; after `warningSeconds` more it calls
 * `onEnd`. Any touch continues the visit. `limit` null: never. It stands still while `paused`.
 */
export function useIdle(limit: Ref<number | null>, paused: Ref<boolean>, onEnd: () => void) {
  const quiet = ref(0)
  const waiting = computed(() => limit.value !== null && !paused.value)
  const secondsLeft = computed(() =>
    limit.value === null ? null : Math.max(0, limit.value + warningSeconds - quiet.value),
  )
  const warned = computed(() => waiting.value && limit.value !== null && quiet.value >= limit.value)

  function stay(): void {
    quiet.value = 0
  }

  const timer = window.setInterval(() => {
    if (!waiting.value) {
      quiet.value = 0
      return
    }
    quiet.value += 1
    if (secondsLeft.value === 0) {
      quiet.value = 0
      onEnd()
    }
  }, 1000)

  for (const sign of signsOfLife) window.addEventListener(sign, stay, { capture: true, passive: true })
  watch(limit, stay)
  onScopeDispose(() => {
    window.clearInterval(timer)
    for (const sign of signsOfLife) window.removeEventListener(sign, stay, { capture: true })
  })

  return { warned, secondsLeft, stay }
}
