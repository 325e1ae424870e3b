import type { Sentence } from './settings-guide.ts'
import type { SettingsProblem } from './settings-problem.ts'
import type { Misfit } from './settings-reading.ts'
import { shown, takes } from './settings-words.ts'

/** Why a change of the settings was not made, each as it is told. */
export const refusal = {
  /** It would not be understood. */
  misfits: (misfits: readonly Misfit[]): Sentence => {
    const words = misfits.map(({ path, isUnknown, found }): Sentence => {
      const key = path.join('.')
      if (isUnknown) return { 'zh-CN': `没有 ${key} 这一项设置。`, en: `There is no setting ${key}.` }
      const { 'zh-CN': chinese, en } = takes(key)
      return {
        'zh-CN': `${key} 应为${chinese}，不能是 ${shown(found)}。`,
        en: `${key} takes ${en}, not ${shown(found)}.`,
      }
    })
    return nothingChanged(words)
  },
  /** What stands in the file keeps it from being changed without harm. */
  broken: (problems: readonly SettingsProblem[], file: string): Sentence =>
    nothingChanged([
      ...problems.map(({ text }) => text),
      { 'zh-CN': `请先改正 ${file}。`, en: `Correct ${file} first.` },
    ]),
  /** The file cannot be read or written. */
  file: (trouble: Sentence): Sentence => nothingChanged([trouble]),
}

const nothingChanged = (reasons: readonly Sentence[]): Sentence => ({
  'zh-CN': ['没有改动。', ...reasons.map((reason) => reason['zh-CN'])].join(''),
  en: ['Nothing was changed.', ...reasons.map(({ en }) => en)].join(' '),
})
