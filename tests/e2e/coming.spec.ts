import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentCopy, expect, pdfWords, test, touch } from './fixture.ts'

const root = join(import.meta.dirname, '../..')

test('各楼层：从楼到处室再到事项，首页和没人时的屏幕都进得去 @landscape', async ({ kiosk: { page } }) => {
  await touch(page, '按楼层找')
  await expect(page.getByRole('button', { name: /^北京南路445号/u })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('正在办公')).toBeVisible()
  await touch(page, '南湖东路19号')
  await touch(page, '自治区人力资源市场')
  await touch(page, '档案的接收和转递')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('档案的接收和转递')
  await touch(page, '办完了')
  await page.getByText('职称社会化评价中心').click()
  await expect(page.getByRole('heading', { name: '各楼层' })).toBeVisible()
})

test('两件事排成一条路：先近后远，从低到高，每一站写明交什么；去掉一件只剩一件', async ({
  kiosk: { page },
}) => {
  const add = async (...taps: readonly string[]) => {
    for (const tap of taps) await touch(page, tap)
    await touch(page, '加到清单')
    await touch(page, '首页')
  }
  await add('人事人才', '档案和证明', '档案的接收和转递')
  await add('社会保险', '退休', '企业职工正常退休')
  await add('社会保险', '社会保障卡', '社会保障卡信息变更')
  await touch(page, '我的清单，3 件')
  const stops = page.locator('ol > li').filter({ has: page.getByRole('button', { name: '去掉' }) })
  await expect(stops).toHaveCount(3)
  await expect(stops.nth(0)).toContainText('616')
  await expect(stops.nth(0)).toContainText('职工退休审批公示表')
  await expect(stops.nth(1)).toContainText('6–9')
  await expect(stops.nth(2)).toContainText('办事大厅')
  await stops.nth(1).getByRole('button', { name: '去掉' }).click()
  await expect(stops).toHaveCount(2)
  await touch(page, '办完了')
  await touch(page, '碰一下')
  await expect(page.getByRole('button', { name: /^我的清单/u })).toHaveCount(0)
})

test('要走没有台阶的路：没有人告诉本机，就说去问，不猜；放低画面时直接这么说', async ({
  kiosk: { page },
}) => {
  for (const tap of ['社会保险', '退休', '企业职工正常退休', '怎么走']) await touch(page, tap)
  await expect(page.getByText('先问工作人员无障碍路线怎么走')).toBeHidden()
  await touch(page, '要走没有台阶的路')
  await expect(page.getByText('先问工作人员无障碍路线怎么走')).toBeVisible()
  await touch(page, '走哪条路都行')
  await touch(page, '放低')
  await expect(page.getByText('先问工作人员无障碍路线怎么走')).toBeVisible()
})

test('打印前和纸上都说现在能不能办，纸上写明是什么时候算的', async ({ kiosk: { page, prints } }) => {
  for (const tap of ['社会保险', '退休', '企业职工正常退休']) await touch(page, tap)
  await expect(page.getByText('正在办公')).toBeVisible()
  await touch(page, '打印清单')
  await expect(page.getByText('正在办公').first()).toBeVisible()
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  const [file = ''] = await readdir(prints)
  expect(await pdfWords(join(prints, file))).toContain('11月24日星期二1300打印时正在办公到1330')
})

test('过了这个月的受理日：今天不受理，几号再来，打印前就看得见', async ({ kiosk: { page } }) => {
  for (const tap of ['社会保险', '退休', '企业职工养老保险待遇申领']) await touch(page, tap)
  const warning = page.getByText('今天不受理')
  await expect(warning).toBeVisible()
  await expect(page.getByText('12月1日星期二起再受理')).toBeVisible()
  await touch(page, '打印清单')
  await expect(warning.first()).toBeVisible()
})

test('银行自己的时间只照原文写，绝不说在办公', async ({ kiosk: { page } }) => {
  for (const tap of ['社会保险', '社会保障卡', '社会保障卡启用']) await touch(page, tap)
  await expect(page.getByText('原文是：以社保卡合作银行公布办公时间为准')).toBeVisible()
  await expect(page.getByText('正在办公')).toHaveCount(0)
})

test.describe('工作人员画了平面图、写了电梯', () => {
  let folder = ''
  test.beforeAll(async () => {
    folder = await contentCopy()
    await cp(join(root, 'tests/fixtures/floor-plan.svg'), join(folder, 'sixth.svg'))
    const site: unknown = JSON.parse(await readFile(join(folder, 'site.json'), 'utf8'))
    const buildings: unknown = site && typeof site === 'object' ? Reflect.get(site, 'buildings') : null
    if (!Array.isArray(buildings)) throw new Error('site.json has no buildings')
    const lift = { id: 'a', name: '1号电梯', floors: [1, 6], where: '大厅东侧' }
    Object.assign(buildings[0], { plans: [{ floor: 6, file: 'sixth.svg' }], lifts: [lift] })
    await writeFile(join(folder, 'site.json'), JSON.stringify(site))
  })
  test.use({ content: async ({}, use) => use(folder) })

  test('图上画出从电梯到门口的路，步骤说坐哪部电梯', async ({ kiosk: { page } }) => {
    for (const tap of ['社会保险', '退休', '企业职工正常退休', '怎么走']) await touch(page, tap)
    await expect(page.getByText('坐1号电梯到 6 楼')).toBeVisible()
    await expect(page.getByText('位置：大厅东侧')).toBeVisible()
    await expect(page.getByRole('img', { name: '6 楼平面图' })).toBeVisible()
    await expect(page.getByText('示意，不是平面图')).toHaveCount(0)
  })
})
