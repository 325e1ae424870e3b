import { KioskError } from '../data/errors.ts'

/** Runs one piece of work at a time, in the order in which they came. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/** How many slips may wait to be drawn: more than a kiosk's visitor can ask for, less than a machine can choke on. */
export const mostWaitingSlips = 20

/** A queue in which at most `mostWaiting` wait for their turn; one more is refused at once with `printing-failed`. */
export function createQueue(mostWaiting: number): Queue {
  const waiting: (() => void)[] = []
  let isBusy = false
  return async (work) => {
    if (isBusy) {
      if (waiting.length >= mostWaiting) {
        throw new KioskError('printing-failed', `${waiting.length} slips wait already`)
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    isBusy = true
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else isBusy = false
    }
  }
}
