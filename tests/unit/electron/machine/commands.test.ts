import { describe, expect, it } from 'vitest'
import { commandFor, isInstalled, isPackaged } from '../../../../electron/machine/commands.ts'

describe('the command of a tool', () => {
  it.each([
    ['printer', 'test', 'kiosk printer test', 'npm run printer -- test'],
    ['settings', '', 'kiosk settings', 'npm run settings'],
    ['restart', '', 'kiosk restart', 'npm start'],
  ] as const)('%s %s is the one there is where it runs', (tool, words, installed, checkout) => {
    expect(commandFor(tool, words, true)).toBe(installed)
    expect(commandFor(tool, words, false)).toBe(checkout)
    expect(commandFor(tool, words)).toBe(checkout)
  })

  it.each([
    ['/opt/lobby-kiosk/host', true],
    ['/opt/Lobby Kiosk/resources/host', true],
    ['/opt/Lobby Kiosk/resources/app.asar/dist/electron', true],
    ['/opt/lobby-kiosk/electron/machine', false],
    ['/home/it/lobby-kiosk/dist/electron', false],
  ])('of what runs from %s: installed is %s', (folder, expected) => {
    expect(isPackaged(folder)).toBe(expected)
    expect(isInstalled).toBe(false)
  })
})
