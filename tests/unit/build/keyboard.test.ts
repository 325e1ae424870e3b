import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../../build/linux/xkb')
const missing = (program: string): string =>
  spawnSync(program, ['-help']).error === undefined ? '' : ` (not run: there is no ${program})`
const noCompiler = missing('xkbcomp')
const noServer = noCompiler || missing('Xvfb')

/** What a keyboard does, compiled from the files as they are. */
function compiled(): string {
  const sections = ['keycodes', 'types', 'compatibility', 'symbols']
  const input = `xkb_keymap { ${sections.map((name) => `xkb_${name} { include "kiosk" };`).join(' ')} };`
  // The first -I takes the system's own folder out of the search.
  const args = ['-w', '10', '-I', `-I${folder}`, '-xkb', '-', '-']
  const { stdout, stderr, status } = spawnSync('xkbcomp', args, { input, encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout
}

/** The keyboard of an X server that was started as the kiosk's is. */
async function ofServer(): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', '-noreset', '-xkbdir', folder], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = once(server, 'close')
  try {
    const [, , , display] = server.stdio
    if (!display || !('readable' in display)) throw new Error('no pipe')
    const [line] = await Promise.race([
      once(createInterface(display), 'line'),
      ended.then(() => Promise.reject(new Error('The X server did not start'))),
    ])
    return execFileSync('xkbcomp', ['-xkb', `:${String(line)}`, '-'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } finally {
    server.kill()
    await ended
  }
}

/** What each key types, by its code; on the level of Shift, too. */
function keysOf(keymap: string): ReadonlyMap<number, readonly string[]> {
  const codes = new Map(
    [...keymap.matchAll(/<(\w+)> = (\d+);/gu)].map(([, name = '', code]) => [name, Number(code)]),
  )
  const keys = [...keymap.matchAll(/key\s+<(\w+)> \{([^}]*)\}/gu)]
  return new Map(
    keys.map(([, name = '', body = '']) => {
      // The symbols stand in the last brackets that are not a group's.
      const symbols = /(?:symbols\[Group1\]=\s*|^\s*)\[([^\]]*)\]/u.exec(body)?.[1] ?? ''
      return [codes.get(name) ?? 0, symbols.split(',').map((symbol) => symbol.trim())] as const
    }),
  )
}

const typing = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  ...['exclam', 'at', 'numbersign', 'dollar', 'percent', 'asciicircum', 'ampersand', 'asterisk', 'parenleft'],
  ...['parenright', 'minus', 'underscore', 'equal', 'plus', 'bracketleft', 'bracketright', 'braceleft'],
  ...[
    'braceright',
    'semicolon',
    'colon',
    'apostrophe',
    'quotedbl',
    'grave',
    'asciitilde',
    'backslash',
    'bar',
  ],
  ...['comma', 'less', 'period', 'greater', 'slash', 'question', 'space'],
]
const moving = [
  ...['Escape', 'BackSpace', 'Tab', 'ISO_Left_Tab', 'Return', 'Delete', 'Home', 'End', 'Prior', 'Next'],
  ...['Up', 'Down', 'Left', 'Right', 'Shift_L', 'Shift_R', 'Caps_Lock', 'Num_Lock'],
]

describe.each([
  ['as it is compiled', noCompiler, compiled],
  ['of an X server', noServer, ofServer],
])('the keyboard of an installed kiosk, %s%s', (_what, why, take) => {
  it.skipIf(why !== '')(
    'types what is typed, and has nothing that means something to a browser',
    async () => {
      const keymap = await take()
      const keys = keysOf(keymap)
      const symbols = new Set([...keys.values()].flat().filter((symbol) => !symbol.startsWith('KP_')))
      expect([...symbols].sort()).toEqual([...typing, ...moving, 'VoidSymbol'].sort())
      expect(keymap).not.toMatch(/XF86|Control|\bAlt|Meta|Super|Hyper|Mode_switch|Level3|Terminate|\bF\d/u)
    },
  )

  it.skipIf(why !== '')('keeps every other key in the server, with Shift also Escape', async () => {
    const keymap = await take()
    const keys = keysOf(keymap)
    // One that is left out would be passed on without a symbol.
    const all = Array.from({ length: 248 }, (_key, index) => index + 8)
    expect(all.filter((code) => !keys.has(code))).toEqual([])
    // Control, Alt and Windows on both sides, Menu, F1, F12, Print, Pause, Back, Home page.
    for (const code of [37, 105, 64, 108, 133, 134, 135, 67, 96, 107, 127, 166, 180])
      expect(keys.get(code)).toEqual(['VoidSymbol'])
    expect(keys.get(9)).toEqual(['Escape', 'VoidSymbol'])
    expect(keymap).toMatch(
      /interpret VoidSymbol\S* \{\s*(?:repeat= \w+;\s*)?action= ActionMessage\(report=none/u,
    )
    expect(keymap).not.toMatch(/genKeyEvent/iu)
  })
})
