import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentCopy, expect, readCatalogue, startButton, test } from './fixture.ts'

/** The department's content as it would be if it were of another edition. */
async function contentOf(edition: string): Promise<string> {
  const folder = await contentCopy()
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify({ ...(await readCatalogue()), edition }))
  return folder
}

/** Beside the moment at which these tests stand: 268 days before it, and after it. */
const old = await contentOf('2026-03-01.1')
const future = await contentOf('2027-06-01.1')

test.use({ awake: false })

test('时钟对、钟点到：没人时就写着几点、正在办公', async ({ kiosk: { page } }) => {
  await expect(page.getByText('13:00')).toBeVisible()
  await expect(page.getByText('正在办公')).toBeVisible()
  await startButton(page).click()
  await expect(page.getByText('按类别找')).toBeVisible()
  await expect(page.getByText('天没有更新')).toHaveCount(0)
})

test.describe('内容半年没换', () => {
  test.use({ content: old })

  test('首页就说：有 268 天没有更新，先打电话问', async ({ kiosk: { page } }) => {
    await startButton(page).click()
    await expect(page.getByText('这里的内容已经 268 天没有更新')).toBeVisible()
  })
})

test.describe('时钟不对', () => {
  test.use({ content: future })

  test('不说正在办公，不写几点，只写指南上的钟点；也不说内容旧', async ({ kiosk: { page } }) => {
    await expect(startButton(page)).toBeVisible()
    await expect(page.getByText('办公时间')).toBeVisible()
    await expect(page.getByText('10:00–13:30').first()).toBeVisible()
    for (const words of ['正在办公', '现在不办公', '13:00'])
      await expect(page.getByText(words, { exact: true })).toHaveCount(0)
    await startButton(page).click()
    await expect(page.getByText('按类别找')).toBeVisible()
    await expect(page.getByText('天没有更新')).toHaveCount(0)
  })
})
