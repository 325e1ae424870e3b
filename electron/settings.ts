import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Settings, usualSettings } from '../data/settings.ts'
import { type SettingsReading, readSettingsText } from '../data/settings-reading.ts'
import type { SettingsProblem } from '../data/settings-problem.ts'
import { withChanges } from '../data/settings-edit.ts'
import { settingsTemplate } from '../data/settings-template.ts'
import { problemIn } from '../data/settings-words.ts'
import type { Log } from './log.ts'

export { type Settings } from '../data/settings.ts'

/** The file of the settings, below the state folder: JSON with comments. */
export const settingsFile = 'kiosk.jsonc'

/** Where kiosks of the first version had them; read where there is no other. */
export const earlierSettingsFile = 'kiosk.json'

/** What `folder` says; `file` is null where it holds no settings at all. */
type Found = { readonly file: string | null; readonly text: string }

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

/** The text of the settings in `folder`. Throws where a file is there and cannot be read. */
function findText(folder: string): Found {
  for (const name of [settingsFile, earlierSettingsFile]) {
    const file = join(folder, name)
    try {
      return { file, text: readFileSync(file, 'utf8').replace(/^\uFEFF/u, '') }
    } catch (error) {
      if (reasonOf(error) !== 'ENOENT') throw error
    }
  }
  return { file: null, text: '' }
}

/**
 * The settings in `folder` and what is wrong with them. Whatever the file holds, the kiosk starts: a key that
 * cannot be understood is as usual, and so is everything where the file cannot be read.
 */
export function readSettings(folder: string, log: Log): SettingsReading {
  const reading = readIn(folder)
  if (reading.problems.length > 0) {
    const problems = reading.problems.map(({ text }) => text.en)
    log.error('Some of the settings cannot be understood and are as usual', { folder, problems })
  }
  return reading
}

function readIn(folder: string): SettingsReading {
  try {
    return readSettingsText(findText(folder).text)
  } catch (error) {
    return {
      settings: usualSettings,
      problems: [problemIn.file({ 'zh-CN': reasonOf(error), en: reasonOf(error) })],
    }
  }
}

type PartialDeep<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: PartialDeep<T[K]> | undefined }
    : T

/** What is to be changed; a key that is left out, or undefined, stays as it is. */
export type SettingsPatch = PartialDeep<Settings>

/** How a change of the settings went. */
export type SettingsChange =
  | { readonly kind: 'changed'; readonly settings: Settings }
  /** Nothing was changed: these would have been wrong. */
  | { readonly kind: 'refused'; readonly problems: readonly SettingsProblem[] }
  /** Nothing was changed: the disk did not let it. `reason` is the system's code, such as `ENOSPC`. */
  | { readonly kind: 'not-written'; readonly reason: string }

/**
 * Changes keys in the settings file of `folder`, keeping its comments, its order and what else it says. The new
 * file is whole on the disk before it takes the old one's place. A kiosk without the file gets one that explains
 * every key.
 */
export function changeSettings(folder: string, patch: SettingsPatch): SettingsChange {
  try {
    const { file, text } = findText(folder)
    const before = text.trim() === '' ? settingsTemplate() : text
    const known = new Set(readSettingsText(before).problems.map(({ text: { en } }) => withoutLine(en)))
    const after = withChanges(before, patch)
    const reading = readSettingsText(after)
    // What was wrong before is no reason to refuse what is right.
    const problems = reading.problems.filter(({ text: { en } }) => !known.has(withoutLine(en)))
    if (problems.length > 0) return { kind: 'refused', problems }
    if (file === null || after !== text) replaceFile(join(folder, settingsFile), after)
    return { kind: 'changed', settings: reading.settings }
  } catch (error) {
    return { kind: 'not-written', reason: reasonOf(error) }
  }
}

const withoutLine = (sentence: string): string => sentence.replace(/^line \d+/u, '')

function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const next = `${file}.next`
  try {
    const handle = openSync(next, 'w', 0o640)
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true, recursive: true })
    throw error
  }
  // Without it the new name may be lost with the power, though the file is not; Windows has no such thing.
  if (process.platform === 'win32') return
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
