import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { staffGuide } from '../../renderer/i18n/staff/guide.ts'
import { call, expect, lettersOf, test as base, touch } from './fixture.ts'
import { enter, havePins } from './staff.ts'

const test = base.extend({ awake: false })

async function toGuide(page: Page): Promise<void> {
  await havePins(page)
  await enter(page, '前台')
  await touch(page, '使用说明')
}

/** The letters of each page of a PDF, and how many pictures lie on it. */
async function pagesOf(file: string): Promise<readonly { text: string; pictures: number }[]> {
  const run = promisify(execFile)
  const { stdout: text } = await run('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'])
  const { stdout: images } = await run('pdfimages', ['-list', file])
  const onPages = [...images.matchAll(/^\s*(\d+)\s+\d+\s+image\s/gmu)].map(([, page]) => Number(page))
  return text
    .split('\f')
    .slice(0, -1)
    .map((each, at) => ({
      text: lettersOf(each),
      pictures: onPages.filter((page) => page === at + 1).length,
    }))
}

for (const { paper, pages } of [
  { paper: 'a4', pages: 4 },
  { paper: 'a5', pages: 4 },
] as const) {
  test.describe(`${paper} 纸`, () => {
    test.use({ printing: { paper, limits: { perVisit: 1, perMinute: 1 } } })

    test('使用说明从它自己那一屏打出来：一步不少，每一段和它的图在同一页，页页有页码和程序版本', async ({
      kiosk: { page, prints },
    }) => {
      await toGuide(page)
      await touch(page, '打印这份说明')
      const fate = page.getByRole('status').filter({ hasText: '存成了文件' })
      await expect(async () => {
        await page.clock.runFor(500)
        expect(await fate.innerText({ timeout: 1000 })).toContain('没有出纸')
      }).toPass({ timeout: 60_000 })
      const [file = ''] = await readdir(prints)
      const found = await pagesOf(join(prints, file))
      expect(found).toHaveLength(pages)
      const partsOn = (text: string) =>
        staffGuide.filter(({ title, steps }) =>
          [title, ...steps].every((words) => text.includes(lettersOf(words))),
        )
      expect(found.flatMap(({ text }) => partsOn(text))).toEqual(staffGuide)
      found.forEach(({ text, pictures }, at) => {
        expect(pictures).toBe(partsOn(text).filter(({ picture }) => picture !== null).length)
        expect(text).toContain(lettersOf(`第 ${at + 1} 页，共 ${pages} 页`))
        expect(text).toContain(lettersOf('程序版本 test'))
      })
      // What staff have printed takes nothing from the next visitor.
      const { catalogue } = await call(page, 'get-content', {})
      const services = catalogue.services.slice(0, 1).map(({ id }) => ({ id, answers: {} }))
      const slip = await call(page, 'compose-slip', { services, format: paper, language: 'zh-CN' })
      expect((await call(page, 'print-slip', { id: slip.id })).kind).toBe('job')
    })
  })
}

test.describe('80 毫米纸卷', () => {
  test.use({ printing: { paper: 'roll' } })

  test('说清这里打不了，没有打印的按钮', async ({ kiosk: { page } }) => {
    await toGuide(page)
    await expect(page.locator('.care')).toContainText('这份说明要打在 A4 或 A5 纸上')
    await expect(page.getByRole('button', { name: '打印这份说明' })).toHaveCount(0)
  })
})
