import { readFileSync } from 'node:fs'
import { printParseErrorCode } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { usualSettings } from '../../../data/settings.ts'
import { readSettingsText } from '../../../data/settings-reading.ts'
import { settingsGuide, settingsKeys } from '../../../data/settings-guide.ts'
import { slipIn } from '../../../data/settings-slips.ts'
import { settingsTemplate } from '../../../data/settings-template.ts'

const said = (text: string) => readSettingsText(text).problems.map(({ text }) => text)

describe('what is wrong with a settings file is told by line and key', () => {
  it.each([
    ['{\n"paper": "a5"\n"kiosk": "x" }', '第 3 行：前面少一个逗号', 'line 3: a comma is missing'],
    ['{ "paper": "a5"', '第 1 行：少一个右花括号', 'line 1: a closing brace'],
    ['{ "paper"： "a5" }', '标点是中文的', 'a Chinese one'],
    ['[]', '第 1 行：设置应写在一对花括号', 'line 1: settings stand in a pair of braces'],
    ['{ "printer": 5 }', '第 1 行 printer：应为"folder"', 'line 1, printer: takes "folder"'],
    [
      '{\n\n"paper": "letter" }',
      '第 3 行 paper：应为"a4"、"a5" 或 "roll"，现在是 "letter"。暂用 "a4"。',
      'not "letter". "a4" is used',
    ],
    ['{ "limits": [] }', '第 1 行 limits：应为一对花括号', 'line 1, limits: takes a pair of braces'],
    [
      '{ "limits": {\n "perVisit": 0 } }',
      '第 2 行 limits.perVisit：应为1 到 50',
      'line 2, limits.perVisit: takes a whole number',
    ],
    [
      '{ "updates": { "accept": ["bundle", "paper"] } }',
      '第 1 行 updates.accept：',
      'line 1, updates.accept: ',
    ],
    ['{ "printr": "folder" }', '没有这一项设置，未起作用。是不是 printer？', 'Is printer meant?'],
    [
      '{ "screen": { "inch": 32 } }',
      '第 1 行 screen.inch：没有这一项设置，未起作用。是不是 screen.inches？',
      'Is screen.inches meant?',
    ],
    ['{ "keys": ["MCow"] }', '第 1 行 keys：没有这一项设置', 'line 1, keys: there is no such setting'],
    ['{ "rotation": "left" }', '是不是 screen.rotation？', 'Is screen.rotation meant?'],
    [
      '{ "zzzzzz": 1 }',
      '第 1 行 zzzzzz：没有这一项设置，未起作用。',
      'there is no such setting, so it does nothing.',
    ],
    [
      '{ "paper": "a5",\n"paper": "a4" }',
      '第 2 行 paper：写了 2 次（第 1、2 行），以最后一次为准',
      'line 2, paper: stands 2 times (line 1, 2), and the last',
    ],
    [
      '{"kiosk":null,\n"kiosk":null,\n"kiosk":"a"}',
      '第 3 行 kiosk：写了 3 次（第 1、2、3 行）',
      'line 3, kiosk: stands 3 times (line 1, 2, 3)',
    ],
    ['{"paper": "a5"\n}\n}', '第 3 行：设置到上一个右花括号 } 就结束了', 'line 3: the settings ended with'],
    ['{"printer": "windows:\\HP"}', '反斜杠 \\ 要写成两个', 'a backslash \\ has to be written twice'],
    [
      '{ "\\u0000\\u001b": 1 }',
      '第 1 行 \\u0000\\u001b：没有这一项',
      'line 1, \\u0000\\u001b: there is no such',
    ],
  ])('%j', (text, chinese, english) => {
    expect(said(text)).toEqual([
      { 'zh-CN': expect.stringContaining(chinese), en: expect.stringContaining(english) },
    ])
  })

  it('and each wrong key leaves the others as they are set', () => {
    const { settings, problems } = readSettingsText(
      '{ "paper": "a5", "printer": 5, "screen": { "inches": "big", "bottom": 700 }, "call": { "who": "前台" }, "x": 1 }',
    )
    expect(problems.map(({ key }) => key)).toEqual(['printer', 'screen.inches', 'x'])
    expect(settings).toStrictEqual({
      ...usualSettings,
      paper: 'a5',
      screen: { ...usualSettings.screen, bottom: 700 },
      call: { who: '前台', phone: null },
    })
  })
})

describe('a settings file', () => {
  it('whose second value of a key is wrong says so of that one', () => {
    const { settings, problems } = readSettingsText('{\n"paper": "a5",\n"paper": "letter"\n}')
    expect(settings.paper).toBe('a4')
    expect(problems.map(({ line, text }) => [line, text.en])).toEqual([
      [3, expect.stringContaining('stands 2 times')],
      [3, expect.stringContaining('not "letter"')],
    ])
  })

  it('that is not in UTF-8 says so once, and no letter that cannot be made out is used', () => {
    const text = '// ???\n{\n"paper": "a5", "call": {\n"who": "?̨", "phone": "1" },\n"?": 1,}'
    const { settings, problems } = readSettingsText(text.replaceAll('?', '\uFFFD'))
    expect(settings).toStrictEqual({ ...usualSettings, paper: 'a5', call: { who: null, phone: '1' } })
    expect(problems.map(({ kind, line, key }) => [kind, line, key])).toEqual([
      ['encoding', 1, null],
      ['wrong-value', 4, 'call.who'],
    ])
    expect(JSON.stringify(problems)).not.toContain('\uFFFD')
    expect(problems[0]?.text).toEqual({
      'zh-CN': expect.stringContaining('另存为 UTF-8'),
      en: expect.stringContaining('Save the file as UTF-8'),
    })
  })

  it('is told of any slip of the pen in plain words', () => {
    for (const code of Array.from({ length: 16 }, (_, index) => index + 1)) {
      const { 'zh-CN': chinese, en } = slipIn(code)
      expect(chinese).toMatch(/\p{Script=Han}/u)
      expect(`${chinese}${en}`).not.toContain(printParseErrorCode(code))
      expect(en).not.toContain('not written rightly')
    }
  })
})

/** Every key of a schema, sections before what is in them. */
const keysOfSchema = Object.entries(usualSettings).flatMap(([key, value]) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? [key, ...Object.keys(value).map((inner) => `${key}.${inner}`)]
    : [key],
)

describe('every key', () => {
  it('is explained, and nothing else is', () => {
    expect(settingsKeys).toEqual(keysOfSchema)
  })

  it('stands in a new file, where nothing is set', () => {
    const template = settingsTemplate()
    expect(readSettingsText(template)).toStrictEqual({ settings: usualSettings, problems: [] })
    for (const key of settingsKeys) expect(template).toContain(`"${key.split('.').at(-1) ?? ''}": `)
  })

  it('works once the strokes before it are taken away', () => {
    const all = settingsTemplate().replaceAll(/^( *)\/\/ (")/gmu, '$1$2')
    expect(readSettingsText(all)).toStrictEqual({ settings: usualSettings, problems: [] })
  })

  it('is a row of the table in build/README.md', () => {
    const readme = readFileSync('build/README.md', 'utf8')
    const cells = (row: string): string[] =>
      row.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll('\\|', '|'))
    const rows = readme
      .split('\n')
      .filter((line) => /^\| `[a-zA-Z.]+` +\|/u.test(line))
      .map(cells)
    const expected = Object.entries(settingsGuide)
      .filter(([, guide]) => guide.takes.en !== 'a pair of braces')
      .map(([key, guide]) => {
        const usual: unknown = key
          .split('.')
          .reduce<unknown>(
            (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : at),
            usualSettings,
          )
        return ['', `\`${key}\``, guide.for.en, guide.takes.en, `\`${JSON.stringify(usual)}\``, '']
      })
    expect(rows).toEqual(expected)
  })
})
