import { expect, it } from 'vitest'
import { usualSettings } from '../../../../data/settings.ts'
import type { ProgramReply } from '../../../../electron/machine/run.ts'
import { ownsScreen, turnScreen } from '../../../../electron/machine/turn-screen.ts'
import { memoryLog } from '../../../fixtures/hosts.ts'

const query = 'HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis)\n'
const screen = { ...usualSettings.screen, rotation: 'left' as const }

/** An X server that answers at the `first` question, on which each command has what `replies` says. */
function aServer(first: number, replies: Readonly<Record<string, ProgramReply | null>> = {}) {
  const ran: string[] = []
  let asked = 0
  const run = async (program: string, args: readonly string[]): Promise<ProgramReply | null> => {
    const words = [program, ...args].join(' ')
    if (words === 'xrandr --query')
      return ++asked < first ? { code: 1, out: "Can't open display" } : { code: 0, out: query }
    if (words === 'xinput list --long') return { code: 0, out: '' }
    ran.push(words)
    return words in replies ? (replies[words] ?? null) : { code: 0, out: '' }
  }
  return { run, ran }
}

const turning = 'xrandr --output HDMI-1 --auto --primary --rotate left'
const lit = ['xset s off s noblank', 'xset -dpms']

it('the screen is turned once the X server answers', async () => {
  const [{ run, ran }, log] = [aServer(3), memoryLog()]
  expect(await turnScreen(screen, { log, run })).toBe(true)
  expect(ran).toEqual([turning, ...lit])
  expect(log.lines).toEqual([])
})

it.each([
  [
    'the driver cannot turn',
    { [turning]: { code: 0, out: 'xrandr: output HDMI-1 cannot use rotation "left"' } },
    1,
  ],
  ['xset is not there', { [lit[0] ?? '']: null, [lit[1] ?? '']: null }, 2],
])(
  'where %s the rest is done all the same, and the log says what was not',
  async (_of, replies, failures) => {
    const [{ run, ran }, log] = [aServer(1, replies), memoryLog()]
    expect(await turnScreen(screen, { log, run })).toBe(false)
    expect(ran).toEqual([turning, ...lit])
    expect(log.lines.map(({ level }) => level)).toEqual(Array.from({ length: failures }, () => 'error'))
  },
)

it('a display that is set and not there is told of, and the one that is there is used', async () => {
  const [{ run, ran }, log] = [aServer(1), memoryLog()]
  expect(await turnScreen({ ...screen, output: 'DP-3' }, { log, run })).toBe(false)
  expect(ran).toEqual([turning, ...lit])
  expect(log.lines).toMatchObject([{ level: 'error', message: expect.stringMatching(/DP-3.*HDMI-1/u) }])
})

it('an X server is not waited for once the kiosk is told to end', async () => {
  const [{ run }, log] = [aServer(Infinity), memoryLog()]
  expect(await turnScreen(screen, { log, run, signal: AbortSignal.abort() })).toBe(false)
})

it('where no X server answers nothing is turned, and that is said', async () => {
  const [{ run, ran }, log] = [aServer(Infinity), memoryLog()]
  expect(await turnScreen(screen, { log, run, patience: 0 })).toBe(false)
  expect(ran).toEqual([])
  expect(log.lines).toMatchObject([{ level: 'error' }])
})

it('a screen is the kiosk’s own only where its units say so', () => {
  expect(ownsScreen({ DISPLAY: ':0' })).toBe(false)
  expect(ownsScreen({ KIOSK_SCREEN: 'own' })).toBe(true)
})
