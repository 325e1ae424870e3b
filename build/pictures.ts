import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../electron/find-chromium.ts'
import { startBrowserHost } from '../electron/host.ts'
import { createLog } from '../electron/log.ts'
import { defaultFolders } from '../electron/options.ts'

/** Takes the README's pictures from the running kiosk: `npm run pictures`. */
const root = join(import.meta.dirname, '..')
const out = join(import.meta.dirname, 'pictures')

/** What is tapped before each picture is taken, the next going on from the last. */
const walk: readonly (readonly [string, readonly RegExp[]])[] = [
  ['home', []],
  ['service', [/^社会保险/u, /^退休/u, /^企业职工正常退休/u]],
  ['way', [/^怎么走/u]],
  ['slip', [/^返回/u, /^打印清单/u]],
]

const executablePath = findChromium()
if (executablePath === null) throw new Error('There is no Chromium to take pictures with')
const host = await startBrowserHost({
  folders: { ...defaultFolders(root), prints: join(tmpdir(), 'kiosk-pictures') },
  port: 0,
  chromium: executablePath,
  version: 'pictures',
  log: createLog(),
})
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
try {
  const page = await browser.newPage({
    viewport: { width: 1080, height: 1920 },
    reducedMotion: 'reduce',
  })
  await page.goto(host.url)
  await mkdir(out, { recursive: true })
  for (const [name, taps] of walk) await take(page, name, taps)
} finally {
  await browser.close()
  await host.close()
}

async function take(page: Page, name: string, taps: readonly RegExp[]): Promise<void> {
  for (const tap of taps) await page.getByRole('button', { name: tap }).first().click()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  if (name === 'slip') await page.getByText('共 1 页', { exact: true }).waitFor()
  await page.evaluate(() => document.fonts.ready)
  const path = join(out, `${name}.png`)
  await page.screenshot({ path })
  console.log(path)
}
