import type { Handlers } from '../../data/contract.ts'
import type { PrintReply } from '../../data/printing.ts'
import { type Settings, usualSettings } from '../../data/settings.ts'
import type { LogLine } from '../../data/log-line.ts'
import type { staffContract, StaffSettings } from '../../data/staff.ts'
import type { UseCount } from '../../data/usage.ts'
import type { ContentStore } from '../content-store.ts'
import type { EditionStore } from '../editions/editions.ts'
import type { Log } from '../log.ts'
import type { PrinterControl } from '../printing/printer-control.ts'
import { createMounting } from '../sticks/mounting.ts'
import { chooseStickSource } from '../sticks/choose-source.ts'
import type { StickSource } from '../sticks/stick-source.ts'
import { watchSticks } from '../sticks/stick-watch.ts'
import { createStaffHandlers } from './handlers.ts'
import { keepSettings } from './settings-keeper.ts'
import { openStaffDoor, type StaffDoor } from './staff-door.ts'
import { takeAway, type TakeAwayParts } from './take-away.ts'
import { createUpdateDesk } from './update-desk.ts'

export type StaffOptions = {
  /** The state folder; null: for this run only. */
  readonly folder: string | null
  readonly now: () => Date
  readonly log: Log
  /** The version of the program. */
  readonly version: string
  /** What is set, as the command line and the settings file have it. */
  readonly inForce: StaffSettings
  readonly printing: PrinterControl
  readonly printTestPage: (settings: StaffSettings) => Promise<PrintReply>
  readonly printGuide: (settings: StaffSettings) => Promise<PrintReply>
  readonly editions: EditionStore
  readonly content: ContentStore
  readonly isClockTrusted: () => Promise<boolean>
  readonly counts: () => readonly UseCount[]
  /** The latest lines of the log, the newest first. */
  readonly readLog: (most: number) => readonly LogLine[]
  /** Where sticks are looked for; the drives of this machine unless given. */
  readonly sticks?: StickSource
  readonly policy?: Settings['updates']
}

/** The staff's part of the services. */
export type Staff = {
  readonly handlers: Pick<Handlers, keyof typeof staffContract>
  readonly settings: () => StaffSettings
  /** Whoever was logged in is not any more. */
  readonly leave: () => void
  readonly close: () => void
}

/** Puts the door, the settings, the editions and the sticks together. */
export function createStaff(options: StaffOptions): Staff {
  const { folder, now, log, version, printing, editions, content } = options
  const door = doorIn(folder, now, log)
  const settings = keepSettings(folder, options.inForce)
  const mounting = createMounting(log)
  const sticks = watchSticks({ source: options.sticks ?? chooseStickSource([]), log })
  const updates =
    door &&
    createUpdateDesk({
      editions,
      sticks,
      mounting,
      policy: options.policy ?? usualSettings.updates,
      audit: door.audit,
      now,
      isClockTrusted: options.isClockTrusted,
      log,
      app: version,
    })
  const parts: Omit<TakeAwayParts, 'audit'> = {
    folder,
    version,
    now,
    editions,
    printing,
    settings: settings.read,
    counts: options.counts,
    mounting,
  }
  const handlers = createStaffHandlers({
    door,
    settings,
    content: content.shown,
    kiosks: content.kiosks,
    printing,
    printTestPage: () => options.printTestPage(settings.read()),
    printGuide: () => options.printGuide(settings.read()),
    editions,
    updates,
    readLog: options.readLog,
    takeAway: async (stick, wanted) =>
      door ? takeAway(stick, wanted, { ...parts, audit: door.audit }) : { kind: 'gone' },
  })
  return {
    handlers,
    settings: settings.read,
    leave: () => {
      door?.leave()
      updates?.forget()
    },
    close: () => {
      sticks.stop()
      door?.close()
    },
  }
}

/** The staff's door; null, and shut, where its PINs cannot be read. */
function doorIn(folder: string | null, now: () => Date, log: Log): StaffDoor | null {
  try {
    return openStaffDoor({ folder, now })
  } catch (error) {
    log.error('The staff PINs cannot be read, so nobody of the staff can come in', { error })
    return null
  }
}
