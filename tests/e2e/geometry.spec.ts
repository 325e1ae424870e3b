import type { Page } from '@playwright/test'
import {
  connectPrinter,
  coveringLooks,
  dress,
  everyLook,
  type Looks,
  printerScreens,
  type Screen,
  screens,
  settled,
  usualLooks,
  walkTo,
  withOver,
} from '../../build/screens.ts'
import type { Panel } from '../../data/physical-size.ts'
import type { JobView, PrintReply } from '../../data/printing.ts'
import { auditsAll, beginAnew, expect, inGroups, startButton, test } from './fixture.ts'
import { gatherScene, type Box, type Scene } from './geometry.ts'
import { faultsOf } from './geometry-rules.ts'

/** A kiosk's panel and how its picture stands. */
type Setup = {
  readonly title: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly panel: Panel
  readonly looks: readonly Looks[]
}

const portrait = { width: 1080, height: 1920 }
const landscape = { width: 1920, height: 1080 }
const standing = 800

/** Where a look changes most: the shortest words at the usual size, the longest at the largest, from left and from right. */
const extremes: readonly Looks[] = auditsAll
  ? everyLook
  : [
      usualLooks,
      { ...usualLooks, language: 'en', textSize: 'largest' },
      { ...usualLooks, language: 'ug', textSize: 'largest' },
    ]
const lowered = extremes.map((looks) => ({ ...looks, lowered: true }))

const panel: Panel = { diagonal: 27, lowerEdge: standing }

const usualSetups: readonly Setup[] = [
  { title: '27″ 竖屏', viewport: portrait, panel, looks: auditsAll ? everyLook : coveringLooks },
  { title: '27″ 横屏', viewport: landscape, panel, looks: auditsAll ? everyLook : coveringLooks },
]

const setup = (title: string, viewport: Setup['viewport'], diagonal: number, looks = extremes): Setup => ({
  title,
  viewport,
  panel: { diagonal, lowerEdge: standing },
  looks,
})

const otherSetups: readonly Setup[] = [
  setup('21.5″ 竖屏', portrait, 21.5),
  setup('21.5″ 横屏', landscape, 21.5),
  setup('43″ 竖屏', portrait, 43),
  setup('43″ 横屏', landscape, 43),
  setup('19″ 1280×1024', { width: 1280, height: 1024 }, 19),
  setup('18.5″ 1366×768', { width: 1366, height: 768 }, 18.5),
  setup('27″ 竖屏放低', portrait, 27, lowered),
  setup('43″ 竖屏放低', portrait, 43, lowered),
  { ...setup('43″ 竖屏立在地上放低', portrait, 43, lowered), panel: { diagonal: 43, lowerEdge: 200 } },
]

const inWords = ({ language, contrast, textSize }: Looks): string => `${language} ${contrast} ${textSize}`

/** A slip is drawn elsewhere: here it is only said to be saved. */
async function saveAtOnce(page: Page): Promise<void> {
  const job: JobView = { id: 'job', state: 'saved', reason: null, file: 'slip-20261124T050000Z-ab12.pdf' }
  const value: PrintReply = { kind: 'job', job }
  await page.route('**/api/print-slip', (route) => route.fulfill({ json: { ok: true, value } }))
}

/** What is wrong with `screen` in each of the looks; `bars` remembers where the bar stood in each language. */
async function audit(
  page: Page,
  screen: Screen,
  { looks, panel }: Setup,
  bars: Map<string, readonly Box[]>,
): Promise<readonly string[]> {
  const found = new Map<string, string[]>()
  await walkTo(page, screen)
  for (const look of looks) {
    await dress(page, look)
    const scene = await withOver(page, screen, () => gatherScene(page))
    expect(scene.lines.length, 'what is looked at is the screen').toBeGreaterThan(2)
    const faults = [
      ...faultsOf(scene, { lowerEdge: look.lowered ? panel.lowerEdge : null }),
      ...movedBar(scene, bars),
    ]
    for (const fault of new Set(faults)) found.set(fault, [...(found.get(fault) ?? []), inWords(look)])
  }
  await dress(page, usualLooks)
  return [...found].map(
    ([fault, [first = '', ...more]]) =>
      `${screen.name}: ${fault} (${first}${more.length > 0 ? ` and ${more.length} more` : ''})`,
  )
}

/** Whether the beginning of what is said of the printer stands in sight, without a touch. */
function isSaid(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const said = document.querySelector('main :is(.result, .care)')
    const box = said?.getBoundingClientRect()
    const onTop =
      box && document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 100) / 2)
    return Boolean(onTop && said?.contains(onTop))
  })
}

function movedBar({ language, bar }: Scene, bars: Map<string, readonly Box[]>): readonly string[] {
  const before = bars.get(language) ?? bar
  bars.set(language, before)
  return JSON.stringify(bar) === JSON.stringify(before) ? [] : ['the bar is not where it was']
}

// What is measured is the layout.
test.use({ sharpness: auditsAll ? 1 : 0.5 })
// A walk through every screen in four looks is a minute's work where others want the cores too.
test.describe.configure({ timeout: 600_000 })

for (const each of usualSetups) {
  test.describe(each.title, () => {
    test.use({ viewport: each.viewport, panel: each.panel })
    for (const group of inGroups(screens, 5)) {
      const names = group.map(({ name }) => name).join('、')
      test(`${names}：每种语言、字号和颜色，没有按不准的、出界的、盖住的、看不清的`, async ({
        kiosk: { page },
      }) => {
        await saveAtOnce(page)
        const bars = new Map<string, readonly Box[]>()
        const faults: string[] = []
        for (const screen of group) {
          faults.push(...(await audit(page, screen, each, bars)))
          await beginAnew(page)
        }
        expect(faults).toEqual([])
      })
    }
  })
}

for (const each of [...usualSetups, ...otherSetups]) {
  test.describe(each.title, () => {
    test.use({ viewport: each.viewport, panel: each.panel, awake: false })
    test('没人时的屏幕：没有按不准的、出界的、盖住的、看不清的', async ({ kiosk: { page } }) => {
      await startButton(page).waitFor()
      await settled(page)
      expect(faultsOf(await gatherScene(page), { lowerEdge: null })).toEqual([])
    })
  })
}

for (const each of usualSetups) {
  test.describe(each.title, () => {
    test.use({ viewport: each.viewport, panel: each.panel })
    test('机器没有反应时的屏幕：没有按不准的、出界的、盖住的、看不清的', async ({ kiosk: { page } }) => {
      const error = { code: 'internal', message: 'broken on purpose' }
      await page.route('**/api/compose-slip', (route) => route.fulfill({ json: { ok: false, error } }))
      const screen = { name: 'error', taps: [/^其他/u, /^行政复议/u, /^打印清单/u] }
      expect(await audit(page, screen, { ...each, looks: extremes }, new Map())).toEqual([])
    })
  })
}

// All that is said lying, where room is short; upright every second; on the other panels what takes most room.
for (const { each, said } of [
  ...usualSetups.map((each, turn) => ({
    each: { ...each, looks: extremes },
    said: printerScreens.filter((_, index) => auditsAll || turn === 1 || index % 2 === 0),
  })),
  ...otherSetups.map((each) => ({
    each,
    said: printerScreens.filter(({ name }) => auditsAll || name === 'print-stuck'),
  })),
]) {
  test.describe(each.title, () => {
    test.use({ viewport: each.viewport, panel: each.panel })
    test('打印机说什么，屏幕上的话都放得下：没有按不准的、出界的、盖住的、看不清的', async ({
      kiosk: { page },
    }) => {
      const bars = new Map<string, readonly Box[]>()
      const faults: string[] = []
      for (const screen of said) {
        await connectPrinter(page, screen.says)
        faults.push(...(await audit(page, screen, each, bars)))
        for (const look of each.looks) {
          await dress(page, look)
          if ((await isSaid(page)) !== (screen.name !== 'print-ready'))
            faults.push(`${screen.name}: what is said of the printer is out of sight (${inWords(look)})`)
        }
      }
      expect(faults).toEqual([])
    })
  })
}

for (const [turn, each] of otherSetups.entries()) {
  // Every panel has half the screens, and every screen half the panels.
  const half = screens.filter((_, index) => auditsAll || index % 2 === turn % 2)
  test.describe(each.title, () => {
    test.use({ viewport: each.viewport, panel: each.panel })
    test('每一屏：没有按不准的、出界的、盖住的、看不清的，常用按钮不挪地方', async ({ kiosk: { page } }) => {
      await saveAtOnce(page)
      const bars = new Map<string, readonly Box[]>()
      const faults: string[] = []
      for (const screen of half) {
        faults.push(...(await audit(page, screen, each, bars)))
        await beginAnew(page)
      }
      expect(faults).toEqual([])
    })
  })
}
