import { restartDue } from '../data/night.ts'
import type { Log } from './log.ts'
import type { Services } from './services.ts'

/** The exit code that asks whoever supervises the kiosk to start it again at once: nothing went wrong. */
export const restartCode = 75

/** Milliseconds between two looks at the clock. */
const pace = 60_000

export type NightlyRestart = {
  readonly services: Pick<Services, 'handlers' | 'isBusy'>
  /** "03:30"; null: never. */
  readonly restart: string | null
  readonly end: (code: number) => void
  readonly log: Log
  readonly now?: () => Date
  /** Milliseconds this run has lasted. */
  readonly elapsed?: () => number
}

/** Ends the program with `restartCode` at its quiet hour, so that no day begins on the memory of many before. */
export function restartNightly(options: NightlyRestart): () => void {
  const { services, restart, end, log, now = () => new Date(), elapsed = () => performance.now() } = options
  const began = elapsed()
  async function look(): Promise<void> {
    const hoursUp = (elapsed() - began) / 3_600_000
    const question = { restart, now: now(), timeZone: await zone(), hoursUp, busy: services.isBusy() }
    if (!restartDue(question)) return
    log.info('The kiosk starts anew, as every night', { hoursUp: Math.round(hoursUp) })
    end(restartCode)
  }
  /** The site's; the machine's own while there is no content to say it. */
  const zone = (): Promise<string> =>
    services.handlers['get-content']({}).then(
      ({ site }) => site.timeZone,
      () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
  const timer = setInterval(() => void look(), pace)
  timer.unref()
  return () => clearInterval(timer)
}
