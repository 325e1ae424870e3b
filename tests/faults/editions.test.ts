import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readContentFolder } from '../../electron/editions/content-folder.ts'
import { editionsIn, ofGuide, someFiles } from '../fixtures/editions.ts'
import { memoryLog } from '../fixtures/hosts.ts'
import {
  type DiskCall,
  copyOf,
  diskCalls,
  folderOf,
  imageOf,
  labFolder,
  mounted,
  noMounts,
  noTraces,
  run,
  runWith,
  unmount,
} from './disk-lab.ts'

const [factory, old, fresh] = ['2026-11-01.1', '2026-11-02.1', '2026-11-03.1'].map((edition) =>
  folderOf(someFiles(edition, { edition })),
)
const content = { factory: factory ?? '', old: old ?? '', fresh: fresh ?? '' }
const before = '2026-11-02.1'
const after = '2026-11-03.1'

const start = async (state: string) =>
  editionsIn(state, memoryLog(), await readContentFolder(content.factory))

/** Which edition a kiosk shows that starts on this disk. */
async function shown(state: string): Promise<string> {
  return (await (await start(state)).inForce()).summary.edition
}

/** A disk on which the old edition is in force and proved. */
async function prepare(state: string): Promise<string> {
  const editions = await start(state)
  await editions.install(ofGuide(await readContentFolder(content.old)), 'it')
  editions.confirm((await editions.inForce()).summary.id)
  return state
}

/** That the disk is as good as ever: another edition can be installed, shown after a start, and left again. */
async function expectUsable(state: string): Promise<void> {
  const edition = '2026-11-04.1'
  const editions = await start(state)
  expect(await editions.install(ofGuide(someFiles('再', { edition })), 'it')).toMatchObject({
    kind: 'installed',
  })
  expect(await shown(state)).toBe(edition)
  expect(await editions.rollBack('factory')).toMatchObject({ kind: 'rolled-back' })
}

describe.skipIf(noTraces !== null)(
  `an installation${noTraces === null ? '' : ` (not run: ${noTraces})`}`,
  () => {
    let template: string
    let calls: readonly DiskCall[]
    beforeAll(async () => {
      template = await prepare(labFolder())
      calls = diskCalls(copyOf(template), content.factory, content.fresh)
    })

    it('changes the disk by as many calls as its steps need', () => {
      const count = (name: string): number => calls.filter((call) => call.name === name).length
      // The edition's file and its record: each written, synced, renamed, and its folder synced.
      expect([count('fsync'), count('rename')]).toEqual([4, 2])
      expect(calls.length).toBeGreaterThanOrEqual(8)
    })

    it('cut off at any of them leaves the old edition or the new one, whole', async () => {
      const seen = new Set<string>()
      for (const call of calls) {
        const state = copyOf(template)
        const { said } = runWith('signal=KILL', call, [state, content.factory, content.fresh])
        expect(said).toBeNull()
        const edition = await shown(state)
        seen.add(edition)
        expect([before, after]).toContain(edition)
        await expectUsable(state)
      }
      expect([...seen].sort()).toEqual([before, after])
    })

    it('that fails at any of them says truly which edition is in force', async () => {
      const errors = ['ENOSPC', 'EIO', 'EROFS']
      const kinds = new Set<string>()
      for (const [index, call] of calls.entries()) {
        const state = copyOf(template)
        const error = errors[index % errors.length] ?? 'EIO'
        const { said } = runWith(`error=${error}`, call, [state, content.factory, content.fresh])
        expect(said?.edition).toBe(said?.kind === 'installed' ? after : before)
        kinds.add(said?.kind ?? 'silent')
        expect(await shown(state)).toBe(said?.edition)
        await expectUsable(state)
      }
      expect([...kinds].sort()).toEqual(['failed', 'installed'])
    })

    it.skipIf(noMounts !== null)(
      `on ext4 whose power is cut at any step leaves the old edition or the new one, whole${noMounts === null ? '' : ` (not run: ${noMounts})`}`,
      async () => {
        const seen = new Set<string>()
        const image = imageOf(4, 'mkfs.ext4', '-q', '-F')
        const disk = mounted('-o', 'loop', image)
        await prepare(disk)
        unmount(disk)
        /** What is on the disk once the program is cut off at a call, or has said that it is done, and the power fails. */
        const cutAt = async (call: DiskCall | null): Promise<string> => {
          const live = join(labFolder(), 'live')
          copyFileSync(image, live)
          const folder = mounted('-o', 'loop', live)
          const args = [folder, content.factory, content.fresh]
          if (call) runWith('signal=KILL', call, args)
          else expect(run(args).said).toMatchObject({ kind: 'installed' })
          // What has not reached the disk by now is lost.
          const cut = join(labFolder(), 'cut')
          copyFileSync(live, cut)
          const again = mounted('-o', 'loop', cut)
          const edition = await shown(again)
          await expectUsable(again)
          unmount(again)
          unmount(folder)
          return edition
        }
        for (const call of calls) seen.add(await cutAt(call))
        expect(await cutAt(null)).toBe(after)
        expect([before, after]).toEqual(expect.arrayContaining([...seen]))
      },
    )
  },
)

describe.skipIf(noMounts !== null)(`a disk${noMounts === null ? '' : ` (not run: ${noMounts})`}`, () => {
  it('that is full keeps the old edition, and takes the new one once there is room', async () => {
    const disk = await prepare(mounted('-t', 'tmpfs', '-o', 'size=48k', 'kiosk'))
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1k'])
    expect(run([disk, content.factory, content.fresh]).said).toMatchObject({
      kind: 'failed',
      outcome: { problem: 'disk-full' },
      edition: before,
    })
    expect(await shown(disk)).toBe(before)
    rmSync(join(disk, 'filler'))
    expect(run([disk, content.factory, content.fresh]).said).toMatchObject({
      kind: 'installed',
      edition: after,
    })
  })

  it('that has become read-only keeps the old edition', async () => {
    const disk = await prepare(mounted('-t', 'tmpfs', '-o', 'size=1m', 'kiosk'))
    execFileSync('mount', ['-o', 'remount,ro', disk])
    expect(run([disk, content.factory, content.fresh]).said).toMatchObject({
      kind: 'failed',
      outcome: { problem: 'read-only' },
      edition: before,
    })
    execFileSync('mount', ['-o', 'remount,rw', disk])
    await expectUsable(disk)
  })

  it.each([
    { name: 'ext4', maker: ['mkfs.ext4', '-q', '-F'], mount: ['-o', 'loop'] },
    { name: 'exFAT', maker: ['mkfs.exfat'], mount: ['-t', 'exfat-fuse', '-o', 'loop'] },
    { name: 'NTFS', maker: ['mkntfs', '-F', '-q'], mount: ['-t', 'ntfs-3g'] },
  ])('of $name holds editions like any other', async ({ maker: [maker = '', ...args], mount }) => {
    const disk = mounted(...mount, imageOf(8, maker, ...args))
    await prepare(disk)
    expect(run([disk, content.factory, content.fresh]).said).toMatchObject({
      kind: 'installed',
      edition: after,
    })
    expect(await shown(disk)).toBe(after)
    await expectUsable(disk)
  })
})
