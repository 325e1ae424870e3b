import { expect, it } from 'vitest'
import { chromiumSwitches } from '../../../electron/switches.ts'

const always = [['disable-pinch'], ['overscroll-history-navigation', '0'], ['password-store', 'basic']]

it.each([
  { platform: 'linux', env: { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, hasX11: true },
  { platform: 'linux', env: { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, hasX11: false },
  { platform: 'win32', env: { DISPLAY: ':0' }, hasX11: false },
  { platform: 'darwin', env: { DISPLAY: ':0' }, hasX11: false },
] as const)('Chromium on $platform with $env is told to use X11: $hasX11', ({ platform, env, hasX11 }) => {
  const expected = hasX11 ? [...always, ['ozone-platform', 'x11']] : always
  expect(chromiumSwitches(env, platform)).toStrictEqual(expected)
})
