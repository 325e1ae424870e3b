import { chmod, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { type Settings, updateOrigins, usualSettings } from '../../../data/settings.ts'
import { readSettingsText } from '../../../data/settings-reading.ts'
import { fileTrouble } from '../../../data/settings-file-words.ts'
import { settingsTemplate } from '../../../data/settings-template.ts'
import { changeSettings, readSettings, type SettingsPatch } from '../../../electron/settings.ts'
import { earlierSettingsFile, settingsFile } from '../../../electron/settings-file.ts'
import { memoryLog, temporaryFolder } from '../../fixtures/hosts.ts'

async function stateWith(text: string | Uint8Array, file = settingsFile): Promise<string> {
  const folder = await temporaryFolder('state')
  await writeFile(join(folder, file), text)
  return folder
}

const textIn = (folder: string): Promise<string> => readFile(join(folder, settingsFile), 'utf8')

describe('the settings in a folder', () => {
  it('are those of the file', async () => {
    const log = memoryLog()
    const folder = await stateWith('\uFEFF{ "printer": "cups:Lobby", // in the corner\n "paper": "a5", }')
    expect(readSettings(folder, log)).toStrictEqual({
      file: join(folder, settingsFile),
      settings: { ...usualSettings, printer: 'cups:Lobby', paper: 'a5' },
      problems: [],
    })
    expect(log.lines).toEqual([])
  })

  it('are the usual ones where there is no file, and that is nothing to tell', async () => {
    const log = memoryLog()
    const folder = join(await temporaryFolder('state'), 'none')
    expect(readSettings(folder, log)).toStrictEqual({ file: null, settings: usualSettings, problems: [] })
    expect(log.lines).toEqual([])
  })

  it('are those of the earlier file where there is no other', async () => {
    const folder = await stateWith('{ "paper": "roll" }', earlierSettingsFile)
    expect(readSettings(folder, memoryLog()).settings.paper).toBe('roll')
    await writeFile(join(folder, settingsFile), '{ "paper": "a5" }')
    expect(readSettings(folder, memoryLog()).settings.paper).toBe('a5')
  })

  it('leave only the wrong key at what is usual, and the log says which', async () => {
    const log = memoryLog()
    const folder = await stateWith('{\n  "paper": "a5",\n  "restart": "25:00"\n}')
    const { settings, problems } = readSettings(folder, log)
    expect(settings).toStrictEqual({ ...usualSettings, paper: 'a5' })
    expect(problems).toMatchObject([{ kind: 'wrong-value', line: 3, key: 'restart' }])
    expect(log.lines).toMatchObject([{ level: 'error', fields: { problems: [problems[0]?.text.en] } }])
  })

  it.each<[string, (file: string) => Promise<void>, string, string]>([
    [
      'is a folder',
      async (file) => void (await mkdir(file)),
      '是一个文件夹',
      'is a folder, not a file. Move it',
    ],
    [
      'is a link to nothing',
      (file) => symlink('gone', file),
      '是一个链接',
      'is a link to a file that is not there',
    ],
    [
      'is empty',
      (file) => writeFile(file, ''),
      '是空的，可能是突然断电',
      'is empty, perhaps after a power cut',
    ],
    ['holds blanks', (file) => writeFile(file, '\uFEFF \n\t\n'), '是空的', 'is empty'],
    [
      'is in UTF-16',
      (file) => writeFile(file, '\uFEFF{ "paper": "a5" }', 'utf16le'),
      '不是 UTF-8',
      'not a text file in UTF-8',
    ],
    ['is no text', (file) => writeFile(file, Buffer.alloc(400)), '不是 UTF-8', 'not a text file in UTF-8'],
  ])('are the usual ones where the file %s, and what to do is told', async (_of, make, chinese, english) => {
    const file = join(await temporaryFolder('state'), settingsFile)
    await make(file)
    const { settings, problems } = readSettings(dirname(file), memoryLog())
    expect(settings).toStrictEqual(usualSettings)
    expect(problems).toMatchObject([
      {
        kind: 'unreadable',
        line: null,
        text: { 'zh-CN': expect.stringContaining(chinese), en: expect.stringContaining(english) },
      },
    ])
    expect(problems[0]?.text.en).toContain(file)
  })

  it('are without what GBK left unreadable', async () => {
    const folder = await stateWith(iconv.encode('{ "paper": "a5", "call": { "who": "前台王姐" } }', 'gbk'))
    const { settings, problems } = readSettings(folder, memoryLog())
    expect(settings).toStrictEqual({ ...usualSettings, paper: 'a5' })
    expect(problems.map(({ kind, key }) => [kind, key])).toEqual([
      ['encoding', null],
      ['wrong-value', 'call.who'],
    ])
  })
})

it.each([
  ['EACCES', 'lobby-kiosk', 'sudo chown lobby-kiosk: /s/kiosk.jsonc'],
  ['EPERM', null, 'the account that runs it'],
  ['ENOSPC', null, 'the disk is full'],
  ['EROFS', null, 'can only be read'],
  ['EIO', null, '(EIO)'],
])('%s of the settings file is told with what to do', (reason, account, english) => {
  expect(fileTrouble(reason, '/s/kiosk.jsonc', account).en).toContain(english)
})

describe('a change of the settings', () => {
  it.each([
    [
      'a value and a new key',
      '// made by Ms Li\n{\n  "limits": { "perVisit": 2 /* was 6 */ },\n  "paper": "a5", // A5 since June\n}\n',
      '// made by Ms Li\n{\n  "limits": { "perVisit": 3 /* was 6 */ },\n  "paper": "a5", // A5 since June\n  "printer": "cups:Lobby",\n}\n',
    ],
    [
      'a key after the last without a comma',
      '{\r\n  "limits": { "perVisit": 2 },\r\n  "paper": "a5" // A5 since June\r\n}',
      '{\r\n  "limits": { "perVisit": 3 },\r\n  "paper": "a5", // A5 since June\r\n  "printer": "cups:Lobby"\r\n}',
    ],
    [
      'a key that stands behind strokes',
      '{\n  // where slips go\n  // "printer": "folder",\n  "limits": {\n    // for one visitor\n    // "perVisit": 6,\n  },\n}',
      '{\n  // where slips go\n  "printer": "cups:Lobby",\n  "limits": {\n    // for one visitor\n    "perVisit": 3,\n  },\n}',
    ],
  ])('keeps comments, order and what else stands in the file: %s', async (_of, before, after) => {
    const folder = await stateWith(before)
    const change = changeSettings(folder, { printer: 'cups:Lobby', limits: { perVisit: 3 } })
    expect(change).toMatchObject({
      kind: 'changed',
      settings: { printer: 'cups:Lobby', limits: { perVisit: 3 } },
    })
    expect(await textIn(folder)).toBe(after)
    expect(await readdir(folder)).toEqual([settingsFile])
  })

  it('makes a file that explains every key where there is none', async () => {
    const folder = join(await temporaryFolder('state'), 'new')
    expect(changeSettings(folder, { screen: { rotation: 'left' } }).kind).toBe('changed')
    expect(readSettings(folder, memoryLog())).toMatchObject({
      settings: { screen: { rotation: 'left', inches: 27 } },
      problems: [],
    })
    expect(await textIn(folder)).toContain('    "rotation": "left",\n    // ')
    expect(await textIn(folder)).toContain('// "restart": "03:30"')
  })

  it('takes over what the earlier file says', async () => {
    const folder = await stateWith('{ "printer": "cups:Lobby" }', earlierSettingsFile)
    changeSettings(folder, { paper: 'a5' })
    expect(readSettings(folder, memoryLog()).settings).toMatchObject({ printer: 'cups:Lobby', paper: 'a5' })
  })

  it('of wrong values is refused, and the file stays as it is', async () => {
    const folder = await stateWith('{ "paper": "a5" }')
    expect(changeSettings(folder, { printer: 'the one upstairs', screen: { inches: -5 } })).toStrictEqual({
      kind: 'refused',
      why: {
        'zh-CN': expect.stringMatching(
          /^没有改动。printer 应为.*"the one upstairs"。screen\.inches 应为.*-5。$/u,
        ),
        en: expect.stringMatching(
          /^Nothing was changed\. printer takes .*"the one upstairs"\. screen\.inches takes a number from 10 to 110 \(inches\), not -5\.$/u,
        ),
      },
    })
    expect(await textIn(folder)).toBe('{ "paper": "a5" }')
  })

  it.each([
    ['a slip of the pen', '{\n"printer": "folder"\n"call": {}\n}', 'line 3: a comma is missing'],
    ['no braces', '5', 'line 1: settings stand in a pair of braces'],
    ['one brace too many', '{ "printer": "folder" } }', 'line 1: the settings ended with'],
    ['what is not in UTF-8', '{\n// \uFFFD\n}', 'line 2: here is text that is not in UTF-8'],
    ['the key twice', '{ "paper": "roll",\n"paper": "a4" }', 'line 2, paper: stands 2 times'],
    ['the section twice', '{ "screen": {},\n"screen": {} }', 'line 2, screen: stands 2 times'],
    ['a section without braces', '{ "screen": 5 }', 'line 1, screen: takes a pair of braces'],
    ['no text', '\0\0', 'not a text file in UTF-8'],
  ])('of a file with %s is refused, and it stays as it is', async (_of, text, english) => {
    const folder = await stateWith(text)
    expect(changeSettings(folder, { paper: 'a5', screen: { inches: 32 } })).toStrictEqual({
      kind: 'refused',
      why: {
        'zh-CN': expect.stringMatching(/^没有改动。/u),
        en: expect.stringMatching(/^Nothing was changed\. /u),
      },
    })
    expect(changeSettings(folder, { paper: 'a5', screen: { inches: 32 } })).toMatchObject({
      why: { en: expect.stringContaining(english) },
    })
    expect(await textIn(folder)).toBe(text)
    expect(await readdir(folder)).toEqual([settingsFile])
  })

  it('makes an empty file anew', async () => {
    const folder = await stateWith(' \n')
    expect(changeSettings(folder, { paper: 'a5' }).kind).toBe('changed')
    expect(await textIn(folder)).toBe(settingsTemplate().replace('// "paper": "a4"', '"paper": "a5"'))
  })

  it('mends a value that was wrong', async () => {
    const folder = await stateWith('{ "paper": "letter", "x": 1, "limits": 5 }')
    expect(changeSettings(folder, { paper: 'a5' })).toMatchObject({ settings: { paper: 'a5' } })
    expect(await textIn(folder)).toBe('{ "paper": "a5", "x": 1, "limits": 5 }')
  })

  it('is taken in spite of what was wrong before', async () => {
    const folder = await stateWith('{\n  "papr": "a5"\n}')
    expect(changeSettings(folder, { printer: 'cups:Lobby' }).kind).toBe('changed')
    expect(readSettings(folder, memoryLog()).settings.printer).toBe('cups:Lobby')
  })

  it('that the disk does not let is told', async () => {
    const folder = await stateWith('{}')
    await mkdir(join(folder, `${settingsFile}.new`))
    expect(changeSettings(folder, { paper: 'a5' })).toMatchObject({
      kind: 'refused',
      why: { en: expect.stringContaining(`${folder} cannot be read or written (`) },
    })
    expect(await textIn(folder)).toBe('{}')
  })

  it.skipIf(process.getuid?.() === 0)('in a folder that is not ours is told (skipped as root)', async () => {
    const folder = await stateWith('{}')
    await chmod(folder, 0o500)
    expect(changeSettings(folder, { paper: 'a5' })).toMatchObject({
      kind: 'refused',
      why: { en: expect.stringContaining('may not read and write') },
    })
  })

  it('is what is read afterwards, whatever is changed', async () => {
    const folder = await temporaryFolder('state')
    const patches: fc.Arbitrary<SettingsPatch> = fc.record(
      {
        kiosk: fc.constantFrom(null, 'lobby-1', '大厅“二”号 \\ "机"'),
        printer: fc.constantFrom('folder', 'cups:Lobby', 'escpos:/dev/usb/lp0'),
        paper: fc.constantFrom<Settings['paper']>('a4', 'a5', 'roll'),
        restart: fc.constantFrom(null, '23:59'),
        screen: fc.record(
          { inches: fc.integer({ min: 10, max: 110 }), night: fc.constant('20:00-07:00') },
          { requiredKeys: [] },
        ),
        updates: fc.record({ accept: fc.subarray([...updateOrigins]) }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(patches, (patch) => {
        const before = readSettings(folder, memoryLog()).settings
        const change = changeSettings(folder, patch)
        const after = readSettings(folder, memoryLog())
        expect(after.problems).toEqual([])
        expect(after.settings).toStrictEqual({
          ...before,
          ...patch,
          screen: { ...before.screen, ...patch.screen },
          updates: { ...before.updates, ...patch.updates },
        })
        expect(change).toStrictEqual({ kind: 'changed', settings: after.settings })
      }),
      { numRuns: 40 },
    )
  })
})

it('a settings file of any text is read without a throw, and its problems have their lines', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"paper"',
    ':',
    ',',
    '"a5"',
    '"screen"',
    '//',
    '\n',
    '/*',
    '，',
    '1',
    '"__proto__"',
    'null',
    '"',
  )
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(' ')),
      (text) => {
        const { settings, problems } = readSettingsText(text)
        expect(Object.keys(settings)).toEqual(Object.keys(usualSettings))
        for (const { line } of problems) expect(line).toBeGreaterThan(0)
      },
    ),
    { numRuns: 500 },
  )
})
