import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dress, settled, usualLooks } from '../../build/screens.ts'
import { folderSticks } from '../../electron/sticks/stick-source.ts'
import { docxOfLines } from '../fixtures/guide-docx.ts'
import { call, expect, startButton, test as base, touch } from './fixture.ts'
import { faultsOf } from './geometry-rules.ts'
import { gatherScene } from './geometry.ts'
import { isImage, type TestStick, withStick } from './stick.ts'
import { enter, havePins, pins, typePin } from './staff.ts'

/** A kiosk that keeps what is its own, with a stick that is not plugged in yet. */
const test = base.extend<{ stick: TestStick }>({
  awake: false,
  // Playwright reads a fixture's needs from its first argument, which must be a pattern.
  state: async ({ hostKind }, use) => {
    const folder = mkdtempSync(join(tmpdir(), `kiosk-state-${hostKind}-`))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  stick: async ({ hostKind }, use) => {
    if (hostKind !== 'browser') throw new Error('Sticks are for the browser host')
    await withStick(use)
  },
  printing: async ({ stick }, use) => {
    await use({ sticks: folderSticks([stick.folder]) })
  },
})

const guide = readFileSync(join(import.meta.dirname, '../../data/content/guide.txt'), 'utf8')

/** Ten edits a department might make, each in the table of one service. */
const edits = [
  ['工伤认定申请', '伤者当月工伤保险缴费单', '伤者近三个月工伤保险缴费单'],
  ['工伤认定申请', '单位经办人委托书。', '单位经办人委托书和身份证复印件。'],
  ['工伤认定申请', '现场办理', '现场办理、网上办理'],
  ['工伤认定申请', '60日内', '30日内'],
  ['工伤认定申请', '通知申请人领取决定文件', '邮寄给申请人'],
  ['工伤认定申请', '6楼618室', '6楼620室'],
  ['工伤认定申请', '0991—3689725', '0991—3689726'],
  ['行政复议', '申请书一式3份', '申请书一式2份'],
  ['行政复议', '当面递交、邮寄或者传真等方式递交', '当面递交或者邮寄'],
  ['职工正常退休（职）申请──企业职工正常退休（职）审批', '不收费', '不收费，工本费也不收'],
] as const

const edited = edits.reduce((text, [service, before, after]) => {
  const start = text.indexOf(`事项名称\n\t${service}\n`)
  const at = text.indexOf(before, start)
  if (start < 0 || at < 0) throw new Error(`The guide does not say "${before}" of ${service}`)
  return text.slice(0, at) + after + text.slice(at + before.length)
}, guide)

/** What a visitor reads of the place of 工伤认定申请. */
async function placeAsVisited(page: Page): Promise<string> {
  await startButton(page).click()
  for (const name of ['社会保险', /^工伤登记/u, '工伤认定申请']) await touch(page, name)
  const words = await page.locator('main').innerText()
  await touch(page, '办完了')
  await startButton(page).waitFor()
  return words.replaceAll(/\s/gu, '')
}

const kind = isImage ? '挂载的优盘映像' : '当作优盘的文件夹：这里不能挂载映像'

test(`前台用优盘（${kind}）带来改了十处的指南：看清改了什么，换上，来访的人就看到；再回到以前的版本`, async ({
  kiosk: { page },
  stick,
}) => {
  test.setTimeout(240_000)
  expect(await placeAsVisited(page)).toContain('618')
  await havePins(page)
  await enter(page, '前台')
  await touch(page, '更新内容')
  await expect(page.getByText('请插上优盘')).toBeVisible()

  stick.plug()
  writeFileSync(join(stick.folder, '办事指南（2026年12月）.docx'), await docxOfLines(edited))
  const plugged = performance.now()
  await touch(page, '办事指南（2026年12月）.docx')
  await expect(page.getByRole('heading', { name: '会改什么' })).toBeVisible({ timeout: 60_000 })
  console.log(`plug to preview: ${Math.round(performance.now() - plugged)} ms`)

  await expect(page.locator('.head')).toContainText('新增 0，去掉 0，改动 3')
  const changes = page.locator('.changes')
  await expect(changes).toContainText('换了地方')
  for (const [, , after] of edits) {
    const words = new RegExp(
      [...after].filter((letter) => !/[，、。（）—]/u.test(letter)).join('[\\s\\S]*'),
      'u',
    )
    await expect(changes).toContainText(words)
  }
  await expect(changes.locator('del').filter({ hasText: '18' }).first()).toBeVisible()

  // As visitors will see it, and not on paper.
  await changes.locator('article').filter({ hasText: '工伤认定申请' }).first().getByRole('button').click()
  await expect(page.getByText('试看：还没有换上')).toBeVisible()
  await expect(page.locator('main')).toContainText('620')
  await touch(page, '打印清单')
  await touch(page, '不清楚')
  await expect(page.locator('.slip')).toHaveCount(0)
  await touch(page, '看完了')
  await expect(page.getByRole('heading', { name: '会改什么' })).toBeVisible()

  const apply = page.getByRole('button', { name: '先把上面的提醒都点过' })
  await expect(apply).toBeDisabled()
  for (const warning of await page.getByRole('checkbox').all()) await warning.click()
  await touch(page, '换上')
  await typePin(page, '111222')
  await expect(page.locator('.care')).toContainText('密码不对')
  await typePin(page, pins.frontDesk)
  const approved = performance.now()
  await expect(page.getByText('现在可以拔出优盘了')).toBeVisible({ timeout: 60_000 })
  console.log(`approval to live: ${Math.round(performance.now() - approved)} ms`)
  await stick.pull()

  await touch(page, '退出登录')
  const after = await placeAsVisited(page)
  expect(after).toContain('620')
  expect(after).not.toContain('618')

  await enter(page, '前台')
  await touch(page, '回到以前的版本')
  await touch(page, /出厂时带的/u)
  await touch(page, '就回到这个版本')
  await expect(page.locator('.care')).toContainText('已经回到')
  await touch(page, '管理首页')
  await touch(page, '操作记录')
  await expect(page.locator('.rows')).toContainText('换上了新内容')
  await expect(page.locator('.rows')).toContainText('回到了以前的版本')
  await expect(page.locator('.rows')).toContainText('办事指南（2026年12月）.docx')
  await touch(page, '退出登录')
  expect(await placeAsVisited(page)).toContain('618')
})

test('坏文件、不是指南的文件：说清楚是什么、怎么办；来访的人看到的不变', async ({
  kiosk: { page },
  stick,
}) => {
  await havePins(page)
  await enter(page, '前台')
  stick.plug()
  writeFileSync(
    join(stick.folder, '照片.docx'),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from('JFIF')]),
  )
  writeFileSync(join(stick.folder, '通知.txt'), '今天下午开会。\n')
  writeFileSync(join(stick.folder, '更新.kiosk'), 'no bundle')
  await touch(page, '更新内容')
  for (const [name, words] of [
    ['照片.docx', '文件名和内容不一样'],
    ['通知.txt', '这不像办事指南'],
    ['更新.kiosk', '这不是更新包'],
  ] as const) {
    await touch(page, name)
    await expect(page.locator('.head .care')).toContainText(words)
    await expect(page.locator('.head .care')).toContainText('没有换上')
    await touch(page, '再选一个文件')
  }
  await stick.pull()
  await expect(page.getByText('请插上优盘')).toBeVisible()
})

test('带走资料：表格、统计、记录拷到优盘，拷好才说可以拔', async ({ kiosk: { page }, stick }) => {
  await havePins(page)
  await enter(page, '前台')
  stick.plug()
  await touch(page, '带走资料')
  await page.getByRole('checkbox', { name: '诊断信息' }).click()
  await page.getByRole('checkbox', { name: '更新包' }).click()
  await touch(page, '拷到优盘')
  await expect(page.locator('.care')).toContainText('现在可以拔出优盘了', { timeout: 60_000 })
  const [folder = ''] = readdirSync(stick.folder).filter((name) => name.startsWith('自助机资料'))
  const files = readdirSync(join(stick.folder, folder))
  expect(files.map((name) => name.replace(/_?\d{4}-\d\d-\d\d/u, '')).toSorted()).toEqual(
    expect.arrayContaining(['办事指南.kiosk', '办事指南.xlsx', '操作记录.csv', '诊断信息.txt']),
  )
  const log = readFileSync(join(stick.folder, folder, '操作记录.csv'), 'utf8')
  expect(log).toContain('第一次设置')
  // What was taken away comes back as it is: it changes nothing.
  await call(page, 'staff-stay', {})
  const [view] = await call(page, 'staff-get-sticks', {})
  const workbook = view?.offers.find(({ kind }) => kind === 'workbook')
  const read = await call(page, 'staff-read-offer', {
    stick: view?.stick.id ?? '',
    paths: [workbook?.path ?? ''],
  })
  expect(read).toMatchObject({ kind: 'preview', totals: { added: 0, removed: 0, changed: 0 } })
})

const looks = [usualLooks, { ...usualLooks, language: 'ug' as const, textSize: 'largest' as const }]

test('更新、回退、带走的每一屏：没有按不准的、出界的、盖住的、看不清的 @landscape', async ({
  kiosk: { page },
  stick,
}) => {
  test.setTimeout(240_000)
  const faults: string[] = []
  const audit = async (name: string): Promise<void> => {
    await settled(page)
    for (const look of looks) {
      await dress(page, look)
      for (const fault of faultsOf(await gatherScene(page), { lowerEdge: null }))
        faults.push(`${name} (${look.language}): ${fault}`)
    }
    await dress(page, usualLooks)
  }
  await havePins(page)
  await enter(page, '技术人员')
  await touch(page, '更新内容')
  await page.getByText('请插上优盘').waitFor()
  await audit('no stick')
  stick.plug()
  writeFileSync(join(stick.folder, '指南.txt'), edited)
  await page.getByRole('button', { name: '指南.txt' }).waitFor()
  await audit('offers')
  await touch(page, '指南.txt')
  await page.getByRole('heading', { name: '会改什么' }).waitFor({ timeout: 60_000 })
  await audit('preview')
  await touch(page, '指出的问题')
  await audit('findings')
  for (const name of ['回到以前的版本', '带走资料']) {
    await touch(page, '管理首页')
    await touch(page, name)
    await page.locator('h1').filter({ hasText: name }).waitFor()
    await audit(name)
  }
  expect(faults).toEqual([])
})
