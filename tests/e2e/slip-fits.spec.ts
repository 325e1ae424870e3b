import { cp, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, readCatalogue, test, touch } from './fixture.ts'

const good = join(import.meta.dirname, '../../data/content')
const changed = await mkdtemp(join(tmpdir(), 'kiosk-changed-'))
await cp(good, changed, { recursive: true })

test.use({ content: changed })

/** Writes the catalogue with the slip of 年金基金管理合同备案 changed. */
async function writeWith(change: Partial<{ department: string; note: string }>): Promise<void> {
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
  await writeFile(join(changed, 'catalogue.json'), JSON.stringify({ ...catalogue, services }))
}

test('一段说明长过一页：接着印到下一页，一个字不少', async ({ kiosk: { page, prints } }) => {
  await writeWith({ note: '请看清楚，'.repeat(400) })
  await page.reload()
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  expect(await readdir(prints)).toHaveLength(1)
})

test('怎么也放不下的，就说没有排出来，绝不存一张缺了字的清单', async ({ kiosk: { page, prints } }) => {
  await writeWith({ department: '某处'.repeat(2000) })
  await page.reload()
  await touch(page, '行政审批')
  await touch(page, '年金基金管理合同备案')
  await touch(page, '打印清单')
  await touch(page, '存成 PDF 文件')
  await expect(page.getByText('清单没有排出来')).toBeVisible()
  expect(await readdir(prints).catch(() => [])).toHaveLength(0)
})
