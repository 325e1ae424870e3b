import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import {
  connectPrinter,
  coveringLooks,
  dress,
  everyLook,
  type Looks,
  printerScreens,
  screens,
  usualLooks,
  walkTo,
  withOver,
} from '../../build/screens.ts'
import { auditsAll, beginAnew, expect, inGroups, test } from './fixture.ts'
import { gatherScene } from './geometry.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2 to AA, and of AAA what a screen of this kind can be held to: 7:1, and all else axe knows of it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'wcag2aaa']

/** What axe finds on the screen as it stands: rule and the elements it names. The picture of the slip is paper. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (values) => {
    const tool: unknown = Reflect.get(window, 'axe')
    const run: unknown = tool && typeof tool === 'object' ? Reflect.get(tool, 'run') : undefined
    if (typeof run !== 'function') throw new Error('axe is not on the page')
    const found: { violations: { id: string; nodes: { target: string[] }[] }[] } = await run(
      { exclude: [['.slip']] },
      {
        runOnly: { type: 'tag', values },
        rules: { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } },
        resultTypes: ['violations'],
      },
    )
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
  }, tags)
}

/** Each screen in three looks, in which every language and every contrast comes once; the sizes take turns. */
const looksOf = (index: number): readonly Looks[] => {
  if (auditsAll) return everyLook
  const size = (['normal', 'large', 'largest'] as const)[index % 3]
  return coveringLooks.filter(({ textSize }) => textSize === size)
}

/** Every second screen upright and the others lying; all of them both ways where everything is asked for. */
const seen = [
  { title: '竖屏', viewport: { width: 1080, height: 1920 }, turn: 0 },
  { title: '横屏', viewport: { width: 1920, height: 1080 }, turn: 1 },
].map((way) => ({
  ...way,
  views: screens.flatMap((screen, index) =>
    auditsAll || Math.floor(index / 3) % 2 === way.turn ? [{ screen, looks: looksOf(index) }] : [],
  ),
}))

const inWords = ({ language, contrast, textSize }: Looks): string => `${language} ${contrast} ${textSize}`

// What is measured is the layout.
test.use({ sharpness: auditsAll ? 1 : 0.5 })
test.describe.configure({ timeout: 600_000 })

for (const { title, viewport, views } of seen) {
  test.describe(title, () => {
    test.use({ viewport })
    for (const group of inGroups(views, 5)) {
      const names = group.map(({ screen }) => screen.name).join('、')
      test(`${names}：各种语言、颜色和字号，axe 找不出毛病`, async ({ kiosk: { page } }) => {
        await page.evaluate(axe)
        const found: string[] = []
        for (const { screen, looks } of group) {
          await walkTo(page, screen)
          for (const look of looks) {
            await dress(page, look)
            const faults = await withOver(page, screen, () => violations(page))
            found.push(...faults.map((fault) => `${screen.name} ${inWords(look)}: ${fault}`))
          }
          await dress(page, usualLooks)
          await beginAnew(page)
        }
        expect(found).toEqual([])
      })
    }
  })
}

test('打印机说的话：各种语言、颜色和字号，axe 找不出毛病', async ({ kiosk: { page } }) => {
  const found: string[] = []
  for (const [index, screen] of printerScreens.entries()) {
    await connectPrinter(page, screen.says)
    await page.evaluate(axe)
    await walkTo(page, screen)
    for (const look of looksOf(index)) {
      await dress(page, look)
      found.push(...(await violations(page)).map((fault) => `${screen.name} ${inWords(look)}: ${fault}`))
    }
  }
  expect(found).toEqual([])
})

test('axe 本身查得出毛病：看不清的字、没有名字的按钮', async ({ kiosk: { page } }) => {
  await page.evaluate(axe)
  await page.evaluate(() => {
    const words = document.querySelector('h2')
    if (words) words.style.color = '#8a8a8a'
    document.querySelector('nav > button')?.replaceChildren()
  })
  const found = await violations(page)
  expect(found.map((each) => each.split(':')[0])).toEqual(
    expect.arrayContaining(['button-name', 'color-contrast-enhanced']),
  )
})

/** WCAG 1.4.12, as a visitor's own style sheet would set them. */
const spacings =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'

/** Every screen in Chinese and English: what is cut off or can be scrolled sideways. */
async function cutOff(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const screen of screens) {
    await walkTo(page, screen)
    for (const language of ['zh-CN', 'en'] as const) {
      await dress(page, { ...usualLooks, language })
      const { lines, wide } = await withOver(page, screen, () => gatherScene(page))
      expect(lines.length).toBeGreaterThan(2)
      found.push(
        ...lines.flatMap(({ text, cutBy }) =>
          cutBy === null ? [] : [`${screen.name} ${language}: “${text}” is cut off by ${cutBy}`],
        ),
        ...wide.map((name) => `${screen.name} ${language}: ${name} is wider than its region`),
      )
    }
    await dress(page, usualLooks)
    await beginAnew(page)
  }
  return found
}

test.describe('放大一倍', () => {
  // The panel is what it was; each side of the window shows half as much of it.
  test.use({
    viewport: { width: 540, height: 960 },
    contextOptions: { screen: { width: 1080, height: 1920 } },
  })

  test('不必左右滚动，没有字被切掉', async ({ kiosk: { page } }) => {
    expect(await cutOff(page)).toEqual([])
  })
})

test('把字距、行距、段距拉开，不必左右滚动，没有字被切掉', async ({ kiosk: { page } }) => {
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
  }, spacings)
  expect(await cutOff(page)).toEqual([])
})
