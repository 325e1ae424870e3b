import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { contentText } from '../../fixtures/real-content.ts'

// Each runs the command on the whole guide; a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'offer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const offer = (...args: readonly string[]) => {
  const script = join(import.meta.dirname, '../../../build/offer.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('the workbook it writes changes nothing when it is offered', () => {
  const workbook = join(folder, '事项.xlsx')
  expect(offer('--workbook', workbook).status).toBe(0)
  expect(offer(workbook)).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing changes') })
})

test('a changed guide is told by its changes, and by what it alone has wrong', () => {
  const guide = join(folder, '指南.txt')
  writeFileSync(guide, contentText('guide.txt').replace('0991—3689687', '0991—36896'))
  const { stdout } = offer(guide)
  expect(stdout).toMatch(/would change 1 services/)
  expect(stdout.split('\n').filter((line) => /^(?:warning|error)/.test(line))).toHaveLength(1)
})

test('a refusal says why, and no file at all how to call it', () => {
  const picture = join(folder, '指南.docx')
  writeFileSync(picture, Uint8Array.of(0xff, 0xd8, 0xff, 0))
  expect(offer(picture)).toMatchObject({ status: 1, stdout: expect.stringContaining('not-what-it-says') })
  expect(offer()).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') })
})
