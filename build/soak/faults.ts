import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SupervisedKiosk } from '../supervised-kiosk.ts'

/** Where a fault takes place. */
export type Scene = {
  readonly kiosk: SupervisedKiosk
  /** The folder that stands for a stick: there while one is in. */
  readonly stick: string
}

/** A fault that happens to the kiosk between two runs of visits. */
export type SoakFault = { readonly name: string } & (
  | {
      /** It lasts until it is mended, and visitors go on meanwhile. */
      readonly kind: 'lasting'
      readonly begin: (scene: Scene) => void
      readonly end: (scene: Scene) => void
    }
  | {
      /** The window is gone, and the kiosk has to bring another. */
      readonly kind: 'deadly'
      readonly happen: (scene: Scene) => void
    }
  /** A visitor walks away in the middle, and the kiosk has to notice. */
  | { readonly kind: 'left' }
)

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
    kind: 'lasting',
    // A file in the place of the folder: not even root can write slips into it.
    begin: ({ kiosk: { prints } }) => {
      mkdirSync(prints, { recursive: true })
      renameSync(prints, `${prints}-away`)
      writeFileSync(prints, '')
    },
    end: ({ kiosk: { prints } }) => {
      rmSync(prints)
      renameSync(`${prints}-away`, prints)
    },
  },
  {
    name: 'screen crashed',
    kind: 'deadly',
    happen: ({ kiosk }) => killAll(kiosk.windowPids('renderer')),
  },
  {
    name: 'stick put in, full of what is no guide, and pulled out',
    kind: 'lasting',
    begin: ({ stick }) => {
      mkdirSync(stick)
      for (const name of ['办事指南.txt', '办事指南.docx', 'content.kiosk'])
        writeFileSync(join(stick, name), '照片'.repeat(50_000))
    },
    end: ({ stick }) => rmSync(stick, { recursive: true }),
  },
  {
    name: 'window killed',
    kind: 'deadly',
    happen: ({ kiosk }) => killAll(kiosk.windowPids('browser')),
  },
  { name: 'visitor walked away', kind: 'left' },
  {
    name: 'host killed',
    kind: 'deadly',
    happen: ({ kiosk }) => {
      const pid = kiosk.hostPid()
      killAll(pid === null ? [] : [pid])
    },
  },
]
