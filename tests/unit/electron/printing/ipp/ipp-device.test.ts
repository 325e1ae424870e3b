import { describe, expect, test } from 'vitest'
import { operations } from '../../../../../electron/printing/ipp/client.ts'
import { createIppDevice, type IppTimeouts } from '../../../../../electron/printing/ipp/ipp-device.ts'
import type { IppMessage } from '../../../../../electron/printing/ipp/message.ts'
import type { PrintDevice } from '../../../../../electron/printing/device.ts'
import { type Answering, aGroup, fakePrinter } from '../../../../fixtures/fake-printer.ts'
import { memoryLog } from '../../../../fixtures/hosts.ts'
import { aPrintDocument } from '../../../../fixtures/print-documents.ts'

type Answers = Readonly<Record<number, Answering>>

const quick: IppTimeouts = { request: 500, send: 500, cancel: 300, pause: 10 }

const description = {
  'printer-state': 3,
  'printer-state-reasons': 'none',
  'printer-is-accepting-jobs': true,
  'document-format-supported': ['application/octet-stream', 'application/pdf'],
  'media-supported': ['iso_a4_210x297mm', 'iso_a5_148x210mm'],
  'operations-supported': [2, 4, 5, 6, 8, 9, 10, 11],
}
const describing =
  (changes: object = {}): Answering =>
  () => ({ groups: [aGroup('printer', { ...description, ...changes })] })
const job =
  (state: number, more: object = {}): Answering =>
  () => ({ groups: [aGroup('job', { 'job-id': 7, 'job-state': state, 'time-at-creation': 100, ...more })] })
const cutOff: Answering = (_, response) => (response.destroy(), null)

/** A printer that does all that is asked of it; `answers` replaces what it says to some operations. */
async function made(answers: Answers = {}): Promise<{
  device: PrintDevice
  requests: readonly IppMessage[]
  asked: () => readonly number[]
  log: ReturnType<typeof memoryLog>
}> {
  const usual: Answers = {
    [operations.getPrinterAttributes]: describing(),
    [operations.createJob]: job(4),
    [operations.printJob]: job(3),
    [operations.sendDocument]: job(3),
    [operations.getJobAttributes]: job(5),
    [operations.cancelJob]: () => ({}),
    ...answers,
  }
  const { uri, requests } = await fakePrinter((request, response) => {
    const answering = usual[request.code]
    return answering ? answering(request, response) : { status: 0x0501 }
  })
  const log = memoryLog()
  const device = createIppDevice({ uri, log, timeouts: quick })
  return { device, requests, log, asked: () => requests.map(({ code }) => code) }
}

/** Something that changes with each answer. */
function inTurn(...answers: readonly Answering[]): Answering {
  let turn = 0
  return (request, response) => {
    const answering = answers[Math.min(turn, answers.length - 1)]
    turn += 1
    return answering ? answering(request, response) : null
  }
}

describe('handing a document over', () => {
  test('opens the job, learns what marks it, and sends the document last', async () => {
    const { device, requests, asked } = await made()
    const document = aPrintDocument()
    expect(await device.submit(document)).toEqual({
      kind: 'taken',
      ticket: expect.stringMatching(/^7 created%20100 ipp:/),
    })
    expect(asked()).toEqual([
      operations.getPrinterAttributes,
      operations.createJob,
      operations.getJobAttributes,
      operations.sendDocument,
    ])
    expect(requests.at(-1)?.data).toEqual(document.pdf)
  })

  test('at once where the printer cannot open jobs', async () => {
    const { device, requests, asked } = await made({
      [operations.getPrinterAttributes]: describing({ 'operations-supported': [2, 4, 8, 9, 10, 11] }),
    })
    expect((await device.submit(aPrintDocument())).kind).toBe('taken')
    expect(asked()).toContain(operations.printJob)
    expect(asked()).not.toContain(operations.createJob)
    expect(
      requests
        .find(({ code }) => code === operations.printJob)
        ?.groups[0]?.attributes.get('ipp-attribute-fidelity'),
    ).toEqual([{ tag: 'boolean', value: true }])
  })

  const withoutOpening = describing({ 'operations-supported': [2] })
  test.each<[string, Answers, object]>([
    [
      'no PDF',
      { [operations.getPrinterAttributes]: describing({ 'document-format-supported': 'image/urf' }) },
      { kind: 'refused', problem: 'unknown' },
    ],
    ['busy', { [operations.createJob]: () => ({ status: 0x0507 }) }, { kind: 'refused', problem: 'busy' }],
    [
      'taking none',
      { [operations.createJob]: () => ({ status: 0x0506 }) },
      { kind: 'refused', problem: 'paused' },
    ],
    [
      'a shut door',
      { [operations.createJob]: (_, response) => (response.writeHead(403).end(), null) },
      { kind: 'refused', problem: 'unknown' },
    ],
    [
      'cut off before the document',
      { [operations.createJob]: cutOff },
      { kind: 'refused', problem: 'offline' },
    ],
    [
      'other paper in its place: taken back, unprinted',
      {
        [operations.createJob]: (request, response) => ({
          groups: [
            aGroup('unsupported', { media: 'iso_a4_210x297mm' }),
            ...(job(4)(request, response)?.groups ?? []),
          ],
        }),
        [operations.getJobAttributes]: job(7),
      },
      { kind: 'refused', problem: 'wrong-paper' },
    ],
    [
      'a document it cannot read',
      { [operations.sendDocument]: () => ({ status: 0x0411 }), [operations.getJobAttributes]: job(8) },
      { kind: 'refused', problem: 'unknown' },
    ],
    [
      'cut off at once',
      { [operations.getPrinterAttributes]: withoutOpening, [operations.printJob]: cutOff },
      { kind: 'unknown' },
    ],
    [
      'other paper, at once',
      {
        [operations.getPrinterAttributes]: withoutOpening,
        [operations.printJob]: () => ({
          status: 0x040b,
          groups: [aGroup('unsupported', { media: 'iso_a4_210x297mm' })],
        }),
      },
      { kind: 'refused', problem: 'wrong-paper' },
    ],
    [
      'cut off under the document, which did not arrive: taken back',
      { [operations.sendDocument]: cutOff, [operations.getJobAttributes]: inTurn(job(4), job(4), job(7)) },
      { kind: 'refused', problem: 'offline' },
    ],
    [
      'cut off under the document, which arrived',
      { [operations.sendDocument]: cutOff, [operations.getJobAttributes]: inTurn(job(4), job(5)) },
      { kind: 'taken', ticket: expect.any(String) },
    ],
    [
      'cut off under the document for good: the ticket is kept',
      { [operations.sendDocument]: cutOff, [operations.getJobAttributes]: inTurn(job(4), cutOff) },
      { kind: 'taken', ticket: expect.any(String) },
    ],
  ])('%s', async (_, answers, handover) => {
    const { device } = await made(answers)
    expect(await device.submit(aPrintDocument())).toEqual(handover)
  })

  test('staff are told that a printer takes no PDF', async () => {
    const { device, log } = await made({
      [operations.getPrinterAttributes]: describing({ 'document-format-supported': 'image/urf' }),
    })
    await device.submit(aPrintDocument())
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('no PDF') }),
    )
  })
})

describe('a job that was taken', () => {
  const ticketOf = async (device: PrintDevice): Promise<string> => {
    const handover = await device.submit(aPrintDocument())
    return handover.kind === 'taken' ? handover.ticket : ''
  }

  test.each<[string, Answering, object]>([
    ['forgotten', () => ({ status: 0x0406 }), { kind: 'unknown' }],
    ['another of its number', job(9, { 'time-at-creation': 200 }), { kind: 'unknown' }],
    ['answered for by nobody', cutOff, { kind: 'unknown' }],
    ['completed', job(9), { kind: 'printed' }],
  ])('%s', async (_, answering, report) => {
    const { device } = await made({ [operations.getJobAttributes]: inTurn(job(4), answering) })
    expect(await device.ask(await ticketOf(device))).toEqual(report)
  })

  test.each(['', 'nonsense', '7 created%20100 ipp://elsewhere/ipp/print'])(
    'a ticket that is none of its own: %j',
    async (ticket) => {
      const { device, asked } = await made()
      expect(await device.ask(ticket)).toEqual({ kind: 'unknown' })
      expect(await device.cancel(ticket)).toBe(false)
      expect(asked()).toEqual([])
    },
  )

  const notPossible: Answering = () => ({ status: 0x0404 })
  test.each<[string, Answers, boolean]>([
    [
      'and is confirmed after a while',
      { [operations.getJobAttributes]: inTurn(job(4), job(5), job(5), job(5), job(7)) },
      true,
    ],
    ['and is never confirmed', { [operations.getJobAttributes]: inTurn(job(4), job(5)) }, false],
    ['and comes out all the same', { [operations.getJobAttributes]: inTurn(job(4), job(5), job(9)) }, false],
    [
      'and is over already, canceled',
      { [operations.cancelJob]: notPossible, [operations.getJobAttributes]: inTurn(job(4), job(7)) },
      true,
    ],
    [
      'and is over already, completed',
      { [operations.cancelJob]: notPossible, [operations.getJobAttributes]: inTurn(job(4), job(9)) },
      false,
    ],
    ['and may not be', { [operations.cancelJob]: () => ({ status: 0x0401 }) }, false],
    [
      'and is another by now',
      { [operations.getJobAttributes]: inTurn(job(4), job(5, { 'time-at-creation': 200 })) },
      false,
    ],
    ['and nobody answers', { [operations.getJobAttributes]: inTurn(job(4), cutOff) }, false],
  ])('is taken back %s', async (_, answers, confirmed) => {
    const { device } = await made(answers)
    expect(await device.cancel(await ticketOf(device))).toBe(confirmed)
  })
})

describe('a queue whose device speaks no IPP', () => {
  const usb = { 'device-uri': 'usb://Example/Printer' }
  test.each<[string, object, object]>([
    [
      'idle, with an old complaint',
      { 'printer-state-reasons': 'media-jam-error' },
      { kind: 'ready', warnings: [] },
    ],
    [
      'idle, with a tray list of its own making',
      { 'media-ready': 'iso_a5_148x210mm' },
      { kind: 'ready', warnings: [] },
    ],
    [
      'paused, with an old complaint',
      { 'printer-state': 5, 'printer-state-reasons': ['media-jam-error', 'paused'] },
      { kind: 'blocked', problem: 'paused' },
    ],
  ])('%s', async (_, changes, status) => {
    const { device } = await made({ [operations.getPrinterAttributes]: describing({ ...usb, ...changes }) })
    expect(await device.status()).toEqual(status)
  })
})
