import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PrinterKind } from '../../data/printing.ts'
import type { Paper } from '../../data/slip.ts'
import type { Log } from '../log.ts'
import { OptionError } from '../options.ts'
import type { PrintDevice } from './device.ts'
import type { Target } from './escpos/connection.ts'
import { createEscposDevice } from './escpos/escpos-device.ts'
import { createIppDevice } from './ipp/ipp-device.ts'
import { folderPrinter, type Printer } from './printer.ts'
import { createWindowsDevice } from './windows-device.ts'
import { runProgram } from './windows/run-program.ts'

/** Which printer a setting names, and how it is reached. */
export type PrinterSetting =
  | { readonly kind: 'folder' }
  /** `socket`: the file CUPS listens on, asked instead of the address's host. */
  | { readonly kind: 'ipp'; readonly uri: string; readonly socket: string | null }
  | { readonly kind: 'escpos'; readonly target: Target }
  | { readonly kind: 'windows'; readonly name: string }

/** The file CUPS listens on by default. */
export const cupsSocket = '/run/cups/cups.sock'

const usualHelper = join(dirname(process.execPath), 'helper', 'SumatraPDF.exe')

const known =
  'folder, cups:QUEUE, ipp://HOST/PATH, escpos://HOST[:9100], escpos:/dev/usb/lp0, or windows:NAME'

/**
 * Reads "folder", "cups:Lobby", "ipp://10.0.0.7/ipp/print", "escpos://10.0.0.8", "escpos:/dev/usb/lp0" or
 * "windows:HP LaserJet". Throws `OptionError` with what is known.
 */
export function readPrinterSetting(text: string): PrinterSetting {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.+)$/su.exec(text) ?? []
  if (text === 'folder') return { kind: 'folder' }
  if (scheme === 'cups' && /^[^\s/?#]+$/u.test(rest)) {
    const uri = `ipp://localhost:631/printers/${encodeURIComponent(rest)}`
    return { kind: 'ipp', uri, socket: existsSync(cupsSocket) ? cupsSocket : null }
  }
  if (/^(?:ipps?|https?)$/u.test(scheme) && /^\/\/[^/]/u.test(rest) && URL.canParse(text))
    return { kind: 'ipp', uri: text, socket: null }
  if (scheme === 'escpos') {
    if (rest.startsWith('//')) {
      const address = /^\/\/(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d{1,5}))?\/?$/iu.exec(rest)
      const port = Number(address?.[2] ?? 9100)
      if (address?.[1] && port > 0 && port <= 65_535) {
        return { kind: 'escpos', target: { host: address[1].replace(/^\[|\]$/gu, ''), port } }
      }
    } else if (rest.startsWith('/')) return { kind: 'escpos', target: { path: rest } }
  }
  if (scheme === 'windows' && rest.trim() !== '') return { kind: 'windows', name: rest.trim() }
  throw new OptionError(`"${text}" names no printer. Known: ${known}`)
}

export type PrinterParts = {
  /** Folder that slips are saved in where no printer is set. */
  readonly prints: string
  readonly paper: Paper
  readonly now: () => Date
  readonly log: Log
  /** Where the kiosk runs; this machine's system unless given. */
  readonly platform?: NodeJS.Platform
  /** The program that prints a PDF on Windows (SumatraPDF); in `helper` beside the kiosk's own program unless given. */
  readonly helper?: string
}

/** The printer a setting names. Throws `OptionError` where it names none, or one that this system cannot have. */
export function choosePrinter(text: string, parts: PrinterParts): Printer {
  const { prints, paper, now, log } = parts
  const setting = readPrinterSetting(text)
  const named = (kind: PrinterKind, device: Printer['device']): Printer => ({ kind, name: text, device })
  switch (setting.kind) {
    case 'folder':
      return folderPrinter(prints, now, log)
    case 'ipp': {
      const { uri, socket } = setting
      return named('ipp', createIppDevice({ uri, paper, log, ...(socket !== null && { socket }) }))
    }
    case 'escpos':
      return named('escpos', createEscposDevice({ target: setting.target, log }))
    case 'windows':
      return named('windows', windowsDevice(setting.name, parts))
  }
}

/** The same, or where the setting names none that can be had: the folder, with the reason in the log. */
export function usablePrinter(text: string, parts: PrinterParts): Printer {
  try {
    return choosePrinter(text, parts)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    parts.log.error('No printer is set, so slips are saved in a folder', { reason: error.message })
    return folderPrinter(parts.prints, parts.now, parts.log)
  }
}

function windowsDevice(
  printer: string,
  { prints, log, platform = process.platform, helper = usualHelper }: PrinterParts,
): PrintDevice {
  if (platform !== 'win32') throw new OptionError(`"windows:${printer}" needs Windows.`)
  if (!existsSync(helper)) {
    throw new OptionError(
      `Printers of Windows need the program that prints PDFs, and ${helper} is not there.`,
    )
  }
  return createWindowsDevice({ printer, helper, run: runProgram, folder: join(prints, 'printing'), log })
}
