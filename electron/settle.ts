import type { Panel } from '../data/physical-size.ts'
import type { PrintLimits } from '../data/printing.ts'
import type { Settings } from '../data/settings.ts'
import type { SettingsProblem } from '../data/settings-problem.ts'
import type { Paper } from '../data/slip.ts'
import type { Log } from './log.ts'
import type { HostOptions } from './options.ts'
import { readSettings } from './settings.ts'

/** What is in force for this run: the command line's word before the file's. */
export type Settled = {
  readonly kiosk: string | null
  readonly panel: Panel
  readonly paper: Paper
  /** As `readPrinterSetting` reads it. */
  readonly printer: string
  readonly limits: PrintLimits
  readonly settings: Settings
  /** What is wrong with the file, for staff. */
  readonly problems: readonly SettingsProblem[]
}

/** Reads the settings of the state folder and lets the command line have the last word. Never throws. */
export function settle(options: HostOptions, log: Log): Settled {
  const { settings, problems } = readSettings(options.state, log)
  return {
    kiosk: options.kiosk ?? settings.kiosk,
    panel: {
      diagonal: options.panel.diagonal ?? settings.screen.inches,
      lowerEdge: options.panel.lowerEdge ?? settings.screen.bottom,
    },
    paper: options.paper ?? settings.paper,
    printer: options.printer ?? settings.printer,
    limits: settings.limits,
    settings,
    problems,
  }
}
