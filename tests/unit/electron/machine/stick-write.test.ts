import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { createStickWriting } from '../../../../electron/machine/stick-write.ts'
import { temporaryFolder } from '../../../fixtures/hosts.ts'

/** A system whose one stick is mounted as its table says; `remount` is what the system does about the request. */
async function aSystem(patience = 5000) {
  const folder = await temporaryFolder('run')
  const [file, mounts] = [join(folder, 'request'), join(folder, 'mounts')]
  const stick = join(folder, 'sdb1')
  const mounted = (how: string) =>
    writeFile(mounts, `/dev/sda2 / ext4 rw 0 0\n/dev/sdb1 ${stick} vfat ${how},nodev 0 0\n`)
  await mounted('ro')
  return {
    writing: createStickWriting({ sticks: folder, file, mounts, patience }),
    stick,
    mounted,
    asked: () => existsSync(file),
  }
}

it('a stick is writable once the system has made it so, and read-only again at the end', async () => {
  const { writing, stick, mounted, asked } = await aSystem()
  const begun = writing.begin(stick)
  await vi.waitUntil(asked)
  await mounted('rw')
  expect(await begun).toBe(true)
  const ended = writing.end(stick)
  await mounted('ro')
  expect(await ended).toBe(true)
  expect(asked()).toBe(false)
})

it('a system that does not answer is asked no longer', async () => {
  const { writing, stick, asked } = await aSystem(0)
  expect(await writing.begin(stick)).toBe(false)
  expect(asked()).toBe(false)
})

it('a stick that is mounted elsewhere is not the system’s to give', async () => {
  const { writing, asked } = await aSystem()
  expect(await writing.begin('/media/somebody/STICK')).toBe(false)
  expect(await writing.end('/media/somebody/STICK')).toBe(false)
  expect(asked()).toBe(false)
})

it('a system that takes no request answers no', async () => {
  const folder = await temporaryFolder('run')
  const writing = createStickWriting({ sticks: folder, file: join(folder, 'none/request') })
  expect(await writing.begin(join(folder, 'sdb1'))).toBe(false)
})
