import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { en } from '../../renderer/i18n/en.ts'
import { ug } from '../../renderer/i18n/ug.ts'
import { zhCN } from '../../renderer/i18n/zh-CN.ts'
import { contentCopy, expect, startButton, test, touch } from './fixture.ts'
import { gatherScene } from './geometry.ts'
import { faultsOf } from './geometry-rules.ts'

const good = join(import.meta.dirname, '../../data/content')
const broken = await contentCopy()

test.use({ content: broken, awake: false })
test.beforeEach(breakContent)

/** Before the kiosk starts: content that was once good stays in force. */
async function breakContent(): Promise<void> {
  await cp(good, broken, { recursive: true })
  await writeFile(join(broken, 'catalogue.json'), '{ "format": 1, "services": [')
}

const mend = () => cp(join(good, 'catalogue.json'), join(broken, 'catalogue.json'))

test('内容坏了：三种语言都说明白，指服务台，字看得清，修好后“再试一次”就开 @landscape', async ({
  kiosk: { page },
}) => {
  for (const { outOfService } of [zhCN, en, ug])
    for (const words of Object.values(outOfService)) await expect(page.getByText(words)).toBeVisible()
  await expect(page.getByText('办事指南打不开。')).toBeVisible()
  expect(faultsOf(await gatherScene(page), { lowerEdge: null })).toEqual([])
  await mend()
  await touch(page, '再试一次')
  await expect(startButton(page)).toBeVisible()
})

test('没人碰它，它半分钟试一次，修好了自己就开', async ({ kiosk: { page } }) => {
  await expect(page.getByText(zhCN.outOfService.title)).toBeVisible()
  await page.clock.runFor(31_000)
  await expect(page.getByText(zhCN.outOfService.title)).toBeVisible()
  await mend()
  await page.clock.runFor(31_000)
  await expect(startButton(page)).toBeVisible()
})
