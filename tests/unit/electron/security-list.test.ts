import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it, test } from 'vitest'
import { appOrigin, appScheme } from '../../../electron/app-protocol.ts'
import { contentSecurityPolicy, securityHeaders } from '../../../electron/security-headers.ts'
import { slipWindowOptions, windowOptions } from '../../../electron/window.ts'

/*
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), every one of its twenty rows on
 * what the kiosk really runs with. What a row forbids outright is looked for in the sources.
 */

const root = join(import.meta.dirname, '../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|vue|html|mjs)$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

const sources = ['electron', 'renderer', 'data'].flatMap(filesIn).map((path) => readFileSync(path, 'utf8'))
const nowhere = (pattern: RegExp): void => {
  expect(sources.filter((text) => pattern.test(text)).length, String(pattern)).toBe(0)
}

const installed = { preload: '/opt/kiosk/preload.cjs', windowed: false, production: true }
const pages = [windowOptions(installed), slipWindowOptions(installed)].map(
  ({ webPreferences = {} }) => webPreferences,
)
const main = read('electron/main.ts')
const builder = v.parse(
  v.looseObject({ electronFuses: v.record(v.string(), v.boolean()) }),
  JSON.parse(read('build/electron-builder.json')),
)
const dependencies = v.parse(
  v.looseObject({ devDependencies: v.record(v.string(), v.string()) }),
  JSON.parse(read('package.json')),
).devDependencies

const rows: readonly [string, () => void][] = [
  [
    '1 only secure content: nothing but the own scheme and this machine',
    () => {
      expect(appOrigin).toMatch(/^app:\/\//u)
      expect(appScheme.privileges).toMatchObject({ secure: true, standard: true })
      expect(contentSecurityPolicy).not.toMatch(/https?:/u)
    },
  ],
  [
    '2 no Node in pages',
    () => {
      for (const page of pages)
        expect(page).toMatchObject({
          nodeIntegration: false,
          nodeIntegrationInSubFrames: false,
          nodeIntegrationInWorker: false,
        })
    },
  ],
  ['3 context isolation', () => pages.forEach((page) => expect(page.contextIsolation).toBe(true))],
  [
    '4 sandbox, for every process',
    () => {
      pages.forEach((page) => expect(page.sandbox).toBe(true))
      expect(main).toContain('app.enableSandbox()')
    },
  ],
  [
    '5 permissions are decided by a handler',
    () => expect(main).toContain('lockSession(session.defaultSession'),
  ],
  ['6 web security', () => pages.forEach((page) => expect(page.webSecurity).toBe(true))],
  [
    '7 a content security policy',
    () => {
      expect(securityHeaders['content-security-policy']).toBe(contentSecurityPolicy)
      expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/u)
      expect(contentSecurityPolicy).not.toMatch(/unsafe|\*/u)
      expect(contentSecurityPolicy).toMatch(/sandbox allow-scripts allow-same-origin$/u)
    },
  ],
  [
    '8 no insecure content',
    () => pages.forEach((page) => expect(page.allowRunningInsecureContent).toBe(false)),
  ],
  ['9 nothing experimental', () => pages.forEach((page) => expect(page.experimentalFeatures).toBe(false))],
  [
    '10 no Blink features',
    () => {
      pages.forEach((page) => expect(page).not.toHaveProperty('enableBlinkFeatures'))
      nowhere(/enable-blink-features|enable-experimental/u)
    },
  ],
  [
    '11 no webview',
    () => {
      pages.forEach((page) => expect(page.webviewTag).toBe(false))
      nowhere(/<webview/u)
    },
  ],
  [
    '12 webviews are refused where one is attached',
    () => expect(read('electron/window.ts')).toContain("'will-attach-webview', refuse("),
  ],
  [
    '13 navigation is limited, of every page',
    () => {
      expect(main).toContain(
        "app.on('web-contents-created', (_event, contents) => guardNavigation(contents, log))",
      )
      for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
        expect(read('electron/window.ts')).toContain(`contents.on('${event}', refuse(`)
    },
  ],
  ['14 no new windows', () => expect(read('electron/window.ts')).toContain("return { action: 'deny' }")],
  ['15 nothing is handed to the system to open', () => nowhere(/openExternal|openPath|showItemInFolder/u)],
  [
    '16 a current Electron: one that is still supported, pinned',
    () => expect(dependencies['electron']).toMatch(/^(?:4[5-9]|[5-9]\d)\.\d+\.\d+$/u),
  ],
  [
    '17 senders of messages are checked',
    () => {
      expect(main).toContain('windows.isOurFrame')
      expect(read('electron/ipc.ts')).toMatch(/isOurFrame\(/u)
    },
  ],
  [
    '18 a protocol of its own instead of file:',
    () => {
      expect(main).toContain('protocol.handle(appScheme.scheme')
      nowhere(/loadFile\(|['"`]file:\/\//u)
    },
  ],
  [
    '19 fuses',
    () =>
      expect(builder.electronFuses).toEqual({
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        grantFileProtocolExtraPrivileges: false,
        onlyLoadAppFromAsar: true,
        enableCookieEncryption: true,
        enableEmbeddedAsarIntegrityValidation: true,
      }),
  ],
  [
    '20 nothing of Electron is exposed to pages: one function, and only for calls of the contract',
    () => {
      const preload = read('electron/preload.ts')
      expect(preload.match(/exposeInMainWorld/gu)).toHaveLength(1)
      expect(preload).toContain('isCallName')
      expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer\s*[,)}]/u)
    },
  ],
]

describe("Electron's security checklist", () => {
  it('has twenty rows, and each is held to', () => {
    expect(rows.map(([row]) => Number(/^\d+/u.exec(row)?.[0]))).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    )
  })

  test.each(rows)('%s', (_, hold) => hold())
})
