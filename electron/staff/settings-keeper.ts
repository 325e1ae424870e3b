import type { SettingsPatch, StaffSettings } from '../../data/staff.ts'
import { changeSettings } from '../settings.ts'

/** What is set at this kiosk, and where it is kept. */
export type SettingsKeeper = {
  readonly read: () => StaffSettings
  /** Keeps a change for now and for the next start; null, or why it could not be kept. */
  readonly change: (patch: SettingsPatch) => string | null
}

/** The settings with what of them a patch changes. */
export function changed(
  before: StaffSettings,
  { kiosk, panel, printer, paper }: SettingsPatch,
): StaffSettings {
  return {
    kiosk: kiosk === undefined ? before.kiosk : kiosk,
    panel: panel ?? before.panel,
    printer: printer ?? before.printer,
    paper: paper ?? before.paper,
  }
}

/** Begins with what is in force; keeps changes in the settings file of `folder`, or, for null, for this run only. */
export function keepSettings(folder: string | null, inForce: StaffSettings): SettingsKeeper {
  let settings = inForce
  return {
    read: () => settings,
    change: (patch) => {
      const notKept = folder === null ? null : keepIn(folder, patch)
      if (notKept === null) settings = changed(settings, patch)
      return notKept
    },
  }
}

function keepIn(folder: string, { kiosk, panel, printer, paper }: SettingsPatch): string | null {
  const screen = panel && { inches: panel.diagonal, bottom: panel.lowerEdge }
  const change = changeSettings(folder, { kiosk, printer, paper, screen })
  return change.kind === 'refused' ? change.why['zh-CN'] : null
}
