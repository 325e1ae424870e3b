import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Page } from '@playwright/test'
import { createLog } from '../../electron/log.ts'
import { choosePrinter } from '../../electron/printing/choose-printer.ts'
import { usualTiming } from '../../electron/printing/desk.ts'
import { endLab, until } from '../fixtures/lab-processes.ts'
import { type LabPrinter, labPrinter } from '../fixtures/printer-lab.ts'
import { readCodes } from '../fixtures/qr-reader.ts'
import { thermalHead } from '../fixtures/thermal-head.ts'
import { call, expect, lettersOf, passWhilePrinting, pdfWords, test as base, touch } from './fixture.ts'
import { enter, havePins } from './staff.ts'

const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
const missing = ['ippeveprinter', 'ipptool', 'dbus-daemon'].filter(
  (program) => !folders.some((folder) => existsSync(join(folder, program))),
)
const whyNot =
  missing.length > 0 ? ` (not run: ${missing.join(', ')} missing; npm test -- printers sets them up)` : ''

const log = createLog(() => undefined)
const parts = { prints: tmpdir(), paper: 'a4', now: () => new Date(), log } as const

/** A kiosk whose slips go to a real IPP printer, which a test takes the paper away from. */
const test = base.extend<{ lab: LabPrinter }>({
  // Playwright reads a fixture's needs from its first argument, which must be a pattern.
  lab: async ({ hostKind }, use) => {
    if (hostKind !== 'browser') throw new Error('The lab is for the browser host')
    await use(await labPrinter())
    await endLab()
  },
  printing: async ({ lab }, use) => {
    await use({
      printer: choosePrinter(lab.uri, parts),
      timing: { ...usualTiming, poll: 100, stuck: 3000 },
      limits: { perVisit: 3, perMinute: 30 },
    })
  },
})

async function toSlip(page: Page): Promise<void> {
  for (const name of ['行政审批', '年金基金管理合同备案', '打印清单']) await touch(page, name)
}
const result = (page: Page) => page.locator('.result')

test.describe(`一台真的打印机${whyNot}`, () => {
  test.skip(missing.length > 0)

  test('出了纸才说打印好了；多点几下只出一张；能再打印一份，但有个数', async ({ kiosk: { page }, lab }) => {
    await toSlip(page)
    await page.getByRole('button', { name: '打印这份清单' }).dblclick()
    await expect(result(page)).toContainText('打印好了')
    expect(await lab.cameOut()).toHaveLength(1)
    const [received = new Uint8Array()] = await lab.received()
    const file = join(tmpdir(), `kiosk-received-${process.pid}.pdf`)
    await writeFile(file, received)
    expect(await pdfWords(file)).toContain(lettersOf('年金基金管理合同备案'))
    for (let copies = 2; copies <= 3; copies += 1) {
      await touch(page, '再打印一份')
      await until('the next copy', async () => (await lab.cameOut()).length === copies)
      await expect(result(page)).toContainText('打印好了')
    }
    await touch(page, '再打印一份')
    await expect(result(page)).toContainText('这一次能打印的张数用完了')
    expect(await lab.cameOut()).toHaveLength(3)
  })

  test('没有纸：马上说，收回来，不会后来自己冒出来；加了纸再试就好', async ({ kiosk: { page }, lab }) => {
    await lab.set('media-empty')
    await toSlip(page)
    await touch(page, '打印这份清单')
    await expect(result(page)).toContainText('打印机停住了')
    await expect(result(page)).toContainText('打印机没有纸了')
    await expect(result(page)).toContainText('没有打印出来')
    await expect(page.getByRole('button', { name: '存到手机' })).toBeEnabled()
    await lab.set('ready')
    await touch(page, '再试一次')
    await expect(result(page)).toContainText('打印好了')
    expect(await lab.cameOut()).toHaveLength(1)
  })

  test('等了二十秒还没出来：可以不等，也可以走', async ({ kiosk: { page }, lab }) => {
    await lab.set('slow')
    await toSlip(page)
    await touch(page, '打印这份清单')
    await expect(result(page)).toContainText('正在打印')
    await expect(page.getByRole('button', { name: '办完了' })).toBeDisabled()
    await passWhilePrinting(page, 20)
    await expect(result(page)).toContainText('还没有出来')
    await expect(page.getByRole('button', { name: '办完了' })).toBeEnabled()
    await touch(page, '不等了')
    await expect(result(page)).toContainText('这张清单不会再打印')
    await lab.set('ready')
    await touch(page, '再试一次')
    await expect(result(page)).toContainText('打印好了')
    expect(await lab.cameOut()).toHaveLength(1)
  })

  test('工作人员进得来以后：打印机怎样、最近打印的、每天多少；碰一下版本号只是叫醒', async ({
    kiosk: { page },
    lab,
  }) => {
    await toSlip(page)
    await touch(page, '打印这份清单')
    await expect(result(page)).toContainText('打印好了')
    await lab.kill()
    await touch(page, '办完了')
    await page.locator('.edition').click()
    await expect(page.getByText('按类别找')).toBeVisible()
    await touch(page, '办完了')
    await havePins(page)
    await enter(page, '前台')
    await touch(page, '打印机')
    await expect(page.getByRole('heading', { name: '打印机和清单' })).toBeVisible()
    await expect(page.getByText('打印机没有答复')).toBeVisible()
    await expect(page.getByText('正在办的：0 张')).toBeVisible()
    await expect(page.getByText('出纸 1，没打出来 0，说不准 0')).toBeVisible()
    await expect(page.getByText('打印好了')).toBeVisible()
    expect(await page.locator('main').innerText()).not.toContain('年金')
    await touch(page, '退出登录')
    await expect(page.getByRole('button', { name: /^碰一下/u })).toBeVisible()
  })

  test.describe('打印机关着', () => {
    test.use({ awake: false })
    test('首页先说', async ({ kiosk: { page }, lab }) => {
      await lab.kill()
      await touch(page, '碰一下')
      await expect(page.getByText('打印机现在不能打印')).toContainText('打印机没有答复')
      await toSlip(page)
      await expect(page.getByText('打印机现在不能打印')).toBeVisible()
      await touch(page, '打印这份清单')
      await expect(result(page)).toContainText('没有打印出来')
    })
  })
})

/** A kiosk with a thermal printer on the network. */
const thermal = base.extend<{ head: Awaited<ReturnType<typeof thermalHead>> }>({
  head: async ({ hostKind }, use) => {
    if (hostKind !== 'browser') throw new Error('The head is for the browser host')
    const head = await thermalHead()
    await use(head)
    head.end()
  },
  printing: async ({ head }, use) => {
    const { host, port } = head.target
    await use({
      paper: 'roll',
      printer: choosePrinter(`escpos://${host}:${port}`, { ...parts, paper: 'roll' }),
    })
  },
})

thermal(
  '热敏打印机：烧出来的点就是清单，一点不差，上面的码读得出来',
  async ({ kiosk: { page }, head, host }) => {
    await toSlip(page)
    const asked = page.waitForRequest('**/api/print-slip')
    await touch(page, '打印这份清单')
    await expect(result(page)).toContainText('打印好了')
    const slip = await call(page, 'get-slip', (await asked).postDataJSON())
    expect(head.slips).toEqual([await host.renderDots?.(slip, 576)])
    expect(head.faults).toEqual([])
    expect(head.slips).toHaveLength(1)
    const [{ width, height, bits } = { width: 0, height: 0, bits: new Uint8Array() }] = head.slips
    expect(width).toBe(576)
    const data = new Uint8Array(width * height)
    data.forEach((_, at) => {
      data[at] = ((bits[at >> 3] ?? 0) >> (7 - (at & 7))) & 1 ? 0 : 255
    })
    const carried = (await readCodes({ width, height, data })).join('')
    expect(carried).toContain('年金基金管理合同备案')
  },
)
