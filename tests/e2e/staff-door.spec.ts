import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dress, settled, usualLooks } from '../../build/screens.ts'
import { gatherScene } from './geometry.ts'
import { faultsOf } from './geometry-rules.ts'
import { call, expect, startButton, test as base, touch } from './fixture.ts'
import { enter, havePins, holdEdition, setPins, typePin } from './staff.ts'

/** A kiosk that keeps what is its own, and that nobody has touched. */
const test = base.extend({
  awake: false,
  // Playwright reads a fixture's needs from its first argument, which must be a pattern.
  state: async ({ hostKind }, use) => {
    const folder = mkdtempSync(join(tmpdir(), `kiosk-state-${hostKind}-`))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

const note = (page: Page) => page.locator('.care')

test('第一次开机：首屏说还没有设置；定密码、看位置、选打印机、试打一张、量屏幕；设置写进文件，马上生效', async ({
  kiosk: { page },
  state,
}) => {
  await expect(page.locator('.edition')).toContainText('还没有设置：按住这一行 3 秒')
  await holdEdition(page)
  await touch(page, '开始设置')
  await typePin(page, '1234')
  await expect(note(page)).toContainText('太好猜了')
  await touch(page, '办完了')
  await setPins(page)
  await touch(page, '下一步')

  await touch(page, 'A5 纸')
  await expect(page.locator('.choice .care').last()).toContainText('存下了，已经生效')
  await touch(page, '打一张试试')
  const result = page.locator('.test .care')
  await expect(async () => {
    await page.clock.runFor(500)
    expect(await result.innerText()).toContain('没有出纸')
  }).toPass({ timeout: 60_000 })
  await touch(page, '下一步')

  const ruler = page.locator('.ruler')
  const before = await ruler.evaluate((element) => element.getBoundingClientRect().width)
  await touch(page, '43 英寸')
  await expect.poll(() => ruler.evaluate((line) => line.getBoundingClientRect().width)).toBeLessThan(before)
  await page.getByRole('group', { name: '屏幕下边离地' }).getByRole('button', { name: '小一点' }).click()
  await touch(page, '存下')
  await expect(note(page)).toContainText('已经生效')
  // Ten centimetres of a 43 inch panel of 1080 × 1920.
  const drawn = await ruler.evaluate((line) => line.getBoundingClientRect().width)
  expect(drawn).toBeCloseTo((100 * Math.hypot(1080, 1920)) / (43 * 25.4), 0)
  await touch(page, '下一步')
  await touch(page, '去工作人员的页面')
  await expect(page.getByRole('button', { name: '打印机' })).toBeVisible()

  const kept = await readFile(join(state ?? '', 'kiosk.jsonc'), 'utf8')
  for (const line of ['"paper": "a5"', '"inches": 43', '"bottom": 790']) expect(kept).toContain(line)
  expect(await call(page, 'get-kiosk', {})).toMatchObject({
    panel: { diagonal: 43, lowerEdge: 790 },
    printer: { paper: 'a5' },
  })
  await touch(page, '退出登录')
  await startButton(page).waitFor()
  await expect(page.locator('.edition')).not.toContainText('还没有设置')
})

test('密码错三次要等，等得越来越久；到时候对的密码能进；记录里都有', async ({ kiosk: { page } }) => {
  await havePins(page)
  await holdEdition(page)
  for (const words of ['还可以试 2 次', '还可以试 1 次', /请等 \d+ 秒/u]) {
    await typePin(page, '111222')
    await expect(note(page)).toContainText(words)
  }
  await expect(page.getByRole('button', { name: '5', exact: true })).toBeDisabled()
  expect(await call(page, 'enter-staff', { role: 'front-desk', pin: '482915' })).toMatchObject({
    kind: 'locked',
  })
  await touch(page, '技术人员')
  await typePin(page, '70315926')
  await touch(page, '操作记录')
  await expect(page.locator('.rows')).toContainText('密码错了几次，暂时锁住')
  await expect(note(page)).toContainText('都没有被改过')
})

test('没有登录，谁也做不了工作人员的事；办完了就退出', async ({ kiosk: { page } }) => {
  await setPins(page)
  await expect(call(page, 'staff-get-settings', {})).resolves.toMatchObject({ settings: { paper: 'a4' } })
  await touch(page, '办完了')
  await startButton(page).waitFor()
  // The host hears of the end once the waiting screen stands.
  await expect(async () => {
    for (const name of [
      'staff-get-settings',
      'staff-get-audit',
      'staff-get-printing',
      'staff-find-printers',
    ] as const)
      await expect(
        call(page, name, name === 'staff-get-audit' ? { before: null } : {}),
      ).rejects.toMatchObject({ code: 'not-allowed' })
  }).toPass({ timeout: 5000 })
})

test('前台能看能试打印机，不能改设置；没人操作就退出', async ({ kiosk: { page } }) => {
  await havePins(page)
  await enter(page, '前台')
  await touch(page, '设置')
  await touch(page, '屏幕')
  await expect(note(page)).toContainText('要技术人员登录')
  await expect(call(page, 'staff-change-settings', { paper: 'a5' })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await touch(page, '管理首页')
  await touch(page, '打印机')
  await expect(page.getByRole('button', { name: '打一张试试' })).toBeVisible()
  await page.clock.runFor(91_000)
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.clock.runFor(31_000)
  await startButton(page).waitFor()
  await expect(async () => {
    await expect(call(page, 'staff-get-printing', {})).rejects.toMatchObject({ code: 'not-allowed' })
  }).toPass({ timeout: 5000 })
})

test('退出以后才来的“没有登录”，不会把等着的屏幕带到工作人员的门口', async ({ kiosk: { page } }) => {
  await havePins(page)
  await enter(page, '前台')
  const asked = Promise.withResolvers<null>()
  const answer = Promise.withResolvers<null>()
  await page.route('**/api/staff-get-printing', async (route) => {
    asked.resolve(null)
    await answer.promise
    await route.continue()
  })
  await touch(page, '打印机')
  await asked.promise
  const answered = page.waitForResponse('**/api/staff-get-printing')
  await touch(page, '退出登录')
  await startButton(page).waitFor()
  await expect(async () => {
    await expect(call(page, 'staff-get-settings', {})).rejects.toMatchObject({ code: 'not-allowed' })
  }).toPass({ timeout: 5000 })
  answer.resolve(null)
  expect(await (await answered).json()).toMatchObject({ ok: false })
  await page.evaluate(() => new Promise(requestAnimationFrame))
  await expect(startButton(page)).toBeVisible()
})

test('改自己的密码：先输旧的，再输两遍新的', async ({ kiosk: { page } }) => {
  await havePins(page)
  await enter(page, '前台')
  await touch(page, '设置')
  await touch(page, '密码')
  await touch(page, '改前台的密码')
  await typePin(page, '482915')
  await typePin(page, '606172')
  await typePin(page, '606172')
  await expect(note(page)).toContainText('存下了')
  expect(await call(page, 'enter-staff', { role: 'front-desk', pin: '482915' })).toMatchObject({
    kind: 'wrong',
  })
  expect(await call(page, 'enter-staff', { role: 'front-desk', pin: '606172' })).toEqual({ kind: 'right' })
})

const looks = [usualLooks, { ...usualLooks, language: 'ug' as const, textSize: 'largest' as const }]

test('工作人员的每一屏：没有按不准的、出界的、盖住的、看不清的 @landscape', async ({ kiosk: { page } }) => {
  test.setTimeout(180_000)
  const faults: string[] = []
  const audit = async (name: string): Promise<void> => {
    for (const look of looks) {
      await dress(page, look)
      for (const fault of faultsOf(await gatherScene(page), { lowerEdge: null }))
        faults.push(`${name} (${look.language}): ${fault}`)
    }
    await dress(page, usualLooks)
  }
  await holdEdition(page)
  await page.getByRole('button', { name: '开始设置' }).waitFor()
  await audit('begin')
  await touch(page, '开始设置')
  await audit('new pin')
  await touch(page, '办完了')
  await setPins(page)
  for (const name of ['kiosk', 'printer', 'screen', 'done']) {
    await settled(page)
    await audit(name)
    await page.locator('.actions button').click()
  }
  for (const name of ['打印机', '操作记录', '设置', '使用说明']) {
    await page.getByRole('button', { name: /^设置/u }).waitFor()
    await audit('home')
    await touch(page, name)
    await page.locator('h1').filter({ hasText: name }).waitFor()
    await settled(page)
    await audit(name)
    await touch(page, '管理首页')
  }
  await touch(page, '退出登录')
  await holdEdition(page)
  await page.locator('.pad').waitFor()
  await audit('door')
  expect(faults).toEqual([])
})
