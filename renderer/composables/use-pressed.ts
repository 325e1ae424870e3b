import { onScopeDispose } from 'vue'

/** What can be touched. */
const touchable = 'button:not([disabled]), [role="checkbox"], [role="radio"], [role="tab"]'

/**
 * Marks what a finger lies on with `data-pressed`, from the moment it touches until the frame after it has lifted:
 * what `:active` does for a mouse, and for a finger not at all or only after a while.
 */
export function usePressed(): void {
  let pressed: HTMLElement | null = null

  function letGo(): void {
    if (pressed) delete pressed.dataset['pressed']
    pressed = null
  }

  function press({ target, isPrimary }: PointerEvent): void {
    letGo()
    const touched = target instanceof Element && isPrimary ? target.closest(touchable) : null
    if (!(touched instanceof HTMLElement)) return
    pressed = touched
    pressed.dataset['pressed'] = ''
  }

  /** It stays lit while the screen it leads to is being laid out. */
  function lift(): void {
    const lifted = pressed
    requestAnimationFrame(() => {
      if (pressed === lifted) letGo()
    })
  }

  const held = new AbortController()
  const options = { capture: true, signal: held.signal }
  window.addEventListener('pointerdown', press, options)
  window.addEventListener('pointerup', lift, options)
  // A finger that drags or leaves touches nothing any more.
  window.addEventListener('pointercancel', letGo, options)
  onScopeDispose(() => {
    held.abort()
    letGo()
  })
}
