import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { type ExportSources, exportTo, takings } from '../../../../electron/sticks/export.ts'
import type { Mounting } from '../../../../electron/sticks/mounting.ts'
import { folderSticks } from '../../../../electron/sticks/stick-source.ts'
import { readOffer } from '../../../../electron/sources/read-offer.ts'
import { candidateIn, realFiles } from '../../../fixtures/edition-files.ts'
import { temporaryFolder } from '../../../fixtures/hosts.ts'
import { realCatalogue } from '../../../fixtures/real-content.ts'

// The whole guide is written and read; a busy machine is no fault.
vi.setConfig({ testTimeout: 30_000 })

const now = new Date('2026-11-25T02:30:00Z')
const when = { now, timeZone: 'Asia/Shanghai', kiosk: '1楼大厅 1号机/..' }
const title = '自助机资料_1楼大厅1号机_2026-11-25_1030'

const sources: ExportSources = {
  catalogue: async () => realCatalogue,
  bundle: async () => new TextEncoder().encode('KIOSK'),
  counts: () => [{ day: '2026-11-25', kind: 'view', key: realCatalogue.services[0]?.id ?? '', count: 2 }],
  prints: () => [{ day: '2026-11-25', printed: 1, saved: 0, failed: 0, unknown: 0 }],
  audit: () => ({ headings: ['时间', '谁', '做了什么'], rows: [['10:00', '前台', '=HYPERLINK("x")']] }),
  diagnostics: async () => '一切正常',
}

const free: Mounting = {
  open: async () => true,
  makeWritable: async () => true,
  close: async () => undefined,
}

async function stick() {
  const [found] = await folderSticks([await temporaryFolder('export')]).look()
  if (!found?.folder) throw new Error()
  return { ...found, folder: found.folder }
}

describe('taking away', () => {
  test('everything: named for people, and the workbook reads back as the edition in force', async () => {
    const target = await stick()
    const outcome = await exportTo(target, takings, sources, when, free)
    expect(outcome).toMatchObject({ kind: 'written', folder: title })
    const folder = join(target.folder, title)
    expect((await readdir(folder)).sort()).toEqual(
      [
        '办事指南_2026-11-25.kiosk',
        '办事指南_2026-11-25.xlsx',
        '使用统计（按日）.csv',
        '事项查看次数.csv',
        '没有找到的词.csv',
        '打印记录（按日）.csv',
        '操作记录.csv',
        '诊断信息.txt',
      ].sort(),
    )
    expect(await readFile(join(folder, '操作记录.csv'), 'utf8')).toBe(
      '\uFEFF时间,谁,做了什么\r\n10:00,前台,"\'=HYPERLINK(""x"")"\r\n',
    )
    const workbook = await readFile(join(folder, '办事指南_2026-11-25.xlsx'))
    const read = await readOffer(workbook, '事项.xlsx', { files: realFiles, now })
    expect(candidateIn(read).files).toBe(realFiles)
  })

  test('asks for nothing that is not wanted, and gives the stick back as it was', async () => {
    const close = vi.fn(async () => undefined)
    const bundle = vi.fn(async () => null)
    await exportTo(await stick(), ['audit'], { ...sources, bundle }, when, { ...free, close })
    expect(bundle).not.toHaveBeenCalled()
    expect(close).toHaveBeenCalledOnce()
  })

  test('says what cannot be had before anything is written', async () => {
    const target = await stick()
    const noBundle = { ...sources, bundle: async () => null }
    expect(await exportTo(target, takings, noBundle, when, free)).toEqual({ kind: 'no-bundle' })
    const locked = { ...free, makeWritable: async () => false }
    expect(await exportTo(target, takings, sources, when, locked)).toEqual({ kind: 'read-only' })
    expect(await exportTo({ ...target, folder: null }, takings, sources, when, free)).toEqual({
      kind: 'gone',
    })
    expect(await readdir(target.folder)).toEqual([])
  })
})
