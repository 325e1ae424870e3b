import type { Page } from '@playwright/test'
import { usualPanel } from '../../data/physical-size.ts'
import { broken, expect, passWhilePrinting, startButton, test, touch } from './fixture.ts'

const home = (page: Page) => page.getByText('按类别找')
const question = (page: Page) => page.getByRole('alertdialog')

test('第一下只是叫醒它：碰在哪里都不会顺手点开什么', async ({ kiosk: { page } }) => {
  const door = await page.getByRole('button', { name: /^按名字找/u }).boundingBox()
  if (!door) throw new Error('There is no such door')
  await touch(page, '办完了')
  await expect(startButton(page)).toBeVisible()
  await page.touchscreen.tap(door.x + door.width / 2, door.y + door.height / 2)
  await expect(home(page)).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
})

test('手指一碰上就亮，抬起来就灭；滑开了也灭，什么也不打开', async ({ kiosk: { page } }) => {
  const tile = page.getByRole('main').getByRole('listitem').getByRole('button').first()
  const box = await tile.boundingBox()
  if (!box) throw new Error('There is no tile')
  const finger = await page.context().newCDPSession(page)
  const put = (type: 'touchStart' | 'touchMove' | 'touchEnd', down = 0) => {
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 + down }
    return finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [point],
    })
  }
  const ground = () => tile.evaluate((element) => getComputedStyle(element).backgroundColor)
  const usual = await ground()

  await put('touchStart')
  expect(await ground()).not.toBe(usual)
  await put('touchMove', 40)
  expect(await ground()).toBe(usual)
  await put('touchEnd')
  await expect(home(page)).toBeVisible()

  await put('touchStart')
  expect(await ground()).not.toBe(usual)
  await put('touchEnd')
  await expect(home(page)).toBeHidden()
  await expect(page.locator('[data-pressed]')).toHaveCount(0)
})

test('手指还按着字母时，看到的不变；抬起来才换，滑开了就不换', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  const main = page.getByRole('main')
  const key = (letter: string) => page.getByRole('button', { name: letter, exact: true })
  const finger = await page.context().newCDPSession(page)
  const put = async (type: 'touchStart' | 'touchMove' | 'touchEnd', letter: string, up = 0) => {
    const box = await key(letter).boundingBox()
    if (!box) throw new Error(`There is no ${letter}`)
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 - up }
    const touchPoints = type === 'touchEnd' ? [] : [point]
    await finger.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  const seen = async () => ({
    // By what is drawn and by what is read out: what lies ready is in the document, and in neither of these.
    picture: (await page.locator('main .body').screenshot()).toString('base64'),
    words: await main.ariaSnapshot(),
    height: await main.evaluate((element) =>
      Math.max(...[...element.querySelectorAll('.pane')].map((pane) => pane.scrollHeight)),
    ),
  })
  const recognition = new RegExp(broken('工伤认定申请'), 'u')
  const before = await seen()

  await put('touchStart', 'g')
  await expect(main.getByText(recognition)).toHaveCount(1)
  expect(await seen()).toEqual(before)
  await put('touchMove', 'g', 200)
  await put('touchEnd', 'g')
  await expect(page.getByRole('textbox')).toHaveValue('')
  expect(await seen()).toEqual(before)
  // What lies ready is in nobody's way: it takes no finger and no key.
  const takers = await main.evaluate((element) => {
    const ready = element.querySelector('.next')
    const box = ready?.getBoundingClientRect()
    if (!ready || !box) return ['nothing lies ready']
    const points = [0.1, 0.3, 0.5].map((part) =>
      document.elementFromPoint(box.x + box.width / 2, box.y + 300 * part),
    )
    const button = ready.querySelector('button')
    button?.focus()
    return [...points, document.activeElement].flatMap((taker) =>
      taker && ready.contains(taker) ? [taker.tagName] : [],
    )
  })
  expect(takers).toEqual([])

  await put('touchStart', 'g')
  await put('touchEnd', 'g')
  await expect(page.getByRole('textbox')).toHaveValue('g')
  await expect(main.getByRole('button', { name: recognition }).first()).toBeVisible()
  expect(await seen()).not.toEqual(before)
})

test('字号、颜色、放低、语言、单位、勾过的、输过的：“办完了”以后都回到原样', async ({ kiosk: { page } }) => {
  const html = page.locator('html')
  const looks = () =>
    page.evaluate(() => {
      const { lang, dir, dataset } = document.documentElement
      return { lang, dir, ...dataset, lowered: document.querySelector('.panel.lowered') !== null }
    })
  const usual = await looks()
  for (const size of ['large', 'largest', 'normal', 'large']) {
    await touch(page, '字号')
    await expect(html).toHaveAttribute('data-text-size', size)
  }
  for (const contrast of ['light', 'dark', 'normal', 'light']) {
    await touch(page, '颜色')
    await expect(html).toHaveAttribute('data-contrast', contrast)
  }
  await touch(page, '放低')
  await expect(page.getByText('画面放低了')).toBeVisible()
  await touch(page, '升高')
  await expect(page.getByText('画面放低了')).toBeHidden()
  await touch(page, '放低')
  await touch(page, '按情况找')
  await touch(page, '单位办事')
  await touch(page, '返回')
  await touch(page, '按名字找')
  for (const letter of 'gsrd') await page.getByRole('button', { name: letter, exact: true }).click()
  await touch(page, '工伤认定申请')
  await page.getByRole('checkbox').first().click()
  await expect(page.getByRole('checkbox').first()).toBeChecked()
  await page.locator('nav > button').nth(-2).click()
  await page.locator('[role="dialog"] button[lang="ug"]').click()
  await expect(html).toHaveAttribute('dir', 'rtl')
  expect(await looks()).toEqual({
    lang: 'ug',
    dir: 'rtl',
    textSize: 'large',
    contrast: 'light',
    lowered: true,
  })

  await page.locator('nav > button').last().click()
  await expect(startButton(page)).toBeVisible()
  expect(await looks()).toEqual(usual)
  await startButton(page).click()
  await touch(page, '按情况找')
  await expect(page.getByRole('button', { name: /^个人办事/u })).toHaveAttribute('aria-pressed', 'true')
  await touch(page, '返回')
  await touch(page, '按名字找')
  await expect(page.getByRole('textbox')).toHaveValue('')
  for (const letter of 'gsrd') await page.getByRole('button', { name: letter, exact: true }).click()
  await touch(page, '工伤认定申请')
  await expect(page.getByRole('checkbox').first()).not.toBeChecked()
})

test('全在手够得着处的屏幕不用放低，也就没有这个按钮', async ({ kiosk: { page } }) => {
  await expect(page.getByRole('button', { name: '放低' })).toBeVisible()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await expect(page.getByRole('button', { name: '放低' })).toHaveCount(usualPanel.lowerEdge > 880 ? 1 : 0)
})

test('没人碰：先问一声，碰一下就继续；再没人碰就回到开头全忘掉', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  for (const letter of 'gs') await page.getByRole('button', { name: letter, exact: true }).click()
  await page.clock.runFor(61_000)
  await expect(question(page)).toContainText('您还在吗？')
  await touch(page, '我还在看')
  await expect(question(page)).toBeHidden()
  await expect(page.getByRole('textbox')).toHaveValue('gs')
  await page.clock.runFor(61_000)
  await expect(question(page)).toBeVisible()
  await page.clock.runFor(31_000)
  await expect(startButton(page)).toBeVisible()
})

const waits: readonly {
  readonly screen: string
  readonly taps: readonly string[]
  readonly seconds: number
}[] = [
  { screen: '首页', taps: [], seconds: 60 },
  { screen: '按名字找', taps: ['按名字找'], seconds: 60 },
  { screen: '按情况找', taps: ['按情况找'], seconds: 60 },
  { screen: '一类', taps: ['社会保险'], seconds: 60 },
  { screen: '事项', taps: ['其他', '行政复议'], seconds: 150 },
  { screen: '怎么走', taps: ['其他', '行政复议', '怎么走'], seconds: 150 },
  { screen: '清单', taps: ['行政审批', '年金基金管理合同备案', '打印清单'], seconds: 150 },
]

test('选的时候等一分钟，读的时候等两分半，才问人还在不在', async ({ kiosk: { page } }) => {
  await page.clock.pauseAt(new Date('2026-11-24T05:30:00Z'))
  if (await question(page).isVisible()) await touch(page, '我还在看')
  for (const { screen, taps, seconds } of waits) {
    await touch(page, '首页')
    await page.clock.runFor(100)
    for (const tap of taps) {
      await touch(page, tap)
      await page.clock.runFor(100)
    }
    await page.clock.runFor((seconds - 3) * 1000)
    await expect(question(page), screen).toBeHidden()
    await page.clock.runFor(4000)
    await expect(question(page), screen).toBeVisible()
    await touch(page, '我还在看')
    await page.clock.runFor(100)
    await expect(question(page)).toBeHidden()
  }
})

test('正在打印时不问，也不回开头', async ({ kiosk: { page } }) => {
  const job = { id: 'slow', state: 'printing', reason: null, file: null }
  await page.route('**/api/print-slip', (route) =>
    route.fulfill({ json: { ok: true, value: { kind: 'job', job } } }),
  )
  await page.route('**/api/get-job', (route) => route.fulfill({ json: { ok: true, value: job } }))
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  const button = page.getByRole('button', { name: '存成 PDF 文件' })
  await expect(button).toBeEnabled()
  // Pressed without a touch, which would begin the waiting anew: it would be asked 10 s from here.
  await page.clock.runFor(140_000)
  await button.evaluate((element: HTMLElement) => element.click())
  await expect(page.getByText('正在打印，请等一等')).toBeVisible()
  await passWhilePrinting(page, 55)
  await expect(question(page)).toBeHidden()
  await expect(page.getByText('正在打印，请等一等')).toBeVisible()
})

test('没人的时候它就这么等着，不再问谁', async ({ kiosk: { page } }) => {
  await touch(page, '办完了')
  await page.clock.runFor(1_200_000)
  await expect(question(page)).toBeHidden()
  await expect(startButton(page)).toBeVisible()
})

test('不想看动画的，一点动画也没有', async ({ kiosk: { page } }) => {
  const moving = () =>
    page.evaluate(() => {
      const lasts = (times: string) => times.split(',').some((time) => parseFloat(time) > 0)
      const styled = [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element)
        return lasts(transitionDuration) || lasts(animationDuration)
      })
      return [
        ...styled.map(({ className }) => String(className)),
        ...document.getAnimations().map(({ id }) => id),
      ]
    })
  expect(await moving()).toEqual([])
  await page.locator('nav > button').nth(-2).click()
  expect(await moving()).toEqual([])
  await page.keyboard.press('Escape')
  for (const step of ['社会保险', '退休', '企业职工正常退休', '打印清单']) {
    await touch(page, step)
    expect(await moving()).toEqual([])
  }
  await page.evaluate(() => {
    const turning = document.createElement('i')
    turning.style.transition = 'opacity 100ms'
    document.body.append(turning)
  })
  expect(await moving()).toHaveLength(1)
})
