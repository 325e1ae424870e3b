import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { kioskInfoSchema, type CallReply } from '../data/contract.ts'
import type { JobView, PrinterStatus, Refusal } from '../data/printing.ts'
import { type Language, languages } from '../data/translations.ts'

/** What a visitor can choose of how the screen looks, as styles/tokens.css and the bar have it. */
export type Looks = {
  readonly language: Language
  readonly contrast: 'normal' | 'light' | 'dark'
  readonly textSize: 'normal' | 'large' | 'largest'
  readonly lowered: boolean
}

/** How every visit begins. */
export const usualLooks: Looks = { language: 'zh-CN', contrast: 'normal', textSize: 'normal', lowered: false }

/** Every combination of language, contrast and text size. */
export const everyLook: readonly Looks[] = languages.flatMap((language) =>
  (['normal', 'light', 'dark'] as const).flatMap((contrast) =>
    (['normal', 'large', 'largest'] as const).map((textSize) => ({
      language,
      contrast,
      textSize,
      lowered: false,
    })),
  ),
)

/** Nine of them, in which every pair of a language, a contrast and a text size comes once. */
export const coveringLooks: readonly Looks[] = everyLook.filter((_, index) => {
  const [language, contrast, size] = [Math.floor(index / 9), Math.floor(index / 3) % 3, index % 3]
  return (language + size) % 3 === contrast
})

/** A screen: the way to it from Home, with the screen in Chinese, and what opens over it last. */
export type Screen = {
  readonly name: string
  readonly taps: readonly RegExp[]
  /** What is written into the search field. */
  readonly query?: string
  /** Opens over the screen once it looks as it should, and is closed again. */
  readonly over?: 'languages' | 'idle' | 'codes'
}

const pension = [/^社会保险/u, /^退休/u, /^企业职工正常退休/u]
const transfer = [/^社会保险/u, /^养老保险转移/u, /^机关事业单位养老保险关系/u]
const injury = [/^社会保险/u, /^工伤登记/u]
const care = [/^社会保险/u, /^工伤医疗/u]
const ability = [/^社会保险/u, /^劳动能力鉴定/u]
const certificates = [/^人事人才/u, /^职称和继续教育/u, /^专业技术人员继续教育证书核发/u]

/** Every screen a visitor can come to, at its plainest and at its fullest. */
export const screens: readonly Screen[] = [
  { name: 'home', taps: [] },
  { name: 'languages', taps: [], over: 'languages' },
  { name: 'idle', taps: [], over: 'idle' },
  { name: 'search', taps: [/^按名字找/u] },
  { name: 'search-found', taps: [/^按名字找/u], query: 'gs' },
  { name: 'search-many', taps: [/^按名字找/u], query: 's' },
  { name: 'search-close', taps: [/^按名字找/u], query: 'gongsang' },
  { name: 'search-nothing', taps: [/^按名字找/u], query: '结婚登记' },
  { name: 'situations', taps: [/^按情况找/u] },
  { name: 'situations-employer', taps: [/^按情况找/u, /^单位办事/u] },
  { name: 'situation', taps: [/^按情况找/u, /^退休/u] },
  { name: 'directory', taps: [/^按楼层找/u] },
  { name: 'office', taps: [/^按楼层找/u, /^养老保险处/u] },
  { name: 'topics', taps: [/^社会保险/u] },
  { name: 'topic', taps: [/^社会保险/u, /^退休/u] },
  { name: 'category', taps: [/^行政审批/u] },
  { name: 'service', taps: pension },
  { name: 'service-cases', taps: transfer },
  { name: 'question', taps: [...transfer, /^只列我要带的/u] },
  { name: 'question-several', taps: [...injury, /^工伤认定申请/u, /^只列我要带的/u, /^人已经去世/u] },
  {
    name: 'service-answered',
    taps: [...transfer, /^只列我要带的/u, /^把养老保险转出去/u, /^请别人替我来/u, /^能带上/u],
  },
  { name: 'service-online', taps: [/^人事人才/u, /^资格考试报名/u, /^监理工程师/u] },
  { name: 'way', taps: [...pension, /^怎么走/u] },
  { name: 'way-places', taps: [...certificates, /^怎么走/u] },
  { name: 'way-elsewhere', taps: [/^就业创业/u, /^就业政策法规咨询/u, /^怎么走/u] },
  {
    name: 'list',
    taps: [...pension, /^加到清单/u, /^首页/u, ...certificates, /^加到清单/u, /^我的清单/u],
  },
  {
    name: 'list-shared',
    taps: [
      ...[...care, /^停工留薪期/u, /^加到清单/u, /^首页/u],
      ...[...ability, /^工伤职工劳动能力鉴定/u, /^加到清单/u, /^我的清单/u],
    ],
  },
  { name: 'slip', taps: [...pension, /^打印清单/u] },
  { name: 'codes', taps: [...pension, /^打印清单/u], over: 'codes' },
  { name: 'slip-saved', taps: [...pension, /^打印清单/u, /^存成 PDF 文件/u] },
]

/** What a printer says of itself, and what becomes of a slip it is given: a job, or a refusal. */
export type PrinterSays = {
  readonly status: PrinterStatus
  readonly job?: Pick<JobView, 'state' | 'reason'>
  readonly refusal?: Refusal
}

/** A screen that is seen only where there is a printer, and it says so. */
export type PrinterScreen = Screen & { readonly says: PrinterSays }

const ready: PrinterStatus = { kind: 'ready', warnings: [] }
const preview = [...pension, /^打印清单/u]
const printed = [...preview, /^打印这份清单/u]

/** What a visitor is told of the printer, of every kind once. */
export const printerScreens: readonly PrinterScreen[] = [
  { name: 'print-ready', taps: preview, says: { status: ready } },
  { name: 'print-blocked', taps: preview, says: { status: { kind: 'blocked', problem: 'paper-empty' } } },
  {
    name: 'print-under-way',
    taps: printed,
    says: { status: ready, job: { state: 'printing', reason: null } },
  },
  {
    name: 'print-stuck',
    taps: printed,
    says: { status: ready, job: { state: 'printing', reason: 'paper-jam' } },
  },
  { name: 'print-done', taps: printed, says: { status: ready, job: { state: 'printed', reason: null } } },
  {
    name: 'print-failed',
    taps: printed,
    says: { status: ready, job: { state: 'failed', reason: 'offline' } },
  },
  { name: 'print-unknown', taps: printed, says: { status: ready, job: { state: 'unknown', reason: null } } },
  { name: 'print-refused', taps: printed, says: { status: ready, refusal: 'minute-limit' } },
]

/**
 * Puts a printer that says what it is told in the place of the kiosk's own, which nobody can jam at will, and begins
 * the visit anew. In the page only: nothing is printed, and the host knows nothing of it.
 */
export async function connectPrinter(page: Page, { status, job, refusal }: PrinterSays): Promise<void> {
  await page.unrouteAll()
  const asked: unknown = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/get-kiosk', { method: 'POST', headers, body: '{}' })
    return answer.json()
  })
  const { value } = v.parse(v.object({ value: kioskInfoSchema }), asked)
  const answerWith = (name: string, reply: unknown) =>
    page.route(`**/api/${name}`, (route) => route.fulfill({ json: { ok: true, value: reply } }))
  const view: JobView = { id: 'job', state: 'printing', reason: null, file: null, ...job }
  const reply: CallReply<'print-slip'> = refusal
    ? { kind: 'refused', reason: refusal }
    : { kind: 'job', job: view }
  await answerWith('get-kiosk', { ...value, printer: { ...value.printer, kind: 'ipp' } })
  await answerWith('get-printer', { status })
  await answerWith('print-slip', reply)
  await answerWith('get-job', view)
  await page.reload()
  await wake(page)
}

/** Touches the screen nobody stands before, which only wakes it. */
export async function wake(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^碰一下/u }).click()
  await settled(page)
}

/** Goes from Home, in Chinese, to `screen`; what opens over it is left closed. */
export async function walkTo(page: Page, { taps, query }: Screen): Promise<void> {
  for (const name of taps) {
    const touched = page.getByRole('button', { name }).or(page.getByRole('checkbox', { name }))
    await touched.first().click()
  }
  if (query !== undefined) await page.getByRole('textbox').fill(query)
  await settled(page)
}

/**
 * Makes the screen look so by the buttons of its bar, which stand in the same order in every language; a screen
 * without a bar stays as it is. Pressed in the page itself, where two presses cost no more than two frames.
 */
export async function dress(page: Page, looks: Looks): Promise<void> {
  await page.evaluate(async ({ language, contrast, textSize, lowered }) => {
    const { documentElement: root } = document
    const bar = [...document.querySelectorAll<HTMLButtonElement>('nav > button')]
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const until = async (isSo: () => boolean, button: HTMLElement | null | undefined) => {
      for (let presses = 0; !isSo(); presses += 1) {
        if (!button || presses > 3) throw new Error('The bar does not lead to these looks')
        button.click()
        await drawn()
      }
    }
    if (bar.length === 0) return
    await until(() => root.dataset['textSize'] === textSize, bar[2])
    await until(() => root.dataset['contrast'] === contrast, bar[3])
    if (root.lang !== language) {
      bar.at(-2)?.click()
      const choice = () => document.querySelector<HTMLElement>(`[role="dialog"] button[lang="${language}"]`)
      while (!choice()) await drawn()
      choice()?.click()
      while (choice()) await drawn()
    }
    const lower = bar.find((button) => button.hasAttribute('aria-pressed'))
    if (lower) await until(() => lower.ariaPressed === String(lowered), lower)
  }, looks)
  await settled(page)
}

/** Opens what opens over `screen`, does something, and closes it again. */
export async function withOver<T>(page: Page, { over }: Screen, work: () => Promise<T>): Promise<T> {
  if (over === 'languages') await page.locator('nav > button').nth(-2).click()
  if (over === 'codes') await page.locator('.actions button').last().click()
  if (over === 'idle') await page.clock.runFor(61_000)
  if (over === undefined) return work()
  await page.locator('[role="dialog"], [role="alertdialog"]').waitFor()
  const result = await work()
  await page.locator('[role="dialog"] > button, [role="alertdialog"] button').first().click()
  return result
}

/** Waits for the fonts, and until two layouts in a row are the same. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const laidOut = () =>
      new Promise<void>((resolve) => {
        // Its first report comes with the layout of a frame, whatever a test's clock does to the others.
        const observer = new ResizeObserver(() => {
          observer.disconnect()
          resolve()
        })
        observer.observe(document.body)
      })
    const shape = () =>
      [...document.querySelectorAll('main *, nav *')]
        .map((element) => element.getBoundingClientRect())
        .reduce((sum, { x, y, width, height }) => sum + x + 3 * y + 7 * width + 11 * height, 0)
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
    for (let now = NaN, last = 0; now !== last;) {
      last = now
      await laidOut()
      await drawn()
      now = shape()
    }
  })
}
