import { afterEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { type Envelope, type Handlers, envelopeSchema } from '../../../data/contract.ts'
import { KioskError } from '../../../data/errors.ts'
import { appOrigin } from '../../../electron/app-protocol.ts'
import { createDispatcher } from '../../../electron/dispatch.ts'
import { createHttpHost } from '../../../electron/http.ts'
import { type IpcListener, createTrustedWindows, registerIpc } from '../../../electron/ipc.ts'
import { ipcChannel } from '../../../electron/ipc-channel.ts'
import type { Log } from '../../../electron/log.ts'
import { aJob, aSlip, handlers, memoryLog } from '../../fixtures/hosts.ts'

type Bridge = {
  readonly call: (name: string, args: unknown) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** Calls through what ipcMain.handle was given; arguments are cloned as Electron clones them. */
async function overIpc(served: Handlers, log: Log): Promise<Bridge> {
  const listeners = new Map<string, Parameters<IpcListener['handle']>[1]>()
  const windows = createTrustedWindows(appOrigin)
  windows.trust({ id: 1, once: () => {} })
  const dispatch = createDispatcher(served, log)
  registerIpc(
    { handle: (channel, listener) => listeners.set(channel, listener) },
    dispatch,
    windows.isOurFrame,
    log,
  )
  const page = { origin: appOrigin }
  return {
    call: async (name, args) => {
      const sender = { sender: { id: 1, mainFrame: page }, senderFrame: page }
      return structuredClone(await listeners.get(ipcChannel)?.(sender, name, structuredClone(args)))
    },
    close: async () => {},
  }
}

async function overHttp(served: Handlers, log: Log): Promise<Bridge> {
  const host = await createHttpHost({
    dispatch: createDispatcher(served, log),
    files: async () => ({ status: 404, headers: {}, body: null }),
    port: 0,
  })
  return {
    call: async (name, args) => {
      const response = await fetch(`${host.origin}/api/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `${host.cookie.name}=${host.cookie.value}` },
        body: JSON.stringify(args),
      })
      expect(response.status).toBe(200)
      return response.json()
    },
    close: host.close,
  }
}

type Case = {
  readonly title: string
  readonly name: string
  readonly args: unknown
  readonly served?: Partial<Handlers>
  readonly expected: Envelope
}

const noSuchCall: Envelope = {
  ok: false,
  error: { code: 'unknown-call', message: 'There is no such call' },
}

const badArguments = (name: string, ...issues: string[]): Envelope => ({
  ok: false,
  error: { code: 'bad-arguments', message: `The arguments of ${name} do not fit`, details: { issues } },
})

const throwing = (thrown: unknown): Partial<Handlers> => ({
  'end-visit': () => Promise.reject(thrown),
})

const cases: readonly Case[] = [
  { title: 'answers a call', name: 'end-visit', args: {}, expected: { ok: true, value: {} } },
  {
    title: 'hands arguments over',
    name: 'get-slip',
    args: { id: 'abc' },
    expected: { ok: true, value: aSlip('abc') },
  },
  {
    title: 'drops what the reply has beyond its schema',
    name: 'get-job',
    args: { id: 'abc' },
    served: { 'get-job': async ({ id }) => ({ ...aJob({ id }), path: '/srv/prints/x.pdf' }) },
    expected: { ok: true, value: aJob({ id: 'abc' }) },
  },
  ...['nope', '', 'constructor', 'toString', '__proto__', 'hasOwnProperty', '../get-slip', 'GET-SLIP'].map(
    (name) => ({ title: `knows no call "${name}"`, name, args: {}, expected: noSuchCall }),
  ),
  {
    title: 'refuses a wrong type',
    name: 'get-slip',
    args: { id: 5 },
    expected: badArguments('get-slip', 'id: expected string'),
  },
  {
    title: 'refuses a missing field',
    name: 'get-slip',
    args: {},
    expected: badArguments('get-slip', 'id: expected "id"'),
  },
  {
    title: 'refuses a field too many',
    name: 'get-slip',
    args: { id: 'a', path: '/etc/passwd' },
    expected: badArguments('get-slip', 'path: expected never'),
  },
  ...[null, [], 'text', 7].map((args) => ({
    title: `refuses ${JSON.stringify(args)} for arguments`,
    name: 'report-fault',
    args,
    expected: Array.isArray(args)
      ? badArguments('report-fault', 'message: expected "message"', 'where: expected "where"')
      : badArguments('report-fault', 'arguments: expected Object'),
  })),
  {
    title: 'refuses text that is too long',
    name: 'report-fault',
    args: { message: 'x'.repeat(3000), where: 'home' },
    expected: badArguments('report-fault', 'message: expected <=2000'),
  },
  {
    title: 'hands a KioskError over whole',
    name: 'end-visit',
    args: {},
    served: throwing(new KioskError('not-found', 'No such slip', { edition: '2026-11-23.1' })),
    expected: {
      ok: false,
      error: { code: 'not-found', message: 'No such slip', details: { edition: '2026-11-23.1' } },
    },
  },
  {
    title: 'keeps paths and stacks out of details',
    name: 'end-visit',
    args: {},
    served: throwing(
      new KioskError('content-unusable', 'site.json is missing', {
        file: 'site.json',
        folder: '/opt/kiosk/content',
        drive: 'C:\\kiosk\\content',
        share: '\\\\server\\kiosk',
        at: ['file:///opt/kiosk/main.js'],
        stack: 'none',
        trace: 'Error: x\n    at read (main.js:1:2)',
      }),
    ),
    expected: {
      ok: false,
      error: { code: 'content-unusable', message: 'site.json is missing', details: { file: 'site.json' } },
    },
  },
  {
    title: 'keeps a path out of the message',
    name: 'end-visit',
    args: {},
    served: throwing(new KioskError('printing-failed', 'Cannot open "/srv/prints/a.pdf"')),
    expected: { ok: false, error: { code: 'printing-failed', message: 'See the log' } },
  },
  ...[new Error("ENOENT: no such file, open '/etc/shadow'"), 'a text', undefined, { strange: true }].map(
    (thrown, index) => ({
      title: `says nothing of what others throw (${index})`,
      name: 'end-visit',
      args: {},
      served: throwing(thrown),
      expected: {
        ok: false as const,
        error: { code: 'internal' as const, message: 'Something failed inside the kiosk' },
      },
    }),
  ),
  {
    title: 'refuses a reply that breaks the contract',
    name: 'get-slip',
    args: { id: 'a' },
    served: { 'get-slip': async () => ({ ...aSlip(), composedAt: 'yesterday' }) },
    expected: { ok: false, error: { code: 'bad-reply', message: 'The reply of get-slip does not fit' } },
  },
]

describe.each([
  { bridge: 'ipcMain', open: overIpc },
  { bridge: 'HTTP', open: overHttp },
])('a call over $bridge', ({ open }) => {
  let bridge: Bridge | undefined
  afterEach(() => bridge?.close())

  it.each(cases)('$title', async ({ name, args, served = {}, expected }) => {
    const log = memoryLog()
    bridge = await open(handlers(served), log)
    const envelope = await bridge.call(name, args)
    expect(v.parse(envelopeSchema, envelope)).toStrictEqual(expected)
    const complaints = log.lines.filter((line) => line.level !== 'info')
    expect(complaints.length > 0).toBe(!expected.ok)
  })

  it('answers calls side by side', async () => {
    bridge = await open(handlers(), memoryLog())
    const { call } = bridge
    const ids = Array.from({ length: 20 }, (_none, index) => `slip-${index}`)
    const envelopes = await Promise.all(ids.map((id) => call('get-slip', { id })))
    expect(envelopes).toStrictEqual(ids.map((id) => ({ ok: true, value: aSlip(id) })))
  })
})

describe('the dispatcher', () => {
  it.each([undefined, null, 7, {}, ['get-slip'], Symbol('get-slip')])('knows no call %o', async (name) => {
    const dispatch = createDispatcher(handlers(), memoryLog())
    expect(await dispatch(name, {})).toStrictEqual(noSuchCall)
  })

  it('logs what it keeps from the page', async () => {
    const log = memoryLog()
    const thrown = new Error("ENOENT: no such file, open '/etc/shadow'")
    await createDispatcher(handlers(throwing(thrown)), log)('end-visit', {})
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { call: 'end-visit', error: { code: 'internal', cause: thrown } } },
    ])
  })
})
