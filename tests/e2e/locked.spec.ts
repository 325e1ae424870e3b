import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from '@playwright/test'
import { layTable } from '../../build/text-table.ts'
import { expect, startButton, test, touch } from './fixture.ts'

type Point = { readonly x: number; readonly y: number }
type Hand = { readonly page: Page; readonly cdp: CDPSession }

/** Watches from inside for events that nobody on the page has cancelled, and from outside for what they would open. */
async function watch(page: Page, kinds: readonly string[]): Promise<() => Promise<readonly string[]>> {
  const opened: string[] = []
  page.context().on('page', () => opened.push('page'))
  page.on('download', () => opened.push('download'))
  page.on('filechooser', () => opened.push('file chooser'))
  page.on('dialog', (dialog) => {
    opened.push(dialog.type())
    void dialog.dismiss()
  })
  await page.evaluate((names) => {
    const seen: string[] = []
    Reflect.set(window, 'uncancelled', seen)
    for (const name of names)
      window.addEventListener(name, (event) => {
        const typed = event instanceof KeyboardEvent && /^(?!F\d|Browser|ContextMenu)/u.test(event.key)
        const isPlain = event instanceof KeyboardEvent || event instanceof WheelEvent
        const chord = isPlain && (event.ctrlKey || event.altKey || event.metaKey)
        const harmless = isPlain && !chord && (typed || event instanceof WheelEvent)
        if (!event.defaultPrevented && !harmless) seen.push(name)
      })
  }, kinds)
  return async () => [
    ...opened,
    ...(await page.evaluate((): string[] => {
      const seen: unknown = Reflect.get(window, 'uncancelled')
      return Array.isArray(seen) ? seen.map(String) : ['left']
    })),
  ]
}

const unwanted = [
  'contextmenu',
  'keydown',
  'dragstart',
  'dragover',
  'drop',
  'copy',
  'cut',
  'paste',
  'auxclick',
  'wheel',
]

/** Moves fingers from where they are put down to where they are lifted. */
async function swipe({ cdp }: Hand, from: readonly Point[], by: Point, hold = 0): Promise<void> {
  const at = (part: number) => from.map(({ x, y }, id) => ({ x: x + by.x * part, y: y + by.y * part, id }))
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof at>) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  await send('touchStart', at(0))
  // The browser itself measures how long a finger rests.
  if (hold > 0) await new Promise((resolve) => setTimeout(resolve, hold))
  for (const part of [0.25, 0.5, 0.75, 1]) await send('touchMove', at(part))
  await send('touchEnd', [])
}

const fingers = (count: number): readonly Point[] =>
  Array.from({ length: count }, (_, index) => ({ x: 200 + index * 150, y: 1000 }))

const press =
  (...keys: readonly string[]) =>
  async ({ page }: Hand) => {
    for (const key of keys) await page.keyboard.press(key)
  }

/** Keys that some keyboards have for the browser. */
const pressBrowserKeys = async ({ cdp }: Hand) => {
  for (const [key, windowsVirtualKeyCode] of [
    ['BrowserBack', 166],
    ['BrowserForward', 167],
    ['BrowserRefresh', 168],
    ['BrowserSearch', 170],
    ['BrowserHome', 172],
  ] as const)
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode })
}

const asScript =
  (script: string) =>
  async ({ page }: Hand) =>
    void (await page.evaluate(script))

const dropped =
  (mimeType: string, data: string) =>
  async ({ cdp }: Hand) => {
    const items = { items: [{ mimeType, data }], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await cdp.send('Input.dispatchDragEvent', { type, x: 500, y: 900, data: items })
  }

type Stopper = '页面' | '主机' | '系统'
type Escape = {
  readonly escape: string
  readonly by: Stopper
  readonly attempt: (hand: Hand) => Promise<unknown>
}

const still = { x: 0, y: 0 }

/** Every way out that a page or its host can bar, tried on the screen that has a text field. */
const escapes: readonly Escape[] = [
  { escape: '长按出菜单', by: '页面', attempt: (hand) => swipe(hand, [{ x: 500, y: 300 }], still, 900) },
  {
    escape: '在输入框里长按',
    by: '页面',
    attempt: async (hand) => {
      const box = await hand.page.getByRole('textbox').boundingBox()
      await swipe(hand, [{ x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 20 }], still, 900)
    },
  },
  {
    escape: '右键、中键',
    by: '页面',
    attempt: async ({ page }) => {
      await page.mouse.click(500, 300, { button: 'right' })
      await page.mouse.click(500, 300, { button: 'middle' })
    },
  },
  {
    escape: '两指捏放',
    by: '页面',
    attempt: ({ cdp }) => cdp.send('Input.synthesizePinchGesture', { x: 500, y: 900, scaleFactor: 3 }),
  },
  {
    escape: '双击放大',
    by: '页面',
    attempt: ({ cdp }) =>
      cdp.send('Input.synthesizeTapGesture', { x: 500, y: 300, tapCount: 2, gestureSourceType: 'touch' }),
  },
  {
    escape: 'Ctrl+滚轮缩放',
    by: '页面',
    attempt: async ({ page }) => {
      await page.keyboard.down('Control')
      await page.mouse.wheel(0, -500)
      await page.keyboard.up('Control')
    },
  },
  ...[3, 4, 5].map((count): Escape => ({
    escape: `${count} 指划动`,
    by: '页面',
    attempt: (hand) => swipe(hand, fingers(count), { x: 0, y: -600 }),
  })),
  {
    escape: '从左边划进（后退）',
    by: '页面',
    attempt: (hand) => swipe(hand, [{ x: 0, y: 900 }], { x: 900, y: 0 }),
  },
  {
    escape: '从右边划进（前进）',
    by: '页面',
    attempt: (hand) => swipe(hand, [{ x: 1079, y: 900 }], { x: -900, y: 0 }),
  },
  { escape: '从上边划进', by: '页面', attempt: (hand) => swipe(hand, [{ x: 500, y: 0 }], { x: 0, y: 1200 }) },
  {
    escape: '从下边划进',
    by: '页面',
    attempt: (hand) => swipe(hand, [{ x: 500, y: 1919 }], { x: 0, y: -1200 }),
  },
  {
    escape: '拖选文字、全选',
    by: '页面',
    attempt: async ({ page }) => {
      await page.mouse.move(100, 60)
      await page.mouse.down()
      await page.mouse.move(900, 700, { steps: 4 })
      await page.mouse.up()
      await page.mouse.click(300, 60, { clickCount: 3 })
    },
  },
  {
    escape: '复制、剪切、粘贴',
    by: '页面',
    attempt: press('Control+c', 'Control+x', 'Control+v', 'Shift+Insert'),
  },
  { escape: '拖进网址', by: '页面', attempt: dropped('text/uri-list', 'https://example.org/') },
  {
    escape: '拖进 file:、view-source:',
    by: '页面',
    attempt: async (hand) => {
      await dropped('text/uri-list', 'file:///etc/passwd')(hand)
      await dropped('text/plain', 'view-source:https://example.org/')(hand)
    },
  },
  {
    escape: '打印、保存、打开、查找、源代码',
    by: '页面',
    attempt: press(
      'Control+p',
      'Control+Shift+p',
      'Control+s',
      'Control+o',
      'Control+f',
      'Control+g',
      'Control+u',
      'F3',
    ),
  },
  {
    escape: '开发者工具',
    by: '页面',
    attempt: press('F12', 'Control+Shift+i', 'Control+Shift+j', 'Control+Shift+c'),
  },
  {
    escape: '新窗口、新标签、关窗口',
    by: '页面',
    attempt: press(
      'Control+n',
      'Control+Shift+n',
      'Control+t',
      'Control+Shift+t',
      'Control+w',
      'Control+F4',
      'Alt+F4',
    ),
  },
  {
    escape: '地址栏、书签、历史、下载、任务管理器',
    by: '页面',
    attempt: press(
      'Control+l',
      'Alt+d',
      'F6',
      'Control+d',
      'Control+h',
      'Control+j',
      'Shift+Escape',
      'Control+Shift+Delete',
    ),
  },
  {
    escape: '刷新、后退、前进、主页',
    by: '页面',
    attempt: press('F5', 'Control+r', 'Control+Shift+r', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home'),
  },
  { escape: '键盘上的浏览器键', by: '页面', attempt: pressBrowserKeys },
  {
    escape: '缩放键、全屏键、帮助、菜单',
    by: '页面',
    attempt: press(
      'Control+Equal',
      'Control+Minus',
      'Control+0',
      'F11',
      'F1',
      'F10',
      'Alt+f',
      'ContextMenu',
      'F7',
    ),
  },
  {
    escape: '脚本跳到别的网址',
    by: '页面',
    attempt: asScript(
      `location.href = 'https://example.org/'; location.assign('file:///etc/passwd'); location.hash = '#gone'`,
    ),
  },
  {
    escape: '历史里前进',
    by: '页面',
    attempt: asScript('history.forward(); history.go(2)'),
  },
  {
    escape: '新窗口（window.open、target=_blank、view-source:）',
    by: '主机',
    attempt: asScript(`
    for (const url of ['https://example.org/', 'view-source:https://example.org/', 'about:blank', location.href]) window.open(url)
    const link = Object.assign(document.createElement('a'), { href: '/', target: '_blank' }); document.body.append(link); link.click(); link.remove()`),
  },
  {
    escape: '对话框（alert、confirm、打印）',
    by: '主机',
    attempt: asScript(`alert('x'); confirm('x'); prompt('x'); print()`),
  },
  {
    escape: '下载',
    by: '主机',
    attempt: asScript(`
    const link = Object.assign(document.createElement('a'), { href: '/index.html', download: 'x.html' }); document.body.append(link); link.click(); link.remove()`),
  },
  {
    escape: '别的程序（tel:、mailto:、ms-settings:、shell:）',
    by: '主机',
    attempt: asScript(
      `for (const url of ['tel:1', 'mailto:a@b', 'ms-settings:', 'shell:startup']) location.href = url`,
    ),
  },
  {
    escape: '表单发到别处、嵌进别的网页、别处的脚本',
    by: '主机',
    attempt: asScript(`
    const form = Object.assign(document.createElement('form'), { action: 'https://example.org/' }); document.body.append(form); form.submit(); form.remove()
    for (const [name, url] of [['iframe', 'https://example.org/'], ['iframe', 'file:///etc/passwd'], ['script', 'https://example.org/x.js']]) {
      const made = Object.assign(document.createElement(name), { src: url }); document.body.append(made); made.remove() }`),
  },
  {
    escape: '离开时的提示（beforeunload）',
    by: '主机',
    attempt: async ({ page }) => {
      await page.evaluate(
        `addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x' }, { once: true })`,
      )
      await page.evaluate(`location.href = 'https://example.org/'`)
    },
  },
]

/** What neither page nor host ever hears of, and what sets it. */
const ofTheSystem: readonly (readonly [string, string])[] = [
  [
    '摄像头、麦克风、定位、通知、USB 的询问',
    '主机：响应头 permissions-policy、--deny-permission-prompts、Electron 的 lockSession',
  ],
  ['Ctrl+Alt+F1–F7、Ctrl+Alt+Backspace', '系统：Xorg 的 DontVTSwitch、DontZap'],
  ['Win 键、Win+R/E/D/U、Alt+Tab、Shift×5', '系统：没有桌面的会话；Windows 用 Keyboard Filter'],
  ['Ctrl+Alt+Del、Ctrl+Shift+Esc', '系统：systemd 的 ctrl-alt-del.target；Windows 用 Keyboard Filter'],
  ['Windows 的边缘划动', '系统：策略 AllowEdgeSwipe'],
  ['输入法候选窗、通知、打印机的弹窗', '系统：专用账号，不装这些'],
  ['插上优盘自动播放、冒充键盘的优盘', '系统：udev 规则、没有文件管理器'],
  ['断电重启进启动菜单', '系统：BIOS 口令，启动顺序只留硬盘'],
  ['程序崩溃露出桌面', '主机：自己重启窗口；系统：没有桌面的会话'],
]

test('三十多种办法都出不去', async ({ host, viewport }) => {
  // Not the page of `kiosk`: the browser itself complains aloud of what it refuses.
  const page = await host.open(viewport)
  await touch(page, '碰一下')
  await touch(page, '按名字找')
  const field = page.getByRole('textbox')
  await field.fill('工伤')
  const address = page.url()
  const stopped = await watch(page, unwanted)
  const hand = { page, cdp: await page.context().newCDPSession(page) }
  const rows: (readonly [string, string, string])[] = []
  for (const { escape, by, attempt } of escapes) {
    await test.step(escape, () => attempt(hand))
    const escaped = [...(await stopped())]
    const view = await page.evaluate(() => ({
      scale: visualViewport?.scale,
      selected: String(getSelection()),
      scrolled: scrollY,
      full: document.fullscreenElement,
    }))
    expect
      .soft({ escape, escaped, ...view })
      .toEqual({ escape, escaped: [], scale: 1, selected: '', scrolled: 0, full: null })
    expect.soft(page.url(), escape).toBe(address)
    await expect.soft(page.getByRole('heading').first(), escape).toBeVisible()
    rows.push([escape, by, escaped.length === 0 ? '试过，出不去' : escaped.join('、')])
  }
  expect(page.context().pages()).toHaveLength(1)
  await expect(field).toHaveValue('工伤')
  await touch(page, '办完了')
  await expect(startButton(page)).toBeVisible()

  const reports = join(import.meta.dirname, '../../node_modules/.cache/reports')
  mkdirSync(reports, { recursive: true })
  const all = [...rows, ...ofTheSystem.map(([escape, how]) => [escape, how, '不归网页管'] as const)]
  writeFileSync(join(reports, 'escapes.txt'), `${layTable(['出路', '谁挡住', '结果'], all, [48, 60, 40])}\n`)
})

test('在“您还在吗”上长按也没有菜单，只当是还在；点“办完了”就真的结束', async ({ kiosk: { page } }) => {
  await touch(page, '社会保险')
  await page.clock.runFor(61_000)
  const dialog = page.getByRole('alertdialog')
  const box = await dialog.getByRole('heading').boundingBox()
  const at = { x: (box?.x ?? 0) + 40, y: (box?.y ?? 0) + 20 }
  const stopped = await watch(page, ['contextmenu', 'dragstart'])
  await page.mouse.click(at.x, at.y, { button: 'right' })
  await swipe({ page, cdp: await page.context().newCDPSession(page) }, [at], still, 900)
  expect(await stopped()).toEqual([])
  await expect(dialog).toBeHidden()
  await page.clock.runFor(61_000)
  await dialog.getByRole('button', { name: '办完了' }).click()
  await expect(startButton(page)).toBeVisible()
})

test('机器对打印没有回音：十五秒后直说，不会把人困在屏幕前', async ({ kiosk: { page } }) => {
  await page.route('**/api/print-slip', () => new Promise(() => {}))
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('正在存文件')).toBeVisible()
  await page.clock.runFor(16_000)
  await expect(page.getByText('机器暂时没有反应')).toBeVisible()
  await touch(page, '办完了')
  await expect(startButton(page)).toBeVisible()
})

test('页面不让 Chromium 提议翻译：无头的窗口里没有那一条，只能看页面说没说', async ({ kiosk: { page } }) => {
  await expect(page.locator('head > meta[name="google"]')).toHaveAttribute('content', 'notranslate')
})
