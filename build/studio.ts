import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../electron/find-chromium.ts'
import { startBrowserHost } from '../electron/host.ts'
import { createLog, type Log } from '../electron/log.ts'
import { defaultFolders } from '../electron/options.ts'
import { settled } from './screens.ts'

const root = join(import.meta.dirname, '..')

/** A moment at which most counters are open: a Tuesday, 13:00 in the hall. */
export const openMoment = new Date('2026-11-24T05:00:00Z')

/** Screens of a kiosk, upright and lying: Full HD, in CSS pixels. */
export const viewports = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
} as const

export const orientations = ['portrait', 'landscape'] as const
export type Orientation = (typeof orientations)[number]

/** A running kiosk whose screens can be opened as often as wanted, each at the start of a visit. */
export type Studio = {
  /** `now`: the instant at which the screen's clock stands still; null: it runs, and so do frames and timers. */
  readonly open: (orientation: Orientation, now: Date | null) => Promise<Page>
  /** An empty page, for what needs a Chromium and no kiosk. */
  readonly blank: () => Promise<Page>
}

const { error } = createLog()
const nothing = (): void => undefined

/** Says what went wrong in the kiosk, and nothing else. */
const errorsOnly: Log = { info: nothing, warn: nothing, error }

/** Says nothing, for a kiosk that is meant to fail. */
export const silent: Log = { info: nothing, warn: nothing, error: nothing }

/**
 * Runs a kiosk for as long as `work` takes, its slips forgotten afterwards; on the department's own content
 * unless `content` names a folder. Throws where there is no Chromium.
 */
export async function inStudio<T>(
  work: (studio: Studio) => Promise<T>,
  { content = defaultFolders(root).content, log = errorsOnly } = {},
): Promise<T> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('There is no Chromium to show the kiosk in')
  const prints = await mkdtemp(join(tmpdir(), 'kiosk-studio-'))
  const host = await startBrowserHost({
    folders: { ...defaultFolders(root), content, prints, state: null },
    port: 0,
    chromium: executablePath,
    version: 'studio',
    clock: { now: () => openMoment },
    log,
  })
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    return await work({
      blank: () => browser.newPage(),
      open: async (orientation, now) => {
        const page = await browser.newPage({
          viewport: viewports[orientation],
          screen: viewports[orientation],
          reducedMotion: 'reduce',
          hasTouch: true,
          locale: 'zh-CN',
        })
        if (now !== null) {
          await page.clock.install({ time: now })
          await page.clock.setFixedTime(now)
        }
        await page.goto(host.url)
        return page
      },
    })
  } finally {
    await browser.close()
    await host.close()
    await rm(prints, { recursive: true, force: true })
  }
}

/** Waits until a slip on the screen has its pages. */
export async function slipLaidOut(page: Page): Promise<void> {
  await page
    .getByText(/^共 \d+ 页$/u)
    .first()
    .waitFor()
  await settled(page)
}
