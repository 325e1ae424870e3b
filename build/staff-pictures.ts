import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../electron/find-chromium.ts'
import { startBrowserHost } from '../electron/host.ts'
import { createLog } from '../electron/log.ts'
import { defaultFolders } from '../electron/options.ts'
import { folderSticks } from '../electron/sticks/stick-source.ts'
import { openMoment, viewports } from './studio.ts'
import { settled } from './screens.ts'

const root = join(import.meta.dirname, '..')
const out = join(root, 'renderer/staff/guide')
const pin = '482915'

/** Takes the pictures of the staff's guide from a running kiosk to which a changed guide is brought on a stick. */
export async function takeStaffPictures(): Promise<void> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('There is no Chromium to show the kiosk in')
  const state = await mkdtemp(join(tmpdir(), 'kiosk-guide-'))
  const stick = join(state, 'USB')
  const folders = { ...defaultFolders(root), prints: join(state, 'prints'), state }
  const host = await startBrowserHost({
    folders,
    port: 0,
    chromium: executablePath,
    version: '0.1.0',
    clock: { now: () => openMoment },
    log: createLog(() => undefined),
    sticks: folderSticks([stick]),
  })
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    await mkdir(out, { recursive: true })
    await host.services['set-up-staff']({ frontDesk: pin, it: '70315926' })
    // Half the dots: as large as they are shown, and small files.
    const page = await browser.newPage({
      viewport: viewports.portrait,
      deviceScaleFactor: 0.5,
      reducedMotion: 'reduce',
    })
    await page.clock.install({ time: openMoment })
    await page.goto(host.url)
    const touch = (name: RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
    const take = async (name: string): Promise<void> => {
      await settled(page)
      await page.screenshot({ path: join(out, `${name}.png`) })
      console.log(join(out, `${name}.png`))
    }
    const typePin = async (): Promise<void> => {
      for (const digit of pin)
        await page.locator('.keys').getByRole('button', { name: digit, exact: true }).click()
      await touch(/^\s*好了/u)
    }
    await page.locator('.edition').dispatchEvent('pointerdown')
    await page.clock.runFor(3100)
    await page.locator('.pad').waitFor()
    await take('door')
    await typePin()
    await page.getByRole('button', { name: /操作记录/u }).waitFor()
    await take('home')
    await touch(/打印机/u)
    await page.getByRole('button', { name: /打一张试试/u }).waitFor()
    await take('printer')
    await touch(/管理首页/u)
    await mkdir(stick)
    const guide = await readFile(join(folders.content, 'guide.txt'), 'utf8')
    await writeFile(
      join(stick, '办事指南.txt'),
      guide.replace('6楼618室', '6楼620室').replace('60日内', '30日内'),
    )
    await touch(/更新内容/u)
    await page.getByRole('button', { name: /办事指南/u }).waitFor()
    await take('offers')
    await touch(/办事指南/u)
    await page.getByRole('heading', { name: '会改什么' }).waitFor()
    await take('preview')
    for (const box of await page.getByRole('checkbox').all()) await box.click()
    await touch(/^\s*换上/u)
    await typePin()
    await page.getByText('现在可以拔出优盘了').waitFor()
    await take('done')
    await touch(/管理首页/u)
    await touch(/回到以前的版本/u)
    await page.getByText('出厂时带的').waitFor()
    await take('editions')
  } finally {
    await browser.close()
    await host.close()
    await rm(state, { recursive: true, force: true })
  }
}
