import type { Log } from '../log.ts'
import type { FoundStick, StickSource } from './stick-source.ts'

/** Knows which sticks are plugged in, and tells when that changes. */
export type StickWatch = {
  /** The sticks as they were last seen. */
  readonly sticks: () => readonly FoundStick[]
  /** Looks now, whatever the last look said. */
  readonly look: () => Promise<readonly FoundStick[]>
  readonly stop: () => void
}

export type StickWatchOptions = {
  readonly source: StickSource
  readonly log: Log
  readonly onChange?: (sticks: readonly FoundStick[]) => void
  /** Milliseconds between two looks. */
  readonly every?: number
}

/** How many looks after a change the system is asked again: what a new stick is called comes a moment after it. */
const settling = 4

/** Watches a source, twice a second; a look that finds nothing changed costs a tenth of a millisecond. */
export function watchSticks({ source, log, onChange, every = 500 }: StickWatchOptions): StickWatch {
  let seen: readonly FoundStick[] = []
  let mark: string | null = null
  let unsettled = settling
  let looking: Promise<readonly FoundStick[]> | null = null
  let troubled = false

  async function ask(): Promise<readonly FoundStick[]> {
    try {
      const found = await source.look()
      troubled = false
      const changed = JSON.stringify(found) !== JSON.stringify(seen)
      seen = found
      if (changed) onChange?.(found)
    } catch (error) {
      if (!troubled)
        log.warn('The drives of this machine cannot be listed, so no stick is noticed', { error })
      troubled = true
    }
    return seen
  }

  const look = (): Promise<readonly FoundStick[]> => {
    looking ??= ask().finally(() => {
      looking = null
    })
    return looking
  }

  async function turn(): Promise<void> {
    const now = await source.mark()
    if (now !== mark) unsettled = settling
    mark = now
    if (unsettled === 0) return
    unsettled -= 1
    await look()
  }

  void turn()
  const timer = setInterval(() => void turn(), every)
  timer.unref()
  return { sticks: () => seen, look, stop: () => clearInterval(timer) }
}
