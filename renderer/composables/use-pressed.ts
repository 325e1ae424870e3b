import { onScopeDispose } from 'vue'

/** What can be touched. */
const touchable = 'button:not([disabled]), [role="checkbox"], [role="radio"], [role="tab"]'

/** Milliseconds after which a finger that has lifted is taken to have tapped nothing. */
const patience = 400

/** CSS pixels a finger may slide and still tap: what Chromium allows. */
const slop = 15

/**
 * Marks what a finger lies on with `data-pressed`, from the moment it touches until the frame that shows what
 * it has tapped: what `:active` does for a mouse, and for a finger not at all or only after a while.
 */
export function usePressed(): void {
  let pressed: HTMLElement | null = null
  let began = { x: 0, y: 0 }

  let waiting = 0

  function letGo(): void {
    window.clearTimeout(waiting)
    if (pressed) delete pressed.dataset['pressed']
    pressed = null
  }

  function press({ target, isPrimary, clientX: x, clientY: y }: PointerEvent): void {
    letGo()
    began = { x, y }
    const touched = target instanceof Element && isPrimary ? target.closest(touchable) : null
    if (!(touched instanceof HTMLElement)) return
    pressed = touched
    pressed.dataset['pressed'] = ''
  }

  /** A finger that slides taps nothing any more. */
  function slide({ clientX, clientY }: PointerEvent): void {
    if (pressed && Math.hypot(clientX - began.x, clientY - began.y) > slop) letGo()
  }

  /** A frame between the lifting and the tap would keep the tap waiting: it stays lit until then. */
  function lift(): void {
    window.clearTimeout(waiting)
    waiting = window.setTimeout(letGo, patience)
  }

  /** It goes out in the frame that shows what was tapped. */
  function tap(): void {
    const tapped = pressed
    requestAnimationFrame(() => {
      if (pressed === tapped) letGo()
    })
  }

  const held = new AbortController()
  const options = { capture: true, signal: held.signal }
  window.addEventListener('pointerdown', press, options)
  window.addEventListener('pointerup', lift, options)
  window.addEventListener('click', tap, options)
  window.addEventListener('pointermove', slide, options)
  window.addEventListener('pointercancel', letGo, options)
  onScopeDispose(() => {
    held.abort()
    letGo()
  })
}
