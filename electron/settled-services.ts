import type { Log } from './log.ts'
import type { HostOptions } from './options.ts'
import { usablePrinter } from './printing/choose-printer.ts'
import { type ServiceOptions, systemClock } from './services.ts'
import type { Settled } from './settle.ts'
import { chooseStickSource } from './sticks/choose-source.ts'

/** What the services of either host take from the command line and the settings file. */
export function settledServices({ prints, sticks }: HostOptions, settled: Settled, log: Log) {
  const { kiosk, panel, paper, printer, limits, settings, problems } = settled
  return {
    kiosk,
    panel,
    paper,
    printer: usablePrinter(printer, { prints, paper, now: systemClock.now, log }),
    limits,
    brightness: settings.screen,
    call: settings.call,
    updates: settings.updates,
    sticks: chooseStickSource(sticks),
    settingsProblems: problems,
  } satisfies Partial<ServiceOptions>
}
