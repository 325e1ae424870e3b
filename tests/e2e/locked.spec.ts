import { type CDPSession, type Page } from '@playwright/test'
import { expect, startButton, test, touch } from './fixture.ts'

/** Counts the events of a kind that no one on the page has cancelled. */
async function countUncancelled(page: Page, kinds: readonly string[]): Promise<() => Promise<number>> {
  await page.evaluate((names) => {
    Reflect.set(window, 'uncancelled', 0)
    for (const name of names)
      window.addEventListener(name, (event) => {
        if (!event.defaultPrevented)
          Reflect.set(window, 'uncancelled', Number(Reflect.get(window, 'uncancelled')) + 1)
      })
  }, kinds)
  return () => page.evaluate(() => Number(Reflect.get(window, 'uncancelled')))
}

async function longPress(session: CDPSession, x: number, y: number): Promise<void> {
  await session.send('Input.emulateTouchFromMouseEvent', { type: 'mousePressed', x, y, button: 'left' })
  await session.send('Input.dispatchMouseEvent', {
    type: 'mousePressed',
    x,
    y,
    button: 'right',
    clickCount: 1,
  })
  await session.send('Input.dispatchMouseEvent', {
    type: 'mouseReleased',
    x,
    y,
    button: 'right',
    clickCount: 1,
  })
  await session.send('Input.emulateTouchFromMouseEvent', { type: 'mouseReleased', x, y, button: 'left' })
}

test('长按、右键、快捷键、拖进来的网址都出不去', async ({ kiosk: { page } }) => {
  const uncancelled = await countUncancelled(page, ['contextmenu', 'keydown', 'dragover', 'drop'])
  const session = await page.context().newCDPSession(page)
  await longPress(session, 500, 900)
  for (const keys of [
    'F5',
    'F12',
    'Control+p',
    'Control+s',
    'Control+Shift+i',
    'Alt+ArrowLeft',
    'Control+Equal',
  ])
    await page.keyboard.press(keys)
  const data = { items: [{ mimeType: 'text/uri-list', data: 'https://example.org/' }], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 900, data })
  expect(await uncancelled()).toBe(0)
  expect(page.context().pages()).toHaveLength(1)
  await expect(page.getByRole('heading', { name: '您来办什么事？' })).toBeVisible()
})

test('在“您还在吗”上长按也没有菜单，点“办完了”就真的结束', async ({ kiosk: { page } }) => {
  await touch(page, '社会保险')
  await page.clock.runFor(61_000)
  const uncancelled = await countUncancelled(page, ['contextmenu', 'dragstart'])
  await longPress(await page.context().newCDPSession(page), 500, 900)
  expect(await uncancelled()).toBe(0)
  await page.getByRole('alertdialog').getByRole('button', { name: '办完了' }).click()
  await expect(startButton(page)).toBeVisible()
})

test('两个手指捏也放不大', async ({ kiosk: { page } }) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.synthesizePinchGesture', { x: 500, y: 900, scaleFactor: 3 })
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1)
})

test('机器对打印没有回音：十五秒后直说，不会把人困在屏幕前', async ({ kiosk: { page } }) => {
  await page.route('**/api/print-slip', () => new Promise(() => {}))
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('正在存文件')).toBeVisible()
  await page.clock.runFor(16_000)
  await expect(page.getByText('机器暂时没有反应')).toBeVisible()
  await touch(page, '办完了')
  await expect(startButton(page)).toBeVisible()
})
