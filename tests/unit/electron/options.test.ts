import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OptionError, defaultFolders, readOptions } from '../../../electron/options.ts'

const defaults = { content: '/kiosk/data/content', prints: '/kiosk/prints', state: '/kiosk/state' }
const usual = {
  port: 4680,
  windowed: false,
  window: true,
  kiosk: null,
  panel: { diagonal: null, lowerEdge: null },
  printer: null,
  paper: null,
  sticks: [],
  ...defaults,
}

describe('the command line', () => {
  it.each([
    { args: [], expected: usual },
    { args: ['--port', '8080'], expected: { ...usual, port: 8080 } },
    { args: ['--port=0'], expected: { ...usual, port: 0 } },
    { args: ['--port=65535'], expected: { ...usual, port: 65_535 } },
    {
      args: ['--screen-inches', '43', '--screen-bottom=650.5'],
      expected: { ...usual, panel: { diagonal: 43, lowerEdge: 650.5 } },
    },
    { args: ['--windowed'], expected: { ...usual, windowed: true } },
    { args: ['--no-window'], expected: { ...usual, window: false } },
    { args: ['--kiosk', 'lobby-2'], expected: { ...usual, kiosk: 'lobby-2' } },
    { args: ['--paper', 'A5'], expected: { ...usual, paper: 'a5' } },
    { args: ['--printer', 'cups:Lobby'], expected: { ...usual, printer: 'cups:Lobby' } },
    { args: ['--paper=roll'], expected: { ...usual, paper: 'roll' } },
    { args: ['--data', 'content'], expected: { ...usual, content: resolve('content') } },
    { args: ['--stick', 'a', '--stick=/b'], expected: { ...usual, sticks: [resolve('a'), '/b'] } },
    { args: ['--state', 'kept'], expected: { ...usual, state: resolve('kept') } },
    { args: ['--prints=/media/stick'], expected: { ...usual, prints: resolve('/media/stick') } },
    {
      args: ['--windowed', '--port', '1', '--prints', 'p'],
      expected: { ...usual, windowed: true, port: 1, prints: resolve('p') },
    },
  ])('$args is understood', ({ args, expected }) => {
    expect(readOptions(args, defaults)).toStrictEqual(expected)
  })

  it.each([
    { args: ['--port', '65536'], words: /0 to 65535, not "65536"/ },
    { args: ['--port', '-1'], words: /--port/ },
    { args: ['--port=1e3'], words: /not "1e3"/ },
    { args: ['--port=0x10'], words: /not "0x10"/ },
    { args: ['--port', 'http'], words: /not "http"/ },
    { args: ['--port'], words: /--port needs a value/ },
    { args: ['--port='], words: /--port needs a value/ },
    { args: ['--data'], words: /--data needs a value/ },
    { args: ['--kiosk'], words: /--kiosk needs a value/ },
    { args: ['--state='], words: /--state needs a value/ },
    { args: ['--stick'], words: /--stick needs a value/ },
    { args: ['--prints='], words: /--prints needs a value/ },
    { args: ['--fullscreen'], words: /"fullscreen" is not understood.*--windowed/ },
    { args: ['prints'], words: /"prints" is not understood/ },
    { args: ['--screen-inches', '5'], words: /10 to 110 inches, not "5"/ },
    { args: ['--screen-inches=wide'], words: /10 to 110 inches, not "wide"/ },
    { args: ['--screen-bottom', '1101'], words: /0 to 1100 millimetres above the floor/ },
    { args: ['--screen-bottom'], words: /--screen-bottom needs a value/ },
    { args: ['--paper', 'letter'], words: /--paper takes a4, a5, roll, not "letter"/ },
    { args: ['--printer='], words: /--printer needs a value/ },
    { args: ['--constructor'], words: /"constructor" is not understood/ },
  ])('$args is refused in words that help', ({ args, words }) => {
    expect(() => readOptions(args, defaults)).toThrow(OptionError)
    expect(() => readOptions(args, defaults)).toThrow(words)
  })

  it("may hold Chromium's switches where they are to be passed over", () => {
    const args = ['--no-sandbox', '--windowed', '--enable-logging=stderr', 'app.asar']
    expect(readOptions(args, defaults, 'ignore')).toStrictEqual({ ...usual, windowed: true })
  })
})

it('knows where things are in a checkout', () => {
  expect(defaultFolders(resolve('/kiosk'))).toStrictEqual({
    content: join(resolve('/kiosk'), 'data/content'),
    prints: resolve('prints'),
    state: resolve('state'),
    renderer: join(resolve('/kiosk'), 'dist/renderer'),
  })
})
