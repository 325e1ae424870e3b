/** A switch of Chromium's command line; without a value where it needs none. */
export type Switch = readonly [name: string, value?: string]

/** What Chromium is told before Electron is ready: gestures that lead out, and nothing that asks for a key ring. */
export function chromiumSwitches(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): readonly Switch[] {
  const hasX11 = platform === 'linux' && Boolean(env['DISPLAY'])
  return [
    ['disable-pinch'],
    ['overscroll-history-navigation', '0'],
    ['password-store', 'basic'],
    // Under Wayland the window loses the whole screen, and its scale.
    ...(hasX11 ? [['ozone-platform', 'x11'] as const] : []),
  ]
}
