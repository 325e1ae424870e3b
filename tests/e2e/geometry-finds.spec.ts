import { expect, test } from '@playwright/test'
import { gatherScene } from './geometry.ts'
import { faultsOf } from './geometry-rules.ts'

/** A page on which a millimetre is 4 px: sound, but for what `body` plants on it. */
const pageWith = (body: string, attributes = 'lang="zh-CN" dir="ltr"') => `<!doctype html>
<html ${attributes} style="--mm: 4px">
<style>
  * { box-sizing: border-box; margin: 0 }
  body { font: 44px/1.5 sans-serif; height: 100vh; overflow: hidden }
  button { position: absolute; width: 120px; height: 120px; padding: 0; border: 0; font: inherit }
  li { height: 100px } li button { position: static; height: 100px; width: 400px; display: block }
  .at { position: absolute }
</style>
<body>${body}</body>
</html>`

const button = (left: number, top: number, style = '', text = '好') =>
  `<button style="left: ${left}px; top: ${top}px; ${style}">${text}</button>`
const rows = (height: number) =>
  `<ul>${`<li style="height: ${height}px"><button style="height: ${height}px">一行</button></li>`.repeat(2)}</ul>`

const planted: readonly { readonly what: string; readonly body: string; readonly found: RegExp }[] = [
  { what: '小于 20 mm 的按钮', body: button(10, 10, 'width: 79px'), found: /^too small: BUTTON/u },
  { what: '离得不到 3 mm 的按钮', body: button(10, 10) + button(140, 10), found: /^too close/u },
  { what: '挨着的行，减去间隔就太小', body: rows(86), found: /^too close/u },
  { what: '叠在一起的按钮', body: button(10, 10) + button(100, 10), found: /^targets over each other/u },
  {
    what: '被盖住的按钮',
    body: `${button(10, 10)}<div class="at" style="inset: 0; background: #fff"></div>`,
    found: /^covered/u,
  },
  { what: '伸出屏幕的按钮', body: button(-40, 10), found: /^out of its frame/u },
  {
    what: '伸出屏幕的字',
    body: '<p class="at" style="left: 900px; white-space: nowrap">一直写到屏幕外面去了的字</p>',
    found: /^cut off: .* by the screen/u,
  },
  {
    what: '伸出按钮的字',
    body: button(10, 10, 'white-space: nowrap; text-align: start', '写不下的名字'),
    found: /^out of its frame/u,
  },
  {
    what: '被切掉的字',
    body: '<div style="width: 90px; overflow: hidden; white-space: nowrap">切掉了的字</div>',
    found: /^cut off: .* by DIV/u,
  },
  {
    what: '滚不到的字',
    body: '<div style="height: 200px; overflow: hidden auto"><p style="margin-top: -60px">够不着</p><p style="height: 900px">长</p></div>',
    found: /^cut off/u,
  },
  {
    what: '能左右滚动的一块',
    body: '<div style="width: 300px; overflow: auto"><p style="width: 500px">宽</p></div>',
    found: /^wider than its region/u,
  },
  {
    what: '叠在一起的字',
    body: '<p class="at" style="top: 10px">上面的字</p><p class="at" style="top: 30px">下面的字</p>',
    found: /^text over text/u,
  },
  {
    what: '盖在按钮上的字',
    body: `${button(10, 10, '', '')}<p class="at" style="left: 20px; top: 20px; pointer-events: none">字</p>`,
    found: /^text over a target/u,
  },
  {
    what: '太小的字',
    body: '<p style="font-size: 28px">看不清</p>',
    found: /^too small to read: .* of 0\.5°/u,
  },
  {
    what: '正文里太小的字',
    body: '<p class="text" style="font-size: 36px">看不清</p>',
    found: /^too small to read: .* of 0\.7°/u,
  },
  {
    what: '顺序反了的常用按钮',
    body: `<nav>${button(400, 10)}${button(10, 10)}</nav>`,
    found: /^the bar runs the other way/u,
  },
  { what: '够不着的按钮', body: button(10, 10), found: /^out of reach/u },
]

/** Where the lower edge of this page's screen stands: its upper 70 mm are above what is within reach. */
const lowerEdge = 1110

test.describe('量屏幕的尺子量得出毛病', () => {
  test.use({ viewport: { width: 1000, height: 720 } })

  for (const { what, body, found } of planted) {
    test(what, async ({ page }) => {
      await page.setContent(pageWith(body))
      const faults = faultsOf(await gatherScene(page), {
        lowerEdge: what === '够不着的按钮' ? lowerEdge : null,
      })
      expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(found)]))
    })
  }

  test('从右往左写时颠倒了的时间', async ({ page }) => {
    const backwards = '<p dir="rtl">ۋاقىت 10:00–13:30</p>'
    await page.setContent(pageWith(backwards, 'lang="ug" dir="rtl"'))
    expect(faultsOf(await gatherScene(page), { lowerEdge: null })).toEqual(['read backwards: 10:00–13:30'])
    await page.setContent(
      pageWith(backwards.replace('10:00–13:30', '\u206810:00–13:30\u2069'), 'lang="ug" dir="rtl"'),
    )
    expect(faultsOf(await gatherScene(page), { lowerEdge: null })).toEqual([])
    await page.setContent(pageWith('<p>字</p>', 'lang="ug" dir="ltr"'))
    expect(faultsOf(await gatherScene(page), { lowerEdge: null })).toEqual(['written ltr, not rtl'])
  })

  test('好端端的一屏没有毛病', async ({ page }) => {
    const sound = `<nav>${button(10, 590)}${button(142, 590)}</nav>${rows(100)}
      <div style="height: 150px; overflow: hidden auto"><p class="text">一</p><p>二</p><p>三</p></div>`
    await page.setContent(pageWith(sound))
    expect(faultsOf(await gatherScene(page), { lowerEdge: 1040 })).toEqual([])
  })
})
