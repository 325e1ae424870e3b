import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings, settingsFile } from '../../../electron/settings.ts'
import { memoryLog, temporaryFolder } from '../../fixtures/hosts.ts'

const usual = { printer: 'folder', paper: 'a4', limits: { perVisit: 6, perMinute: 4 } }

async function read(text: string) {
  const folder = await temporaryFolder('state')
  await writeFile(join(folder, settingsFile), text)
  const log = memoryLog()
  return { settings: readSettings(folder, log), lines: log.lines }
}

describe('the settings', () => {
  it.each([
    ['{}', usual],
    ['{ "printer": "cups:Lobby", "paper": "a5" }', { ...usual, printer: 'cups:Lobby', paper: 'a5' }],
    ['{ "limits": { "perVisit": 2 } }', { ...usual, limits: { perVisit: 2, perMinute: 4 } }],
  ])('%s', async (text, expected) => {
    expect(await read(text)).toStrictEqual({ settings: expected, lines: [] })
  })

  it('are the usual ones where there is no file, and that is nothing to tell', async () => {
    const log = memoryLog()
    expect(readSettings(join(await temporaryFolder('state'), 'none'), log)).toStrictEqual(usual)
    expect(log.lines).toEqual([])
  })

  it.each([
    ['{', /Invalid/u],
    ['[]', /file: /u],
    ['{ "printer": 5 }', /printer: /u],
    ['{ "paper": "letter" }', /paper: .*"letter"/u],
    ['{ "limits": { "perVisit": 0 } }', /limits.perVisit: /u],
    ['{ "printr": "folder" }', /printr: /u],
  ])('of a file that says %s are the usual ones, and the log says what is wrong', async (text, words) => {
    const { settings, lines } = await read(text)
    expect(settings).toStrictEqual(usual)
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines[0]?.fields['issues'])).toMatch(
      new RegExp(words.source.replaceAll('"', '\\\\\\\\?"'), 'u'),
    )
  })

  it('are the usual ones where the file cannot be read', async () => {
    const folder = await temporaryFolder('state')
    await mkdir(join(folder, settingsFile))
    const log = memoryLog()
    expect(readSettings(folder, log)).toStrictEqual(usual)
    expect(log.lines).toMatchObject([{ level: 'error' }])
  })
})
