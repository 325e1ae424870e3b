import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findPrinters } from '../../../../electron/printing/find-printers.ts'
import { memoryLog, temporaryFolder } from '../../../fixtures/hosts.ts'

it('finds the queues, the printers on USB that no queue drives, and always the folder', async () => {
  const devices = await temporaryFolder('usb')
  for (const name of ['lp1', 'lp0', 'hiddev0']) await writeFile(join(devices, name), '')
  const queue = {
    name: 'Lobby',
    uri: 'ipp://localhost/printers/Lobby',
    info: '大厅激光机',
    isDefault: true,
    papers: ['a4'] as const,
  }
  const found = await findPrinters({ log: memoryLog(), queues: async () => [queue], devices })
  expect(found.map(({ setting, kind, papers }) => [setting, kind, papers])).toEqual([
    ['cups:Lobby', 'ipp', ['a4']],
    [`escpos:${join(devices, 'lp0')}`, 'escpos', ['roll']],
    [`escpos:${join(devices, 'lp1')}`, 'escpos', ['roll']],
    ['folder', 'folder', []],
  ])
  expect(found[0]).toMatchObject({ name: 'Lobby', info: '大厅激光机', isDefault: true })
})

it('finds the folder where there is nothing else', async () => {
  const parts = { log: memoryLog(), queues: async () => [], devices: '/nowhere' }
  expect((await findPrinters(parts)).map(({ setting }) => setting)).toEqual(['folder'])
})
