import * as v from 'valibot'
import {
  type CallName,
  type CallReply,
  type Envelope,
  type Handlers,
  contract,
  isCallName,
} from '../data/contract.ts'
import { type ErrorBody, KioskError } from '../data/errors.ts'
import type { Log } from './log.ts'

/** Answers one call of the contract; never rejects. */
export type Dispatch = (name: unknown, args: unknown) => Promise<Envelope>

/**
 * Puts the contract between a bridge and its handlers: known name, valid arguments, handler, valid reply.
 *
 * Everything that goes wrong comes back as an envelope, with neither stack nor path in it: `unknown-call`,
 * `bad-arguments`, `bad-reply`, the handler's own `KioskError`, or `internal` for whatever else it threw.
 */
export function createDispatcher(handlers: Handlers, log: Log): Dispatch {
  async function invoke<N extends CallName>(name: N, args: unknown): Promise<CallReply<N>> {
    const given = v.safeParse(contract[name].args, args)
    if (!given.success) {
      throw new KioskError('bad-arguments', `The arguments of ${name} do not fit`, {
        issues: describeIssues(given.issues),
      })
    }
    const handler: Handlers[N] = handlers[name]
    const reply = v.safeParse(contract[name].reply, await handler(given.output))
    if (!reply.success) {
      log.error('A handler broke the contract', { call: name, issues: describeIssues(reply.issues) })
      throw new KioskError('bad-reply', `The reply of ${name} does not fit`)
    }
    return reply.output
  }

  return async (name, args) => {
    try {
      if (!isCallName(name)) throw new KioskError('unknown-call', 'There is no such call')
      return { ok: true, value: await invoke(name, args) }
    } catch (thrown) {
      const error = KioskError.from(thrown)
      const level = error.code === 'internal' ? 'error' : 'warn'
      log[level]('A call failed', { call: isCallName(name) ? name : 'unknown', error })
      return { ok: false, error: publicBody(error) }
    }
  }
}

/** The envelope of an error raised before the dispatcher was asked, e.g. for a sender that is refused. */
export function failure(code: ErrorBody['code'], message: string): Envelope {
  return { ok: false, error: { code, message } }
}

/** Up to five lines "where: what", without the values that were received. */
function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return issues.slice(0, 5).map((issue) => {
    const where = (v.getDotPath(issue) ?? 'arguments').slice(0, 80)
    return `${where}: expected ${issue.expected ?? issue.type}`.slice(0, 200)
  })
}

function publicBody(error: KioskError): ErrorBody {
  // What was thrown by others was not worded for this side of the bridge: the log has it.
  if (error.code === 'internal') return { code: 'internal', message: 'Something failed inside the kiosk' }
  const details = error.details && Object.fromEntries(Object.entries(error.details).filter(isTellable))
  return {
    code: error.code,
    message: isPrivate(error.message) ? 'See the log' : error.message,
    ...(details && Object.keys(details).length > 0 && { details }),
  }
}

function isTellable([key, value]: [string, unknown]): boolean {
  return key !== 'stack' && key !== 'cause' && !isPrivate(JSON.stringify(value) ?? 'undefined')
}

/** True of text that holds an absolute path, a file: address or a line of a stack. */
function isPrivate(text: string): boolean {
  return /(^|[\s"'(=:[,])(\/[\w.-]+\/|[A-Za-z]:\\|\\\\)|file:|\n\s+at |\\n\s+at /.test(text)
}
