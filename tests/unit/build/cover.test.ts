import { readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { coverWords, cutCoverFonts } from '../../../build/cover.ts'

const root = join(import.meta.dirname, '../../..')

it('says on the cover what the waiting screen says, in every language', () => {
  const page = coverWords(readFileSync(join(root, 'renderer/index.html'), 'utf8'))
  for (const words of ['碰一下，开始', 'Touch to start', 'باشلاش ئۈچۈن تېگىڭ', '您来办什么事？']) {
    expect(page).toContain(words)
  }
  expect(page).not.toContain('{{')
})

it('refuses a page that asks for words there are not', () => {
  expect(() => coverWords('<p>{{start:fr}}</p>')).toThrow('{{start:fr}}')
})

it('cuts its fonts down to what comes with the first frame', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-cover-'))
  await cutCoverFonts(root, folder)
  for (const name of ['cover-500', 'cover-900', 'cover-arabic']) {
    expect(statSync(join(folder, `${name}.woff2`)).size).toBeLessThan(25_000)
  }
  await rm(folder, { recursive: true })
})
