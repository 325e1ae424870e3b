import { type Ref, onScopeDispose, ref } from 'vue'
import { holdLifeLine, host } from '../host.ts'
import { showsWords } from './visible-words.ts'

/** Milliseconds between two signs of life. */
const pace = 1500
/** Until the first that says something is shown: a screen counts as alive from then on, and may die right after. */
const firstPace = 200
/** Milliseconds without an answer after which the host counts as gone: a moment may be busy. */
const mostSilence = 6000
/** Signs in a row that could not even be given after which it does: nobody is there to take them. */
const mostRefused = 2

/** Milliseconds by what is drawn: timers that all fall due at once, as after a sleep, are no silence of the host. */
const drawnTime = (): number => Number(document.timeline.currentTime ?? 0)

/**
 * Tells the host every moment what visitors see, so that it can start a screen anew that shows nothing.
 * `unanswered`: the host itself is gone or hangs, and nothing that is touched will lead anywhere.
 */
export function useHeartbeat(visit: Readonly<Ref<boolean>>): { readonly unanswered: Readonly<Ref<boolean>> } {
  const unanswered = ref(false)
  let refused = 0
  let answeredAt = drawnTime()
  let isWaiting = false
  let hasShown = false
  /** A frame has been drawn since the last sign: a page whose drawing has died runs on without one. */
  let hasDrawn = true
  let frame = 0

  function shows(): 'something' | 'nothing' | 'hidden' {
    if (document.hidden) return 'hidden'
    return hasDrawn && showsWords(document) ? 'something' : 'nothing'
  }

  async function beat(): Promise<void> {
    if (isWaiting) {
      if (drawnTime() - answeredAt > mostSilence) unanswered.value = true
      return
    }
    isWaiting = true
    const sign = { shows: shows(), inFront: document.hasFocus(), visit: visit.value }
    hasDrawn = false
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      hasDrawn = true
    })
    try {
      await host.call('alive', sign)
      refused = 0
      hasShown ||= sign.shows === 'something'
      answeredAt = drawnTime()
    } catch {
      refused += 1
    }
    unanswered.value = refused >= mostRefused
    isWaiting = false
  }

  let isHolding = false
  async function hold(): Promise<void> {
    if (isHolding) return
    isHolding = true
    await holdLifeLine()
    isHolding = false
  }

  let timer = 0
  function goOn(): void {
    // From the first moment: a page may die as soon as it is shown.
    void hold()
    void beat()
    timer = window.setTimeout(goOn, hasShown ? pace : firstPace)
  }
  goOn()
  onScopeDispose(() => {
    window.clearTimeout(timer)
    cancelAnimationFrame(frame)
  })
  return { unanswered }
}
