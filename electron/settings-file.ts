import { lstatSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { emptyFile, fileTrouble, noText } from '../data/settings-file-words.ts'
import type { Sentence } from '../data/settings-guide.ts'
import { writeDurably } from './editions/disk.ts'
import { commandFor, isInstalled } from './machine/commands.ts'

/** The file of the settings, below the state folder: JSON with comments. */
export const settingsFile = 'kiosk.jsonc'

/** Where kiosks of the first version had them; read where there is no other. */
export const earlierSettingsFile = 'kiosk.json'

/** What a folder says of the settings. */
export type SettingsText =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly file: string; readonly text: string }
  /** It holds blanks at most, so that it may be made anew. */
  | { readonly kind: 'empty'; readonly file: string; readonly trouble: Sentence }
  /** It is there and says nothing that could be understood. */
  | { readonly kind: 'unreadable'; readonly file: string; readonly trouble: Sentence }

/** Finds the text of the settings in `folder`; never throws. */
export function findSettings(folder: string): SettingsText {
  for (const name of [settingsFile, earlierSettingsFile]) {
    const file = join(folder, name)
    try {
      return textIn(file, readFileSync(file))
    } catch (error) {
      const reason = reasonOf(error)
      // A link to nothing is as good as no file to the system, but not to who made it.
      if (reason === 'ENOENT' && !isThere(file)) continue
      return { kind: 'unreadable', file, trouble: fileTrouble(reason, file, account) }
    }
  }
  return { kind: 'none' }
}

function textIn(file: string, bytes: Buffer): SettingsText {
  // UTF-16 has them in every ASCII letter, and a file after a power cut may have nothing else.
  if (bytes.includes(0)) return { kind: 'unreadable', file, trouble: noText(file) }
  const text = bytes.toString('utf8').replace(/^\uFEFF/u, '')
  if (text.trim() === '')
    return { kind: 'empty', file, trouble: emptyFile(file, commandFor('settings', 'KEY VALUE')) }
  return { kind: 'text', file, text }
}

/**
 * Puts a new text into the settings file of `folder`; after a power cut it is there whole or not at all. Null, or
 * why it could not be written.
 */
export function writeSettings(folder: string, text: string): Sentence | null {
  const file = join(folder, settingsFile)
  try {
    mkdirSync(folder, { recursive: true })
    writeDurably(file, Buffer.from(text), 0o640)
    return null
  } catch (error) {
    // It is written beside the old one, so that the folder is what has to allow it.
    return fileTrouble(reasonOf(error), dirname(file), account)
  }
}

/** Whose the files are on an installed kiosk. */
const account = isInstalled ? 'lobby-kiosk' : null

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

function isThere(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink()
  } catch {
    return false
  }
}
