import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { SlipRequest } from '../../data/slip.ts'
import type { Candidate } from '../../electron/editions/admission.ts'
import { readContentFolder } from '../../electron/editions/content-folder.ts'
import { type BrowserHost, startBrowserHost } from '../../electron/host.ts'
import { findChromium } from '../../electron/find-chromium.ts'
import { createLog } from '../../electron/log.ts'
import { expect, startButton, test as base, touch } from './fixture.ts'

const content = join(import.meta.dirname, '../../data/content')

/** A kiosk that keeps what is brought to it, with its screen between two visits. */
const test = base.extend<{ updated: BrowserHost }>({
  updated: async ({ hostKind, page }, use) => {
    base.skip(hostKind === 'electron', '装新版本的是同一个程序，浏览器主机已验证')
    const state = await mkdtemp(join(tmpdir(), 'kiosk-state-'))
    const host = await startBrowserHost({
      folders: { content, prints: state, renderer: join(import.meta.dirname, '../../dist/renderer'), state },
      port: 0,
      chromium: findChromium(),
      version: '0.1.0',
      log: createLog(() => undefined),
    })
    await page.goto(host.url)
    await use(host)
    await page.close()
    await host.close()
    await rm(state, { recursive: true, force: true })
  },
})

/** The department's content with its work injury service called otherwise. */
async function reworded(): Promise<Candidate> {
  const files = await readContentFolder(content)
  const catalogue = (files['catalogue.json'] ?? '').replaceAll('工伤认定申请', '工伤认定新申请')
  const changed = { ...files, 'catalogue.json': catalogue }
  return { origin: 'guide', files: changed, sourceName: '办事指南.docx', sha256: '0'.repeat(64) }
}

/** Looks for the service by its first letters, and opens it. */
async function openService(page: Page): Promise<void> {
  await touch(page, '按名字找')
  for (const letter of 'gsrd') await page.getByRole('button', { name: letter, exact: true }).click()
  await touch(page, '工伤认定')
}

const title = (page: Page) => page.getByRole('heading', { level: 1 })

test('新版本两秒内上屏，不用重开', async ({ page, updated }) => {
  // The page's own time stands still meanwhile, so that a busy machine makes no difference.
  await page.clock.install()
  await page.goto(updated.url)
  await expect(startButton(page)).toBeVisible()
  const before = (await updated.editions.inForce()).summary
  await expect(page.getByText(before.fingerprint)).toBeVisible()
  await page.clock.pauseAt(Date.now() + 60_000)
  const outcome = await updated.editions.install(await reworded(), 'front-desk')
  if (outcome.kind !== 'installed') throw new Error(outcome.kind)
  await page.clock.runFor(2000)
  await expect(page.getByText(outcome.edition.fingerprint)).toBeVisible()
  await updated.editions.rollBack('factory')
  await page.clock.runFor(2000)
  await expect(page.getByText(before.fingerprint)).toBeVisible()
})

test('正在办的人看到的、打出的不变，下一位看到新版本', async ({ page, updated }) => {
  await startButton(page).click()
  await touch(page, '按名字找')
  const { summary, content: shown } = await updated.editions.inForce()
  const outcome = await updated.editions.install(await reworded(), 'front-desk')
  await touch(page, '返回')
  await openService(page)
  await expect(title(page)).toHaveText('工伤认定申请')
  const id = shown.catalogue.services.find((service) => service.title === '工伤认定申请')?.id ?? ''
  const request: SlipRequest = { services: [{ id, answers: {} }], format: 'a4', language: 'zh-CN' }
  const slip = await updated.services['compose-slip'](request)
  expect([slip.services[0]?.title, slip.fingerprint]).toEqual(['工伤认定申请', summary.fingerprint])

  await page.locator('nav > button').last().click()
  if (outcome.kind !== 'installed') throw new Error(outcome.kind)
  await expect(page.getByText(outcome.edition.fingerprint)).toBeVisible()
  await startButton(page).click()
  await openService(page)
  await expect(title(page)).toHaveText('工伤认定新申请')
  const next = await updated.services['compose-slip'](request)
  expect([next.services[0]?.title, next.fingerprint]).toEqual(['工伤认定新申请', outcome.edition.fingerprint])
})
