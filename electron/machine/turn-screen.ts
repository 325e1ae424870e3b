import { setTimeout as pauseFor } from 'node:timers/promises'
import type { Settings } from '../../data/settings.ts'
import type { Log } from '../log.ts'
import { kioskDisplay, lookAtScreen, screenCommands } from './displays.ts'
import { type RunProgram, runProgram } from './run.ts'

/** Where the session is the kiosk's alone, as its units say, picture and touches are its to turn. */
export const ownsScreen = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['KIOSK_SCREEN'] === 'own'

/** Milliseconds an X server that is starting gets. */
const usualPatience = 20_000
const pace = 200

export type TurnOptions = {
  readonly log: Log
  readonly run?: RunProgram
  /** Milliseconds. */
  readonly patience?: number
  /** Nobody waits for the X server any longer. */
  readonly signal?: AbortSignal
}

/**
 * Turns the picture and the touches as the settings say and keeps the panel lit, once the X server answers. What
 * could not be done is in the log and the rest is done all the same. False where anything was not. Never rejects.
 */
export async function turnScreen(screen: Settings['screen'], options: TurnOptions): Promise<boolean> {
  const { log, run = runProgram, patience = usualPatience, signal } = options
  const began = performance.now()
  let found = await lookAtScreen(run)
  while (found === null && !signal?.aborted && performance.now() - began < patience) {
    await pauseFor(pace)
    found = await lookAtScreen(run)
  }
  if (found === null) {
    log.error('No X server answers, or xrandr is not installed: nothing was turned')
    return false
  }
  let isDone = true
  const display = kioskDisplay(found.displays, screen.output)
  if (display !== null && screen.output !== null && display.name !== screen.output) {
    isDone = false
    log.error(
      `The display that is set, ${screen.output}, is not there: the kiosk is shown on ${display.name}`,
    )
  }
  for (const { program, args, does } of screenCommands(screen, found.displays, found.touches)) {
    const reply = await run(program, args)
    // xrandr says so and ends with 0.
    if (reply?.code === 0 && !/cannot use rotation/u.test(reply.out)) continue
    isDone = false
    log.error(`The screen is not as it is set: ${does} failed`, {
      said: reply?.out.trim() ?? `${program} is not here`,
    })
  }
  return isDone
}
