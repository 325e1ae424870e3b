import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, touch } from './fixture.ts'

const good = join(import.meta.dirname, '../../data/content')
const broken = await mkdtemp(join(tmpdir(), 'kiosk-broken-'))

test.use({ content: broken })
test.afterAll(() => rm(broken, { recursive: true, force: true }))

test('内容坏了：屏幕说明白、指服务台，修好后“再试一次”就开', async ({ kiosk: { page } }) => {
  await cp(good, broken, { recursive: true })
  await writeFile(join(broken, 'catalogue.json'), '{ "format": 1, "services": [')
  await page.reload()
  await expect(page.getByText('办事指南打不开。您可以到服务台询问。')).toBeVisible()
  await cp(join(good, 'catalogue.json'), join(broken, 'catalogue.json'))
  await touch(page, '再试一次')
  await expect(page.getByRole('heading', { name: '您来办什么事？' })).toBeVisible()
})
