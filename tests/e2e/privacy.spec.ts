import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { findChromium } from '../../electron/find-chromium.ts'
import { startBrowserHost } from '../../electron/host.ts'
import { createLog } from '../../electron/log.ts'
import { openLogFiles } from '../../electron/log-files.ts'
import { broken, expect, type Kiosk, openMoment, readCatalogue, test, touch } from './fixture.ts'

/** All that a page keeps and shows, by name; what changes with the minute alone is left out. */
type Traces = Readonly<Record<string, string>>

async function tracesOf(page: Page): Promise<Traces> {
  const cookies = await page.context().cookies()
  const kept = await page.evaluate(async () => {
    const shown = document.body.cloneNode(true)
    if (!(shown instanceof HTMLElement)) throw new Error('The body is no element')
    for (const clock of shown.querySelectorAll('.clock')) clock.remove()
    shown.querySelector('.attract')?.removeAttribute('style')
    const root = document.documentElement
    const app: unknown = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__')
    const inside = (from: unknown, ...keys: readonly string[]): unknown =>
      keys.reduce((at, key) => (at && typeof at === 'object' ? Reflect.get(at, key) : undefined), from)
    const visit = inside(app, 'config', 'globalProperties', '$pinia', 'state', 'value', 'visit')
    if (!visit) throw new Error('The state of the visit is not to be had')
    const plain = (_: string, value: unknown) => (value instanceof Set ? [...value] : value)
    return {
      attributes: [...root.attributes].map(({ name, value }) => `${name}=${value}`).join(' '),
      words: shown.innerText,
      elements: shown.innerHTML,
      visit: JSON.stringify(visit, plain),
      localStorage: JSON.stringify(localStorage),
      sessionStorage: JSON.stringify(sessionStorage),
      databases: JSON.stringify(await indexedDB.databases()),
      caches: JSON.stringify(await caches.keys()),
      workers: String((await navigator.serviceWorker.getRegistrations()).length),
      history: `${history.length} ${JSON.stringify(history.state)}`,
      title: document.title,
      name: window.name,
      address: location.href,
      selection: String(getSelection()),
    }
  })
  return { ...kept, cookies: JSON.stringify(cookies) }
}

/** The names of what is not as it was. */
const changed = (before: Traces, after: Traces): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key])

const attract = (page: Page) => page.getByRole('button', { name: /^碰一下/u })

/** The waiting screen once all it has asked the host for has come: what it says of staff's door comes last. */
async function fullyWaiting(page: Page): Promise<void> {
  await attract(page).waitFor()
  await expect(page.locator('.edition')).toContainText('还没有设置')
}

/** Until nothing has changed for some frames: what a screen only sees once it is laid out, such as whether it has to be scrolled, comes a frame later. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    let frames = 0
    const observer = new MutationObserver(() => {
      frames = 0
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
    while (frames < 10) {
      await new Promise(requestAnimationFrame)
      frames += 1
    }
    observer.disconnect()
  })
}

/** The words and the state of every kind of screen, as the next visitor comes to them. */
async function screensOf(page: Page): Promise<Traces> {
  await attract(page).click()
  const found: Record<string, string> = {}
  const note = async (name: string, heading: string) => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(new RegExp(broken(heading), 'u'))
    await settled(page)
    const { words = '', visit = '', attributes = '' } = await tracesOf(page)
    const ticks = await page
      .locator('[aria-checked], [aria-pressed], [aria-expanded]')
      .evaluateAll((all) =>
        all.map((each) => `${each.ariaChecked} ${each.ariaPressed} ${each.ariaExpanded}`).join(','),
      )
    const written = await page
      .getByRole('textbox')
      .evaluateAll((all) => all.map((each) => Reflect.get(each, 'value')))
    found[name] = [words, visit, attributes, ticks, ...written].join('\n')
  }
  await note('home', '您来办什么事')
  await touch(page, '按情况找')
  await note('situations', '您遇到什么事')
  await touch(page, '返回')
  await touch(page, '按名字找')
  await note('search', '按名字找')
  await touch(page, '返回')
  await touch(page, '社会保险')
  await touch(page, '退休')
  await touch(page, '企业职工正常退休')
  await note('service', '企业职工正常退休')
  await touch(page, '怎么走')
  await note('way', '去养老保险处')
  await touch(page, '办完了')
  await fullyWaiting(page)
  return found
}

/** Does everything a visitor can, and says which slip the host was asked for. */
async function wholeVisit({ page }: Kiosk): Promise<string> {
  await attract(page).click()
  await touch(page, '按情况找')
  await touch(page, '单位办事')
  await touch(page, '返回')
  await touch(page, '按名字找')
  for (const letter of 'zctx') await page.getByRole('button', { name: letter, exact: true }).click()
  await touch(page, '企业职工正常退休')
  await page.getByRole('checkbox').first().click()
  await touch(page, '怎么走')
  const composed = page.waitForResponse('**/api/compose-slip')
  await touch(page, '打印清单')
  const answer: { value: { id: string } } = await (await composed).json()
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  await touch(page, '字号')
  await touch(page, '颜色')
  await touch(page, '放低')
  await page.locator('nav > button').nth(-2).click()
  await page.getByRole('button', { name: 'English' }).last().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  return answer.value.id
}

/** What the host answers who asks for a slip now. */
const askFor = (page: Page, id: string): Promise<unknown> =>
  page.evaluate(async (wanted) => {
    const response = await fetch('/api/get-slip', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: wanted }),
    })
    return response.json()
  }, id)

const forgotten = { ok: false, error: { code: 'not-found' } }

test.use({ awake: false })

const endings = [
  {
    title: '按了“办完了”',
    end: (page: Page) => page.locator('nav > button').last().click(),
  },
  {
    title: '没人碰了，自己结束',
    end: async (page: Page) => {
      await page.clock.runFor(151_000)
      await page.getByRole('alertdialog').waitFor()
      await page.clock.runFor(31_000)
    },
  },
]

for (const { title, end } of endings) {
  test(`${title}：屏幕上、机器里都没有留下什么`, async ({ kiosk }) => {
    const { page, prints } = kiosk
    await fullyWaiting(page)
    const fresh = await tracesOf(page)
    const freshScreens = await screensOf(page)
    expect(changed(fresh, await tracesOf(page))).toEqual([])

    const slip = await wholeVisit(kiosk)
    expect(changed(fresh, await tracesOf(page)), 'the visit can be seen while it lasts').toEqual(
      expect.arrayContaining(['attributes', 'words', 'visit']),
    )
    expect(await askFor(page, slip)).toMatchObject({ ok: true })
    await end(page)
    await fullyWaiting(page)

    expect(changed(fresh, await tracesOf(page))).toEqual([])
    await expect.poll(() => askFor(page, slip)).toMatchObject(forgotten)
    expect(changed(freshScreens, await screensOf(page))).toEqual([])

    const cookies = await page.context().cookies()
    expect(cookies.map(({ name }) => name)).toEqual([expect.stringMatching(/^kiosk-\d+$/u)])
    const { services } = await readCatalogue()
    const files = await readdir(prints)
    expect(files).toEqual([expect.stringMatching(/^slip-\d{8}T\d{6}Z-[\da-f]{4}\.pdf$/u)])
    for (const { id, title: name } of services)
      expect(files.some((file) => file.includes(id) || file.includes(name))).toBe(false)
  })
}

/** What could be left, and what it would be found as. */
const leaks: readonly {
  readonly leak: string
  readonly plant: (page: Page) => Promise<unknown>
  readonly found: string
}[] = [
  {
    leak: '本地存储',
    plant: (page) => page.evaluate(() => localStorage.setItem('query', 'gs')),
    found: 'localStorage',
  },
  {
    leak: '会话存储',
    plant: (page) => page.evaluate(() => sessionStorage.setItem('query', 'gs')),
    found: 'sessionStorage',
  },
  {
    leak: '历史',
    plant: (page) => page.evaluate(() => history.pushState({ query: 'gs' }, '')),
    found: 'history',
  },
  { leak: '标题', plant: (page) => page.evaluate(() => (document.title = '工伤')), found: 'title' },
  {
    leak: '属性',
    plant: (page) => page.evaluate(() => (document.documentElement.dataset['textSize'] = 'large')),
    found: 'attributes',
  },
  {
    leak: '看不见的元素',
    plant: (page) => page.evaluate(() => document.body.append(document.createElement('i'))),
    found: 'elements',
  },
  {
    leak: '数据库',
    plant: (page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            indexedDB.open('visits').onsuccess = () => resolve(null)
          }),
      ),
    found: 'databases',
  },
  {
    leak: '缓存',
    plant: (page) => page.evaluate(async () => void (await caches.open('slips'))),
    found: 'caches',
  },
  {
    leak: '小甜饼',
    plant: (page) => page.context().addCookies([{ name: 'query', value: 'gs', url: page.url() }]),
    found: 'cookies',
  },
]

test('留下一点什么就查得出来', async ({ kiosk: { page } }) => {
  await attract(page).waitFor()
  for (const { leak, plant, found } of leaks) {
    const before = await tracesOf(page)
    await plant(page)
    expect(changed(before, await tracesOf(page)), leak).toContain(found)
  }
  // The address alone takes nothing: the page may not change it.
  const { ['address']: address } = await tracesOf(page)
  await page.evaluate(() => history.pushState({}, '', '#gs'))
  expect((await tracesOf(page))['address']).toBe(address)
})

test('字母刚点完就“办完了”：这个字母不会晚一步又写回来', async ({ kiosk: { page } }) => {
  await fullyWaiting(page)
  const before = await tracesOf(page)
  await attract(page).click()
  await touch(page, '按名字找')
  await page.evaluate(async () => {
    const click = (name: string) =>
      [...document.querySelectorAll('button')].find((button) => button.innerText.trim() === name)?.click()
    click('g')
    click('办完了')
    for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame)
  })
  await fullyWaiting(page)
  expect(changed(before, await tracesOf(page))).toEqual([])
})

test('输进去的字复制不走，也贴不进来', async ({ kiosk: { page } }) => {
  const other = await page.context().newPage()
  const paper = other.locator('textarea')
  await other.setContent('<textarea>别处的字</textarea>')
  await paper.selectText()
  await other.keyboard.press('Control+c')

  await attract(page).click()
  await touch(page, '按名字找')
  const field = page.getByRole('textbox')
  await field.fill('工伤')
  await field.selectText()
  for (const keys of ['Control+c', 'Control+x', 'Control+v']) await page.keyboard.press(keys)
  await expect(field).toHaveValue('工伤')

  await paper.fill('')
  await other.keyboard.press('Control+v')
  await expect(paper).toHaveValue('别处的字')
})

test('日志记下打印的结果，却没有来访者看过、打过、带走的任何东西', async ({
  browser,
  contextOptions,
  viewport,
  prints,
}) => {
  const root = join(import.meta.dirname, '../..')
  const logs = await mkdtemp(join(tmpdir(), 'kiosk-logs-'))
  const logFiles = openLogFiles(logs)
  const host = await startBrowserHost({
    folders: { content: join(root, 'data/content'), prints, renderer: join(root, 'dist/renderer') },
    port: 0,
    chromium: findChromium(),
    version: 'test',
    clock: { now: () => openMoment },
    log: createLog(logFiles.sink),
    logFiles,
  })
  const context = await browser.newContext({ ...contextOptions, viewport })
  const page = await context.newPage()
  await page.clock.install({ time: openMoment })
  await page.goto(host.url)
  const slip = await wholeVisit({ page, prints })
  await page.evaluate(() => void Promise.reject(new Error('a fault of the screen')))
  const { number } = await host.services['get-slip']({ id: slip })
  await page.locator('nav > button').last().click()
  await attract(page).waitFor()

  const text = await readFile(join(logs, 'kiosk.log'), 'utf8')
  expect(text).toContain('A print job has ended')
  expect(text).toContain('a fault of the screen')
  expect(logFiles.readLatest(10).map(({ message }) => message)).toContain('A print job has ended')
  const { services } = await readCatalogue()
  const known = services.flatMap(({ id, title, name }) => [id, title, name])
  const found = [...known, slip, number, 'zctx', 'query'].filter((secret) => text.includes(secret))
  expect(found).toEqual([])
  await context.close()
  await host.close()
  await rm(logs, { recursive: true })
})
