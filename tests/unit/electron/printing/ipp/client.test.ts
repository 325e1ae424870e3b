import { describe, expect, test } from 'vitest'
import { createIppClient, httpTarget, operations } from '../../../../../electron/printing/ipp/client.ts'
import { type Answering, fakePrinter } from '../../../../fixtures/fake-printer.ts'
import { memoryLog } from '../../../../fixtures/hosts.ts'

const operation = operations.getPrinterAttributes
const ask = async (uri: string, limit = 2_000, signal?: AbortSignal) =>
  createIppClient({ limit, log: memoryLog() })({ operation, uri, ...(signal && { signal }) })

test.each([
  ['ipp://printer/ipp/print', 'http://printer:631/ipp/print', false],
  ['ipps://printer/ipp/print', 'http://printer:631/ipp/print', true],
  ['ipp://printer:80/ipp/print', 'http://printer/ipp/print', false],
  ['http://printer/ipp', 'http://printer/ipp', false],
  ['https://printer/ipp', 'http://printer:443/ipp', true],
  ['https://printer:631/ipp', 'http://printer:631/ipp', true],
  ['ipp://[fe80::1]/ipp/print', 'http://[fe80::1]:631/ipp/print', false],
])('%s is asked at %s', (uri, url, isEncrypted) => {
  const target = httpTarget(uri)
  expect([target?.url.href, target?.isEncrypted]).toEqual([url, isEncrypted])
})

test.each([
  'usb://HP/LaserJet',
  'socket://printer:9100',
  'dnssd://Lab._ipp._tcp.local/',
  'ipp://',
  'printer',
  '',
])('%j is nothing that can be asked', async (uri) => {
  expect(httpTarget(uri)).toBeNull()
  expect((await ask(uri)).kind).toBe('unreachable')
})

describe('a request', () => {
  test('says what has to be said first, in its order', async () => {
    const printer = await fakePrinter(() => ({}))
    const client = createIppClient({ limit: 2_000, log: memoryLog() })
    await client({
      operation: operations.cancelJob,
      uri: printer.uri,
      operationAttributes: {
        message: [{ tag: 'text', value: 'x' }],
        'job-id': [{ tag: 'integer', value: 7 }],
      },
    })
    const [request] = printer.requests
    expect([...(request?.groups[0]?.attributes.keys() ?? [])]).toEqual([
      'attributes-charset',
      'attributes-natural-language',
      'printer-uri',
      'job-id',
      'requesting-user-name',
      'message',
    ])
  })

  test.each<[string, Answering, string]>([
    ['is answered', () => ({}), 'answer'],
    ['is refused by the printer', () => ({ status: 0x0507 }), 'answer'],
    ['is answered never', () => null, 'broken'],
    ['is cut off', (_, response) => (response.destroy(), null), 'broken'],
    [
      'is answered by half',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': 500 })
        response.write('half')
        response.destroy()
        return null
      },
      'broken',
    ],
    ['is answered by a web page', (_, response) => (response.end('<h1>Hello</h1>'), null), 'broken'],
    ['finds the server at fault', (_, response) => (response.writeHead(503).end(), null), 'broken'],
    ['finds the door shut', (_, response) => (response.writeHead(401).end(), null), 'barred'],
    [
      'is answered without an end',
      (_, response) => {
        const more = (): void =>
          void (response.destroyed || (response.write(Buffer.alloc(1 << 20)), setImmediate(more)))
        more()
        return null
      },
      'broken',
    ],
  ])('that %s', async (_, answering, kind) => {
    const printer = await fakePrinter(answering)
    expect((await ask(printer.uri, 700)).kind).toBe(kind)
  })

  test('that is answered in the name of another', async () => {
    const printer = await fakePrinter((request, response) => {
      const wire = Buffer.alloc(9)
      wire.writeUInt16BE(request.version, 0)
      wire.writeInt32BE(request.requestId + 1, 4)
      wire.writeUInt8(3, 8)
      response.end(wire)
      return null
    })
    expect((await ask(printer.uri)).kind).toBe('broken')
  })

  test('that is given up', async () => {
    const giveUp = new AbortController()
    const printer = await fakePrinter(() => (giveUp.abort(), null))
    expect((await ask(printer.uri, 60_000, giveUp.signal)).kind).toBe('broken')
  })

  test('that cannot be put into bytes', async () => {
    const printer = await fakePrinter(() => ({}))
    const reply = await ask(`${printer.uri}/${'x'.repeat(40_000)}`)
    expect(reply.kind).toBe('unreachable')
    expect(printer.requests).toEqual([])
  })
})
