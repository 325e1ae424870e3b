import { expect, startButton, test, touch } from './fixture.ts'

test.use({ awake: false })

test('数的是这台机器怎么被用，不是谁在用：一次使用、看了哪件、选了哪种语言、没找到的词', async ({
  kiosk: { page },
}) => {
  const counted: unknown[] = []
  await page.route('**/api/count-use', async (route) => {
    counted.push(route.request().postDataJSON())
    // A host that counts nothing is nobody's trouble.
    const error = { code: 'internal', message: 'not counted' }
    await route.fulfill({ json: { ok: false, error } })
  })
  await startButton(page).click()
  await touch(page, '按名字找')
  const field = page.getByRole('textbox', { name: '要找的事' })
  await field.fill('公积金提取')
  await field.fill('公积金')
  await expect(page.getByText('没有找到')).toBeVisible()
  await touch(page, '首页')
  await touch(page, '社会保险')
  await touch(page, '工伤登记和认定')
  await touch(page, '工伤认定申请')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('工伤认定申请')
  await touch(page, '办完了')
  await expect(startButton(page)).toBeVisible()
  await expect
    .poll(() => counted)
    .toEqual([
      { kind: 'visit' },
      { kind: 'search-miss', query: '公积金' },
      { kind: 'view', service: expect.stringMatching(/^svc-/) },
    ])
})
