import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OptionError } from '../../../../electron/options.ts'
import {
  choosePrinter,
  readPrinterSetting,
  usablePrinter,
} from '../../../../electron/printing/choose-printer.ts'
import { memoryLog, noon, temporaryFolder } from '../../../fixtures/hosts.ts'

const socket = existsSync('/run/cups/cups.sock') ? '/run/cups/cups.sock' : null

describe('a printer setting', () => {
  it.each([
    ['folder', { kind: 'folder' }],
    ['cups:Lobby', { kind: 'ipp', uri: 'ipp://localhost:631/printers/Lobby', socket }],
    ['cups:大厅', { kind: 'ipp', uri: 'ipp://localhost:631/printers/%E5%A4%A7%E5%8E%85', socket }],
    ['ipp://10.0.0.7/ipp/print', { kind: 'ipp', uri: 'ipp://10.0.0.7/ipp/print', socket: null }],
    ['ipps://printer.local:443/ipp', { kind: 'ipp', uri: 'ipps://printer.local:443/ipp', socket: null }],
    ['escpos://10.0.0.8', { kind: 'escpos', target: { host: '10.0.0.8', port: 9100 } }],
    ['escpos://10.0.0.8:9101/', { kind: 'escpos', target: { host: '10.0.0.8', port: 9101 } }],
    ['escpos://[fe80::1]:9100', { kind: 'escpos', target: { host: 'fe80::1', port: 9100 } }],
    ['escpos:/dev/usb/lp0', { kind: 'escpos', target: { path: '/dev/usb/lp0' } }],
    ['windows:HP LaserJet', { kind: 'windows', name: 'HP LaserJet' }],
  ])('%s', (text, expected) => {
    expect(readPrinterSetting(text)).toStrictEqual(expected)
  })

  it.each([
    '',
    'lp',
    'cups:',
    'cups:a b',
    'cups:../admin',
    'escpos:',
    'escpos:lp0',
    'escpos://',
    'escpos://host:0',
    'escpos://host:70000',
    'ipp://',
    'windows: ',
    'file:///dev/lp0',
  ])('%j names none', (text) => {
    expect(() => readPrinterSetting(text)).toThrow(OptionError)
    expect(() => readPrinterSetting(text)).toThrow(/Known: folder, cups:QUEUE/u)
  })
})

it('that cannot be had leaves the kiosk with a folder, and the log says why', async () => {
  const log = memoryLog()
  const parts = {
    prints: await temporaryFolder('prints'),
    paper: 'a4',
    now: () => noon,
    log,
    platform: 'linux',
  } as const
  expect(choosePrinter('ipp://127.0.0.1:1/x', parts)).toMatchObject({
    kind: 'ipp',
    name: 'ipp://127.0.0.1:1/x',
  })
  expect(choosePrinter('escpos://127.0.0.1', parts)).toMatchObject({ kind: 'escpos' })
  expect(log.lines).toEqual([])
  for (const text of ['lpt1', 'windows:HP LaserJet']) {
    expect(usablePrinter(text, parts)).toMatchObject({ kind: 'folder' })
  }
  expect(log.lines).toMatchObject([
    { level: 'error', fields: { reason: expect.stringContaining('"lpt1" names no printer') } },
    { level: 'error', fields: { reason: expect.stringContaining('needs Windows') } },
  ])
})

it('of Windows is used where the program that prints PDFs is there', async () => {
  const folder = await temporaryFolder('helper')
  const helper = join(folder, 'SumatraPDF.exe')
  const log = memoryLog()
  const parts = { prints: folder, paper: 'a4', now: () => noon, log, platform: 'win32', helper } as const
  expect(() => choosePrinter('windows:激光', parts)).toThrow(/SumatraPDF.exe is not there/u)
  await writeFile(helper, '')
  expect(choosePrinter('windows:激光', parts)).toMatchObject({ kind: 'windows', name: 'windows:激光' })
})
