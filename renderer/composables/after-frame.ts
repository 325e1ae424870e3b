/**
 * Does `work` once the next frame is drawn: what answers no touch is not to keep the frame waiting that does. Where
 * nothing is drawn, because nothing can be seen, it is done at once.
 */
export function afterFrame(work: () => void): void {
  if (document.hidden) return work()
  // By frames, not by a timer: Chromium holds timers back for as long as a finger rests on the screen.
  requestAnimationFrame(() => requestAnimationFrame(work))
}
