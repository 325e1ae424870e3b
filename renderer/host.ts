import * as v from 'valibot'
import {
  type CallArgs,
  type CallName,
  type CallReply,
  envelopeSchema,
  type HostClient,
} from '../data/contract.ts'
import { KioskError } from '../data/errors.ts'

declare global {
  interface Window {
    /** What the preload script of the Electron host exposes; absent in the browser host. */
    readonly kiosk?: { readonly call: (name: string, args: unknown) => Promise<unknown> }
  }
}

/**
 * Milliseconds a visitor may be left waiting for an answer; a printer has to confirm that it took a job back. A
 * sign of life waits for as long as it takes (null): whoever gives it looks at the clock.
 */
const patience: Partial<Record<CallName, number | null>> = {
  'withdraw-job': 45_000,
  alive: null,
  'staff-read-offer': 90_000,
  'staff-approve': 60_000,
  'staff-take-away': 180_000,
}
const usualPatience = 15_000

/** One call over HTTP to the browser host, or over the preload bridge to the Electron host. */
async function send(name: CallName, args: unknown): Promise<unknown> {
  const most = patience[name] === undefined ? usualPatience : patience[name]
  const limit = most === null ? null : AbortSignal.timeout(most)
  if (window.kiosk) {
    const answer = window.kiosk.call(name, args)
    return limit === null ? answer : Promise.race([answer, rejectOn(limit)])
  }
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
    signal: limit,
  })
  return response.json()
}

/**
 * Holds on to the browser host for as long as the page lives: it learns at once of a page that has crashed. Resolves
 * where the host has let go, or was not there. The Electron host hears of it from its window.
 */
export async function holdLifeLine(): Promise<void> {
  if (window.kiosk) return new Promise(() => undefined)
  try {
    const { body } = await fetch('/life-line')
    await body?.pipeTo(new WritableStream())
  } catch {
    // Whoever holds tries again.
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('No answer in time')), { once: true })
  })
}

/**
 * The host behind the screen. Replies were validated there against the contract and are trusted here;
 * errors come back as KioskError, `unreachable` where no answer came.
 */
export const host: HostClient = {
  async call<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallReply<N>> {
    const answer = await send(name, args).catch((cause: unknown) => {
      throw new KioskError('unreachable', `No answer to ${name}`, undefined, cause)
    })
    const envelope = v.safeParse(envelopeSchema, answer)
    if (!envelope.success) throw new KioskError('unreachable', `No envelope in answer to ${name}`)
    if (!envelope.output.ok) throw KioskError.fromBody(envelope.output.error)
    return envelope.output.value as CallReply<N>
  },
}
