import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { joined } from '../../data/qr.ts'
import { slipFormats } from '../../data/slip.ts'
import { readCodesFromPng } from '../fixtures/qr-reader.ts'
import {
  call,
  expect,
  type Kiosk,
  lettersOf,
  pdfCodes,
  pdfWords,
  readCatalogue,
  showSlip,
  test,
  touch,
} from './fixture.ts'

const injury = ['社会保险', '工伤登记', '工伤认定申请'] as const
const care = ['社会保险', '工伤医疗', '停工留薪期'] as const
const ability = ['社会保险', '劳动能力鉴定', '工伤职工劳动能力鉴定'] as const

async function walk(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await touch(page, name)
}

/** Saves what the print page shows; the path of the PDF. */
async function save({ page, prints }: Kiosk): Promise<string> {
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  const [file = ''] = await readdir(prints)
  return join(prints, file)
}

/** The codes in the dialog, one after the other, as a telephone held to the screen reads them. */
async function codesShown(page: Page): Promise<readonly string[]> {
  await touch(page, '存到手机')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const tabs = dialog.getByRole('group').getByRole('button')
  const codes: string[] = []
  for (let index = 0; index < Math.max(1, await tabs.count()); index += 1) {
    if (index > 0) await tabs.nth(index).click()
    codes.push(...(await readCodesFromPng(await dialog.getByRole('img').screenshot())))
  }
  return codes
}

test('几件事合成一张清单：共用的材料列一次，屏幕、纸上、码里是同样的话', async ({ kiosk }) => {
  const { page } = kiosk
  await walk(page, ...care, '加到清单', '首页', ...ability, '加到清单', '我的清单')
  await expect(page.getByText('2 件事，按这个顺序走')).toBeVisible()
  const lines = page.locator('.stop .materials > li')
  const shown = await lines.evaluateAll((all) =>
    all.map((line) =>
      [...line.children].filter((part) => !part.matches('.use')).map((part) => part.textContent),
    ),
  )
  expect(shown.map((parts) => parts.join('').replaceAll('\u200b', ''))).toEqual([
    '工伤认定决定书原件 1 份，复印件 2 份',
    '被鉴定人身份证复印件 2 份',
    '工伤职工劳动能力鉴定表原件、复印件',
    '近期住院病历复印件',
    '工伤职工1寸照片2张',
    '病历复印件、初次就诊的医学资料和医疗期结束时的医学资料',
    '工伤职工1寸照片2张',
  ])
  await touch(page, '打印整张清单')
  const path = await save(kiosk)
  const words = await pdfWords(path)
  for (const line of shown.flat()) expect(words).toContain(lettersOf(line))
  expect(words).toContain(lettersOf('停工留薪期确认和延长确认：被鉴定人身份证复印件'))
  const carried = joined(await pdfCodes(path))
    .split('\n')
    .flatMap((line) => (line.startsWith('□ ') ? [lettersOf(line)] : []))
  expect(carried).toEqual(shown.map((parts) => lettersOf(parts.join(''))))

  await walk(page, '返回', '去掉')
  await expect(page.getByText('1 件事，按这个顺序走')).toBeVisible()
  await expect(page.getByText('几件事都要用的材料')).toBeHidden()
})

test('不要纸的人用手机扫：屏幕上的码和纸上的一样', async ({ kiosk }) => {
  await walk(kiosk.page, ...injury, '打印清单', '不清楚')
  const onPaper = joined(await pdfCodes(await save(kiosk)))
  const onScreen = joined(await codesShown(kiosk.page))
  // Printed a moment later than composed, but composed once: the very same slip.
  expect(onScreen).toBe(onPaper)
  expect(onScreen).toContain('□ 《工伤认定申请表》')
})

test('预览就是清单：每一页上的话，一字不差', async ({ kiosk }) => {
  await walk(kiosk.page, ...injury, '打印清单', '不清楚')
  await expect(kiosk.page.locator('.pages')).toHaveText('共 2 页')
  const pages = await kiosk.page.locator('.preview .page').allInnerTexts()
  const path = await save(kiosk)
  for (const [index, text] of pages.entries()) {
    const number = String(index + 1)
    const { stdout } = await promisify(execFile)('pdftotext', ['-raw', '-f', number, '-l', number, path, '-'])
    expect(sorted(stdout)).toBe(sorted(text))
  }
})

/** The characters of a page without their order: a PDF lists what stands side by side in another. */
const sorted = (text: string): string => [...lettersOf(text)].toSorted().join('')

for (const language of ['en', 'ug'] as const) {
  test(`the longest slips fit every paper in ${language} too`, async ({ kiosk: { page } }) => {
    test.setTimeout(300_000)
    const { services } = await readCatalogue()
    const longest = services
      .toSorted((a, b) => b.fields.办理材料.length - a.fields.办理材料.length)
      .slice(0, 6)
      .map(({ id }) => ({ id, answers: {} }))
    const origin = new URL(page.url()).origin
    for (const format of slipFormats) {
      for (const asked of [...longest.map((each) => [each]), longest.slice(0, 3)]) {
        const slip = await call(page, 'compose-slip', { services: asked, format, language })
        const state = await showSlip(page, { origin, id: slip.id })
        expect(state, `${format} ${slip.services.map(({ name }) => name).join(' + ')}`).toBe('ready')
      }
    }
  })
}
