import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { type Paper, paperNames } from '../data/slip.ts'
import { type Panel, panelSchema } from '../data/physical-size.ts'

/** What can be said on the command line of either host. */
export type HostOptions = {
  /** Port of the browser host. */
  readonly port: number
  /** A window that can be moved and closed instead of the whole screen. */
  readonly windowed: boolean
  /** False: serve only. */
  readonly window: boolean
  /** Which kiosk of site.json this is; null: what the settings say. */
  readonly kiosk: string | null
  /** Folder of catalogue.json, site.json and the rest of the content. */
  readonly content: string
  /** Folder slips are saved in. */
  readonly prints: string
  /** Folder of what the kiosk keeps for itself. */
  readonly state: string
  /** The panel the kiosk shows itself on; null: what the settings say. */
  readonly panel: { readonly [Length in keyof Panel]: number | null }
  /** The printer, as `readPrinterSetting` reads it; null: what the settings say. */
  readonly printer: string | null
  /** What lies in the printer; null: what the settings say. */
  readonly paper: Paper | null
  /** Folders that stand for sticks, for development; empty: the drives of this machine. */
  readonly sticks: readonly string[]
}

/** The port the browser host takes unless told another. */
export const defaultPort = 4680

/** What to say and do differently, in one sentence a person at the keyboard understands. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

const known = {
  port: { type: 'string' },
  windowed: { type: 'boolean' },
  'no-window': { type: 'boolean' },
  kiosk: { type: 'string' },
  data: { type: 'string' },
  prints: { type: 'string' },
  state: { type: 'string' },
  'screen-inches': { type: 'string' },
  'screen-bottom': { type: 'string' },
  paper: { type: 'string' },
  printer: { type: 'string' },
  stick: { type: 'string', multiple: true },
} as const

const usage =
  'Known: --port N, --windowed, --no-window, --kiosk ID, --data FOLDER, --prints FOLDER, --state FOLDER, --screen-inches N, --screen-bottom MM, --printer ADDRESS, --paper a4|a5|roll, --stick FOLDER'

/**
 * Reads a command line, folders relative to where it was given; throws `OptionError`.
 * `others: 'ignore'` passes over what it does not know: Electron's command line holds Chromium's switches too.
 */
export function readOptions(
  args: readonly string[],
  defaults: Pick<HostOptions, 'content' | 'prints' | 'state'>,
  others: 'refuse' | 'ignore' = 'refuse',
): HostOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
  })
  const strange = [...positionals, ...Object.keys(values).filter((name) => !Object.hasOwn(known, name))]
  if (strange.length > 0 && others === 'refuse') {
    throw new OptionError(`"${strange.join('", "')}" is not understood. ${usage}`)
  }
  const text = (
    name: Exclude<keyof typeof known, 'windowed' | 'no-window' | 'stick'>,
  ): string | undefined => {
    const value = values[name]
    if (typeof value === 'boolean' || value === '') throw new OptionError(`--${name} needs a value. ${usage}`)
    return value
  }
  const [port, data, prints, state] = [text('port'), text('data'), text('prints'), text('state')]
  return {
    port: port === undefined ? defaultPort : readPort(port),
    windowed: values.windowed === true,
    window: values['no-window'] !== true,
    kiosk: text('kiosk') ?? null,
    content: data === undefined ? defaults.content : resolve(data),
    prints: prints === undefined ? defaults.prints : resolve(prints),
    state: state === undefined ? defaults.state : resolve(state),
    panel: {
      diagonal: readLength('screen-inches', text('screen-inches'), 'diagonal'),
      lowerEdge: readLength('screen-bottom', text('screen-bottom'), 'lowerEdge'),
    },
    printer: text('printer') ?? null,
    paper: readPaper(text('paper')),
    sticks: readFolders('stick', values.stick),
  }
}

function readFolders(option: string, given: readonly (string | boolean)[] | undefined): readonly string[] {
  return (given ?? []).map((folder) => {
    if (typeof folder === 'boolean' || folder === '')
      throw new OptionError(`--${option} needs a value. ${usage}`)
    return resolve(folder)
  })
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port <= 65_535) return port
  throw new OptionError(`--port takes a number from 0 to 65535, not "${text}"`)
}

function readPaper(text: string | undefined): Paper | null {
  if (text === undefined) return null
  const paper = paperNames.find((name) => name === text.toLowerCase())
  if (paper) return paper
  throw new OptionError(`--paper takes ${paperNames.join(', ')}, not "${text}"`)
}

/** A length of the panel within what can be true of one. */
function readLength(option: string, text: string | undefined, entry: keyof Panel): number | null {
  if (text === undefined) return null
  const length = v.safeParse(panelSchema.entries[entry], /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN)
  if (length.success) return length.output
  const range = entry === 'diagonal' ? '10 to 110 inches' : '0 to 1100 millimetres above the floor'
  throw new OptionError(`--${option} takes a number, ${range}, not "${text}"`)
}

/** The folders of a checkout or package whose top is `root`; slips go below where the kiosk was started. */
export function defaultFolders(root: string): {
  readonly content: string
  readonly prints: string
  readonly renderer: string
  readonly state: string
} {
  return {
    content: join(root, 'data/content'),
    prints: resolve('prints'),
    renderer: join(root, 'dist/renderer'),
    state: resolve('state'),
  }
}
