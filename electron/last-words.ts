import type { Log } from './log.ts'

/** As much of a process as hearing of its faults needs. */
export type FaultSource = {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (fault: unknown) => void): unknown
}

/**
 * Logs the first fault nothing else has dealt with and ends the program with 1: after it nobody knows what
 * still holds, and whoever started the program starts it again. Electron shows no dialog once this listens.
 */
export function endOnFault(log: Log, end: (code: 1) => void, source: FaultSource = process): void {
  let isEnding = false
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    source.on(event, (fault) => {
      if (isEnding) return
      isEnding = true
      log.error('A fault that nothing has dealt with ends the kiosk', { event, error: fault })
      end(1)
    })
  }
}
