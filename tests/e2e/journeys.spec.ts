import { readdir, rm, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { en } from '../../renderer/i18n/en.ts'
import { ug } from '../../renderer/i18n/ug.ts'
import { expect, startButton, test, touch } from './fixture.ts'

const home = (page: Page) => page.getByRole('heading', { name: '您来办什么事？' })
const title = (page: Page) => page.getByRole('heading', { level: 1 })
const field = (page: Page) => page.getByRole('textbox', { name: '要找的事' })

async function type(page: Page, letters: string): Promise<void> {
  for (const letter of letters) await page.getByRole('button', { name: letter, exact: true }).click()
}

test('按类别找到工伤认定申请，看清材料和房间，把清单带走 @landscape', async ({ kiosk: { page, prints } }) => {
  await touch(page, '社会保险')
  await touch(page, '工伤登记和认定')
  await touch(page, '工伤认定申请')
  await expect(title(page)).toHaveText('工伤认定申请')
  await expect(page.getByText('618', { exact: true })).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(15)
  await touch(page, '打印清单')
  await expect(title(page)).toHaveText('有下面的情况吗？可以选几样')
  await touch(page, '不清楚')
  await expect(page.getByText('这台机器还没有接打印机')).toBeVisible()
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  await expect(page.getByText('打印好了')).toBeHidden()
  expect(await readdir(prints)).toHaveLength(1)
})

test('只按 g s r d 四个字母就找到工伤认定申请 @landscape', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  await type(page, 'gsrd')
  await expect(page.getByText('找到 1 项')).toBeVisible()
  await touch(page, '工伤认定申请')
  await expect(title(page)).toHaveText('工伤认定申请')
})

test('没有下文的字母按不动，退格又能按', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  await type(page, 'gsr')
  const q = page.getByRole('button', { name: 'q', exact: true })
  await expect(q).toBeDisabled()
  await touch(page, '退格')
  await touch(page, '清掉')
  await expect(q).toBeEnabled()
  await expect(field(page)).toHaveValue('')
})

test('多音字两种念法都找得到：查档案的“查”按 c 按 z 都行', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  for (const letters of ['tgdac', 'tgdaz']) {
    await type(page, letters)
    await expect(page.getByRole('button', { name: /^提供档案查/ })).toBeVisible()
    await touch(page, '清掉')
  }
})

test('用汉字也能找；找不到时说清楚还能怎么办，按情况接着找', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  await field(page).fill('退休审批')
  await expect(page.getByRole('button', { name: /^企业职工正常退休（职）审批/ })).toBeVisible()
  await field(page).fill('结婚登记')
  await expect(page.getByText('没有找到“结婚登记”')).toBeVisible()
  await expect(page.getByText('也可以打 12333 问')).toBeVisible()
  await touch(page, '退休和养老金')
  await expect(title(page)).toHaveText('退休和养老金')
})

test('读音记不准、只记得俗称，也找得到', async ({ kiosk: { page } }) => {
  await touch(page, '按名字找')
  await field(page).fill('gongsang')
  await expect(page.getByRole('heading', { name: '读音相近的' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^工伤认定申请/ })).toBeVisible()
  await field(page).fill('tuixou')
  await expect(page.getByRole('heading', { name: '最接近的' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^企业职工正常退休/ })).toBeVisible()
  await touch(page, '清掉')
  await type(page, 'sbk')
  await expect(page.getByRole('button', { name: /社会保障卡申领/ }).first()).toBeVisible()
})

test('按情况找：个人和单位各有各的事 @landscape', async ({ kiosk: { page } }) => {
  await touch(page, '按情况找')
  await expect(page.getByRole('button', { name: /^个人办事/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: /^家人去世/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^职工去世/ })).toHaveCount(0)
  await touch(page, '单位办事')
  await expect(page.getByRole('button', { name: /^家人去世/ })).toHaveCount(0)
  await touch(page, '受了工伤')
  await touch(page, '工伤认定申请')
  await expect(title(page)).toHaveText('工伤认定申请')
})

test.describe('不说中文的人', () => {
  test.use({ awake: false })

  test('用英文的词找到工伤认定，看到英文的名字和中文的原名', async ({ kiosk: { page } }) => {
    await touch(page, en.attract.start)
    await touch(page, en.home.search)
    await type(page, 'injury')
    await touch(page, 'Work injury recognition')
    await expect(title(page)).toHaveText('Work injury recognition')
    await expect(page.getByText('工伤认定申请', { exact: true })).toBeVisible()
    await touch(page, en.service.way)
    await expect(page.getByText(en.way.findRoom.replace('{rooms}', '618'))).toBeVisible()
  })

  test('用维吾尔文一路找到 616 室，从右往左写，房间号和电话不颠倒', async ({ kiosk: { page } }) => {
    await touch(page, ug.attract.start)
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await touch(page, 'ئىجتىمائىي سۇغۇرتا')
    await touch(page, 'پېنسىيەگە چىقىش')
    await touch(page, '企业职工正常退休')
    await expect(page.getByRole('checkbox').first()).toBeVisible()
    await touch(page, ug.service.way)
    await expect(page.getByText('616').first()).toBeVisible()
    const [first, last] = await Promise.all(
      ['first', 'last'].map((which) =>
        page.locator(which === 'first' ? 'nav > button >> nth=0' : 'nav > button >> nth=-1').boundingBox(),
      ),
    )
    expect(first?.x).toBeGreaterThan(last?.x ?? Infinity)
    await page.locator('nav > button').last().click()
    await expect(startButton(page)).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
  })
})

test('去六楼 616：楼层叠图点亮六楼，步骤不提指南没写的电梯 @landscape', async ({ kiosk: { page } }) => {
  await touch(page, '社会保险')
  await touch(page, '退休')
  await touch(page, '企业职工正常退休')
  await touch(page, '怎么走')
  await expect(page.locator('[aria-current="location"]')).toContainText('6')
  await expect(page.getByText('您在这里')).toBeVisible()
  await expect(page.getByText('上到 6 楼')).toBeVisible()
  await expect(page.getByText('找 616 室')).toBeVisible()
  await expect(page.getByText('示意，不是平面图')).toBeVisible()
  await expect(page.getByText('电梯')).toHaveCount(0)
})

test('要去另一座楼的，先说楼的地址和电话，再说窗口', async ({ kiosk: { page } }) => {
  await touch(page, '人事人才')
  await touch(page, '档案和证明')
  await touch(page, '档案的接收和转递')
  await touch(page, '怎么走')
  await expect(page.getByText('到南湖东路19号')).toBeVisible()
  await expect(page.getByText('找 6–9号窗口')).toBeVisible()
  await expect(page.getByText('去之前可以先打电话：0991-4696613')).toBeVisible()
})

test('一件事分两处办的，分开说各处做什么；指南没写清的楼不猜', async ({ kiosk: { page } }) => {
  await touch(page, '人事人才')
  await touch(page, '职称和继续教育')
  await touch(page, '专业技术人员继续教育证书核发')
  await touch(page, '怎么走')
  await expect(page.getByText('找 904 室')).toBeVisible()
  await touch(page, '缴费、领取空白证书')
  await expect(page.getByText('先问清在哪座楼')).toBeVisible()
  await expect(page.getByText('找 1507 室')).toBeVisible()
})

test('只在网上办的考试报名，写的是要做的事，不是空清单', async ({ kiosk: { page } }) => {
  await touch(page, '人事人才')
  await touch(page, '资格考试报名')
  await touch(page, '监理工程师')
  await expect(page.getByRole('heading', { name: '要做的事' })).toBeVisible()
  await expect(page.getByText('无需现场办理')).toBeVisible()
})

test('养老关系转移：本人办、委托他人办的材料各归各', async ({ kiosk: { page } }) => {
  await touch(page, '社会保险')
  await touch(page, '养老保险转移')
  await touch(page, '机关事业单位养老保险关系转移接续申请')
  for (const heading of ['转移申请', '转移申请，委托他人办理的', '接续申请', '接续申请，委托他人办理的'])
    await expect(
      page.getByRole('heading', { name: new RegExp(`^${heading}(需提供：)?$`, 'u') }),
    ).toBeVisible()
})

test('每月只收几天的，先提醒再打印；“25日前”不替指南作主', async ({ kiosk: { page } }) => {
  await touch(page, '社会保险')
  await touch(page, '缴费、补缴和查询')
  await touch(page, '机关事业单位职工社会保险费缴纳')
  const warning = page.getByText('每月25日前受理，25日当天收不收请先打电话问')
  await expect(warning).toBeVisible()
  await touch(page, '打印清单')
  await expect(warning).toBeVisible()
})

test('常用按钮一直在同一个地方 @landscape', async ({ kiosk: { page } }) => {
  const places = () => Promise.all(['首页', '返回', '字号', '颜色', '办完了'].map(placeOf))
  const placeOf = (name: string) =>
    page.getByRole('button', { name: new RegExp(`^${name}`, 'u') }).boundingBox()
  const atHome = await places()
  for (const step of ['社会保险', '社会保障卡', '社会保障卡申领', '打印清单']) {
    await touch(page, step)
    expect(await places()).toEqual(atHome)
  }
  await touch(page, '返回')
  await expect(title(page)).toHaveText('社会保障卡申领')
  await touch(page, '首页')
  await expect(home(page)).toBeVisible()
  await expect(page.getByRole('button', { name: '返回' })).toBeDisabled()
})

test('清单存不下来：直说，屏幕上的清单还在，修好以后再试一次就成', async ({ kiosk: { page, prints } }) => {
  await rm(prints, { recursive: true })
  await writeFile(prints, 'a file where the folder should be')
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('没有打印出来')).toBeVisible()
  await expect(page.getByText('清单存不进指定的文件夹')).toBeVisible()
  await rm(prints)
  await touch(page, '再试一次')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  expect(await readdir(prints)).toHaveLength(1)
})

test('连点两下只出一份清单', async ({ kiosk: { page, prints } }) => {
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await page.getByRole('button', { name: '存成 PDF 文件' }).dblclick()
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  expect(await readdir(prints)).toHaveLength(1)
})
