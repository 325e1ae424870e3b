import type { Page } from '@playwright/test'
import { call, expect, startButton, touch } from './fixture.ts'

/** The PINs of kiosks under test. */
export const pins = { frontDesk: '482915', it: '70315926' }

/** Holds a finger on the line that opens the staff's door, for as long as it takes. */
export async function holdEdition(page: Page): Promise<void> {
  const line = page.locator('.attract .edition')
  await line.dispatchEvent('pointerdown')
  await page.clock.runFor(3100)
}

/** Types a PIN on the pad and says that it is done. */
export async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin)
    await page.locator('.pad').getByRole('button', { name: digit, exact: true }).click()
  await touch(page, '好了')
}

/** Sets the PINs without the screen, and leaves nobody logged in. */
export async function havePins(page: Page): Promise<void> {
  await startButton(page).waitFor()
  expect(await call(page, 'set-up-staff', pins)).toEqual({ kind: 'done' })
  await call(page, 'leave-staff', {})
}

/** Goes through the first start as far as the PINs, from the screen between two visits. */
export async function setPins(page: Page): Promise<void> {
  await holdEdition(page)
  await touch(page, '开始设置')
  for (const pin of [pins.frontDesk, pins.it]) {
    await typePin(page, pin)
    await expect(page.getByRole('heading', { name: '再输一遍' })).toBeVisible()
    await typePin(page, pin)
  }
  await expect(page.getByRole('heading', { name: '这台是哪一台' })).toBeVisible()
}

/** Comes in through the staff's door. */
export async function enter(page: Page, role: '前台' | '技术人员'): Promise<void> {
  await holdEdition(page)
  await touch(page, role)
  await typePin(page, role === '前台' ? pins.frontDesk : pins.it)
  await expect(page.getByRole('button', { name: '操作记录' })).toBeVisible()
}
