import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { SupervisedKiosk } from '../supervised-kiosk.ts'

/** A fault that happens to the kiosk between two runs of visits. `mend`: what ends it, where it does not mend itself. */
export type SoakFault = {
  readonly name: string
  readonly happen: (kiosk: SupervisedKiosk) => void
  readonly mend?: (kiosk: SupervisedKiosk) => void
}

const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It had ended already.
    }
  }
}

/** What goes wrong in a hall, in turn. */
export const soakFaults: readonly SoakFault[] = [
  {
    name: 'printer gone',
    // A file in the place of the folder: not even root can write slips into it.
    happen: ({ prints }) => {
      renameSync(prints, `${prints}-away`)
      writeFileSync(prints, '')
    },
    mend: ({ prints }) => {
      rmSync(prints)
      renameSync(`${prints}-away`, prints)
    },
  },
  { name: 'screen crashed', happen: (kiosk) => killAll(kiosk.windowPids('renderer')) },
  { name: 'window killed', happen: (kiosk) => killAll(kiosk.windowPids('browser')) },
  {
    name: 'host killed',
    happen: (kiosk) => {
      const pid = kiosk.hostPid()
      killAll(pid === null ? [] : [pid])
    },
  },
]
