import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Page } from '@playwright/test'
import { expect, test, touch } from './fixture.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** WCAG 2.2 up to AA, and contrast 7:1 from AAA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds on the screen as it stands: rule and the elements it names. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'))
  return page.evaluate(async (values) => {
    const axe: unknown = Reflect.get(window, 'axe')
    const run: unknown = axe && typeof axe === 'object' ? Reflect.get(axe, 'run') : undefined
    if (typeof run !== 'function') throw new Error('axe is not on the page')
    const found: { violations: { id: string; nodes: { target: string[] }[] }[] } = await run(document, {
      runOnly: { type: 'tag', values },
      rules: { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } },
    })
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
  }, tags)
}

/** Elements whose text runs out of them or off the screen, and buttons too small for a finger (44 px at the least). */
function misfits(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLElement>('main *, nav *')].filter(
      (element) =>
        element.checkVisibility() && !element.closest('.slip') && !element.closest('.visually-hidden'),
    )
    const name = (element: HTMLElement) =>
      `${element.className || element.tagName} "${element.innerText.slice(0, 20)}"`
    const wide = seen.filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    const small = seen.filter((element) => {
      const box = element.getBoundingClientRect()
      return element.matches('button') && (box.width < 44 || box.height < 44)
    })
    return [
      ...wide.map((each) => `off the screen: ${name(each)}`),
      ...small.map((each) => `too small: ${name(each)}`),
    ]
  })
}

const screens: Record<string, readonly string[]> = {
  首页: [],
  按名字找: ['按名字找'],
  类别: ['社会保险'],
  一类事项: ['社会保险', '退休'],
  事项: ['社会保险', '养老保险转移', '机关事业单位养老保险关系转移接续申请'],
  怎么走: ['社会保险', '退休', '企业职工正常退休', '怎么走'],
  清单: ['社会保险', '退休', '企业职工正常退休', '打印清单'],
}

for (const [screen, taps] of Object.entries(screens)) {
  for (const size of ['小字', '大字']) {
    test(`${screen}（${size}）：axe 找不出毛病，没有伸出屏幕的，没有手指按不准的 @landscape`, async ({
      kiosk: { page },
    }) => {
      if (size === '大字') await touch(page, '大字')
      for (const tap of taps) await touch(page, tap)
      await page.evaluate(() => document.fonts.ready)
      expect(await violations(page)).toEqual([])
      expect(await misfits(page)).toEqual([])
    })
  }
}
