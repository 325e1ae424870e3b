import { describe, expect, it } from 'vitest'
import { type ChromiumSearch, findChromium } from '../../../electron/find-chromium.ts'

/** A machine on which only `files` exist. */
function machine(files: readonly string[], changes: Partial<ChromiumSearch> = {}): ChromiumSearch {
  return {
    env: {},
    platform: 'linux',
    home: '/home/kiosk',
    exists: (path) => files.includes(path),
    list: (folder) =>
      files
        .filter((file) => file.startsWith(`${folder}/`))
        .map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''),
    ...changes,
  }
}

const cache = '/home/kiosk/.cache/ms-playwright'
const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

describe('a Chromium', () => {
  it.each([
    { title: 'nowhere', search: machine([]), path: null },
    { title: 'of Debian', search: machine(['/usr/bin/chromium']), path: '/usr/bin/chromium' },
    { title: 'of Ubuntu', search: machine(['/usr/bin/chromium-browser']), path: '/usr/bin/chromium-browser' },
    {
      title: 'before Chrome',
      search: machine(['/usr/bin/google-chrome', '/usr/bin/chromium']),
      path: '/usr/bin/chromium',
    },
    {
      title: 'that was named, before all others',
      search: machine(['/usr/bin/chromium', '/opt/c'], { env: { KIOSK_CHROMIUM: '/opt/c' } }),
      path: '/opt/c',
    },
    {
      title: 'that was named and is not there, instead of another',
      search: machine(['/usr/bin/chromium'], { env: { KIOSK_CHROMIUM: '/opt/c' } }),
      path: null,
    },
    {
      title: 'not named, where the name is empty',
      search: machine(['/usr/bin/chromium'], { env: { KIOSK_CHROMIUM: '' } }),
      path: '/usr/bin/chromium',
    },
    {
      title: 'of Playwright, the newest',
      search: machine([
        `${cache}/chromium-999/chrome-linux/chrome`,
        `${cache}/chromium-1200/chrome-linux64/chrome`,
        `${cache}/chromium_headless_shell-1300/chrome-linux/headless_shell`,
        `${cache}/firefox-1500/firefox/firefox`,
      ]),
      path: `${cache}/chromium-1200/chrome-linux64/chrome`,
    },
    {
      title: 'of Playwright, elsewhere',
      search: machine(['/pw/chromium-1/chrome-linux/chrome'], { env: { PLAYWRIGHT_BROWSERS_PATH: '/pw' } }),
      path: '/pw/chromium-1/chrome-linux/chrome',
    },
    { title: 'of a Mac', search: machine([chrome], { platform: 'darwin' }), path: chrome },
    {
      title: "of a Mac's user",
      search: machine([`/home/kiosk${chrome}`], { platform: 'darwin' }),
      path: `/home/kiosk${chrome}`,
    },
    {
      title: 'that every Windows has',
      search: machine([edge], { platform: 'win32', env: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' } }),
      path: edge,
    },
    {
      title: 'of no Windows without its folders',
      search: machine([edge], { platform: 'win32' }),
      path: null,
    },
  ])('$title', ({ search, path }) => {
    expect(findChromium(search)).toBe(path)
  })
})
