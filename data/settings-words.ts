import { printParseErrorCode } from 'jsonc-parser'
import { guideOf, type Sentence, settingsKeys } from './settings-guide.ts'
import type { SettingsProblem } from './settings-problem.ts'

function problem(
  kind: SettingsProblem['kind'],
  line: number | null,
  key: string | null,
  chinese: string,
  english: string,
): SettingsProblem {
  const where: Sentence =
    line === null
      ? { 'zh-CN': '', en: '' }
      : { 'zh-CN': `第 ${line} 行${key ? ` ${key}` : ''}：`, en: `line ${line}${key ? `, ${key}` : ''}: ` }
  return { kind, line, key, text: { 'zh-CN': where['zh-CN'] + chinese, en: where.en + english } }
}

const slips: Readonly<Record<string, Sentence>> = {
  CommaExpected: { 'zh-CN': '前面少一个逗号', en: 'a comma is missing before this' },
  ColonExpected: { 'zh-CN': '名字后面少一个冒号', en: 'a colon is missing after the name' },
  CloseBraceExpected: { 'zh-CN': '少一个右花括号 }', en: 'a closing brace } is missing' },
  CloseBracketExpected: { 'zh-CN': '少一个右方括号 ]', en: 'a closing bracket ] is missing' },
  PropertyNameExpected: {
    'zh-CN': '这里应是带英文双引号的名字',
    en: 'a name in double quotes is expected here',
  },
  UnexpectedEndOfString: { 'zh-CN': '少一个英文双引号 "', en: 'a closing double quote " is missing' },
  UnexpectedEndOfComment: { 'zh-CN': '注释没有以 */ 结束', en: 'a comment is not ended by */' },
  ValueExpected: { 'zh-CN': '名字后面少了内容', en: 'a value is missing' },
  InvalidSymbol: {
    'zh-CN': '这里的文字不在英文双引号里，或者标点是中文的',
    en: 'this is not in double quotes, or a punctuation mark is a Chinese one',
  },
}

/** What may be wrong, each as it is told. */
export const problemIn = {
  file: (reason: string): SettingsProblem =>
    problem(
      'unreadable',
      null,
      null,
      `设置文件读不出来（${reason}），现在全部按默认设置运行。`,
      `the settings file cannot be read (${reason}), so everything is as usual.`,
    ),
  syntax: (line: number, code: number): SettingsProblem => {
    const name = printParseErrorCode(code)
    const words = slips[name] ?? { 'zh-CN': `写法不对（${name}）`, en: `not written rightly (${name})` }
    return problem(
      'syntax',
      line,
      null,
      `${words['zh-CN']}。看得懂的设置仍然有效。`,
      `${words.en}. What can be understood holds.`,
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
  twice: (line: number, key: string): SettingsProblem =>
    problem(
      'twice',
      line,
      key,
      '写了两次，以这一行为准。请删掉一处。',
      'stands twice, and this line holds. Remove one of them.',
    ),
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
  value: (line: number, key: string, found: unknown, usual: unknown): SettingsProblem => {
    const takes = guideOf(key)?.takes
    return problem(
      'wrong-value',
      line,
      key,
      `应为${takes?.['zh-CN'] ?? '别的内容'}，现在是 ${shown(found)}。暂用 ${shown(usual)}。`,
      `takes ${takes?.en ?? 'something else'}, not ${shown(found)}. ${shown(usual)} is used instead.`,
    )
  },
}

/** A value as it would stand in the file, cut where it is long. */
function shown(value: unknown): string {
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
