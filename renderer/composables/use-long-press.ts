import { onScopeDispose } from 'vue'

/** Milliseconds a finger has to stay: longer than anybody does by mistake. */
const long = 3000

/** Tells a finger that stays from a touch: `onHeld` is called while it still lies there. */
export function useLongPress(onHeld: () => void) {
  let timer: number | undefined
  let held = false

  function release(): void {
    window.clearTimeout(timer)
  }

  function press(): void {
    held = false
    release()
    timer = window.setTimeout(() => {
      held = true
      onHeld()
    }, long)
  }

  /** The click that follows a held finger is none. */
  function swallow(event: Event): void {
    if (held) event.stopPropagation()
  }

  onScopeDispose(release)
  return { press, release, swallow }
}
