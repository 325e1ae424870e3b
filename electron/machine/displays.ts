import type { Extent } from '../../data/physical-size.ts'
import type { Settings } from '../../data/settings.ts'
import type { RunProgram } from './run.ts'

type Rotation = Settings['screen']['rotation']

/** A connector something hangs on, as xrandr tells of it. */
export type Display = {
  readonly name: string
  readonly primary: boolean
  /** Pixels, turned as the picture is; null: connected and switched off. */
  readonly size: Extent | null
  readonly rotation: Rotation
}

/** A device that is touched where the picture is, as xinput tells of it. */
export type TouchDevice = { readonly id: string; readonly name: string }

/** The displays in what `xrandr --query` says. */
export function readDisplays(text: string): Display[] {
  const line =
    /^(\S+) connected( primary)?(?: (\d+)x(\d+)\+\d+\+\d+)?(?: (normal|left|inverted|right))?(?= |$)/u
  return text.split('\n').flatMap((row) => {
    const [found, name = '', primary, width, height, rotation] = line.exec(row) ?? []
    if (found === undefined) return []
    return [
      {
        name,
        primary: primary !== undefined,
        size: width && height ? { width: Number(width), height: Number(height) } : null,
        rotation: isRotation(rotation) ? rotation : 'normal',
      },
    ]
  })
}

const isRotation = (word: string | undefined): word is Rotation =>
  word === 'left' || word === 'right' || word === 'inverted' || word === 'normal'

/** The touch panels in what `xinput list --long` says; pads and pens are none. */
export function readTouchDevices(text: string): TouchDevice[] {
  return text
    .split(/\n(?=[⎡⎜⎣∼]|\S)/u)
    .filter((block) => /Touch mode: direct/u.test(block))
    .flatMap((block) => {
      const [, name = '', id] = /^[⎡⎜⎣∼↳\s]*(.*?)\s+id=(\d+)/u.exec(block) ?? []
      return id === undefined ? [] : [{ id, name }]
    })
}

/** Which display is the kiosk's: the one that is set, else the primary, else the first; null where there is none at all. */
export function kioskDisplay(displays: readonly Display[], output: string | null): Display | null {
  return (
    displays.find(({ name }) => name === output) ??
    displays.find(({ primary }) => primary) ??
    displays[0] ??
    null
  )
}

/** One command, and what it is for. */
export type ScreenCommand = {
  readonly program: string
  readonly args: readonly string[]
  readonly does: string
}

/** What turns the picture and the touches as the settings say, and keeps the screen lit. */
export function screenCommands(
  settings: Settings['screen'],
  displays: readonly Display[],
  touches: readonly TouchDevice[],
): ScreenCommand[] {
  const lit = [
    { program: 'xset', args: ['s', 'off', 's', 'noblank'], does: 'keep the picture from being blanked' },
    { program: 'xset', args: ['-dpms'], does: 'keep the panel from being switched off' },
  ]
  const display = kioskDisplay(displays, settings.output)
  if (display === null) return lit
  const meant = touches.filter(({ name }) => name === settings.touch)
  const touched = meant.length > 0 ? meant : touches
  const { name, rotation } = display
  const others = displays.filter((other) => other !== display && other.size !== null)
  return [
    ...others.map((other) => ({
      program: 'xrandr',
      args: ['--output', other.name, '--off'],
      does: `switch ${other.name} off`,
    })),
    ...(display.size === null || rotation !== settings.rotation || !display.primary
      ? [
          {
            program: 'xrandr',
            args: ['--output', name, '--auto', '--primary', '--rotate', settings.rotation],
            does: `turn the picture on ${name}: ${settings.rotation}`,
          },
        ]
      : []),
    ...touched.map((touch) => ({
      program: 'xinput',
      args: ['map-to-output', touch.id, name],
      does: `turn the touches on ${touch.name} with the picture`,
    })),
    ...lit,
  ]
}

/** What is there to be turned; null where no X server answers. */
export async function lookAtScreen(
  run: RunProgram,
): Promise<{ readonly displays: readonly Display[]; readonly touches: readonly TouchDevice[] } | null> {
  const displays = await run('xrandr', ['--query'])
  if (displays?.code !== 0) return null
  const touches = await run('xinput', ['list', '--long'])
  return { displays: readDisplays(displays.out), touches: readTouchDevices(touches?.out ?? '') }
}

/** The size of the kiosk's display in pixels, as it is turned now; null where no X server tells. */
export async function screenSize(run: RunProgram, output: string | null): Promise<Extent | null> {
  const query = await run('xrandr', ['--query'])
  return kioskDisplay(readDisplays(query?.out ?? ''), output)?.size ?? null
}

/** The matrix by which touches follow a picture turned so, as the property of X's input devices has it. */
export const touchMatrices: Readonly<Record<Rotation, readonly number[]>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  left: [0, -1, 1, 1, 0, 0, 0, 0, 1],
  inverted: [-1, 0, 1, 0, -1, 1, 0, 0, 1],
  right: [0, 1, 0, -1, 0, 1, 0, 0, 1],
}

/** How touches are turned, in what `xinput list-props` says of a device; null where it cannot be told. */
export function touchRotation(text: string): Rotation | null {
  const numbers = /Coordinate Transformation Matrix \(\d+\):\s*([^\n]+)/u
    .exec(text)?.[1]
    ?.split(',')
    .map(Number)
  if (!numbers) return null
  // A panel beside others has a part of the matrix' scale: only the signs of its turning part are the same.
  const signs = [0, 1, 3, 4].map((at) => Math.sign(numbers[at] ?? NaN))
  const all: readonly Rotation[] = ['normal', 'left', 'inverted', 'right']
  return (
    all.find((rotation) => [0, 1, 3, 4].every((at, n) => signs[n] === touchMatrices[rotation][at])) ?? null
  )
}
