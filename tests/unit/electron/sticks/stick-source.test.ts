import { describe, expect, test } from 'vitest'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readBlockDevices } from '../../../../electron/sticks/block-devices.ts'
import { readMounts } from '../../../../electron/sticks/mounts.ts'
import { findSticks, folderSticks, linuxSticks, thisLinux } from '../../../../electron/sticks/stick-source.ts'
import { temporaryFolder } from '../../../fixtures/hosts.ts'

type Row = Record<string, unknown>

const disk = (path: string, more: Row = {}, children: readonly Row[] = []): Row => ({
  path,
  'maj:min': `8:${String(path.charCodeAt(7))}`,
  type: 'disk',
  rm: true,
  hotplug: true,
  tran: 'usb',
  model: 'DataTraveler 3.0 ',
  label: null,
  fstype: null,
  size: 16e9,
  ro: false,
  ...(children.length > 0 && { children }),
  ...more,
})

const part = (path: string, device: string, more: Row = {}): Row =>
  disk(path, { 'maj:min': device, type: 'part', fstype: 'vfat', tran: null, model: null, ...more })

const mount = (
  device: string,
  folder: string,
  { root = '/', options = 'rw', type = 'vfat', source = '/dev/x' } = {},
) => `36 35 ${device} ${root} ${folder} ${options},nosuid,relatime shared:1 - ${type} ${source} rw,utf8`

const find = (devices: readonly Row[], mounts: readonly string[] = []) =>
  findSticks(readBlockDevices(JSON.stringify({ blockdevices: devices })), readMounts(mounts.join('\n'))).map(
    ({ id, name, state, readOnly, folder }) => ({ id, name, state, readOnly, folder }),
  )

describe('which drives are sticks', () => {
  const stick = disk('/dev/sdb', {}, [part('/dev/sdb1', '8:17', { label: '更新' })])

  test('one that is mounted, by its label', () => {
    expect(find([stick], [mount('8:17', '/media/kiosk/\\346\\233\\264\\346\\226\\260\\0401')])).toEqual([
      { id: '/dev/sdb1', name: '更新', state: 'ready', readOnly: false, folder: '/media/kiosk/更新 1' },
    ])
  })

  test('one that is not mounted, one without a format, one that is encrypted', () => {
    const parts = [
      part('/dev/sdb1', '8:17'),
      part('/dev/sdb2', '8:18', { fstype: null }),
      part('/dev/sdb3', '8:19', { fstype: 'crypto_LUKS' }),
    ]
    expect(find([disk('/dev/sdb', {}, parts)]).map(({ state, folder }) => [state, folder])).toEqual([
      ['not-mounted', null],
      ['unknown-format', null],
      ['unknown-format', null],
    ])
  })

  test('several, with several partitions, and one without any', () => {
    const two = disk('/dev/sdb', {}, [part('/dev/sdb1', '8:17'), part('/dev/sdb2', '8:18')])
    const bare = disk('/dev/sdc', { 'maj:min': '8:32', fstype: 'exfat' })
    const found = find([two, bare], [mount('8:18', '/m/b'), mount('8:32', '/m/c')])
    expect(found.map(({ id, folder }) => [id, folder])).toEqual([
      ['/dev/sdb1', null],
      ['/dev/sdb2', '/m/b'],
      ['/dev/sdc', '/m/c'],
    ])
    expect(found[2]?.name).toBe('DataTraveler 3.0')
  })

  test('one that calls itself a fixed disk but hangs on USB', () => {
    const fixed = disk('/dev/sdb', { rm: false, hotplug: false }, [part('/dev/sdb1', '8:17', { rm: false })])
    expect(find([fixed])).toHaveLength(1)
  })

  test('write-protected by its switch, or by how it is mounted', () => {
    const locked = disk('/dev/sdb', { ro: true }, [part('/dev/sdb1', '8:17', { ro: true })])
    expect(find([locked], [mount('8:17', '/m')])[0]?.readOnly).toBe(true)
    expect(find([stick], [mount('8:17', '/m', { options: 'ro' })])[0]?.readOnly).toBe(true)
  })

  test('a file system in user space is found by its source', () => {
    const fuse = mount('0:52', '/media/ntfs', { type: 'fuseblk', source: '/dev/sdb1' })
    expect(find([stick], [fuse])[0]).toMatchObject({ state: 'ready', folder: '/media/ntfs' })
  })

  test('a stale mount of one that was pulled out is none', () => {
    expect(find([], [mount('8:17', '/media/gone', { source: '/dev/sdb1' })])).toEqual([])
  })

  test.each([
    [
      'the system on a USB disk',
      disk('/dev/sda', {}, [part('/dev/sda1', '8:1'), part('/dev/sda2', '8:2')]),
      mount('8:1', '/'),
    ],
    ['its boot partition', disk('/dev/sda', {}, [part('/dev/sda1', '8:1')]), mount('8:1', '/boot/efi')],
    [
      'the system within LVM or encryption',
      disk('/dev/sda', {}, [
        part('/dev/sda1', '8:1', {
          fstype: 'crypto_LUKS',
          children: [part('/dev/mapper/root', '254:0', { type: 'crypt' })],
        }),
      ]),
      mount('254:0', '/'),
    ],
    [
      'an inner disk',
      disk('/dev/nvme0n1', { rm: false, hotplug: false, tran: 'nvme' }, [part('/dev/nvme0n1p1', '259:1')]),
      mount('259:1', '/data'),
    ],
    ['a CD', disk('/dev/sr0', { type: 'rom', fstype: 'iso9660' }), mount('11:0', '/cd')],
    [
      'a loop device',
      disk('/dev/loop0', { type: 'loop', rm: false, hotplug: false, tran: null }),
      mount('7:0', '/snap'),
    ],
    ['an empty card reader', disk('/dev/sdd', { size: 0 }), mount('8:48', '/m')],
  ])('never %s', (_, device, mounted) => {
    expect(find([device], [mounted, mount('0:9', '/net', { type: 'nfs4', source: 'server:/sdb1' })])).toEqual(
      [],
    )
  })

  test('a folder bound out of a stick is not the stick', () => {
    expect(find([stick], [mount('8:17', '/srv/x', { root: '/sub' })])[0]?.folder).toBeNull()
  })
})

test('what an old lsblk writes: numbers and truth as strings, fields left out', () => {
  const old = { path: '/dev/sdb', 'maj:min': '  8:16 ', type: 'disk', rm: '1', ro: '0', size: '16000000000' }
  expect(readBlockDevices(JSON.stringify({ blockdevices: [old] }))[0]).toMatchObject({
    device: '8:16',
    removable: true,
    readOnly: false,
    size: 16e9,
  })
  expect(() => readBlockDevices('lsblk: unknown column')).toThrow()
})

test.runIf(process.platform === 'linux')(
  'this machine answers, and its own disks are no sticks',
  async () => {
    const found = await linuxSticks().look()
    expect(found.every(({ folder }) => folder === null || !['/', '/boot'].includes(folder))).toBe(true)
    expect(readMounts(await thisLinux.mountinfo()).some(({ folder }) => folder === '/')).toBe(true)
  },
)

test('folders that stand for sticks come and go', async () => {
  const folder = join(await temporaryFolder('sticks'), '优盘')
  const source = folderSticks([folder])
  expect(await source.look()).toEqual([])
  const before = await source.mark()
  await mkdir(folder)
  expect(await source.mark()).not.toBe(before)
  expect(await source.look()).toMatchObject([{ name: '优盘', state: 'ready', folder }])
  await rm(folder, { recursive: true })
  expect(await source.look()).toEqual([])
})
