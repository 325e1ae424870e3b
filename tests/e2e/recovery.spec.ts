import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type SupervisedKiosk, startSupervisedKiosk } from '../../build/supervised-kiosk.ts'
import { findChromium } from '../../electron/find-chromium.ts'
import { startBrowserHost } from '../../electron/host.ts'
import { createLog } from '../../electron/log.ts'
import { type Fault, noteFault } from '../fixtures/fault-table.ts'
import { mountSmallDisk, noSmallDisk } from '../fixtures/small-disk.ts'
import { contentCopy, expect, startButton, test, touch } from './fixture.ts'

const isLinux = process.platform === 'linux'
test.skip(!isLinux)
/** At the end of each title: it reads /proc. */
const whyNot = isLinux ? '' : '（没有跑：要读 /proc，在 Linux 上跑）'

/** A machine that does much else beside this is slower at everything. */
const isBusy = (): boolean => (loadavg()[0] ?? 0) / availableParallelism() > 1.2
/** Seconds after which what is dead must have been replaced. */
const replacedWithin = (): number => (isBusy() ? 45 : 9)
/** Seconds after which a visitor must be able to use the kiosk again. */
const usableWithin = (): number => (isBusy() ? 60 : 10)

/** A page that has died may answer nothing at all, so that every question to it needs an end of its own. */
const within = <T>(milliseconds: number, work: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([work, pause(milliseconds, otherwise, { ref: false })])

const look = (kiosk: SupervisedKiosk): Promise<Page | null> => within(1500, kiosk.look(), null)

/** What a visitor sees in the window just now. */
async function sight(kiosk: SupervisedKiosk): Promise<string> {
  const page = await look(kiosk)
  if (page === null) return '没有窗口'
  const words = await within(
    700,
    page.evaluate(() => document.body.innerText).catch(() => undefined),
    null,
  )
  if (words === undefined) return '没有窗口'
  if (words === null) return '一动不动的画面'
  if (words.trim() === '') return '白屏'
  if (words.includes('暂停服务')) return '“暂停服务”的画面'
  if (words.includes('碰一下')) return '待机画面'
  return words.includes('您来办什么事') ? '首页' : '加载中'
}

/** True where a touch leads to Home: the kiosk can be used. Home itself is left first. */
async function isUsable(kiosk: SupervisedKiosk): Promise<boolean> {
  const page = await look(kiosk)
  if (page === null) return false
  const category = page.getByRole('button', { name: /^社会保险/u })
  const walk = async (): Promise<boolean> => {
    if (await category.isVisible()) await page.locator('nav > button').last().click({ timeout: 3000 })
    await startButton(page).click({ timeout: 3000 })
    await category.waitFor({ timeout: 3000 })
    return true
  }
  return within(
    10_000,
    walk().catch(() => false),
    false,
  )
}

async function untilUsable(kiosk: SupervisedKiosk): Promise<void> {
  await expect.poll(() => isUsable(kiosk), { timeout: 45_000 }).toBe(true)
}

type Passage = Omit<Fault, 'fault'>

/** Injects a fault; tells what was seen from then on until `isOver` and the kiosk could be used, and how long that took. */
async function through(
  kiosk: SupervisedKiosk,
  inject: () => unknown,
  isOver: () => boolean,
): Promise<Passage> {
  const seen: string[] = []
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 1000
  let replaced: number | null = null
  await inject()
  for (;;) {
    if (replaced === null && isOver()) replaced = passed()
    const now = await sight(kiosk)
    if (now !== seen.at(-1)) seen.push(now)
    if (replaced !== null && /待机|首页/u.test(now)) {
      const seconds = passed()
      if (await isUsable(kiosk)) return { seen, replaced, seconds }
    }
    if (passed() > 45) throw new Error(`Not usable after ${passed()} s: ${seen.join(' → ')}`)
    await pause(100)
  }
}

/** Writes a fault down and holds it to what a visitor may be asked to bear. */
function note(order: number, fault: string, passage: Passage): void {
  noteFault(order, { fault, ...passage })
  expect(passage.replaced ?? 0, fault).toBeLessThan(replacedWithin())
  expect(passage.seconds, fault).toBeLessThan(usableWithin())
}

async function pageOf(kiosk: SupervisedKiosk): Promise<Page> {
  const page = await kiosk.look()
  if (page === null) throw new Error('There is no window')
  return page
}

async function withKiosk(
  args: readonly string[],
  use: (kiosk: SupervisedKiosk, folder: string) => Promise<void>,
  prepare: (folder: string) => unknown = () => undefined,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-recovery-'))
  await prepare(folder)
  const kiosk = await startSupervisedKiosk({ folder, args })
  try {
    await use(kiosk, folder)
  } finally {
    await kiosk.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const kill = (pids: readonly number[], signal: NodeJS.Signals = 'SIGKILL'): void => {
  if (pids.length === 0) throw new Error('There is nothing to kill')
  for (const pid of pids) process.kill(pid, signal)
}

/** Faults of the screen: after each another Chromium stands in the window. */
const ofScreen: readonly [string, (page: Page, kiosk: SupervisedKiosk) => unknown][] = [
  ['渲染进程崩溃', (_, kiosk) => kill(kiosk.windowPids('renderer'))],
  ['页面卡死（死循环）', (page) => void page.evaluate('for (;;) {}').catch(() => undefined)],
  [
    '白屏（页面还在跑，什么也不显示）',
    (page) => page.evaluate(() => document.querySelector('#app')?.remove()),
  ],
  [
    '内存吃光（页面一直占内存）',
    (page) =>
      void page
        .evaluate('globalThis.kept = []; for (;;) kept.push(new Array(1e6).fill({}))')
        .catch(() => undefined),
  ],
]

/** In the real window there is nothing to go back to, no address bar that could be brought up, and nothing asks for leave. */
async function expectNoWayBack(page: Page): Promise<void> {
  const found = await page.evaluate(async () => ({
    back: window.navigation.canGoBack,
    forward: window.navigation.canGoForward,
    notifications: await Notification.requestPermission(),
    bar: matchMedia('(display-mode: browser)').matches,
  }))
  expect(found).toEqual({ back: false, forward: false, notifications: 'denied', bar: false })
}

test(`屏幕出事：崩溃、卡死、白屏、内存吃光，十秒内都回到能用的首页${whyNot}`, async () => {
  await withKiosk([], async (kiosk) => {
    await untilUsable(kiosk)
    await expectNoWayBack(await pageOf(kiosk))
    for (const [order, [fault, inject]] of ofScreen.entries()) {
      const before = kiosk.windowPids('browser')
      const page = await pageOf(kiosk)
      const passage = await through(
        kiosk,
        () => inject(page, kiosk),
        () => kiosk.windowPids('browser').some((pid) => !before.includes(pid)),
      )
      note(order, fault, passage)
    }
    // What has crashed is known at once, and what hangs or shows nothing by its silence.
    expect(kiosk.said()).toContain('The page in the window is gone')
    expect(kiosk.said()).toContain('The screen shows nothing')
  })
})

test(`程序出事：窗口被杀、显卡进程没了三次、主机被杀、主机卡住，十秒内都能用，或者说清楚该找谁${whyNot}`, async () => {
  await withKiosk([], async (kiosk) => {
    await untilUsable(kiosk)
    const window = kiosk.windowPids('browser')
    const killed = await through(
      kiosk,
      () => kill(window),
      () => kiosk.windowPids('browser').some((pid) => !window.includes(pid)),
    )
    note(10, '窗口（Chromium）被杀', killed)

    let drawn = 0
    const gpu = await through(
      kiosk,
      async () => {
        for (; drawn < 3; drawn += 1) {
          const pids = await expect.poll(() => kiosk.windowPids('gpu-process').length).toBeGreaterThan(0)
          kill(kiosk.windowPids('gpu-process'))
          await pause(300, pids)
        }
      },
      () => drawn === 3,
    )
    note(11, '显卡进程连着没了三次', gpu)

    const host = kiosk.hostPid()
    const hostKilled = await through(
      kiosk,
      () => kill(host === null ? [] : [host]),
      () => kiosk.hostPid() !== null && kiosk.hostPid() !== host,
    )
    note(12, '主机程序被杀（npm start 再起一个）', hostKilled)
    expect(kiosk.said()).toContain('The kiosk ended by itself (code 137) and starts again')

    // What hangs is ended by the watchdog of the system; until then visitors are told whom to ask.
    const hanging = kiosk.hostPid() ?? 0
    const began = performance.now()
    kill([hanging], 'SIGSTOP')
    await expect.poll(() => sight(kiosk), { timeout: 20_000 }).toBe('“暂停服务”的画面')
    const seconds = (performance.now() - began) / 1000
    expect(seconds).toBeLessThan(usableWithin())
    await expect((await pageOf(kiosk)).getByText('请问问大厅里的工作人员').first()).toBeVisible()
    kill([hanging], 'SIGCONT')
    noteFault(13, { fault: '主机程序卡住', seen: ['待机画面', '“暂停服务”的画面'], replaced: null, seconds })
    await untilUsable(kiosk)
  })
})

test(`开机时：打印记录坏了、设置坏了、打印机不在，首页照常${whyNot}`, async () => {
  const began = performance.now()
  await withKiosk(
    ['--printer', 'ipp://127.0.0.1:9/ipp/print'],
    async (kiosk) => {
      await untilUsable(kiosk)
      const seconds = (performance.now() - began) / 1000
      for (const [order, fault] of ['打印记录（journal.sqlite）坏了', '设置文件坏了'].entries())
        noteFault(20 + order, { fault, seen: ['待机画面'], replaced: null, seconds })
      expect(kiosk.said()).toContain('The journal was broken, so a new one is begun')

      const page = await pageOf(kiosk)
      await touch(page, '行政审批')
      await touch(page, '年金基金管理合同备案')
      await touch(page, '打印清单')
      const said = page.getByText('打印机没有答复，可能关着，或者没有接好。').first()
      await expect(said).toBeVisible()
      noteFault(22, {
        fault: '打印机不见了',
        seen: ['“打印机没有答复”，可用手机扫码'],
        replaced: null,
        seconds: 0,
      })
      await expect(page.getByRole('button', { name: '存到手机' })).toBeEnabled()
      await touch(page, '办完了')
      await expect(startButton(page)).toBeVisible()
    },
    (folder) => {
      mkdirSync(join(folder, 'state'))
      writeFileSync(join(folder, 'state/journal.sqlite'), 'not a database, '.repeat(1000))
      writeFileSync(join(folder, 'state/kiosk.json'), '{ "printer": ')
    },
  )
})

test(`内容坏了：画出“暂停服务”，说去问谁${whyNot}`, async () => {
  const content = await contentCopy()
  writeFileSync(join(content, 'catalogue.json'), '{ "format": 1, "serv')
  const began = performance.now()
  await withKiosk(['--data', content], async (kiosk) => {
    await expect.poll(() => sight(kiosk), { timeout: 30_000 }).toBe('“暂停服务”的画面')
    const seconds = (performance.now() - began) / 1000
    noteFault(30, { fault: '内容文件坏了（开机起算）', seen: ['“暂停服务”的画面'], replaced: null, seconds })
    const page = await pageOf(kiosk)
    await expect(page.getByText('请问问大厅里的工作人员').first()).toBeVisible()
    // A screen that says that it is out of service is alive: nobody starts it anew.
    await pause(8000)
    expect(kiosk.said()).not.toContain('The screen shows nothing')
  })
})

test(`硬盘满了：照常能查，打印直说不成，腾出地方就好${noSmallDisk ? `（没有跑：${noSmallDisk}）` : ''}${whyNot}`, async () => {
  test.skip(noSmallDisk !== null)
  const disk = mountSmallDisk(400_000)
  const kiosk = await startSupervisedKiosk({ folder: disk.folder })
  try {
    await untilUsable(kiosk)
    disk.fill()
    const window = kiosk.windowPids('browser')
    const full = await through(
      kiosk,
      () => kill(window),
      () => kiosk.windowPids('browser').some((pid) => !window.includes(pid)),
    )
    note(40, '硬盘满了，窗口又被杀', full)
    const page = await pageOf(kiosk)
    const print = async (): Promise<void> => {
      await touch(page, '行政审批')
      await touch(page, '年金基金管理合同备案')
      await touch(page, '打印清单')
      await touch(page, '存成 PDF 文件')
    }
    // The window that died has left some room.
    disk.fill()
    await print()
    const said = page.getByText('机器的存储空间满了').first()
    await expect(said).toBeVisible()
    noteFault(41, {
      fault: '硬盘满了，要打印',
      seen: [await said.innerText()],
      replaced: null,
      seconds: 0,
    })
    await touch(page, '办完了')
    await touch(page, '碰一下')
    disk.clear()
    await print()
    await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  } finally {
    await kiosk.stop()
    await test.info().attach('what the kiosk said', { body: kiosk.said(), contentType: 'text/plain' })
    disk.remove()
  }
})

test(`字体文件不见了：字换了样子，首页照常${whyNot}`, async ({ browser, prints }) => {
  const renderer = join(await mkdtemp(join(tmpdir(), 'kiosk-renderer-')), 'renderer')
  await cp(join(import.meta.dirname, '../../dist/renderer'), renderer, {
    recursive: true,
    filter: (path) => !path.endsWith('.woff2'),
  })
  const lines: string[] = []
  const host = await startBrowserHost({
    folders: { content: join(import.meta.dirname, '../../data/content'), prints, renderer },
    port: 0,
    chromium: findChromium(),
    version: 'test',
    log: createLog((line) => void lines.push(line)),
  })
  const page = await browser.newPage()
  const began = performance.now()
  await page.goto(host.url)
  await touch(page, '碰一下')
  await expect(page.getByRole('heading', { name: '您来办什么事？' })).toBeVisible()
  noteFault(50, {
    fault: '字体文件不见了',
    seen: ['首页，用系统自带的字体'],
    replaced: null,
    seconds: (performance.now() - began) / 1000,
  })
  await expect.poll(() => lines.join('\n')).toContain('A font cannot be loaded')
  await page.close()
  await host.close()
  rmSync(renderer, { recursive: true })
})
