import { beforeEach, describe, expect, test } from 'vitest'
import type { PrintDevice } from '../../electron/printing/device.ts'
import { createIppClient, operations } from '../../electron/printing/ipp/client.ts'
import { createIppDevice, type IppTimeouts } from '../../electron/printing/ipp/ipp-device.ts'
import { memoryLog } from '../fixtures/hosts.ts'
import { freePort, output, until } from '../fixtures/lab-processes.ts'
import { aPrintDocument, askUntil, handOver } from '../fixtures/print-documents.ts'
import { type LabPrinter, labPrinter } from '../fixtures/printer-lab.ts'

const deviceAt = (uri: string, timeouts: Partial<IppTimeouts> = {}): PrintDevice =>
  createIppDevice({ uri, log: memoryLog(), timeouts })

describe('a printer that is asked itself', () => {
  let printer: LabPrinter
  let device: PrintDevice
  beforeEach(async () => {
    printer = await labPrinter()
    device = deviceAt(printer.uri)
    return () => printer.kill()
  })

  test.each(['a4', 'a5', 'roll'] as const)(
    'prints %s, and receives what was sent octet by octet',
    async (paper) => {
      expect(await device.status()).toEqual({ kind: 'ready', warnings: [] })
      const document = aPrintDocument(paper, '办事清单 㐀𠮷')
      const heard = await askUntil(device, await handOver(device, document), 'printed')
      expect(heard.slice(0, -1)).toEqual(heard.length > 1 ? [{ kind: 'printing' }] : [])
      expect(await printer.cameOut()).toEqual(['办事清单 㐀𠮷'])
      const [received] = await printer.received()
      expect(Buffer.from(document.pdf).equals(received ?? new Uint8Array())).toBe(true)
    },
  )

  test('prints over an encrypted connection', async () => {
    const encrypted = deviceAt(printer.uri.replace('ipp:', 'ipps:'))
    await askUntil(encrypted, await handOver(encrypted), 'printed')
    expect(await printer.cameOut()).toHaveLength(1)
  })

  test.each([
    ['media-empty', 'paper-empty'],
    ['media-jam', 'paper-jam'],
    ['cover-open', 'cover-open'],
    ['toner-empty', 'toner-empty'],
  ] as const)('%s while it prints: stuck, then printed once somebody helped', async (mishap, problem) => {
    await printer.set(mishap)
    const ticket = await handOver(device)
    const heard = await askUntil(device, ticket, 'stuck')
    expect(heard.at(-1)).toEqual({ kind: 'stuck', problem })
    expect(await printer.cameOut()).toEqual([])
    await printer.set('ready')
    await askUntil(device, ticket, 'printed')
    expect(await printer.cameOut()).toEqual(['Checklist'])
  })

  test('says nothing of printed while it counts a sheet that did not come out', async () => {
    await printer.set('media-empty')
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'stuck')
    const id = ticket.split(' ')[0] ?? ''
    await until('a counted sheet', async () => {
      const attributes = await output('ipptool', [
        '-tv',
        '-d',
        `job=${id}`,
        printer.uri,
        'tests/printers/get-job.test',
      ])
      return attributes.includes('job-impressions-completed (integer) = 1')
    })
    expect(await device.ask(ticket)).toEqual({ kind: 'stuck', problem: 'paper-empty' })
    await device.cancel(ticket)
  })

  test('taken back with the paper out: confirmed, and nothing comes out after a refill', async () => {
    await printer.set('media-empty')
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'stuck')
    expect(await device.cancel(ticket)).toBe(true)
    expect(await device.ask(ticket)).toEqual({ kind: 'failed', problem: 'unknown' })
    await printer.set('ready')
    await askUntil(device, await handOver(device, aPrintDocument('a4', 'next')), 'printed')
    expect(await printer.cameOut()).toEqual(['next'])
  })

  test('taken back too late: not confirmed', async () => {
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'printed')
    expect(await device.cancel(ticket)).toBe(false)
  })

  test('a slow job is printing for as long as it takes', async () => {
    await printer.set('slow')
    const ticket = await handOver(device)
    expect((await askUntil(device, ticket, 'printing')).at(-1)).toEqual({ kind: 'printing' })
    await printer.set('ready')
    await askUntil(device, ticket, 'printed')
  })

  test('takes back by its name a job that was opened and of which nobody has a ticket', async () => {
    const opened = await createIppClient({ limit: 5000, log: memoryLog() })({
      operation: operations.createJob,
      uri: printer.uri,
      operationAttributes: { 'job-name': [{ tag: 'name', value: 'A23-BCD' }] },
    })
    expect(opened.kind).toBe('answer')
    expect(await device.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'busy' })
    expect(await device.cancelNamed?.('A23-B')).toBe(false)
    expect(await device.cancelNamed?.('A23-BCD')).toBe(true)
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'printed')
  })

  test('refuses a second document while it prints the first', async () => {
    await printer.set('slow')
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'printing')
    expect(await device.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'busy' })
    await printer.set('ready')
    await askUntil(device, ticket, 'printed')
    expect(await printer.cameOut()).toHaveLength(1)
  })

  test('a job it gives up has failed', async () => {
    await printer.set('abort')
    const heard = await askUntil(device, await handOver(device), 'failed')
    expect(heard.at(-1)).toEqual({ kind: 'failed', problem: 'unknown' })
    expect(await printer.cameOut()).toEqual([])
  })

  test('a job cancelled at the printer has failed', async () => {
    await printer.set('slow')
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'printing')
    const id = ticket.split(' ')[0] ?? ''
    await output('ipptool', ['-t', '-d', `job=${id}`, printer.uri, 'tests/printers/cancel-job.test'])
    const heard = await askUntil(device, ticket, 'failed')
    expect(heard.at(-1)).toEqual({ kind: 'failed', problem: 'unknown' })
    expect(await printer.cameOut()).toEqual([])
  })

  test('a ticket is good after a restart of the kiosk', async () => {
    await printer.set('slow')
    const ticket = await handOver(device)
    const later = deviceAt(printer.uri)
    expect((await later.ask(ticket)).kind).toBe('printing')
    await printer.set('ready')
    await askUntil(later, ticket, 'printed')
  })

  test('killed while it prints and back: unknown throughout, and its next job is not taken for that one', async () => {
    await printer.set('slow')
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'printing')
    await printer.kill()
    expect(await device.ask(ticket)).toEqual({ kind: 'unknown' })
    expect(await device.cancel(ticket)).toBe(false)
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'offline' })
    expect(await device.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'offline' })
    await printer.set('ready')
    await printer.start()
    expect(await device.ask(ticket)).toEqual({ kind: 'unknown' })
    const next = await handOver(device, aPrintDocument('a4', 'next'))
    await askUntil(device, next, 'printed')
    // Its numbers begin anew with a restart.
    expect(next.split(' ')[0]).toBe(ticket.split(' ')[0])
    expect(await device.ask(ticket)).toEqual({ kind: 'unknown' })
    expect(await printer.cameOut()).toEqual(['next'])
  })
})

describe('other paper', () => {
  test('of no size it knows is refused, and said beforehand', async () => {
    const printer = await labPrinter({ papers: ['a4'] })
    const log = memoryLog()
    const device = createIppDevice({ uri: printer.uri, paper: 'a5', log })
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'wrong-paper' })
    expect(await device.submit(aPrintDocument('a5'))).toEqual({ kind: 'refused', problem: 'wrong-paper' })
    expect(await device.submit(aPrintDocument('roll'))).toEqual({ kind: 'refused', problem: 'wrong-paper' })
    expect(await printer.received()).toEqual([])
    await printer.kill()
  })

  test('that is not in its trays is refused', async () => {
    const printer = await labPrinter({ papers: ['a5'], spare: ['a4'] })
    const device = createIppDevice({ uri: printer.uri, paper: 'a4', log: memoryLog() })
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'wrong-paper' })
    expect(await device.submit(aPrintDocument('a4'))).toEqual({ kind: 'refused', problem: 'wrong-paper' })
    await printer.kill()
  })

  test('a slip longer than the roll it knows is refused', async () => {
    const printer = await labPrinter()
    const long = { ...aPrintDocument('roll'), pdf: aPrintDocument('a4').pdf }
    expect(await deviceAt(printer.uri).submit(long)).toEqual({ kind: 'refused', problem: 'wrong-paper' })
    await printer.kill()
  })
})

test('trays that are empty before anything is sent', async () => {
  const printer = await labPrinter({ plain: true })
  const device = createIppDevice({ uri: printer.uri, log: memoryLog() })
  expect(await device.status()).toEqual({ kind: 'ready', warnings: [] })
  await printer.emptyTrays()
  expect(await device.status()).toEqual({ kind: 'blocked', problem: 'paper-empty' })
  await printer.kill()
})

test('nobody at the address: offline, at once', async () => {
  const device = deviceAt(`ipp://127.0.0.1:${await freePort()}/ipp/print`)
  expect(await device.status()).toEqual({ kind: 'blocked', problem: 'offline' })
  expect(await device.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'offline' })
})
