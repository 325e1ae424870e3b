import { execFileSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { listOffers } from '../../electron/sticks/list-offers.ts'
import { readFromStick } from '../../electron/sticks/read-file.ts'
import type { FoundStick } from '../../electron/sticks/stick-source.ts'
import { isMountPoint, writeFiles } from '../../electron/sticks/write-files.ts'
import { cannotMount, type ImageKind, mountImage, unmountAll } from '../fixtures/disk-images.ts'

afterEach(unmountAll)

const stickAt = (folder: string): FoundStick => ({
  id: folder,
  name: '优盘',
  size: null,
  state: 'ready',
  readOnly: false,
  folder,
  path: null,
})

const files = [
  { name: '办事指南.xlsx', bytes: new Uint8Array(300_000).fill(7) },
  { name: '使用统计（按日）.csv', bytes: new TextEncoder().encode('\uFEFF日期\r\n') },
]

/** Tests on one kind of file system, skipped with the reason where it cannot be had. */
function on(kind: ImageKind, size: number, tests: (make: () => ReturnType<typeof mountImage>) => void): void {
  const reason = cannotMount(kind)
  describe.skipIf(reason !== null)(reason === null ? kind : `${kind} (${reason})`, () => {
    tests(() => mountImage(kind, size))
  })
}

for (const [kind, size] of [
  ['ext4', 8e6],
  ['exfat', 8e6],
  ['ntfs', 16e6],
] as const) {
  on(kind, size, (make) => {
    test('a stick with Chinese names is listed and read', async () => {
      const { folder } = await make()
      await writeFile(join(folder, '办事指南（2026版）.txt'), '办事指南')
      const { offers } = await listOffers(stickAt(folder))
      expect(offers.map(({ path, size }) => [path, size])).toEqual([['办事指南（2026版）.txt', 12]])
      expect(await readFromStick(stickAt(folder), offers[0]?.path ?? '')).toMatchObject({ kind: 'read' })
    })

    test('what is written lies on it after it was pulled out at once', async () => {
      const { folder, unmount, image } = await make()
      expect(await writeFiles(folder, '自助机资料', files)).toMatchObject({ kind: 'written' })
      const copy = await readFile(image)
      unmount()
      expect(copy.includes(Buffer.from(files[0]?.bytes.subarray(0, 4096) ?? []))).toBe(true)
    })

    test('a full one is told apart, with what is missing, and nothing is left on it', async () => {
      const { folder } = await make()
      const large = [...files, { name: '大.kiosk', bytes: new Uint8Array(30e6) }]
      const outcome = await writeFiles(folder, '自助机资料', large)
      expect(outcome.kind === 'full' && outcome.missing > 10e6).toBe(true)
      expect((await readdir(folder)).filter((name) => name.startsWith('自助机'))).toEqual([])
    })
  })
}

on('ext4', 8e6, (make) => {
  test('a copy of the image, made the moment it was said to be safe, holds every file whole', async () => {
    const { folder, image } = await make()
    expect(await writeFiles(folder, '自助机资料', files)).toMatchObject({ kind: 'written' })
    const second = await make()
    second.unmount()
    await writeFile(second.image, await readFile(image))
    execFileSync('mount', ['-o', 'loop', second.image, second.folder])
    try {
      for (const { name, bytes } of files)
        expect((await readFile(join(second.folder, '自助机资料', name))).equals(bytes)).toBe(true)
    } finally {
      second.unmount()
    }
  })

  test('one that is write-protected is told apart', async () => {
    const { folder, remount } = await make()
    remount('ro')
    expect(await writeFiles(folder, '自助机资料', files)).toEqual({ kind: 'read-only' })
  })

  test('one that fills up while it is written to leaves nothing half-written', async () => {
    const { folder } = await make()
    const filler = writeFile(join(folder, 'filler'), new Uint8Array(7.9e6)).catch(() => undefined)
    const outcome = await writeFiles(folder, '自助机资料', [{ name: '大.kiosk', bytes: new Uint8Array(4e6) }])
    await filler
    expect(['full', 'written']).toContain(outcome.kind)
    if (outcome.kind === 'full')
      expect((await readdir(folder)).filter((name) => name.startsWith('自助机'))).toEqual([])
  })

  test('one that loses its blocks while it is read ends plainly', async () => {
    const { folder, pull } = await make()
    await writeFile(join(folder, '指南.txt'), 'a'.repeat(4_000_000))
    execFileSync('sync', ['-f', folder])
    await pull()
    // What the system still has in memory would hide that the rest is gone.
    const forget = [`of=${join(folder, '指南.txt')}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0']
    execFileSync('dd', [...forget, 'if=/dev/null'], { stdio: 'pipe' })
    expect(['gone', 'unreadable', 'no-file']).toContain(
      (await readFromStick(stickAt(folder), '指南.txt')).kind,
    )
  })
})

on('ntfs', 16e6, (make) => {
  test('one that is pulled out: listing, reading and writing end plainly', async () => {
    const { folder, pull } = await make()
    await writeFile(join(folder, '指南.txt'), '办事指南')
    await pull()
    expect(await listOffers(stickAt(folder))).toEqual({ offers: [], complete: true })
    expect(await readFromStick(stickAt(folder), '指南.txt')).toEqual({ kind: 'gone' })
    expect(await writeFiles(folder, '资料', files)).toEqual({ kind: 'gone' })
  })

  test('one that was unmounted leaves a folder behind, and that is no stick', async () => {
    const { folder, unmount } = await make()
    expect(await isMountPoint(folder)).toBe(true)
    unmount()
    expect(await isMountPoint(folder)).toBe(false)
    expect(await isMountPoint(join(folder, 'gone'))).toBe(false)
  })
})
