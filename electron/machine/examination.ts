import type { Settings } from '../../data/settings.ts'
import type { Sentence } from '../../data/settings-guide.ts'
import type { RunProgram } from './run.ts'

/** What a check found: "good", "look" (works, but a person should look), or "bad" (visitors or staff will notice). */
export type Examination = {
  readonly check: string
  readonly state: 'good' | 'look' | 'bad'
  readonly said: Sentence
  /** What to do about it; null where it is good. */
  readonly help: Sentence | null
}

/** A file or folder as the system tells of it. */
export type Entry = {
  readonly uid: number
  /** Permission bits. */
  readonly mode: number
  readonly size: number
}

/** The machine that is looked at; tests have their own. Nothing of it throws. */
export type Machine = {
  readonly run: RunProgram
  /** Null where there is none to be read. */
  readonly read: (file: string) => string | null
  readonly list: (folder: string) => readonly string[]
  readonly entry: (path: string) => Entry | null
  readonly canWrite: (folder: string) => boolean
  /** Bytes this account may still use there; null where that cannot be told. */
  readonly freeBytes: (folder: string) => number | null
  readonly now: () => Date
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** Null where the system knows none. */
  readonly uid: number | null
}

/** Where the kiosk has its things, and what is set. */
export type Place = {
  readonly state: string
  readonly prints: string
  readonly renderer: string
  readonly settings: Settings
}

/** One subject: looks and tells; never throws. */
export type Check = (machine: Machine, place: Place) => Promise<readonly Examination[]>

/** What is as it should be. */
export const good = (check: string, chinese: string, english: string): Examination => ({
  check,
  state: 'good',
  said: { 'zh-CN': chinese, en: english },
  help: null,
})

/** What is not, and what to do about it; `said` and `help` in Chinese, then in English. */
export const wrong = (
  check: string,
  state: 'look' | 'bad',
  said: readonly [string, string],
  help: readonly [string, string],
): Examination => ({
  check,
  state,
  said: { 'zh-CN': said[0], en: said[1] },
  help: { 'zh-CN': help[0], en: help[1] },
})
