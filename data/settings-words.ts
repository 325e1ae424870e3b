import { guideOf, type Sentence, settingsKeys } from './settings-guide.ts'
import type { SettingsProblem } from './settings-problem.ts'
import { slipIn } from './settings-slips.ts'

function problem(
  kind: SettingsProblem['kind'],
  line: number | null,
  key: string | null,
  chinese: string,
  english: string,
): SettingsProblem {
  // A name may hold anything, even what a terminal obeys.
  const name = key === null ? '' : JSON.stringify(key).slice(1, -1)
  const where: Sentence =
    line === null
      ? { 'zh-CN': '', en: '' }
      : { 'zh-CN': `第 ${line} 行${name && ` ${name}`}：`, en: `line ${line}${name && `, ${name}`}: ` }
  return { kind, line, key, text: { 'zh-CN': where['zh-CN'] + chinese, en: where.en + english } }
}

/** What may be wrong, each as it is told. */
export const problemIn = {
  file: ({ 'zh-CN': chinese, en }: Sentence): SettingsProblem =>
    problem(
      'unreadable',
      null,
      null,
      `${chinese}现在全部按默认设置运行。`,
      `${en} Until then everything is as usual.`,
    ),
  encoding: (line: number): SettingsProblem =>
    problem(
      'encoding',
      line,
      null,
      '从这里起有些字不是 UTF-8 编码（可能是 GBK）。请用编辑器把文件另存为 UTF-8。',
      'here is text that is not in UTF-8, but perhaps in GBK. Save the file as UTF-8 in the editor.',
    ),
  syntax: (line: number, code: number): SettingsProblem => {
    const slip = slipIn(code)
    return problem(
      'syntax',
      line,
      null,
      `${slip['zh-CN']}。看得懂的设置仍然有效。`,
      `${slip.en}. What can be understood holds.`,
    )
  },
  root: (line: number): SettingsProblem =>
    problem(
      'not-settings',
      line,
      null,
      '设置应写在一对花括号 { } 里，现在全部按默认设置运行。',
      'settings stand in a pair of braces { }; everything is as usual.',
    ),
  /** A key that stands in several lines. */
  repeated: (lines: readonly number[], key: string): SettingsProblem => {
    const [last, places] = [lines.at(-1) ?? 1, [...new Set(lines)]]
    return problem(
      'twice',
      last,
      key,
      `写了 ${lines.length} 次（第 ${places.join('、')} 行），以最后一次为准。请删掉别的。`,
      `stands ${lines.length} times (line ${places.join(', ')}), and the last one counts. Remove the others.`,
    )
  },
  unknown: (line: number, key: string): SettingsProblem => {
    const nearest = nearestKey(key)
    return problem(
      'unknown-key',
      line,
      key,
      `没有这一项设置，未起作用。${nearest ? `是不是 ${nearest}？` : ''}`,
      `there is no such setting, so it does nothing.${nearest ? ` Is ${nearest} meant?` : ''}`,
    )
  },
  value: (line: number, key: string, found: unknown, usual: unknown): SettingsProblem =>
    problem(
      'wrong-value',
      line,
      key,
      `应为${takes(key)['zh-CN']}，现在是 ${shown(found)}。暂用 ${shown(usual)}。`,
      `takes ${takes(key).en}, not ${shown(found)}. ${shown(usual)} is used instead.`,
    ),
  garbled: (line: number, key: string, usual: unknown): SettingsProblem =>
    problem(
      'wrong-value',
      line,
      key,
      `里面有认不出的字。暂用 ${shown(usual)}。`,
      `holds letters that cannot be made out. ${shown(usual)} is used instead.`,
    ),
}

/** What a key takes, in words. */
export const takes = (key: string): Sentence =>
  guideOf(key)?.takes ?? { 'zh-CN': '别的内容', en: 'something else' }

/** A value as it would stand in the file, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** The value below a path of keys. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
}

/** The key most like `name`; null where none is like it. */
function nearestKey(name: string): string | null {
  const last = name.split('.').at(-1) ?? name
  const ranked = settingsKeys
    .map((key) => ({ key, far: Math.min(distance(name, key), distance(last, key.split('.').at(-1) ?? key)) }))
    .sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best && best.far <= Math.floor(last.length / 2) ? best.key : null
}

/** How many letters have to be changed, added or taken away to make one name the other (Levenshtein). */
function distance(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()]
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1]
    for (const [j, other] of Array.from(b).entries()) {
      const swap = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
