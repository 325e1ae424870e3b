import type { Page, Route } from '@playwright/test'
import { expect, startButton, test } from './fixture.ts'

/** Has the program of the next page held back; what it returns lets it through. */
async function holdProgram(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = []
  let isHeld = true
  await page.route('**/assets/main-*.js', async (route) => {
    if (isHeld) held.push(route)
    else await route.continue()
  })
  return async () => {
    isHeld = false
    for (const route of held) await route.continue()
  }
}

const cover = (page: Page) => page.locator('#cover')

/** Waits until the cover stands as a visitor sees it: a page that is asked earlier lays its words out without styles. */
async function coverStands(page: Page): Promise<void> {
  await expect(cover(page)).toHaveCSS('position', 'fixed')
  await expect(cover(page).getByText('碰一下')).toBeVisible()
}

for (const { title, choose, home } of [
  {
    title: '中文',
    choose: (page: Page) => cover(page).getByText('碰一下，开始').tap(),
    home: '您来办什么事？',
  },
  {
    title: '英文',
    choose: (page: Page) => cover(page).getByText('Touch to start').tap(),
    home: 'What are you here for?',
  },
  { title: '空白处', choose: (page: Page) => page.touchscreen.tap(540, 900), home: '您来办什么事？' },
])
  test(`程序还没读进来就碰：记着，一好就到首页（${title}）`, async ({ kiosk: { page } }) => {
    const letThrough = await holdProgram(page)
    await page.reload({ waitUntil: 'commit' })
    await coverStands(page)
    await choose(page)
    await expect(cover(page).locator('input:checked')).toHaveCount(1)
    await letThrough()
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText(home)
    await expect(cover(page)).toHaveCount(0)
  })

test('没碰：换成待机画面，按钮和标题原地不动 @landscape', async ({ kiosk: { page } }) => {
  const letThrough = await holdProgram(page)
  await page.reload({ waitUntil: 'commit' })
  const places = async () => ({
    title: await page.locator(':is(#cover, .head) > h1').boundingBox(),
    start: await page.locator(':is(#cover .whole, .attract .start)').first().boundingBox(),
    other: await page.locator(':is(#cover label, .attract .start)').last().boundingBox(),
  })
  await coverStands(page)
  const before = await places()
  await letThrough()
  await expect(startButton(page)).toBeVisible()
  await expect(cover(page)).toHaveCount(0)
  const after = await places()
  for (const part of ['title', 'start', 'other'] as const) {
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      const moved = Math.abs((after[part]?.[side] ?? NaN) - (before[part]?.[side] ?? NaN))
      // The waiting screen drifts, is true to a panel the cover cannot know yet, and has a line more until it is set up.
      expect(moved, `${part} ${side}`).toBeLessThanOrEqual(48)
    }
  }
})

test('换成待机画面：一下子就换，中间不暗下去', async ({ kiosk: { page } }) => {
  const letThrough = await holdProgram(page)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.reload({ waitUntil: 'commit' })
  await coverStands(page)
  const opacity = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const look = () =>
          resolve(getComputedStyle(document.querySelector('main > *') ?? document.body).opacity)
        const observer = new MutationObserver(() => {
          if (document.querySelector('#cover')) return
          observer.disconnect()
          requestAnimationFrame(look)
        })
        observer.observe(document.body, { childList: true })
      }),
  )
  await letThrough()
  expect(await opacity).toBe('1')
})

test('程序头一回没读进来：封面还在，过一会儿自己再读', async ({ host }) => {
  const page = await host.open({ width: 1080, height: 1920 })
  let isBroken = true
  await page.route('**/assets/main-*.js', (route) => (isBroken ? route.abort() : route.continue()))
  await page.reload()
  await coverStands(page)
  isBroken = false
  await expect(startButton(page)).toBeVisible()
  await expect(cover(page)).toHaveCount(0)
})

test('什么都还没显示，就握住与主机的连线：一露面就崩溃，主机也马上知道', async ({ host }) => {
  const page = await host.open({ width: 1080, height: 1920 })
  // Without an answer to its signs of life it is not yet known to show anything.
  await page.route('**/api/alive', () => undefined)
  const held = page.waitForResponse('**/life-line')
  await page.reload()
  expect((await held).status()).toBe(200)
})

test('封面上的快捷键也被拦下：程序还没读进来，就出不去', async ({ kiosk: { page } }) => {
  const letThrough = await holdProgram(page)
  await page.reload({ waitUntil: 'commit' })
  await coverStands(page)
  await page.evaluate(() => {
    const barred: string[] = []
    Reflect.set(window, 'barred', barred)
    window.addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (defaultPrevented) barred.push(key)
    })
  })
  for (const key of ['F12', 'Control+n', 'Control+j']) await page.keyboard.press(key)
  expect(await page.evaluate((): unknown => Reflect.get(window, 'barred'))).toEqual(
    expect.arrayContaining(['F12', 'n', 'j']),
  )
  await letThrough()
})
