import { beforeAll, describe, expect, test } from 'vitest'
import type { PrintDevice } from '../../electron/printing/device.ts'
import { discoverQueues } from '../../electron/printing/ipp/discover.ts'
import { createIppDevice } from '../../electron/printing/ipp/ipp-device.ts'
import { memoryLog } from '../fixtures/hosts.ts'
import { aPrintDocument, askUntil, handOver } from '../fixtures/print-documents.ts'
import { isRoot, labServer, type LabServer, needsRoot } from '../fixtures/cups-lab.ts'
import { output, until } from '../fixtures/lab-processes.ts'
import { type LabPrinter, labPrinter } from '../fixtures/printer-lab.ts'

/** The names of jobs without what makes each its own. */
const cameOut = async (printer: LabPrinter): Promise<readonly string[]> =>
  (await printer.cameOut()).map((name) => name.replace(/ [0-9a-f]{8}$/, ''))

describe.skipIf(!isRoot)(`a queue of CUPS${needsRoot}`, () => {
  let server: LabServer
  let printer: LabPrinter
  let queue: string
  let device: PrintDevice
  beforeAll(async () => {
    server = await labServer()
    printer = await labPrinter()
    queue = await server.addQueue('Lobby', printer.uri, true)
    await server.addQueue('Office', printer.uri)
    device = createIppDevice({ uri: queue, log: memoryLog() })
  })

  test.each(['a4', 'a5', 'roll'] as const)('prints %s', async (paper) => {
    expect(await device.status()).toEqual({ kind: 'ready', warnings: [] })
    await askUntil(device, await handOver(device, aPrintDocument(paper, `办事清单 ${paper}`)), 'printed')
    expect((await cameOut(printer)).at(-1)).toBe(`办事清单 ${paper}`)
  })

  test('prints through the socket of the server', async () => {
    const local = createIppDevice({
      uri: 'ipp://localhost/printers/Lobby',
      socket: server.socket,
      log: memoryLog(),
    })
    expect(await local.status()).toEqual({ kind: 'ready', warnings: [] })
    await askUntil(local, await handOver(local), 'printed')
  })

  test('is found with its papers', async () => {
    const found = await discoverQueues({ uri: server.uri, log: memoryLog() })
    expect(found).toEqual([
      {
        name: 'Lobby',
        uri: expect.any(String),
        info: 'Lobby in the lobby',
        isDefault: true,
        papers: ['a4', 'a5', 'roll'],
      },
      {
        name: 'Office',
        uri: expect.any(String),
        info: 'Office in the lobby',
        isDefault: false,
        papers: ['a4', 'a5', 'roll'],
      },
    ])
    const bySocket = await discoverQueues({ socket: server.socket, log: memoryLog() })
    expect(bySocket.map(({ name }) => name)).toEqual(['Lobby', 'Office'])
    expect(bySocket.map(({ uri }) => new URL(uri).pathname)).toEqual(['/printers/Lobby', '/printers/Office'])
    expect(await discoverQueues({ uri: 'ipp://127.0.0.1:9/', log: memoryLog() })).toEqual([])
  })

  test.each([
    ['media-empty', 'paper-empty'],
    ['media-jam', 'paper-jam'],
    ['cover-open', 'cover-open'],
  ] as const)('%s while it prints: stuck, then printed once somebody helped', async (mishap, problem) => {
    await printer.set(mishap)
    const before = await cameOut(printer)
    const ticket = await handOver(device)
    expect((await askUntil(device, ticket, 'stuck')).at(-1)).toEqual({ kind: 'stuck', problem })
    expect(await device.status()).toEqual({ kind: 'blocked', problem })
    expect(await cameOut(printer)).toEqual(before)
    await printer.set('ready')
    await askUntil(device, ticket, 'printed')
    expect(await cameOut(printer)).toEqual([...before, 'Checklist'])
  })

  test('taken back with the paper out: confirmed, and nothing comes out after a refill', async () => {
    await printer.set('media-empty')
    const ticket = await handOver(device, aPrintDocument('a4', 'taken back'))
    await askUntil(device, ticket, 'stuck')
    // Until the server has heard of it too, so that it repeats it below.
    const reasons = async (): Promise<string> =>
      output('ipptool', ['-tv', queue, 'tests/printers/get-printer.test'])
    await until('a queue that complains', async () => (await reasons()).includes('media-empty'))
    expect(await device.cancel(ticket)).toBe(true)
    expect(await device.ask(ticket)).toEqual({ kind: 'failed', problem: 'unknown' })
    await printer.set('ready')
    // The queue still says what the printer no longer does.
    expect(await reasons()).toContain('media-empty')
    expect(await device.status()).toEqual({ kind: 'ready', warnings: [] })
    await askUntil(device, await handOver(device, aPrintDocument('a4', 'next')), 'printed')
    expect(await cameOut(printer)).not.toContain('taken back')
    expect((await cameOut(printer)).at(-1)).toBe('next')
  })

  test('a job the printer gives up has failed', async () => {
    await printer.set('abort')
    const before = await cameOut(printer)
    const heard = await askUntil(device, await handOver(device), 'failed')
    expect(heard.at(-1)).toEqual({ kind: 'failed', problem: 'unknown' })
    expect(await cameOut(printer)).toEqual(before)
    await printer.set('ready')
  })

  /** Hands over a document that the printer keeps waiting, and waits until it is there. */
  async function atPrinter(name: string): Promise<string> {
    await printer.set('slow')
    const already = (await printer.received()).length
    const ticket = await handOver(device, aPrintDocument('a4', name))
    await until('a document at the printer', async () => (await printer.received()).length > already)
    return ticket
  }

  test('a job cancelled at the printer has failed, whatever the queue calls it', async () => {
    const ticket = await atPrinter('cancelled there')
    // It has begun no other: its numbers are those of the documents it received.
    const id = (await printer.received()).length
    await output('ipptool', ['-t', '-d', `job=${id}`, printer.uri, 'tests/printers/cancel-job.test'])
    const heard = await askUntil(device, ticket, 'failed')
    expect(heard.map(({ kind }) => kind)).not.toContain('printed')
    await printer.set('ready')
    expect(await cameOut(printer)).not.toContain('cancelled there')
  })

  test('its printer busy for somebody else: it waits, and prints when it is its turn', async () => {
    await printer.set('slow')
    const direct = createIppDevice({ uri: printer.uri, log: memoryLog() })
    const first = await handOver(direct, aPrintDocument('a4', 'somebody else'))
    const ticket = await handOver(device, aPrintDocument('a4', 'in its turn'))
    expect(await device.ask(ticket)).toEqual({ kind: 'printing' })
    await printer.set('ready')
    await askUntil(direct, first, 'printed')
    await askUntil(device, ticket, 'printed', 25_000)
    expect((await cameOut(printer)).slice(-2)).toEqual(['somebody else', 'in its turn'])
  })

  test('paper that its printer does not have is refused', async () => {
    const small = await labPrinter({ papers: ['a4'], spare: ['a5'] })
    const uri = await server.addQueue('Small', small.uri)
    const other = createIppDevice({ uri, paper: 'a5', log: memoryLog() })
    // The queue itself knows of A5.
    expect(await other.status()).toEqual({ kind: 'blocked', problem: 'wrong-paper' })
    expect(await other.submit(aPrintDocument('a5'))).toEqual({ kind: 'refused', problem: 'wrong-paper' })
    expect(await other.submit(aPrintDocument('roll'))).toEqual({ kind: 'refused', problem: 'wrong-paper' })
    await askUntil(other, await handOver(other, aPrintDocument('a4')), 'printed')
    await small.kill()
  })

  test('a job cancelled at the server has failed', async () => {
    await printer.set('slow')
    const ticket = await handOver(device)
    await askUntil(device, ticket, 'printing')
    await server.command('cancel', '-u', 'kiosk', ticket.split(' ')[0] ?? '')
    expect((await askUntil(device, ticket, 'failed')).at(-1)).toEqual({ kind: 'failed', problem: 'unknown' })
    await until('a printer at rest', async () => (await device.status()).kind === 'ready')
    await printer.set('ready')
  })

  test('paused or taking no jobs: blocked, and what waits in it is stuck', async () => {
    await server.command('cupsdisable', 'Lobby')
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'paused' })
    const ticket = await handOver(device, aPrintDocument('a4', 'waiting'))
    expect(await device.ask(ticket)).toEqual({ kind: 'stuck', problem: 'paused' })
    expect(await device.cancel(ticket)).toBe(true)
    await server.command('cupsenable', 'Lobby')
    await server.command('cupsreject', 'Lobby')
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'paused' })
    expect(await device.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'paused' })
    await server.command('cupsaccept', 'Lobby')
    expect(await device.status()).toEqual({ kind: 'ready', warnings: [] })
    expect(await cameOut(printer)).not.toContain('waiting')
  })

  test('no such queue', async () => {
    const other = createIppDevice({ uri: `${server.uri}printers/Nowhere`, log: memoryLog() })
    expect(await other.status()).toEqual({ kind: 'blocked', problem: 'unknown' })
    expect(await other.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'unknown' })
  })

  test('its printer killed while it prints: stuck offline, not confirmed as taken back', async () => {
    const ticket = await atPrinter('cut off')
    await printer.kill()
    expect(await device.ask(ticket)).toEqual({ kind: 'stuck', problem: 'offline' })
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'offline' })
    expect(await device.submit(aPrintDocument())).toEqual({ kind: 'refused', problem: 'offline' })
    expect(await device.cancel(ticket)).toBe(false)
    await printer.set('ready')
    await printer.start()
    // By the moment, CUPS calls it canceled, or completed, which the printer does not bear out.
    expect(['failed', 'unknown']).toContain((await device.ask(ticket)).kind)
    await askUntil(device, await handOver(device, aPrintDocument('a4', 'after')), 'printed', 20_000)
    expect(await cameOut(printer)).not.toContain('cut off')
  })

  test('its printer killed while it prints and back: never printed, since it never came out', async () => {
    const ticket = await atPrinter('forgotten')
    await printer.kill()
    await printer.set('ready')
    await printer.start()
    // CUPS finds no such job at the printer any more and calls it completed.
    await askUntil(device, ticket, 'unknown')
    expect(await cameOut(printer)).not.toContain('forgotten')
  })

  test('the server killed while it prints and back: unknown, then what is true', async () => {
    const ticket = await atPrinter('asked twice')
    await server.kill()
    expect(await device.ask(ticket)).toEqual({ kind: 'unknown' })
    expect(await device.status()).toEqual({ kind: 'blocked', problem: 'offline' })
    expect(await device.cancel(ticket)).toBe(false)
    await server.start()
    // It had not yet written the job down: it is either forgotten or on its way again, to the same printer.
    const back = await device.ask(ticket)
    expect(['unknown', 'printing', 'stuck']).toContain(back.kind)
    expect(await cameOut(printer)).not.toContain('asked twice')
    if (back.kind === 'unknown') return
    // Taken back there too, from where the killed server had left it.
    expect(await device.cancel(ticket)).toBe(true)
    expect(await device.ask(ticket)).toEqual({ kind: 'failed', problem: 'unknown' })
    await printer.set('ready')
    await askUntil(
      device,
      await handOver(device, aPrintDocument('a4', 'after the server')),
      'printed',
      25_000,
    )
    expect(await cameOut(printer)).not.toContain('asked twice')
  })
})
