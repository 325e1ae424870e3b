import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { contentCopy, expect, lettersOf, pdfWords, readCatalogue, test, touch } from './fixture.ts'

/** A folder of content in which 年金基金管理合同备案 is changed. */
async function contentWith(change: {
  readonly department?: string
  readonly note?: string
}): Promise<string> {
  const folder = await contentCopy()
  const catalogue = await readCatalogue()
  const services = catalogue.services.map((service) =>
    service.title !== '年金基金管理合同备案'
      ? service
      : {
          ...service,
          places: service.places.map((place) => ({
            ...place,
            department: change.department ?? place.department,
          })),
          materials: service.materials.map((group) => ({ ...group, note: change.note ?? group.note })),
        },
  )
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify({ ...catalogue, services }))
  return folder
}

const longNote = await contentWith({
  note: Array.from({ length: 400 }, (_, index) => `第${index}句请看清，`).join(''),
})
const longDepartment = await contentWith({ department: '某处'.repeat(2000) })

async function print(page: Page): Promise<void> {
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await touch(page, '存成 PDF 文件')
}

test.describe('一段说明长过一页', () => {
  test.use({ content: longNote })

  test('接着印到下一页，一个字不少', async ({ kiosk: { page, prints } }) => {
    await print(page)
    await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
    const [file = ''] = await readdir(prints)
    const words = await pdfWords(join(prints, file))
    for (let index = 0; index < 400; index += 1) expect(words).toContain(lettersOf(`第${index}句请看`))
  })
})

test.describe('怎么也放不下的', () => {
  test.use({ content: longDepartment })

  test('就说没有排出来，绝不存一张缺了字的清单', async ({ kiosk: { page, prints } }) => {
    await print(page)
    await expect(page.getByText('清单没有排出来')).toBeVisible()
    expect(await readdir(prints).catch(() => [])).toHaveLength(0)
  })
})
