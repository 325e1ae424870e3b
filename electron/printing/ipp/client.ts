import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Log } from '../../log.ts'
import { request as httpRequest } from '../../node-http.ts'
import { decodeMessage } from './decode.ts'
import {
  encodeMessage,
  groupTags,
  type IppAttributes,
  type IppGroup,
  type IppMessage,
  type IppValue,
} from './message.ts'

/** Operations this kiosk asks for (RFC 8011 section 5.4.15; those above 0x4000 are CUPS' own). */
export const operations = {
  printJob: 0x0002,
  createJob: 0x0005,
  sendDocument: 0x0006,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
  cupsGetDefault: 0x4001,
  cupsGetPrinters: 0x4002,
} as const

/** Statuses that are told apart (RFC 8011 appendix B); below 0x0100 all is well. */
export const statuses = {
  forbidden: 0x0401,
  notPossible: 0x0404,
  notFound: 0x0406,
  gone: 0x0407,
  formatNotSupported: 0x040a,
  attributesNotSupported: 0x040b,
  notAccepting: 0x0506,
  busy: 0x0507,
} as const

/** What is asked of a printer. */
export type IppRequest = {
  readonly operation: number
  /** The printer (or server) asked, as it calls itself. */
  readonly uri: string
  readonly operationAttributes?: Readonly<Record<string, readonly IppValue[]>>
  readonly jobAttributes?: Readonly<Record<string, readonly IppValue[]>>
  readonly document?: Uint8Array
  /** Milliseconds it may take; the client's own where nothing is said. */
  readonly limit?: number
  readonly signal?: AbortSignal
}

/** What became of a request. */
export type IppReply =
  /** The printer answered, be it by a refusal. */
  | { readonly kind: 'answer'; readonly status: number; readonly groups: readonly IppGroup[] }
  /** No connection came about: nothing of the request arrived. */
  | { readonly kind: 'unreachable'; readonly error: unknown }
  /** A connection came about and no IPP answer: whether the request was carried out cannot be said. */
  | { readonly kind: 'broken'; readonly error: unknown }
  /** The web server in front of the printer refused the request before the printer saw it. */
  | { readonly kind: 'barred'; readonly httpStatus: number }

/** Asks printers; never rejects. */
export type IppClient = (request: IppRequest) => Promise<IppReply>

/** Octets of the longest answer believed in; CUPS describes a whole media database in some 100 KB. */
const answerLimit = 4 * 1024 * 1024
/** IPP/1.1: every printer has to answer it, and all that is asked here is in it. */
const version = 0x0101

/**
 * A client for `ipp:`, `ipps:`, `http:` and `https:` addresses (RFC 3510, RFC 7472; port 631 where none is
 * named and the scheme is IPP's), or for a server behind a socket of the file system.
 *
 * `limit`: milliseconds a whole request may take. Encrypted connections accept any certificate, as CUPS
 * does: printers sign their own, so this keeps listeners out, not a machine in the printer's place.
 */
export function createIppClient(options: {
  readonly limit: number
  readonly log: Log
  /** Path of the socket that every request goes to, whatever its address. */
  readonly socket?: string
}): IppClient {
  let requestId = 0
  return async (request) => {
    requestId = (requestId % 0x7fffffff) + 1
    const reply = await exchange(request, requestId, options).catch(
      // What cannot be put into bytes is not sent.
      (error: unknown): IppReply => ({ kind: 'unreachable', error }),
    )
    if (reply.kind === 'broken') options.log.warn('A printer gave no answer', { error: reply.error })
    return reply
  }
}

/** Who asks, to the printer: jobs are this user's, so that it may cancel them. */
const user = 'kiosk'

function messageOf(request: IppRequest, requestId: number): IppMessage {
  const {
    operation,
    uri,
    operationAttributes = {},
    jobAttributes = {},
    document = new Uint8Array(),
  } = request
  const operationGroup: IppAttributes = new Map<string, readonly IppValue[]>([
    // These come first and in this order (RFC 8011 section 4.1.4), the job's number right after them.
    ['attributes-charset', [{ tag: 'charset', value: 'utf-8' }]],
    ['attributes-natural-language', [{ tag: 'naturalLanguage', value: 'en' }]],
    ['printer-uri', [{ tag: 'uri', value: uri }]],
    ...Object.entries(operationAttributes).filter(([name]) => name === 'job-id'),
    ['requesting-user-name', [{ tag: 'name', value: user }]],
    ...Object.entries(operationAttributes).filter(([name]) => name !== 'job-id'),
  ])
  const groups: IppGroup[] = [{ tag: groupTags.operation, attributes: operationGroup }]
  const jobEntries = Object.entries(jobAttributes)
  if (jobEntries.length > 0) groups.push({ tag: groupTags.job, attributes: new Map(jobEntries) })
  return { version, code: operation, requestId, groups, data: document }
}

/** Where an address leads to over HTTP; null where it is none this client can ask. */
export function httpTarget(uri: string): { readonly url: URL; readonly isEncrypted: boolean } | null {
  const scheme = /^(ipps?|https?):\/\//i.exec(uri)?.[1]?.toLowerCase()
  if (scheme === undefined) return null
  const isEncrypted = scheme.endsWith('s')
  const plain = uri.slice(scheme.length)
  if (!URL.canParse(`http${plain}`)) return null
  // As http throughout: URL takes 443 out of an https address, and IPP's own port is 631.
  const url = new URL(`http${plain}`)
  const namesPort = /^:\/\/[^/?#]*:\d+([/?#]|$)/.test(plain)
  if (!namesPort) url.port = scheme.startsWith('ipp') ? '631' : isEncrypted ? '443' : '80'
  return { url, isEncrypted }
}

async function exchange(
  request: IppRequest,
  requestId: number,
  { limit, socket }: { readonly limit: number; readonly socket?: string },
): Promise<IppReply> {
  const target = httpTarget(request.uri)
  if (!target) return { kind: 'unreachable', error: new Error(`No printer's address: ${request.uri}`) }
  const body = encodeMessage(messageOf(request, requestId))
  const timeIsUp = AbortSignal.timeout(request.limit ?? limit)
  const signal = request.signal ? AbortSignal.any([timeIsUp, request.signal]) : timeIsUp
  const isEncrypted = target.isEncrypted && socket === undefined
  const options: RequestOptions & { rejectUnauthorized: boolean } = {
    method: 'POST',
    path: target.url.pathname + target.url.search,
    headers: { 'Content-Type': 'application/ipp', 'Content-Length': body.length, Host: target.url.host },
    // A connection of its own: one kept from before may have died unseen, and whether the printer
    // was reached has to be certain.
    agent: false,
    signal,
    rejectUnauthorized: false,
    ...(socket === undefined
      ? { host: hostOf(target.url), port: target.url.port || 80 }
      : { socketPath: socket }),
  }
  return new Promise((resolve) => {
    let isConnected = false
    const fail = (error: unknown): void => resolve({ kind: isConnected ? 'broken' : 'unreachable', error })
    const sending = (isEncrypted ? httpsRequest : httpRequest)(options, (response) => {
      readAnswer(response, requestId).then(resolve, fail)
    })
    sending.on('socket', (connection) => {
      connection.once(isEncrypted ? 'secureConnect' : 'connect', () => (isConnected = true))
    })
    sending.on('error', fail)
    sending.end(body)
  })
}

/** The host without the brackets that an IPv6 address has in a URL. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

async function readAnswer(response: IncomingMessage, requestId: number): Promise<IppReply> {
  const httpStatus = response.statusCode ?? 0
  if (httpStatus !== 200) {
    response.destroy()
    if (httpStatus >= 400 && httpStatus < 500) return { kind: 'barred', httpStatus }
    return { kind: 'broken', error: new Error(`HTTP status ${httpStatus} instead of an answer`) }
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    if (length > answerLimit) {
      response.destroy()
      throw new Error(`An answer of more than ${answerLimit} octets`)
    }
    chunks.push(chunk)
  }
  const answer = decodeMessage(Buffer.concat(chunks))
  if (answer.requestId !== requestId) throw new Error('An answer to another request')
  return { kind: 'answer', status: answer.code, groups: answer.groups }
}
