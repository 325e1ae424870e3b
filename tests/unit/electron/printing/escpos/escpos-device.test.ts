import { createServer } from 'node:net'
import { once } from 'node:events'
import { setImmediate as immediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Dots, JobReport, PrintDevice } from '../../../../../electron/printing/device.ts'
import { createEscposDevice } from '../../../../../electron/printing/escpos/escpos-device.ts'
import { aPdf, memoryLog } from '../../../../fixtures/hosts.ts'
import { type Make, mute, thermalHead } from '../../../../fixtures/thermal-head.ts'

const width = 576

// Time passes only where a test says so, however busy the machine is.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const patienceEnds = (): void => void vi.advanceTimersByTime(1000)

/** A slip of so many rows, no two bands alike. */
function aPicture(height = 300, seed = 1): Dots {
  const bits = Uint8Array.from(
    { length: (width / 8) * height },
    (_none, at) => (at * seed + (at >> 7)) & 0xff,
  )
  return { width, height, bits }
}

const documentOf = (dots: Dots) => ({
  pdf: aPdf(),
  pages: 1,
  paper: 'roll' as const,
  name: 'Slip',
  dots: async () => dots,
})

async function kiosk(make: Make = {}, timeouts = {}) {
  const head = await thermalHead(make)
  onTestFinished(head.end)
  head.whenSilent(patienceEnds)
  const device = createEscposDevice({ target: head.target, log: memoryLog(), timeouts })
  return { head, device }
}

async function submitted(device: PrintDevice, dots: Dots): Promise<string> {
  const handover = await device.submit(documentOf(dots))
  if (handover.kind !== 'taken') throw new Error(`Not taken: ${JSON.stringify(handover)}`)
  return handover.ticket
}

/** The first report that is not `printing`. */
async function report(device: PrintDevice, ticket: string): Promise<JobReport> {
  for (;;) {
    const said = await device.ask(ticket)
    if (said.kind !== 'printing') return said
    await immediate()
  }
}

describe('what a thermal printer says of itself', () => {
  it.each([
    ['well', {}, { kind: 'ready', warnings: [] }],
    ['near the end of its roll', { isNearEnd: true }, { kind: 'ready', warnings: ['paper-low'] }],
    ['without paper', { rowsLeft: 0 }, { kind: 'blocked', problem: 'paper-empty' }],
    ['open', { isCoverOpen: true }, { kind: 'blocked', problem: 'cover-open' }],
    ['with a stuck cutter', { isCutterStuck: true }, { kind: 'blocked', problem: 'paper-jam' }],
  ])('%s', async (_name, state, status) => {
    const { head, device } = await kiosk()
    head.change(state)
    expect(await device.status()).toStrictEqual(status)
  })

  it('is that it is offline where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    server.close()
    await once(server, 'close')
    const device = createEscposDevice({ target: { host: '127.0.0.1', port }, log: memoryLog() })
    expect(await device.status()).toStrictEqual({ kind: 'blocked', problem: 'offline' })
    expect(await device.submit(documentOf(aPicture()))).toStrictEqual({ kind: 'refused', problem: 'offline' })
  })

  it('is enough where it knows only the question for paper', async () => {
    const { head, device } = await kiosk({ answers: [4] })
    expect(await device.status()).toStrictEqual({ kind: 'ready', warnings: [] })
    const picture = aPicture()
    const ticket = await submitted(device, picture)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
  })

  it('is that it is offline where it spoke before and now does not', async () => {
    const { head, device } = await kiosk()
    expect(await device.status()).toStrictEqual({ kind: 'ready', warnings: [] })
    head.fallSilent()
    expect(await device.status()).toStrictEqual({ kind: 'blocked', problem: 'offline' })
    expect(await device.submit(documentOf(aPicture()))).toStrictEqual({ kind: 'refused', problem: 'offline' })
  })
})

describe('a slip', () => {
  it.each([1, 128, 129, 2000])(
    'of %i rows comes out dot by dot, and is printed once it is cut',
    async (rows) => {
      const { head, device } = await kiosk()
      const picture = aPicture(rows)
      const ticket = await submitted(device, picture)
      expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
      expect(head.slips).toStrictEqual([picture])
      expect(head.faults).toStrictEqual([])
    },
  )

  it('is being printed as long as the head is at work', async () => {
    const { head, device } = await kiosk()
    head.change({ isHeld: true })
    const ticket = await submitted(device, aPicture())
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
    head.change({ isHeld: false })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
  })

  it.each([
    ['the roll ends', { rowsLeft: 0 }, { rowsLeft: Infinity }, 'paper-empty'],
    ['the cover is opened', { isCoverOpen: true }, { isCoverOpen: false }, 'cover-open'],
    ['the cutter is stuck', { isCutterStuck: true }, { isCutterStuck: false }, 'paper-jam'],
  ])('is stuck while %s, and comes out whole after help', async (_name, trouble, help, problem) => {
    const { head, device } = await kiosk()
    head.change({ rowsLeft: 500, isHeld: true })
    const picture = aPicture(1000)
    const ticket = await submitted(device, picture)
    head.change({ ...trouble, isHeld: false })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem })
    expect(await device.status()).toStrictEqual({ kind: 'blocked', problem })
    head.change({ rowsLeft: Infinity, ...help })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
  })

  it.each([1, 127, 128, 200, 299, 300])('goes on after the row at which the roll ended: %i', async (rows) => {
    const { head, device } = await kiosk()
    head.change({ rowsLeft: rows })
    const picture = aPicture()
    const ticket = await submitted(device, picture)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
    expect(head.rowsBurned()).toBe(rows)
    head.change({ rowsLeft: 1000 })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
  })

  it('is stuck while a small buffer is full of it, for no question gets through', async () => {
    const { head, device } = await kiosk({ capacity: 10_000 })
    head.change({ isHeld: true })
    const picture = aPicture()
    const ticket = await submitted(device, picture)
    await head.until(head.isFull)
    const asked = device.ask(ticket)
    patienceEnds()
    expect(await asked).toStrictEqual({ kind: 'stuck', problem: 'offline' })
    head.change({ isHeld: false })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
  })

  it('is held back in the kiosk while there is no paper for it', async () => {
    const { head, device } = await kiosk()
    head.change({ rowsLeft: 100 })
    const ticket = await submitted(device, aPicture(2000))
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
    for (let times = 0; times < 40; times += 1) {
      expect(await device.ask(ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
    }
    expect(head.received()).toBeLessThan(3 * 128 * 72)
  })

  it('is not printed where its end was reached without paper', async () => {
    const { head, device } = await kiosk()
    head.change({ isOutAtTheEnd: true })
    const ticket = await submitted(device, aPicture())
    await head.until(() => head.slips.length > 0)
    for (let times = 0; times < 5; times += 1) {
      expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
    }
    head.change({ isOutAtTheEnd: false })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
  })

  it('is matched with its own answers after they came late', async () => {
    const { head, device } = await kiosk()
    head.change({ isHeld: true })
    const ticket = await submitted(device, aPicture())
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
    head.fallSilent()
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'stuck', problem: 'offline' })
    head.speak()
    head.change({ isCoverOpen: true })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'cover-open' })
    head.change({ isCoverOpen: false, isHeld: false })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
  })

  it('is not printed because of what the printer says unasked', async () => {
    const { head, device } = await kiosk()
    head.change({ isHeld: true })
    const ticket = await submitted(device, aPicture())
    for (const bytes of [[0x10, 0, 0, 0], [0x11], [0x37, 0x22, 0x31, 0], [0x3b, 0x30, 0]]) head.say(...bytes)
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printing' })
  })

  it('may hold the very bytes of questions', async () => {
    const { head, device } = await kiosk()
    const bits = Uint8Array.from({ length: 72 * 300 }, (_none, at) => [0x10, 0x04, 1 + (at % 4)][at % 3] ?? 0)
    const picture = { width, height: 300, bits }
    const ticket = await submitted(device, picture)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
  })

  it('is unknown where the printer never says that it is done', async () => {
    const { device } = await kiosk({ answersAtTheEnd: false }, { finish: 0 })
    const ticket = await submitted(device, aPicture())
    expect(await report(device, ticket)).toStrictEqual({ kind: 'unknown' })
  })

  it('is sent whole to a printer that says nothing at all, and stays unknown', async () => {
    const { head, device } = await kiosk(mute, { finish: 0 })
    expect(await device.status()).toStrictEqual({ kind: 'ready', warnings: [] })
    const picture = aPicture()
    const ticket = await submitted(device, picture)
    await head.until(() => head.slips.length > 0)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'unknown' })
    expect(head.slips).toStrictEqual([picture])
  })

  it.each(['hangUp', 'restart'] as const)(
    'is unknown after a %s, and the next one has no part of it',
    async (fault) => {
      const { head, device } = await kiosk()
      head.change({ rowsLeft: 200 })
      const ticket = await submitted(device, aPicture(1000))
      expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
      head[fault]()
      expect(await report(device, ticket)).toStrictEqual({ kind: 'unknown' })
      head.change({ rowsLeft: Infinity })
      const next = aPicture(140, 3)
      expect(await report(device, await submitted(device, next))).toStrictEqual({ kind: 'printed' })
      expect(head.slips.at(-1)).toStrictEqual(next)
      expect(head.slips).toHaveLength(2)
      expect(head.faults).toStrictEqual([])
    },
  )
})

describe('one slip at a time', () => {
  it('refuses another, and says that it is busy', async () => {
    const { head, device } = await kiosk()
    head.change({ isHeld: true })
    const picture = aPicture()
    const [first, second] = await Promise.all([
      device.submit(documentOf(picture)),
      device.submit(documentOf(aPicture(10, 3))),
    ])
    expect(first.kind).toBe('taken')
    expect(second).toStrictEqual({ kind: 'refused', problem: 'busy' })
    expect(await device.status()).toStrictEqual({ kind: 'blocked', problem: 'busy' })
    head.change({ isHeld: false })
    await head.until(() => head.slips.length > 0)
    expect(head.slips).toStrictEqual([picture])
  })

  it('sends nothing of a slip for which there is no paper', async () => {
    const { head, device } = await kiosk()
    head.change({ rowsLeft: 0 })
    const refused = { kind: 'refused', problem: 'paper-empty' }
    expect(await device.submit(documentOf(aPicture()))).toStrictEqual(refused)
    head.change({ rowsLeft: 5000 })
    const ticket = await submitted(device, aPicture(20))
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([aPicture(20)])
  })

  it('knows no slip of an earlier run', async () => {
    const { device } = await kiosk()
    expect(await device.ask('0b9ec0ff-9bb5-4c58-8c1f-0a60b4f2a6a5')).toStrictEqual({ kind: 'unknown' })
    expect(await device.cancel('0b9ec0ff-9bb5-4c58-8c1f-0a60b4f2a6a5')).toBe(false)
  })

  it('refuses a slip of another width as a fault of the kiosk', async () => {
    const { device } = await kiosk()
    const narrow = { width: 384, height: 1, bits: new Uint8Array(48) }
    await expect(device.submit(documentOf(narrow))).rejects.toThrow(RangeError)
  })
})

describe('taking a slip back', () => {
  it('is done where the printer says so: nothing more comes out, and the next slip is clean', async () => {
    const { head, device } = await kiosk()
    head.change({ rowsLeft: 150 })
    const ticket = await submitted(device, aPicture(1000))
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
    expect(await device.cancel(ticket)).toBe(true)
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'failed', problem: 'unknown' })
    head.change({ rowsLeft: Infinity })
    const next = aPicture(140, 3)
    expect(await report(device, await submitted(device, next))).toStrictEqual({ kind: 'printed' })
    expect(head.slips.map(({ height }) => height)).toStrictEqual([150, 140])
    expect(head.slips.at(-1)).toStrictEqual(next)
  })

  it('ends its sending too', async () => {
    const { head, device } = await kiosk()
    head.change({ isHeld: true })
    const ticket = await submitted(device, aPicture(2000))
    expect(await device.cancel(ticket)).toBe(true)
    head.change({ isHeld: false })
    const next = aPicture(140, 3)
    expect(await report(device, await submitted(device, next))).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([next])
    expect(head.faults).toStrictEqual([])
  })

  it('is not known to be done where the printer says nothing', async () => {
    const { head, device } = await kiosk({ answersClear: false })
    head.change({ isHeld: true })
    const ticket = await submitted(device, aPicture())
    expect(await device.cancel(ticket)).toBe(false)
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'unknown' })
  })

  it('is too late once it is printed', async () => {
    const { device } = await kiosk()
    const ticket = await submitted(device, aPicture())
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(await device.cancel(ticket)).toBe(false)
    expect(await device.ask(ticket)).toStrictEqual({ kind: 'printed' })
  })
})
