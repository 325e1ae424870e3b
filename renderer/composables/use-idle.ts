import { type Ref, computed, onScopeDispose, ref, watch } from 'vue'

/** How long the warning stands before the visit ends, in seconds (WCAG 2.2.1 asks for at least 20). */
export const warningSeconds = 30

const signsOfLife = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Watches for signs of life. After `limit` seconds without one it warns; after `warningSeconds` more it calls
 * `onEnd`. A touch while it warns starts the countdown anew; `stay` takes the warning away, so that what is
 * touched in it is still there when the finger lifts. `limit` null: never. It stands still while `paused`.
 */
export function useIdle(limit: Ref<number | null>, paused: Ref<boolean>, onEnd: () => void) {
  const quiet = ref(0)
  const warned = ref(false)
  const secondsLeft = computed(() => Math.max(0, warningSeconds - quiet.value))

  function noticeLife(): void {
    quiet.value = 0
  }

  function stay(): void {
    warned.value = false
    quiet.value = 0
  }

  function tick(): void {
    if (limit.value === null || paused.value) {
      stay()
      return
    }
    quiet.value += 1
    if (warned.value && quiet.value >= warningSeconds) {
      stay()
      onEnd()
    } else if (!warned.value && quiet.value >= limit.value) {
      warned.value = true
      quiet.value = 0
    }
  }

  const timer = window.setInterval(tick, 1000)
  for (const sign of signsOfLife) window.addEventListener(sign, noticeLife, { capture: true, passive: true })
  watch(limit, stay)
  onScopeDispose(() => {
    window.clearInterval(timer)
    for (const sign of signsOfLife) window.removeEventListener(sign, noticeLife, { capture: true })
  })

  return { warned, secondsLeft, stay }
}
