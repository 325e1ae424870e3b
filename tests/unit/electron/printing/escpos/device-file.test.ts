import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Dots, JobReport, PrintDevice } from '../../../../../electron/printing/device.ts'
import { createEscposDevice } from '../../../../../electron/printing/escpos/escpos-device.ts'
import { readSlips } from '../../../../fixtures/escpos-reader.ts'
import { aPdf, memoryLog, temporaryFolder } from '../../../../fixtures/hosts.ts'
import { deviceFileTo, hasPseudoTerminals } from '../../../../fixtures/pseudo-terminal.ts'
import { thermalHead } from '../../../../fixtures/thermal-head.ts'

const picture: Dots = {
  width: 576,
  height: 700,
  bits: Uint8Array.from({ length: 72 * 700 }, (_none, at) => (at + (at >> 7)) & 0xff),
}

const deviceAt = (path: string, timeouts = {}): PrintDevice =>
  createEscposDevice({ target: { path }, log: memoryLog(), timeouts })

async function submitted(device: PrintDevice): Promise<string> {
  const document = { pdf: aPdf(), pages: 1, paper: 'roll' as const, name: 'Slip', dots: async () => picture }
  const handover = await device.submit(document)
  if (handover.kind !== 'taken') throw new Error(`Not taken: ${JSON.stringify(handover)}`)
  return handover.ticket
}

async function report(device: PrintDevice, ticket: string): Promise<JobReport> {
  for (;;) {
    const said = await device.ask(ticket)
    if (said.kind !== 'printing') return said
    await immediate()
  }
}

describe.skipIf(!hasPseudoTerminals)('over a device file (a pseudo-terminal, which needs python3)', () => {
  async function connected() {
    const head = await thermalHead()
    onTestFinished(head.end)
    const { path, unplug } = await deviceFileTo(head.target.port)
    return { head, unplug, device: deviceAt(path) }
  }

  it('a slip comes out dot by dot, with every byte there is, and is printed', async () => {
    const { head, device } = await connected()
    expect(await device.status()).toStrictEqual({ kind: 'ready', warnings: [] })
    expect(await report(device, await submitted(device))).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
    expect(head.faults).toStrictEqual([])
  })

  it('a slip waits for paper', async () => {
    const { head, device } = await connected()
    head.change({ rowsLeft: 300 })
    const ticket = await submitted(device)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
    head.change({ rowsLeft: Infinity })
    expect(await report(device, ticket)).toStrictEqual({ kind: 'printed' })
    expect(head.slips).toStrictEqual([picture])
  })

  it('a slip is unknown where the cable is pulled', async () => {
    const { head, unplug, device } = await connected()
    head.change({ rowsLeft: 300 })
    const ticket = await submitted(device)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'stuck', problem: 'paper-empty' })
    await unplug()
    expect(await report(device, ticket)).toStrictEqual({ kind: 'unknown' })
    expect(await device.status()).toStrictEqual({ kind: 'blocked', problem: 'offline' })
  })
})

describe('over a device file that only takes', () => {
  it('a slip is written whole and stays unknown', async () => {
    const path = join(await temporaryFolder('device'), 'lp0')
    await writeFile(path, '')
    const device = deviceAt(path, { answer: 60, finish: 0 })
    const ticket = await submitted(device)
    expect(await report(device, ticket)).toStrictEqual({ kind: 'unknown' })
    await expect.poll(async () => lastSlip(await readFile(path))).toStrictEqual(picture)
  })

  it('that is not there, the printer is offline', async () => {
    const path = join(await temporaryFolder('device'), 'lp0')
    expect(await deviceAt(path).status()).toStrictEqual({ kind: 'blocked', problem: 'offline' })
  })
})

/** What stands in a file behind its first question; null while it is not all there. */
function lastSlip(bytes: Uint8Array): Dots | null {
  try {
    return readSlips(bytes).at(-1) ?? null
  } catch {
    return null
  }
}
