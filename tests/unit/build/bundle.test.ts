import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleIsCurrent, stampBundle } from '../../../build/bundle.ts'

let project: string

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'kiosk-bundle-'))
  write('renderer/pages/Home.vue', 'home')
  write('data/slip.ts', 'slip')
  write('electron/main.ts', 'main')
  write('vite.config.ts', 'config')
  write('package-lock.json', '{}')
  write('dist/renderer/index.html', 'built')
  write('dist/electron/main.js', 'built')
  stampBundle(project)
})

afterEach(() => {
  rmSync(project, { recursive: true })
})

test.each<[string, boolean, () => void]>([
  ['as it was built', true, () => undefined],
  ['a source only touched', true, () => utimesSync(join(project, 'data/slip.ts'), 1, 1)],
  ['a source outside the bundles changed', true, () => write('tests/a.test.ts', 'new')],
  ["an editor's hidden file", true, () => write('renderer/.Home.vue.swp', 'x')],
  ['a page changed', false, () => write('renderer/pages/Home.vue', 'other')],
  ['a source added', false, () => write('renderer/pages/More.vue', 'more')],
  ['a source removed', false, () => rmSync(join(project, 'data/slip.ts'))],
  [
    'a source renamed',
    false,
    () => {
      rmSync(join(project, 'data/slip.ts'))
      write('data/slips.ts', 'slip')
    },
  ],
  ['the configuration changed', false, () => write('vite.config.ts', 'other')],
  ['other dependencies', false, () => write('package-lock.json', '{ "other": 1 }')],
  ['an output lost', false, () => rmSync(join(project, 'dist/electron/main.js'))],
  ['no output at all', false, () => rmSync(join(project, 'dist'), { recursive: true })],
  ['half a stamp', false, () => write('dist/stamp.json', '{ "inputs":')],
])('%s: current %s', (_, current, change) => {
  change()
  expect(bundleIsCurrent(project)).toBe(current)
})
