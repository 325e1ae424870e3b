import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsTemplate } from '../../../data/settings-template.ts'
import { temporaryFolder } from '../../fixtures/hosts.ts'

const root = join(import.meta.dirname, '../../..')

/** Runs a tool as it is run in a checkout. */
function run(tool: string, ...args: readonly string[]) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, `build/${tool}.ts`), ...args], {
    encoding: 'utf8',
    env,
  })
  return { status, stdout, stderr }
}

describe.each(['doctor', 'printer', 'screen', 'settings', 'staff'])('the command line of %s', (tool) => {
  it('shows its usage where that is asked for', () => {
    expect(run(tool, '--help')).toEqual({
      status: 0,
      stdout: expect.stringContaining(`Usage: npm run ${tool} -- [`),
      stderr: '',
    })
  })

  it.each([
    ['--nonsense', /Unknown option '--nonsense'/u],
    ['nonsense', /argument 'nonsense'|"nonsense" is not understood|One key and one value/u],
  ])('says that %s is not understood, and its usage', (word, why) => {
    const { status, stdout, stderr } = run(tool, word)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(why)
    expect(stderr).toContain(`Usage: npm run ${tool} -- [`)
    expect(stderr).not.toContain('    at ')
  })
})

describe('settings KEY VALUE', () => {
  it.each([
    ['call.phone', '12333', '"phone": "12333"'],
    ['call.phone', '0991-12333', '"phone": "0991-12333"'],
    ['call.phone', 'null', '"phone": null'],
    ['updates.accept', 'bundle', '"accept": ["bundle"]'],
    ['updates.accept', 'bundle,guide', '"accept": ["bundle","guide"]'],
    ['updates.accept', '["parts"]', '"accept": ["parts"]'],
    ['screen.inches', '32', '"inches": 32'],
    ['screen.night', '20:00-07:00', '"night": "20:00-07:00"'],
    ['printer', 'cups:Lobby', '"printer": "cups:Lobby"'],
  ])('%s %s is taken as it is meant', async (key, value, line) => {
    const state = await temporaryFolder('state')
    expect(run('settings', '--state', state, key, value)).toMatchObject({
      status: 0,
      stdout: `${key} is set. It holds from the next start: npm start\n`,
    })
    expect(await readFile(join(state, 'kiosk.jsonc'), 'utf8')).toContain(`${line},`)
  })

  it.each([
    ['screen.inches', '-5', 'screen.inches takes a number from 10 to 110 (inches), not -5.'],
    ['screen.inches', 'wide', 'screen.inches takes a number from 10 to 110 (inches), not "wide".'],
    [
      'updates.accept',
      'paper',
      'updates.accept takes any of "bundle", "guide", "workbook" and "parts", in brackets, not "paper".',
    ],
  ])('%s %s is refused with what the key takes, and nothing is written', async (key, value, why) => {
    const state = await temporaryFolder('state')
    expect(run('settings', '--state', state, key, value)).toEqual({
      status: 1,
      stdout: '',
      stderr: `Nothing was changed. ${why}\n`,
    })
    expect(existsSync(join(state, 'kiosk.jsonc'))).toBe(false)
  })

  it('leaves a broken file as it is', async () => {
    const state = await temporaryFolder('state')
    const broken = settingsTemplate().replace('// "kiosk": null,', '"kiosk": null "x"')
    await writeFile(join(state, 'kiosk.jsonc'), broken)
    const { status, stderr } = run('settings', '--state', state, 'paper', 'a5')
    expect(status).toBe(1)
    expect(stderr).toBe(
      `Nothing was changed. line 5: a comma is missing before this. What can be understood holds. Correct ${state}/kiosk.jsonc first.\n`,
    )
    expect(await readFile(join(state, 'kiosk.jsonc'), 'utf8')).toBe(broken)
  })

  it('of no key there is names those there are', () => {
    expect(run('settings', 'nonsense', '1')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^There is no setting nonsense\.\nKnown: kiosk, printer, /u),
    })
  })
})

it('settings says where there is no file', async () => {
  const state = await temporaryFolder('state')
  expect(run('settings', '--state', state)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(`There is no settings file in ${state}: everything is as usual.`),
  })
})
