import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdmission } from './admission.ts'
import type { Dispatch } from './dispatch.ts'
import { type LifeLine, createLifeLine } from './life-line.ts'
import { isOwnConnection } from './machine/socket-owner.ts'
import { createServer } from './node-http.ts'
import { type Refusal, senderOf, strangerRefusal } from './http-refusals.ts'
import { securityHeaders } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'

export type HttpHostOptions = {
  readonly dispatch: Dispatch
  readonly files: StaticFiles
  /** 0: any free port. */
  readonly port: number
  /** Milliseconds a request may take to arrive. */
  readonly requestTimeout?: number
}

/** A listening host on 127.0.0.1. */
export type HttpHost = {
  readonly port: number
  /** "http://127.0.0.1:4680" */
  readonly origin: string
  /** The address that lets a browser in as often as it is opened. It must not stand in a command line. */
  readonly url: string
  /** A new address for a command line: it works once, for this account, until the next is asked for. */
  readonly invite: () => string
  /** The cookie these addresses set. */
  readonly cookie: { readonly name: string; readonly value: string }
  /** What pages that have asked for `/life-line` hold. */
  readonly lifeLine: LifeLine
  /** Stops listening and ends every connection. */
  readonly close: () => Promise<void>
}

/** The most a call may send, in bytes. */
export const bodyLimit = 64 * 1024
/** The most that is read, in bytes, to be able to answer that it was too much. */
const patience = 16 * bodyLimit

/**
 * Serves the renderer, `POST /api/<call>` and `/life-line` on 127.0.0.1 to whoever came through `/?token=…`.
 * Rejects with the error of `listen` (`EADDRINUSE`) where the port cannot be had.
 */
export async function createHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { dispatch, files, port, requestTimeout = 15_000 } = options
  const admission = createAdmission()
  const sockets = new Set<Socket>()
  const lifeLine = createLifeLine()
  const server = createServer({
    headersTimeout: Math.min(10_000, requestTimeout),
    requestTimeout,
    // Node looks for slow requests every 30 s otherwise, and lets them last as much longer.
    connectionsCheckingInterval: 1000,
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const bound = isAddress(address) ? address.port : port
  // Cookies are shared by all ports of a host name: the port in the name keeps two kiosks apart.
  const cookie = { name: `kiosk-${bound}`, value: admission.cookie }

  server.on('request', (request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sender = senderOf(request.method ?? '', request.headers, bound)
    if (sender.kind === 'stranger') return refuse(request, response, sender.refusal)
    const [path = '', query = ''] = splitOnce(request.url ?? '', '?')
    const offered = path === '/' ? new URLSearchParams(query).get('token') : null
    if (offered !== null) {
      if (!(await admission.takes(offered, () => isOwnConnection(request.socket))))
        return refuse(request, response, strangerRefusal)
      const welcome = {
        'set-cookie': `${cookie.name}=${cookie.value}; Path=/; HttpOnly; SameSite=Strict`,
        'cache-control': 'no-store',
      }
      // A redirect would count as the other page's request and go without the cookie; a page of ours brings it.
      if (sender.kind === 'link') {
        const onward = { refresh: '0; url=/', 'content-type': 'text/html' }
        return reply(response, 200, { ...welcome, ...onward }, Buffer.alloc(0))
      }
      return reply(response, 303, { ...welcome, location: '/' })
    }
    if (sender.kind === 'link') return refuse(request, response, strangerRefusal)
    const cookies = cookieValues(request.headers.cookie, cookie.name)
    if (!cookies.some(admission.knows)) return refuse(request, response, strangerRefusal)
    if (path.startsWith('/api/')) return answerCall(request, response, path.slice('/api/'.length))
    if (path === '/life-line') return holdLine(request, response)
    const file = await files(request.method ?? '', request.url ?? '')
    return reply(response, file.status, file.headers, file.body)
  }

  async function answerCall(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (request.method !== 'POST') {
      return refuse(request, response, { status: 405, headers: { allow: 'POST' } })
    }
    if (!isJson(request)) return refuse(request, response, { status: 415 })
    const body = await readBody(request)
    if (body === null) return refuse(request, response, { status: 413 })
    const args = parseJson(body)
    if (args === undefined) return refuse(request, response, { status: 400 })
    const envelope = await dispatch(name, args)
    const text = JSON.stringify(envelope)
    return reply(
      response,
      200,
      { 'content-type': 'application/json', 'cache-control': 'no-store' },
      Buffer.from(text),
    )
  }

  function holdLine(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') return refuse(request, response, { status: 405, headers: { allow: 'GET' } })
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    })
    response.flushHeaders()
    lifeLine.hold(response)
  }

  const origin = `http://127.0.0.1:${bound}`
  const link = (token: string) => `${origin}/?token=${token}`
  return {
    port: bound,
    origin,
    url: link(admission.token),
    invite: () => link(admission.invite()),
    cookie,
    lifeLine,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, headers = {}, page = '' } = refusal
  // What is left of a body nobody will read must not be taken for the next request.
  const isRead = request.complete || (request.method === 'GET' && !request.headers['content-length'])
  reply(
    response,
    status,
    {
      ...headers,
      ...(page && { 'content-type': 'text/html; charset=utf-8' }),
      ...(!isRead && { connection: 'close' }),
      'cache-control': 'no-store',
    },
    request.method === 'HEAD' ? null : Buffer.from(page),
  )
}

function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array | null = null,
): void {
  response.writeHead(status, {
    ...securityHeaders,
    ...headers,
    ...(body && { 'content-length': String(body.length) }),
  })
  response.end(body ?? undefined)
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1)
  return type.trim().toLowerCase() === 'application/json' && headers['content-encoding'] === undefined
}

/** The whole body, or null where it is longer than `bodyLimit`. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= bodyLimit) chunks.push(chunk)
      // A little too much is read to its end: a connection cut within a body would lose the answer.
      if (length <= patience) return
      request.pause()
      resolve(null)
    })
    request.on('end', () => resolve(length > bodyLimit ? null : Buffer.concat(chunks).toString('utf8')))
    request.on('error', reject)
    request.on('close', () => reject(new Error('The connection ended within a body')))
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Every cookie of that name: another program on this machine may have set one too, for another path. */
function cookieValues(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => splitOnce(pair.trim(), '='))
  return pairs.filter(([key]) => key === name).map(([, value]) => value)
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
