import type { ServerResponse } from 'node:http'

/**
 * The connections that pages hold for as long as they live. A page that hangs holds on to its own; one that has
 * crashed lets go of it at once, however busy the machine is.
 */
export type LifeLine = {
  /** Keeps a page's request, whose answer has begun and never ends. */
  readonly hold: (response: ServerResponse) => void
  /** How many pages hold one. */
  readonly held: () => number
  /** Calls `listener` whenever one is taken. */
  readonly whenTaken: (listener: () => void) => void
  /** Calls `listener` whenever one has been let go. */
  readonly whenLost: (listener: () => void) => void
}

export function createLifeLine(): LifeLine {
  const responses = new Set<ServerResponse>()
  const onTaken: (() => void)[] = []
  const onLost: (() => void)[] = []
  return {
    hold: (response) => {
      responses.add(response)
      response.once('close', () => {
        responses.delete(response)
        for (const listener of onLost) listener()
      })
      for (const listener of onTaken) listener()
    },
    held: () => responses.size,
    whenTaken: (listener) => void onTaken.push(listener),
    whenLost: (listener) => void onLost.push(listener),
  }
}

export type LifeLineWatch = {
  readonly lifeLine: LifeLine
  /** Tells one start of the window from the next; null while none runs. */
  readonly startedAt: () => number | null
  /** Called once a page has let go, and the window that showed it still runs, and shows no other. */
  readonly onGone: () => void
  /** Milliseconds the window gets to end by itself, or to show another page. */
  readonly pause?: number
}

/** Watches over the page in the window, whatever it may show in the page's place. */
export function watchLifeLine({ lifeLine, startedAt, onGone, pause = 250 }: LifeLineWatch): void {
  let shownIn = lifeLine.held() > 0 ? startedAt() : null
  lifeLine.whenTaken(() => {
    shownIn = startedAt()
  })
  lifeLine.whenLost(() => {
    const lostIn = shownIn
    const timer = setTimeout(() => {
      const isSameWindow = lostIn !== null && startedAt() === lostIn
      if (isSameWindow && lifeLine.held() === 0) onGone()
    }, pause)
    timer.unref()
  })
}
