import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FoundStick, folderSticks } from '../../../../electron/sticks/stick-source.ts'
import { listingLimits, listOffers } from '../../../../electron/sticks/list-offers.ts'
import { readFromStick } from '../../../../electron/sticks/read-file.ts'
import { writeFiles } from '../../../../electron/sticks/write-files.ts'
import { temporaryFolder } from '../../../fixtures/hosts.ts'

/** A folder that stands for a stick, with these files on it. */
async function stickWith(files: Readonly<Record<string, string>>): Promise<FoundStick & { folder: string }> {
  const folder = await temporaryFolder('stick')
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const [stick] = await folderSticks([folder]).look()
  if (!stick) throw new Error()
  return { ...stick, folder }
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

describe('what lies on a stick', () => {
  test('is listed by what it is, the newest first; hidden files and what systems leave are passed over', async () => {
    const stick = await stickWith({
      '办事指南（2026版）.docx': 'a',
      '更新/事项.xlsx': 'ab',
      '更新/plans/1楼.svg': 'too deep',
      '更新/site.json': '{}',
      'Edition.KIOSK': 'abc',
      '~$办事指南.docx': 'a lock of Word',
      '._指南.docx': 'of a Mac',
      'System Volume Information/x.docx': '',
      '$RECYCLE.BIN/y.docx': '',
      'setup.exe': 'MZ',
      'autorun.inf': '',
      '照片.jpg': '',
    })
    await utimes(join(stick.folder, 'Edition.KIOSK'), 0, 2_000_000_000)
    const { offers, complete } = await listOffers(stick)
    expect(complete).toBe(true)
    expect(offers[0]).toEqual({
      stick: stick.id,
      path: 'Edition.KIOSK',
      name: 'Edition.KIOSK',
      kind: 'bundle',
      size: 3,
      modified: '2033-05-18T03:33:20.000Z',
    })
    expect(offers.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual([
      'bundle Edition.KIOSK',
      'guide 办事指南（2026版）.docx',
      'site 更新/site.json',
      'workbook 更新/事项.xlsx',
    ])
  })

  test('links, pipes and folders with such names are no offers', async () => {
    const stick = await stickWith({ 'a.docx': '' })
    await symlink('/etc/passwd', join(stick.folder, 'b.txt'))
    await symlink('/etc', join(stick.folder, 'etc'))
    await mkdir(join(stick.folder, 'c.docx'))
    execFileSync('mkfifo', [join(stick.folder, 'd.txt')])
    expect((await listOffers(stick)).offers.map(({ path }) => path)).toEqual(['a.docx'])
  })

  test('is not listed without end, and that is said', async () => {
    const names = Array.from({ length: listingLimits.entries + 1 }, (_, index) => [
      `${String(index)}.txt`,
      '',
    ])
    const { offers, complete } = await listOffers(await stickWith(Object.fromEntries(names)))
    expect([offers.length, complete]).toEqual([listingLimits.offers, false])
  })

  test('is nothing once it was pulled out', async () => {
    const stick = await stickWith({})
    expect(await listOffers({ ...stick, folder: join(stick.folder, 'gone') })).toEqual({
      offers: [],
      complete: true,
    })
    expect(await listOffers({ ...stick, folder: null })).toEqual({ offers: [], complete: true })
  })
})

describe('reading a file of a stick', () => {
  test('gives its bytes', async () => {
    const stick = await stickWith({ '更新/指南.txt': '办事指南' })
    expect(await readFromStick(stick, '更新/指南.txt')).toEqual({
      kind: 'read',
      name: '指南.txt',
      bytes: text('办事指南'),
    })
  })

  test.each(['../指南.txt', '/etc/passwd.txt', '更新//a.txt', 'a/../../b.txt', '..\\b.txt', '.', ''])(
    'never leads off it: %j',
    async (path) => {
      expect((await readFromStick(await stickWith({}), path)).kind).toBe('no-file')
    },
  )

  test('opens no link, no link above it, no folder, no pipe, and nothing a kiosk has no use for', async () => {
    const stick = await stickWith({ 'real/a.txt': 'a', 'a.sh': '' })
    const elsewhere = await stickWith({ 'secret.txt': 'x' })
    await symlink(join(stick.folder, 'real/a.txt'), join(stick.folder, 'link.txt'))
    await symlink(elsewhere.folder, join(stick.folder, 'out'))
    await mkdir(join(stick.folder, 'c.txt'))
    execFileSync('mkfifo', [join(stick.folder, 'd.txt')])
    for (const path of ['link.txt', 'out/secret.txt', 'c.txt', 'd.txt', 'a.sh'])
      expect([path, (await readFromStick(stick, path)).kind]).toEqual([path, 'no-file'])
  })

  test('stops at what is too large without reading it', async () => {
    const stick = await stickWith({ 'big.txt': '' })
    await truncate(join(stick.folder, 'big.txt'), 100_000_000)
    expect(await readFromStick(stick, 'big.txt')).toEqual({ kind: 'too-large', megabytes: 100, most: 32 })
  })

  test('says that it is gone', async () => {
    const stick = await stickWith({})
    expect(await readFromStick(stick, 'a.txt')).toEqual({ kind: 'gone' })
    expect(await readFromStick({ ...stick, folder: null }, 'a.txt')).toEqual({ kind: 'gone' })
  })
})

describe('writing to a stick', () => {
  const files = [
    { name: '办事指南.xlsx', bytes: text('PK') },
    { name: '使用统计.csv', bytes: text('\uFEFF日期\r\n') },
  ]

  test('puts whole files into a new folder and leaves nothing else', async () => {
    const { folder } = await stickWith({})
    expect(await writeFiles(folder, '资料', files)).toEqual({
      kind: 'written',
      folder: '资料',
      files: ['办事指南.xlsx', '使用统计.csv'],
    })
    expect((await readdir(join(folder, '资料'))).sort()).toEqual(['使用统计.csv', '办事指南.xlsx'])
    expect(await readFile(join(folder, '资料/使用统计.csv'), 'utf8')).toBe('\uFEFF日期\r\n')
    expect(await writeFiles(folder, '资料', files)).toMatchObject({ kind: 'written', folder: '资料-2' })
  })

  test('says that the stick is gone', async () => {
    const { folder } = await stickWith({})
    expect(await writeFiles(join(folder, 'gone'), '资料', files)).toEqual({ kind: 'gone' })
  })
})
