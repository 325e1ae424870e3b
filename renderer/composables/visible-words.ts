/**
 * What a visitor would read or press; the shapes between them say nothing, and the cover that stands until the
 * program does says nothing of the program.
 */
const tellTale = ':is(h1, h2, p, button, li, [role="status"]):not(#cover *)'

/** True where at least one element with words is laid out within the window, opaque, and covered by nothing else. */
export function showsWords(page: Document): boolean {
  const { innerWidth, innerHeight } = window
  for (const element of page.body.querySelectorAll<HTMLElement>(tellTale)) {
    const { left, top, width, height } = element.getBoundingClientRect()
    const x = left + width / 2
    const y = top + height / 2
    if (width < 1 || height < 1 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    if (element.textContent.trim() === '') continue
    const seen = page.elementFromPoint(x, y)
    if (seen && (element.contains(seen) || seen.contains(element)) && seen !== page.body) return true
  }
  return false
}
