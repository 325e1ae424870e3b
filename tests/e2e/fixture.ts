import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type BrowserContext, type Page, test as base, type ViewportSize } from '@playwright/test'
import * as v from 'valibot'
import { installedElectron } from '../../build/electron-binary.ts'
import { findChromium } from '../../electron/find-chromium.ts'
import { type BrowserHostOptions, startBrowserHost } from '../../electron/host.ts'
import {
  type CallArgs,
  type CallName,
  type CallReply,
  contract,
  envelopeSchema,
} from '../../data/contract.ts'
import { KioskError } from '../../data/errors.ts'
import { type Panel, usualPanel } from '../../data/physical-size.ts'
import type { RenderDots } from '../../electron/printing/dots.ts'
import { greyOfPgm, readCodes } from '../fixtures/qr-reader.ts'
import { createLog } from '../../electron/log.ts'

export { expect } from '@playwright/test'

const root = join(import.meta.dirname, '../..')

/** Which of the two hosts stands behind the screen; the specs are the same. */
export type HostKind = 'browser' | 'electron'

/** A kiosk that runs: its screen at the start of a visit, and the folder its slips are saved in. */
export type Kiosk = { readonly page: Page; readonly prints: string }

/** Chosen by the projects of playwright.config.ts. */
export type HostOption = { hostKind: HostKind }

/** A moment at which most counters are open: a Tuesday, 13:00 in the hall. */
export const openMoment = new Date('2026-11-24T05:00:00Z')

/**
 * `content`: a folder of content to run on, the department's own where nothing else is asked.
 * `panel`: the panel the screen is said to be. `awake`: a visitor has touched the screen already.
 * `sharpness`: dots drawn for each CSS pixel; the layout is the same with fewer, and drawn quicker.
 * `state`: the folder of what the kiosk keeps for itself; null: for this run only.
 */
type Options = HostOption & {
  content: string
  panel: Panel
  awake: boolean
  sharpness: number
  state: string | null
}

/** What a kiosk prints with, and the sticks it may find; a folder, and as often as a test likes, where nothing else is asked. */
type Printing = Pick<BrowserHostOptions, 'printer' | 'paper' | 'limits' | 'timing' | 'sticks'>

/** One running host, able to open screens. */
type RunningHost = {
  readonly open: (viewport: ViewportSize | null) => Promise<Page>
  /** Draws a slip as dots; null on a host that does so behind a wall. */
  readonly renderDots: RenderDots | null
}

export const test = base.extend<
  Options & { printing: Printing; prints: string; host: RunningHost; kiosk: Kiosk }
>({
  hostKind: ['browser', { option: true }],
  content: [join(root, 'data/content'), { option: true }],
  panel: [usualPanel, { option: true }],
  awake: [true, { option: true }],
  sharpness: [1, { option: true }],
  state: [null, { option: true }],

  // Playwright reads a fixture's needs from its first argument, which must be a pattern.
  prints: async ({ hostKind }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `kiosk-prints-${hostKind}-`))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },

  // A walk through all services prints more than any visitor may.
  printing: { limits: { perVisit: 1000, perMinute: 1000 } },

  host: async (
    { hostKind, content, prints, state, panel, printing, sharpness, browser, contextOptions },
    use,
  ) => {
    if (hostKind === 'electron') {
      const executablePath = installedElectron(root, process.env) ?? ''
      const app = await _electron.launch({
        executablePath,
        args: [
          join(root, 'dist/electron/main.js'),
          '--windowed',
          '--data',
          content,
          '--prints',
          prints,
          ...(state === null ? [] : ['--state', state]),
          ...panelArguments(panel),
        ],
      })
      await use({
        renderDots: null,
        open: async (viewport) => {
          const page = await app.firstWindow()
          if (viewport) await page.setViewportSize(viewport)
          return page
        },
      })
      await app.close()
      return
    }
    const running = await startBrowserHost({
      folders: { content, prints, state, renderer: join(root, 'dist/renderer') },
      port: 0,
      chromium: findChromium(),
      version: 'test',
      panel,
      clock: { now: () => openMoment },
      ...printing,
      log: createLog(() => undefined),
    })
    const contexts: BrowserContext[] = []
    await use({
      renderDots: running.renderDots,
      open: async (viewport) => {
        const context = await browser.newContext({
          ...contextOptions,
          viewport,
          deviceScaleFactor: sharpness,
          reducedMotion: 'reduce',
        })
        contexts.push(context)
        const page = await context.newPage()
        await page.clock.install({ time: openMoment })
        await page.goto(running.url)
        return page
      },
    })
    await Promise.all(contexts.map((context) => context.close()))
    await running.close()
  },

  kiosk: async ({ host, prints, viewport, awake }, use) => {
    const page = await host.open(viewport)
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    if (awake) await touch(page, '碰一下')
    await use({ page, prints })
    if (faults.length > 0) throw new Error(`The screen reported faults:\n${faults.join('\n')}`)
  },
})

function panelArguments({ diagonal, lowerEdge }: Panel): readonly string[] {
  return ['--screen-inches', String(diagonal), '--screen-bottom', String(lowerEdge)]
}

/** `text` wherever the screen may break it: between two words a space may stand that is not the text's own. */
export function broken(text: string): string {
  return [...text].map((character) => (character === ' ' ? '' : escape(character))).join('[\\s\\u200b]*')
}

/** Set to `full`, the audits take every look everywhere instead of those that cover each pair of choices. */
export const auditsAll = process.env['KIOSK_AUDIT'] === 'full'

/** `all` in groups of at most `size`: what one test walks through, so that not every screen costs a new kiosk. */
export function inGroups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )
}

/** Ends the visit and begins another. */
export async function beginAnew(page: Page): Promise<void> {
  await page.locator('nav > button').last().click()
  await startButton(page).click()
}

/** Touches the button that begins with `name`; a name written with / / is searched for. */
export async function touch(page: Page, name: string | RegExp): Promise<void> {
  const pattern = typeof name === 'string' ? new RegExp(`^${broken(name)}`, 'u') : name
  await page.getByRole('button', { name: pattern }).first().click()
}

/** One call of the contract, made as the screen of the browser host makes it; throws where it is answered with an error. */
export async function call<N extends CallName>(
  page: Page,
  name: N,
  args: CallArgs<N>,
): Promise<CallReply<N>> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post(`${origin}/api/${name}`, {
    data: args,
    headers: { origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  })
  const envelope = v.parse(envelopeSchema, await answer.json())
  if (!envelope.ok) throw KioskError.fromBody(envelope.error)
  const reply: v.GenericSchema<unknown, CallReply<N>> = contract[name].reply
  return v.parse(reply, envelope.value)
}

/** The page that becomes the PDF, showing a slip composed before; the same page may show one after the other. */
export async function showSlip(
  page: Page,
  { origin, id }: { readonly origin: string; readonly id: string },
): Promise<string | null> {
  await page.goto(`${origin}/slip.html#${id}`)
  const root = page.locator(`html[data-id="${id}"][data-slip]`)
  await root.waitFor({ state: 'attached' })
  return root.getAttribute('data-slip')
}

/** Lets `seconds` pass on the page's clock in steps, each as long as the screen may go without an answer about its job. */
export async function passWhilePrinting(page: Page, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    const answered = page.waitForResponse('**/api/get-job')
    await page.clock.runFor(5000)
    await answered
  }
}

/** The button of the screen between two visits: it shows that nobody's visit is on. */
export function startButton(page: Page) {
  return page.getByRole('button', { name: /^碰一下，开始/u })
}

/** The letters, digits and Chinese characters of a text, for comparing wordings across line breaks. */
export function lettersOf(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
}

/** The words of a PDF file, as a person could copy them out of it. */
export async function pdfWords(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)('pdftotext', ['-raw', '-enc', 'UTF-8', path, '-'])
  return lettersOf(stdout)
}

/**
 * A copy of the department's content in a folder of its own, to be changed. It lasts as long as the worker:
 * `afterAll` runs after every batch of a file's tests, and a later batch would find it gone.
 */
export async function contentCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-content-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await cp(join(root, 'data/content'), folder, { recursive: true })
  return folder
}

/** What the codes on a PDF's pages carry, page by page, as a telephone reads them off the paper. */
export async function pdfCodes(path: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-pages-'))
  await promisify(execFile)('pdftoppm', ['-r', '150', '-gray', path, join(folder, 'page')])
  const codes: string[] = []
  for (const page of (await readdir(folder)).toSorted())
    codes.push(...(await readCodes(greyOfPgm(await readFile(join(folder, page))))))
  await rm(folder, { recursive: true, force: true })
  return codes
}

/** The department's catalogue as the kiosk ships it. */
export async function readCatalogue() {
  const { catalogueSchema } = await import('../../data/catalogue.ts')
  const { parse } = await import('valibot')
  return parse(catalogueSchema, JSON.parse(await readFile(join(root, 'data/content/catalogue.json'), 'utf8')))
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
