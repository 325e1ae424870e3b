import type { Page } from '@playwright/test'
import { slipFormats, type SlipFormat } from '../../data/slip.ts'
import { call, expect, readCatalogue, showSlip, test } from './fixture.ts'

/** Every service's slip on every paper, in this many parts, so that two workers share them. */
const parts = 4

test.describe.configure({ mode: 'parallel', timeout: 600_000 })

/** What a slip's page says of itself, and how large its smallest box and letters are, in millimetres and points. */
type Drawn = {
  readonly state: string | undefined
  readonly pages: number
  readonly box: number | null
  readonly smallest: number
  readonly outside: readonly string[]
}

/** The least a slip may have: boxes of 6 mm, entries of 18 pt or 14 pt (facts on paper). */
const leastPoints: Readonly<Record<SlipFormat, number>> = { 'a4-large': 18, a4: 14, a5: 14, roll: 14 }

for (let part = 0; part < parts; part += 1) {
  test(`每件事的清单在四种纸上：没有切掉的，框够大，字够大（${part + 1}/${parts}）`, async ({
    kiosk: { page },
  }) => {
    const { services } = await readCatalogue()
    const mine = services.filter((_, index) => index % parts === part)
    for (const format of slipFormats) {
      for (const service of mine) {
        const drawn = await draw(page, service.id, format)
        const name = `${service.title}, ${format}`
        expect(drawn.state, name).toBe('ready')
        expect(drawn.outside, name).toEqual([])
        expect(drawn.pages, name).toBeGreaterThanOrEqual(1)
        expect(drawn.pages, name).toBeLessThanOrEqual(format === 'roll' ? 1 : format === 'a5' ? 4 : 2)
        if (drawn.box !== null) expect(drawn.box, name).toBeGreaterThanOrEqual(6)
        expect(drawn.smallest, name).toBeGreaterThanOrEqual(leastPoints[format])
      }
    }
  })
}

/** The slip as the page that becomes the PDF draws it. */
async function draw(page: Page, id: string, format: SlipFormat): Promise<Drawn> {
  const services = [{ id, answers: {} }]
  const slip = await call(page, 'compose-slip', { services, format, language: 'zh-CN' })
  await showSlip(page, { origin: new URL(page.url()).origin, id: slip.id })
  return page.evaluate(() => {
    const millimetre = 96 / 25.4
    const boxes = [...document.querySelectorAll('.mark.box')].map((box) => box.getBoundingClientRect())
    const sizes = [...document.querySelectorAll('.entry .words')].map((words) =>
      parseFloat(getComputedStyle(words).fontSize),
    )
    const sheets = [...document.querySelectorAll('.page')]
    const outside = sheets.flatMap((sheet) => {
      const edge = sheet.getBoundingClientRect()
      const foot = sheet.querySelector('.foot')?.getBoundingClientRect().top ?? edge.bottom
      return [...sheet.querySelectorAll('.block *')].flatMap((element) => {
        const box = element.getBoundingClientRect()
        const isIn = box.left >= edge.left && box.right <= edge.right + 1 && box.bottom <= foot + 1
        return isIn ? [] : [element.textContent.trim().slice(0, 30)]
      })
    })
    return {
      state: document.documentElement.dataset['slip'],
      pages: Number(document.documentElement.dataset['pages']),
      box:
        boxes.length === 0
          ? null
          : Math.min(...boxes.map(({ width, height }) => Math.min(width, height))) / millimetre,
      smallest: sizes.length === 0 ? Infinity : (Math.min(...sizes) * 72) / 96,
      outside,
    }
  })
}
