import { availableParallelism, loadavg } from 'node:os'
import type { LifeSign } from '../data/life-sign.ts'
import type { Log } from './log.ts'

/** What is known of the screen's life, by the signs the page gives of it. */
export type Heartbeat = {
  readonly note: (sign: LifeSign) => void
  /** When visitors last saw something of the kiosk, on the clock of `performance.now()`; null: not yet. */
  readonly lastAlive: () => number | null
  /** When nothing lay over the page, by the same clock; null: not yet. */
  readonly lastInFront: () => number | null
  /** Resolves once visitors see something for the first time. */
  readonly shown: Promise<unknown>
  /** True while a visit is on, as far as the page has said. */
  readonly hasVisit: () => boolean
}

/** Keeps the screen's signs of life; `elapsed` is a clock in milliseconds that nobody sets. */
export function createHeartbeat(elapsed: () => number = () => performance.now()): Heartbeat {
  let last: number | null = null
  let inFront: number | null = null
  let visit = false
  const { promise: shown, resolve: show } = Promise.withResolvers<null>()
  return {
    note: (sign) => {
      visit = sign.visit
      // A page that runs and shows nothing is as dead to visitors as one that hangs.
      if (sign.shows !== 'nothing') last = elapsed()
      if (sign.shows === 'something') show(null)
      if (sign.inFront) inFront = elapsed()
    },
    shown,
    lastAlive: () => last,
    lastInFront: () => inFront,
    hasVisit: () => visit,
  }
}

export type HeartbeatWatch = {
  readonly heartbeat: Heartbeat
  /** Called once the screen has been silent, or covered, for too long, and again for each further silence as long. */
  readonly onSilent: () => void
  readonly log: Log
  /** Milliseconds a screen may take to show itself after its start. */
  readonly start?: number
  /** Milliseconds a screen that has shown itself may be silent; three times as long on an overloaded machine. */
  readonly silence?: number
  /** When the window that runs was started, by `elapsed`: in another, another screen has yet to show itself. Null: not known. */
  readonly startedAt?: () => number | null
  /**
   * The screen is the kiosk's alone: whatever takes the keys from its page lies over it, and is as good as silence.
   * It counts once the page has been in front: no machine is to be restarted for ever whose page never is.
   */
  readonly isAlone?: boolean
  /** Whether the machine has far more to do than it can: then a screen may be slow without being dead. */
  readonly isOverloaded?: () => boolean
  readonly elapsed?: () => number
}

/** Milliseconds between two looks. */
const pace = 500
/** A look that comes so many milliseconds late says that this process slept, or had no time: then the screen had none either. */
const late = 2000

/** More than two programs wait for each processor (never on Windows, which counts none). */
const hasTooMuchToDo = (): boolean => (loadavg()[0] ?? 0) > 2 * availableParallelism()

/** Watches over the screen from now on, as over one that has just been started. Returns what ends the watch. */
export function watchHeartbeat(options: HeartbeatWatch): () => void {
  const { heartbeat, onSilent, log } = options
  const { start = 30_000, silence = 5000, isOverloaded = hasTooMuchToDo } = options
  const { elapsed = () => performance.now(), startedAt = () => null, isAlone = false } = options
  let since = elapsed()
  let shownIn = startedAt()
  let hasShown = false
  let looked = since

  const timer = setInterval(() => {
    const now = elapsed()
    if (now - looked > pace + late) since = now
    looked = now
    const started = startedAt()
    if (started !== null && started !== shownIn) {
      shownIn = started
      since = started
      hasShown = false
    }
    const alive = heartbeat.lastAlive() ?? 0
    const inFront = isAlone ? heartbeat.lastInFront() : null
    const isAlive = alive > since
    hasShown ||= isAlive
    since = Math.max(since, Math.min(alive, inFront ?? alive))
    // A page that says it is covered is not slow.
    const patience = isOverloaded() && !isAlive ? 3 * silence : silence
    if (now - since <= (hasShown ? patience : start)) return
    log.error(isAlive ? 'Something lies over the screen' : 'The screen shows nothing', {
      silent: Math.round(now - since),
      hadShown: hasShown,
    })
    since = now
    hasShown = false
    onSilent()
  }, pace)
  timer.unref()
  return () => clearInterval(timer)
}
