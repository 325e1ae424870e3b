import { expect, test } from 'vitest'
import { createLog } from '../../../../electron/log.ts'
import { createMounting } from '../../../../electron/sticks/mounting.ts'
import type { FoundStick } from '../../../../electron/sticks/stick-source.ts'
import { readDrives, windowsSticks } from '../../../../electron/sticks/windows-sticks.ts'
import { temporaryFolder } from '../../../fixtures/hosts.ts'

const stick: FoundStick = {
  id: '/dev/sdb1',
  name: '更新',
  size: 16e9,
  state: 'not-mounted',
  readOnly: false,
  folder: null,
  path: '/dev/sdb1',
}

/** Mounting on a machine where only these programs do anything; what was run is kept. */
async function mountingWith(...working: readonly string[]) {
  const ran: string[] = []
  const base = await temporaryFolder('mounts')
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    ran.push([program, ...args].join(' ').replace(base, 'BASE'))
    if (!working.includes(program)) throw new Error(`${program}: not permitted`)
    return ''
  }
  return {
    ran,
    mounting: createMounting(
      createLog(() => undefined),
      { run, base },
    ),
  }
}

test('udisks mounts it read-only and guarded, and unmounts it in the end', async () => {
  const { ran, mounting } = await mountingWith('udisksctl')
  expect(await mounting.open(stick)).toBe(true)
  await mounting.close({ ...stick, state: 'ready', folder: '/media/x', readOnly: true })
  expect(ran).toEqual([
    'udisksctl mount --block-device /dev/sdb1 --no-user-interaction --options ro,nodev,nosuid,noexec',
    'udisksctl unmount --block-device /dev/sdb1 --no-user-interaction',
  ])
})

test('root mounts it without udisks', async () => {
  const { ran, mounting } = await mountingWith('mount', 'umount')
  expect(await mounting.open(stick)).toBe(true)
  await mounting.close({ ...stick, state: 'ready', folder: '/run/x', readOnly: true })
  expect(ran.slice(1)).toEqual(['mount -o ro,nodev,nosuid,noexec /dev/sdb1 BASE/sdb1', 'umount /run/x'])
})

test('where neither is allowed it stays unmounted, and says so', async () => {
  const { mounting } = await mountingWith()
  expect(await mounting.open(stick)).toBe(false)
})

test('what the system mounted is made writable for a moment and read-only again, never unmounted', async () => {
  const mounted = { ...stick, state: 'ready', folder: '/media/x', readOnly: true } as const
  const { ran, mounting } = await mountingWith('mount')
  expect(await mounting.makeWritable(mounted)).toBe(true)
  await mounting.close(mounted)
  expect(ran).toEqual([
    'mount -o remount,rw,nodev,nosuid,noexec /media/x',
    'mount -o remount,ro,nodev,nosuid,noexec /media/x',
  ])
  const other = await mountingWith()
  expect(await other.mounting.makeWritable(mounted)).toBe(false)
  expect(await other.mounting.makeWritable({ ...mounted, readOnly: false })).toBe(true)
})

test('the drives of Windows, as PowerShell prints them', async () => {
  const json = `[{"DeviceID":"E:","VolumeName":"更新","Size":15931539456,"FileSystem":"FAT32"},
    {"DeviceID":"F:","VolumeName":null,"Size":null,"FileSystem":null},
    {"DeviceID":"G:","VolumeName":"","Size":8e9,"FileSystem":null}]`
  expect(readDrives(json)).toMatchObject([
    { id: 'E:', name: '更新', state: 'ready', folder: 'E:\\' },
    { id: 'G:', name: null, state: 'unknown-format' },
  ])
  expect(await windowsSticks(async () => '[]\r\n').look()).toEqual([])
  await expect(windowsSticks(async () => 'Get-Disk : denied').look()).rejects.toThrow()
})

test('what an installed kiosk’s system mounted is asked of that system, and no program is run', async () => {
  const ran: string[] = []
  const run = async (program: string): Promise<string> => {
    ran.push(program)
    return ''
  }
  const asked: string[] = []
  const writing = {
    begin: async (folder: string) => asked.push(`begin ${folder}`) > 0,
    end: async (folder: string) => asked.push(`end ${folder}`) > 0,
  }
  const silent = createLog(() => undefined)
  const mounting = createMounting(silent, { run, writing })
  const mounted = { ...stick, state: 'ready', folder: '/run/media/lobby-kiosk/sdb1', readOnly: true } as const
  expect(await mounting.makeWritable(mounted)).toBe(true)
  await mounting.close(mounted)
  expect(asked).toEqual(['begin /run/media/lobby-kiosk/sdb1', 'end /run/media/lobby-kiosk/sdb1'])
  expect(ran).toEqual([])
})
