import type { FrontDoor } from './front-door.ts'
import { type BrowserHost, startBrowserHost } from './host.ts'
import type { Log } from './log.ts'
import type { LogFiles } from './log-files.ts'
import type { HostOptions } from './options.ts'
import { settledServices } from './settled-services.ts'
import type { Settled } from './settle.ts'

/** What a browser host is started with: the command line's choices, and what they and the settings file come to. */
export type SettledHost = {
  readonly options: HostOptions
  readonly settled: Settled
  readonly door: FrontDoor
  /** The built renderer: index.html, slip.html, assets/ */
  readonly renderer: string
  /** Path of the Chromium that draws slips; null: slips cannot be drawn. */
  readonly chromium: string | null
  readonly version: string
  readonly log: Log
  readonly logFiles: LogFiles
}

/** Starts the services as this kiosk's settings have them, behind an address that is open already. */
export function startSettledHost(parts: SettledHost): Promise<BrowserHost> {
  const { options, settled, door, renderer, chromium, version, log, logFiles } = parts
  const { content, prints, state, port } = options
  return startBrowserHost({
    ...settledServices(options, settled, log),
    folders: { content, prints, renderer, state },
    port,
    door,
    chromium,
    version,
    log,
    logFiles,
  })
}
