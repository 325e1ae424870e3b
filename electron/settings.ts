import { leavesOf, withChanges } from '../data/settings-edit.ts'
import type { Sentence } from '../data/settings-guide.ts'
import type { SettingsProblem } from '../data/settings-problem.ts'
import { type SettingsReading, readSettingsText, understand } from '../data/settings-reading.ts'
import { refusal } from '../data/settings-refusal.ts'
import { settingsTemplate } from '../data/settings-template.ts'
import { problemIn } from '../data/settings-words.ts'
import { type Settings, usualSettings } from '../data/settings.ts'
import type { Log } from './log.ts'
import { findSettings, writeSettings } from './settings-file.ts'

export { type Settings } from '../data/settings.ts'

/** What is set at this kiosk; `file` is null where there is none, and everything is as usual. */
export type StoredSettings = SettingsReading & { readonly file: string | null }

/**
 * The settings in `folder` and what is wrong with them. Whatever the file holds, the kiosk starts: a key that
 * cannot be understood is as usual, and so is everything where the file cannot be read.
 */
export function readSettings(folder: string, log: Log): StoredSettings {
  const stored = readIn(folder)
  if (stored.problems.length > 0) {
    const problems = stored.problems.map(({ text }) => text.en)
    log.error('Some of the settings cannot be understood and are as usual', { folder, problems })
  }
  return stored
}

function readIn(folder: string): StoredSettings {
  const found = findSettings(folder)
  switch (found.kind) {
    case 'none':
      return { file: null, settings: usualSettings, problems: [] }
    case 'text':
      return { file: found.file, ...readSettingsText(found.text) }
    case 'empty':
    case 'unreadable':
      return { file: found.file, settings: usualSettings, problems: [problemIn.file(found.trouble)] }
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
  /** Nothing was changed; `why` says so, and what to do. */
  | { readonly kind: 'refused'; readonly why: Sentence }

/**
 * Changes keys in the settings file of `folder`, keeping its comments, its order and what else it says, even what
 * is wrong with other keys. A kiosk without the file, or with an empty one, gets one that explains every key.
 */
export function changeSettings(folder: string, patch: SettingsPatch): SettingsChange {
  const { misfits } = understand(patch)
  if (misfits.length > 0) return { kind: 'refused', why: refusal.misfits(misfits) }
  const found = findSettings(folder)
  if (found.kind === 'unreadable') return { kind: 'refused', why: refusal.file(found.trouble) }
  const before = found.kind === 'text' ? found.text : settingsTemplate()
  const keys = leavesOf(patch).map(({ path }) => path.join('.'))
  const inTheWay = readSettingsText(before).problems.filter((problem) => isInTheWay(problem, keys))
  if (found.kind === 'text' && inTheWay.length > 0)
    return { kind: 'refused', why: refusal.broken(inTheWay, found.file) }
  const after = withChanges(before, patch)
  const trouble = found.kind === 'text' && after === before ? null : writeSettings(folder, after)
  if (trouble) return { kind: 'refused', why: refusal.file(trouble) }
  return { kind: 'changed', settings: readSettingsText(after).settings }
}

/** Whether a change would not be what is read afterwards, or would take something away with it. */
function isInTheWay({ kind, key }: SettingsProblem, keys: readonly string[]): boolean {
  switch (kind) {
    case 'unreadable':
    case 'encoding':
    case 'syntax':
    case 'not-settings':
      return true
    case 'twice':
      return keys.some((changed) => changed === key || changed.startsWith(`${key}.`))
    case 'wrong-value':
      return keys.some((changed) => changed.startsWith(`${key}.`))
    case 'unknown-key':
      return false
  }
}
