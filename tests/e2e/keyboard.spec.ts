import type { Page } from '@playwright/test'
import { broken, expect, startButton, test } from './fixture.ts'

/** What has the focus: its words, and whether it is seen that it has. */
function focused(page: Page): Promise<{ readonly words: string; readonly seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return { words: '', seen: false }
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    // A field is marked by its frame, which grows inwards.
    const frame = element.closest('label')
    const marked = outlined || (frame !== null && getComputedStyle(frame).boxShadow !== 'none')
    const { left, top, right, bottom } = element.getBoundingClientRect()
    const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight
    const words = (element.textContent ?? '').replaceAll('\u200b', '').trim()
    return { words, seen: marked && inside }
  })
}

/** Presses Tab until what begins with `name` has the focus; the focus must be seen at every step. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const { words, seen } = await focused(page)
    // Past the last element, the browser itself has it for one press.
    if (words !== '') expect(seen, `the focus on “${words.slice(0, 20)}” is seen`).toBe(true)
    if (words.startsWith(name)) return
  }
  throw new Error(`Tab does not lead to “${name}”`)
}

test.use({ awake: false })

test('只用键盘：从没人的屏幕到存好的清单，每一步都看得见在哪里', async ({ kiosk: { page } }) => {
  await expect(startButton(page)).toBeVisible()
  await page.keyboard.press('Enter')
  await tabTo(page, '社会保险')
  await page.keyboard.press('Enter')
  await tabTo(page, '退休')
  await page.keyboard.press('Space')
  await tabTo(page, '企业职工正常退休')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^${broken('企业职工正常退休')}`, 'u'),
  )
  const tick = page.getByRole('checkbox').first()
  await tabTo(page, (await tick.innerText()).replaceAll('\u200b', '').split('\n')[0] ?? '')
  await page.keyboard.press('Space')
  await expect(tick).toBeChecked()
  await tabTo(page, '打印清单')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '存成 PDF 文件' })).toBeEnabled()
  await tabTo(page, '存成 PDF 文件')
  await page.keyboard.press('Space')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  await tabTo(page, '办完了')
  await page.keyboard.press('Enter')
  await expect(startButton(page)).toBeVisible()
})

test('Esc 关上打开的框，焦点回到打开它的按钮', async ({ kiosk: { page } }) => {
  await startButton(page).click()
  await tabTo(page, 'English')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(async () => (await focused(page)).words).toMatch(/^English/u)
  await page.clock.runFor(61_000)
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toBeHidden()
})

test('框开着的时候，Tab 出不了框', async ({ kiosk: { page } }) => {
  await startButton(page).click()
  await page.locator('nav > button').nth(-2).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true)
  }
})

test('用键盘输入：字母直接进“要找的事”', async ({ kiosk: { page } }) => {
  await startButton(page).click()
  await tabTo(page, '按名字找')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox')).toBeVisible()
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.getByRole('textbox').evaluate((field) => field === document.activeElement)) break
  }
  expect((await focused(page)).seen).toBe(true)
  await page.keyboard.type('gsrd')
  await expect(page.getByText('找到 1 项')).toBeVisible()
  await tabTo(page, '工伤认定申请')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('工伤认定申请')
})
