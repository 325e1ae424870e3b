import { describe, expect, it } from 'vitest'
import { usualSettings } from '../../../../data/settings.ts'
import {
  type Display,
  kioskDisplay,
  readDisplays,
  readTouchDevices,
  screenCommands,
  screenSize,
  touchMatrices,
  touchRotation,
} from '../../../../electron/machine/displays.ts'

const xrandr = `Screen 0: minimum 320 x 200, current 1080 x 1920, maximum 16384 x 16384
eDP-1 connected (normal left inverted right x axis y axis)
   1920x1080     60.00 +
HDMI-1 connected primary 1080x1920+0+0 left (normal left inverted right x axis y axis) 597mm x 336mm
   1920x1080     60.00*+
DP-1 disconnected (normal left inverted right x axis y axis)
`

const xinput = `⎡ Virtual core pointer                    	id=2	[master pointer  (3)]
	Reporting 1 classes:
		Class originated from: 2. Type: XIButtonClass
⎜   ↳ ILITEK ILITEK-TP Mouse                  	id=9	[slave  pointer  (2)]
	Reporting 1 classes:
		Class originated from: 9. Type: XIButtonClass
⎜   ↳ ILITEK ILITEK-TP                        	id=10	[slave  pointer  (2)]
	Reporting 2 classes:
		Class originated from: 10. Type: XITouchClass
		Touch mode: direct
		Max number of touches: 10
⎜   ↳ SynPS/2 Synaptics TouchPad              	id=11	[slave  pointer  (2)]
	Reporting 1 classes:
		Class originated from: 11. Type: XITouchClass
		Touch mode: dependent
⎣ Virtual core keyboard                   	id=3	[master keyboard (2)]
∼ Floating panel                          	id=12	[floating slave]
		Touch mode: direct
`

const hdmi: Display = {
  name: 'HDMI-1',
  primary: true,
  size: { width: 1080, height: 1920 },
  rotation: 'left',
}
const off: Display = { name: 'eDP-1', primary: false, size: null, rotation: 'normal' }
const panel = { id: '10', name: 'ILITEK ILITEK-TP' }

it('the displays are those that something hangs on', () => {
  expect(readDisplays(xrandr)).toEqual([off, hdmi])
  expect(readDisplays('Screen 0: current 1080 x 1920\nscreen connected 1080x1920+0+0 0mm x 0mm\n')).toEqual([
    { name: 'screen', primary: false, size: { width: 1080, height: 1920 }, rotation: 'normal' },
  ])
  expect(readDisplays('')).toEqual([])
})

it('touch panels are told from touch pads and from the mouse they come with', () => {
  expect(readTouchDevices(xinput)).toEqual([panel, { id: '12', name: 'Floating panel' }])
})

it.each([
  [null, 'HDMI-1'],
  ['eDP-1', 'eDP-1'],
  ['VGA-1', 'HDMI-1'],
])('of output %s the display is %s', (output, name) => {
  expect(kioskDisplay([off, hdmi], output)?.name).toBe(name)
  expect(kioskDisplay([], output)).toBeNull()
})

describe('the commands', () => {
  const { screen } = usualSettings
  const words = (...parts: Parameters<typeof screenCommands>): string[] =>
    screenCommands(...parts).map(({ program, args }) => [program, ...args].join(' '))
  const lit = ['xset s off s noblank', 'xset -dpms']

  it('turn picture and touches together', () => {
    expect(words({ ...screen, rotation: 'right' }, [off, hdmi], [panel])).toEqual([
      'xrandr --output HDMI-1 --auto --primary --rotate right',
      'xinput map-to-output 10 HDMI-1',
      ...lit,
    ])
  })

  it('leave a picture alone that is turned already', () => {
    expect(words({ ...screen, rotation: 'left' }, [hdmi], [])).toEqual(lit)
  })

  it('switch every other display off', () => {
    const other = { ...hdmi, name: 'VGA-1', primary: false }
    expect(words({ ...screen, rotation: 'left' }, [hdmi, other], [])[0]).toBe('xrandr --output VGA-1 --off')
  })

  it('turn only the touch device that is named', () => {
    const settings = { ...screen, rotation: 'left', touch: 'the other' } as const
    const other = { id: '12', name: 'the other' }
    expect(words(settings, [hdmi], [panel, other])).toEqual(['xinput map-to-output 12 HDMI-1', ...lit])
  })

  it('use what is there where the display or the touch panel that is set is not', () => {
    const settings = { ...screen, rotation: 'left', output: 'VGA-1', touch: 'gone' } as const
    expect(words(settings, [hdmi], [panel])).toEqual(['xinput map-to-output 10 HDMI-1', ...lit])
  })

  it('keep the panel lit where no display is there', () => {
    expect(words(screen, [], [panel])).toEqual(lit)
  })
})

it.each(['normal', 'left', 'inverted', 'right'] as const)(
  'a touch matrix that is turned %s is known',
  (way) => {
    const matrix = touchMatrices[way].map((number) => number.toFixed(6)).join(', ')
    expect(touchRotation(`Device 'x':\n\tCoordinate Transformation Matrix (143):\t${matrix}\n`)).toBe(way)
    const half = touchMatrices[way].map((number) => (number / 2).toFixed(6)).join(', ')
    expect(touchRotation(`\tCoordinate Transformation Matrix (143):\t${half}\n`)).toBe(way)
  },
)

it('a touch matrix that is skewed, or not there, is not known', () => {
  expect(touchRotation('\tCoordinate Transformation Matrix (143):\t1, 1, 0, 0, 1, 0, 0, 0, 1\n')).toBeNull()
  expect(touchRotation('')).toBeNull()
})

it.each([
  [xrandr, { width: 1080, height: 1920 }],
  ['', null],
])('the size of the screen is that of the kiosk’s display', async (out, size) => {
  expect(await screenSize(async () => ({ code: 0, out }), null)).toEqual(size)
  expect(await screenSize(async () => ({ code: 0, out }), 'VGA-1')).toEqual(size)
  expect(await screenSize(async () => null, null)).toBeNull()
})
