/** Keys that lead out of the screen or change it; letters, digits and editing keys stay with the page. */
const leadsOut = (event: KeyboardEvent): boolean =>
  event.ctrlKey ||
  event.altKey ||
  event.metaKey ||
  // The browser's task manager.
  (event.shiftKey && event.key === 'Escape') ||
  /^(F\d+|Browser\w+|ContextMenu|PrintScreen)$/u.test(event.key)

/** Selecting in the search field and undoing there does no harm. */
const editing = new Set(['a', 'z'])

/**
 * Cancels what would lead out of the kiosk, and what only a mouse or a keyboard brings: menus, dragging, zooming,
 * shortcuts, other addresses. For as long as the document stands.
 */
export function lockDown(): void {
  const cancel = (event: Event): void => event.preventDefault()
  const cancelZoom = (event: WheelEvent): void => {
    if (event.ctrlKey) event.preventDefault()
  }
  const cancelOtherButtons = (event: MouseEvent): void => {
    if (event.button !== 0) event.preventDefault()
  }
  const cancelShortcut = (event: KeyboardEvent): void => {
    const isEditing =
      event.ctrlKey && !event.shiftKey && !event.altKey && editing.has(event.key.toLowerCase())
    if (leadsOut(event) && !isEditing) event.preventDefault()
  }

  // The kiosk is one document that is never left; to load it anew, by the host or for a new edition, stays possible.
  const cancelLeaving = (event: NavigateEvent): void => {
    const isReload = event.navigationType === 'reload' || event.destination.url === location.href
    if (!isReload && event.cancelable) event.preventDefault()
  }

  const options = { capture: true, passive: false }
  // The clipboard outlives a visit: nothing goes into it, and nothing of before comes out.
  const unwanted = ['contextmenu', 'copy', 'cut', 'paste', 'dragstart', 'dragover', 'drop', 'gesturestart']
  for (const kind of unwanted) window.addEventListener(kind, cancel, options)
  window.addEventListener('wheel', cancelZoom, options)
  window.addEventListener('auxclick', cancelOtherButtons, options)
  window.addEventListener('mousedown', cancelOtherButtons, options)
  window.addEventListener('keydown', cancelShortcut, options)
  window.navigation.addEventListener('navigate', cancelLeaving)
}
