import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the search for a Chromium looks at. */
export type ChromiumSearch = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly exists: (path: string) => boolean
  /** Names in a folder; none where there is no such folder. */
  readonly list: (folder: string) => readonly string[]
}

const thisMachine = (): ChromiumSearch => ({
  env: process.env,
  platform: process.platform,
  home: homedir(),
  exists: existsSync,
  list: (folder) => {
    try {
      return readdirSync(folder)
    } catch {
      return []
    }
  },
})

/**
 * The path of a Chromium to draw and show pages with, or null where there is none.
 * `KIOSK_CHROMIUM` decides alone where it is set, so that a wrong path is noticed instead of passed over.
 */
export function findChromium(search: ChromiumSearch = thisMachine()): string | null {
  const named = search.env['KIOSK_CHROMIUM']
  const candidates = named ? [named] : [...usualPaths(search), ...playwrightPaths(search)]
  return candidates.find(search.exists) ?? null
}

function usualPaths({ platform, env, home }: ChromiumSearch): string[] {
  switch (platform) {
    case 'darwin':
      return ['', home].flatMap((base) => [
        `${base}/Applications/Chromium.app/Contents/MacOS/Chromium`,
        `${base}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
      ])
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
        const base = env[name]
        if (!base) return []
        return [
          `${base}\\Google\\Chrome\\Application\\chrome.exe`,
          `${base}\\Chromium\\Application\\chrome.exe`,
          `${base}\\Microsoft\\Edge\\Application\\msedge.exe`,
        ]
      })
    default:
      return [
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome-stable',
        '/usr/bin/google-chrome',
        '/snap/bin/chromium',
      ]
  }
}

/** Chromiums that Playwright has downloaded, the newest revision first. */
function playwrightPaths({ platform, env, home, list }: ChromiumSearch): string[] {
  const cache: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library/Caches/ms-playwright'),
    win32: join(env['LOCALAPPDATA'] ?? home, 'ms-playwright'),
  }
  const folder = env['PLAYWRIGHT_BROWSERS_PATH'] || (cache[platform] ?? join(home, '.cache/ms-playwright'))
  const binaries: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    darwin: ['chrome-mac/Chromium.app/Contents/MacOS/Chromium'],
    win32: ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe'],
  }
  return list(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice('chromium-'.length)) - Number(a.slice('chromium-'.length)))
    .flatMap((name) =>
      (binaries[platform] ?? ['chrome-linux64/chrome', 'chrome-linux/chrome']).map((binary) =>
        join(folder, name, binary),
      ),
    )
}
