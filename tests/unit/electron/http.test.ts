import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDispatcher } from '../../../electron/dispatch.ts'
import { findChromium } from '../../../electron/find-chromium.ts'
import { type HttpHost, bodyLimit, createHttpHost } from '../../../electron/http.ts'
import { contentSecurityPolicy, securityHeaders } from '../../../electron/security-headers.ts'
import { createStaticFiles } from '../../../electron/static-files.ts'
import { handlers, memoryLog, rendererFolder } from '../../fixtures/hosts.ts'

let host: HttpHost
/** What the cookie of `host` holds, and the target of its lasting address and of a new invitation. */
const secret = () => host.cookie.value
const targetOf = (url: string) => url.slice(host.origin.length)
const tokenOf = (url: string) => url.slice(url.indexOf('=') + 1)
const lasting = () => targetOf(host.url)
const invited = () => targetOf(host.invite())

async function start(changes: { readonly requestTimeout?: number } = {}): Promise<HttpHost> {
  return createHttpHost({
    dispatch: createDispatcher(handlers(), memoryLog()),
    files: createStaticFiles(await rendererFolder()),
    port: 0,
    ...changes,
  })
}

beforeAll(async () => {
  host = await start()
})
afterAll(() => host.close())

type RawReply = { readonly status: number; readonly headers: string; readonly body: string }

/** Sends bytes as they are, so that no client mends them, and reads until the host ends the connection. */
function send(text: string, port = host.port): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => void chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const reply = Buffer.concat(chunks).toString('utf8')
      const [headers = '', ...body] = reply.split('\r\n\r\n')
      resolve({ status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), body: body.join('') })
    })
  })
}

type RequestParts = {
  readonly method?: string
  readonly target?: string
  /** Replaces headers; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly body?: string
}

const cookie = () => `${host.cookie.name}=${secret()}`

/** A request that is let in, but for what `parts` changes; TOKEN in its target is that of the lasting address. */
function request({ method = 'GET', target = '/', headers = {}, body = '' }: RequestParts): string {
  const all: Record<string, string | null> = {
    host: `127.0.0.1:${host.port}`,
    cookie: cookie(),
    connection: 'close',
    ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  const filled = target.replace('TOKEN', tokenOf(host.url))
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return `${method} ${filled} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

describe('the way in', () => {
  it('turns the token into a cookie that scripts and other sites cannot use', async () => {
    const reply = await send(request({ target: lasting(), headers: { cookie: null } }))
    expect(reply.status).toBe(303)
    expect(reply.headers).toContain('\r\nlocation: /\r\n')
    expect(reply.headers).toContain(
      `\r\nset-cookie: kiosk-${host.port}=${secret()}; path=/; httponly; samesite=strict\r\n`.toLowerCase(),
    )
  })

  it('lets in who has the cookie', async () => {
    expect(await send(request({}))).toMatchObject({ status: 200, body: expect.stringContaining('Kiosk') })
  })

  it.each([
    { title: 'last', before: 'guess', after: null },
    { title: 'first', before: null, after: 'guess' },
    { title: 'in the middle', before: '', after: 'guess' },
  ])('finds the right cookie $title among several of its name', async ({ before, after }) => {
    const values = [before, secret(), after].filter((value) => value !== null)
    const several = values.map((value) => `${host.cookie.name}=${value}`).join('; ')
    expect(await send(request({ headers: { cookie: several } }))).toMatchObject({ status: 200 })
  })

  it('names an address and a cookie that work', () => {
    expect(host.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/\\?token=[\\w-]{32}$`, 'u'))
    expect(host.cookie).toStrictEqual({
      name: `kiosk-${host.port}`,
      value: expect.stringMatching(/^[\w-]{32}$/u),
    })
  })

  it.each([
    { title: 'no cookie', parts: { headers: { cookie: null } } },
    { title: 'a wrong cookie', parts: { headers: { cookie: () => `${host.cookie.name}=guess` } } },
    {
      title: 'the cookie of a kiosk on another port',
      parts: { headers: { cookie: () => `kiosk-1=${secret()}` } },
    },
    { title: 'an empty cookie', parts: { headers: { cookie: () => `${host.cookie.name}=` } } },
    { title: 'a wrong token', parts: { target: '/?token=guess', headers: { cookie: null } } },
    { title: 'a wrong token beside the cookie', parts: { target: '/?token=guess' } },
    { title: 'an empty token', parts: { target: '/?token=', headers: { cookie: null } } },
    {
      title: 'the token on another page',
      parts: { target: '/slip.html?token=TOKEN', headers: { cookie: null } },
    },
    { title: 'a file without the cookie', parts: { target: '/assets/slip.css', headers: { cookie: null } } },
    { title: 'the life line without the cookie', parts: { target: '/life-line', headers: { cookie: null } } },
    {
      title: 'a call without the cookie',
      parts: { method: 'POST', target: '/api/end-visit', body: '{}', headers: { cookie: null } },
    },
  ])('answers $title with a page that says so in Chinese and English', async ({ parts }) => {
    const headers = Object.fromEntries(
      Object.entries(parts.headers ?? {}).map(([name, value]) => [name, value === null ? null : value()]),
    )
    const reply = await send(request({ ...parts, headers }))
    expect(reply.status).toBe(403)
    expect(reply.body).toContain('不能从这里打开')
    expect(reply.body).toContain('Not from here')
    expect(reply.headers).not.toContain('set-cookie')
  })
})

describe('an invitation', () => {
  const open = (target: string) => send(request({ target, headers: { cookie: null } }))

  it('lets in once, and then nobody any more', async () => {
    const target = invited()
    const welcome = await open(target)
    expect(welcome.status).toBe(303)
    expect(welcome.headers).toContain(`set-cookie: ${host.cookie.name}=${secret()}; `.toLowerCase())
    for (const again of [await open(target), await send(request({ target }))]) {
      expect(again.status).toBe(403)
      expect(again.body).toContain('Not from here')
      expect(again.headers).not.toContain('set-cookie')
    }
  })

  it('lets in one of several that come at once', async () => {
    const target = invited()
    const replies = await Promise.all(Array.from({ length: 5 }, () => open(target)))
    expect(replies.map(({ status }) => status).toSorted()).toStrictEqual([303, 403, 403, 403, 403])
  })

  it('is void once the next was asked for', async () => {
    const [before, now] = [invited(), invited()]
    expect((await open(before)).status).toBe(403)
    expect((await open(now)).status).toBe(303)
  })

  it('tells nothing of the cookie and of the lasting address, which goes on working', async () => {
    const token = tokenOf(host.invite())
    expect(new Set([token, tokenOf(host.url), secret()]).size).toBe(3)
    for (const value of [token, tokenOf(host.url)]) {
      const headers = { cookie: `${host.cookie.name}=${value}` }
      expect((await send(request({ headers }))).status).toBe(403)
      const call = { method: 'POST', target: '/api/end-visit', body: '{}' }
      expect((await send(request({ ...call, headers }))).status).toBe(403)
      expect((await send(request({ target: '/life-line', headers }))).status).toBe(403)
    }
    expect((await open(`/?token=${secret()}`)).status).toBe(403)
    expect((await open(lasting())).status).toBe(303)
    expect((await open(lasting())).status).toBe(303)
  })

  const nobody = 65_534
  const canBeOther =
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    spawnSync(process.execPath, ['--version'], { uid: nobody, cwd: '/' }).status === 0
  const noOther = canBeOther ? '' : ' (not run: it takes root, and a Node that others may run)'
  it.skipIf(!canBeOther)(
    `lets in no other account, and still lets in this one after it has tried${noOther}`,
    async () => {
      const url = host.invite()
      const visit = `fetch(${JSON.stringify(url)}, { redirect: 'manual' }).then((reply) => console.log(reply.status))`
      const asked = (uid: number) => promisify(execFile)(process.execPath, ['-e', visit], { uid, cwd: '/' })
      expect((await asked(nobody)).stdout).toBe('403\n')
      expect((await asked(0)).stdout).toBe('303\n')
    },
    20_000,
  )
})

describe('strangers', () => {
  const port = () => String(host.port)
  it.each([
    { title: 'a foreign host', headers: { host: 'kiosk.example:PORT' }, status: 403 },
    { title: 'a host without its port', headers: { host: '127.0.0.1' }, status: 403 },
    { title: 'a host on another port', headers: { host: '127.0.0.1:1' }, status: 403 },
    { title: 'a host that only begins right', headers: { host: '127.0.0.1:PORT.example' }, status: 403 },
    { title: 'no host', headers: { host: null }, status: 400 },
    { title: 'a foreign origin', headers: { origin: 'https://example.org' }, status: 403 },
    { title: 'an origin on another port', headers: { origin: 'http://127.0.0.1:1' }, status: 403 },
    { title: 'the other name of this machine', headers: { origin: 'http://localhost:PORT' }, status: 403 },
    { title: 'the origin "null"', headers: { origin: 'null' }, status: 403 },
    { title: 'another site', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
    { title: 'another port of this machine', headers: { 'sec-fetch-site': 'same-site' }, status: 403 },
    { title: 'nobody: its own origin', headers: { origin: 'http://127.0.0.1:PORT' }, status: 200 },
    { title: 'nobody: an address typed', headers: { 'sec-fetch-site': 'none' }, status: 200 },
    { title: 'nobody: its own page', headers: { 'sec-fetch-site': 'same-origin' }, status: 200 },
    { title: 'nobody: its other name', headers: { host: 'localhost:PORT' }, status: 200 },
  ])('refuses $title', async ({ headers, status }) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value?.replace('PORT', port()) ?? null]),
    )
    for (const parts of [{ target: '/' }, { method: 'POST', target: '/api/end-visit', body: '{}' }]) {
      expect((await send(request({ ...parts, headers: filled }))).status).toBe(status)
    }
  })
})

describe('the life line', () => {
  it('is held until whoever holds it is gone', async () => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write(request({ target: '/life-line' })))
    const [head] = await once(socket, 'data')
    expect(String(head)).toMatch(/^HTTP\/1\.1 200 /u)
    expect(host.lifeLine.held()).toBe(1)
    const lost = new Promise<void>((resolve) => host.lifeLine.whenLost(resolve))
    socket.destroy()
    await lost
    expect(host.lifeLine.held()).toBe(0)
  })

  it('is there to be held, and for nothing else', async () => {
    expect((await send(request({ method: 'POST', target: '/life-line', body: '{}' }))).status).toBe(405)
    expect(host.lifeLine.held()).toBe(0)
  })

  it('ends with the host', async () => {
    const other = await start()
    const socket = connect(other.port, '127.0.0.1', () =>
      socket.write(
        request({
          target: '/life-line',
          headers: { host: `127.0.0.1:${other.port}`, cookie: `${other.cookie.name}=${other.cookie.value}` },
        }),
      ),
    )
    await once(socket, 'data')
    const ended = once(socket, 'close')
    await other.close()
    await ended
  })
})

describe('a link on another page', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  it.each(['cross-site', 'same-site'])('lets in who follows it with the token (%s)', async (site) => {
    const reply = await send(
      request({ target: lasting(), headers: { ...link, 'sec-fetch-site': site, cookie: null } }),
    )
    expect(reply).toMatchObject({ status: 200, body: '' })
    expect(reply.headers).toContain('\r\nrefresh: 0; url=/\r\n')
    expect(reply.headers).toContain(`\r\nset-cookie: kiosk-${host.port}=${secret()}; `.toLowerCase())
  })

  it.each([
    { title: 'a wrong token', parts: { target: '/?token=guess' }, says: true },
    { title: 'no token', parts: { target: '/' }, says: true },
    { title: 'the token on another page', parts: { target: '/slip.html?token=TOKEN' }, says: true },
    {
      title: 'a form that posts',
      parts: { target: '/?token=TOKEN', method: 'POST', body: '{}' },
      says: false,
    },
    {
      title: 'an embedded page',
      parts: { target: '/?token=TOKEN', headers: { 'sec-fetch-dest': 'iframe' } },
      says: false,
    },
    {
      title: 'a script',
      parts: {
        target: '/?token=TOKEN',
        headers: { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
      },
      says: false,
    },
    {
      title: 'no word of what it is',
      parts: { target: '/?token=TOKEN', headers: { 'sec-fetch-dest': null } },
      says: false,
    },
    {
      title: 'a foreign host',
      parts: { target: '/?token=TOKEN', headers: { host: 'kiosk.example' } },
      says: false,
    },
  ])('lets nobody in by $title, and says so to a person: $says', async ({ parts, says }) => {
    const reply = await send(request({ ...parts, headers: { ...link, ...parts.headers } }))
    expect(reply.status).toBe(403)
    expect(reply.headers).not.toContain('set-cookie')
    expect(reply.body.includes('Not from here')).toBe(says)
  })

  const executablePath = findChromium()
  const whyNot = executablePath ? '' : ' (not run: there is no Chromium here)'
  it.skipIf(!executablePath)(
    `works in a real Chromium${whyNot}`,
    async () => {
      const other = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<a href="${host.url}">Kiosk</a>`)
      })
      await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve))
      const address = other.address()
      const browser = await chromium.launch({
        executablePath: executablePath ?? '',
        chromiumSandbox: process.getuid?.() !== 0,
      })
      try {
        const page = await browser.newPage()
        await page.goto(`http://localhost:${typeof address === 'object' && address ? address.port : 0}/`)
        await page.getByRole('link').click()
        await page.waitForURL(`${host.origin}/`)
        expect(await page.getByRole('heading').textContent()).toBe('Kiosk')
      } finally {
        await browser.close()
        other.close()
      }
    },
    20_000,
  )
})

it('a body that comes too slowly is given up soon after its time', async () => {
  const slow = await start({ requestTimeout: 300 })
  const headers = {
    host: `127.0.0.1:${slow.port}`,
    'content-type': 'application/json',
    'content-length': '9',
  }
  const began = performance.now()
  const reply = await send(
    request({
      method: 'POST',
      target: '/api/end-visit',
      headers: { ...headers, cookie: `${slow.cookie.name}=${slow.cookie.value}` },
    }),
    slow.port,
  )
  expect(reply.status).toBe(408)
  expect(performance.now() - began).toBeLessThan(3000)
  await slow.close()
}, 10_000)

describe('calls', () => {
  const body = '{}'
  const target = '/api/end-visit'
  const tooLong = JSON.stringify({ message: 'x'.repeat(bodyLimit), where: '' })
  it.each([
    { title: 'a call', parts: { body }, status: 200 },
    {
      title: 'a type with its charset',
      parts: { body, headers: { 'content-type': 'Application/JSON; charset=utf-8' } },
      status: 200,
    },
    { title: 'GET', parts: { method: 'GET' }, status: 405 },
    { title: 'PUT', parts: { method: 'PUT', body }, status: 405 },
    { title: 'OPTIONS', parts: { method: 'OPTIONS' }, status: 405 },
    {
      title: 'a form',
      parts: { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      status: 415,
    },
    { title: 'plain text', parts: { body, headers: { 'content-type': 'text/plain' } }, status: 415 },
    { title: 'no type', parts: { body, headers: { 'content-type': null } }, status: 415 },
    { title: 'a packed body', parts: { body, headers: { 'content-encoding': 'gzip' } }, status: 415 },
    { title: 'a body that is no JSON', parts: { body: '{' }, status: 400 },
    {
      title: 'an empty body',
      parts: { headers: { 'content-type': 'application/json', 'content-length': '0' } },
      status: 400,
    },
    { title: 'a body that is too long', parts: { body: tooLong }, status: 413 },
  ])('answer $title with $status', async ({ parts, status }) => {
    const reply = await send(request({ method: 'POST', target, ...parts }))
    expect(reply.status).toBe(status)
    expect(reply.body).toBe(status === 200 ? '{"ok":true,"value":{}}' : '')
    if (status === 405) expect(reply.headers).toContain('\r\nallow: post\r\n')
  })

  it('take a body of exactly the limit', async () => {
    const filler = bodyLimit - Buffer.byteLength(JSON.stringify({ id: '' }))
    const text = JSON.stringify({ id: 'x'.repeat(filler) })
    expect(Buffer.byteLength(text)).toBe(bodyLimit)
    expect(await send(request({ method: 'POST', target: '/api/get-slip', body: text }))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"ok":true'),
    })
  })

  it('end a connection that sends without end', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const endless = request({
      method: 'POST',
      target,
      headers: {
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
        connection: 'keep-alive',
      },
    })
    const reply = await send(endless + chunk.repeat(17)).catch(() => ({ status: 413 }))
    expect(reply.status).toBe(413)
  })
})

describe('files', () => {
  it.each([
    { target: '/', status: 200 },
    { target: '/index.html', status: 200 },
    { target: '/slip.html?id=1', status: 200 },
    { target: '/assets/slip.css', status: 200 },
    { target: '/api', status: 404 },
    { target: '/../package.json', status: 400 },
    { target: '/assets/../../package.json', status: 400 },
    { target: '/%2e%2e/package.json', status: 400 },
    { target: '/..%2fpackage.json', status: 400 },
    { target: '/%252e%252e%252fpackage.json', status: 400 },
    { target: '/..\\package.json', status: 400 },
    { target: '/..%5cpackage.json', status: 400 },
    { target: '/index.html%00.png', status: 400 },
    { target: '//etc/passwd', status: 400 },
    { target: '/assets/', status: 400 },
    { target: '/assets', status: 404 },
    { target: '*', status: 400 },
    { target: 'http://example.org/index.html', status: 400 },
  ])('answer $target with $status', async ({ target, status }) => {
    expect((await send(request({ target }))).status).toBe(status)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('answer %s with 405', async (method) => {
    const reply = await send(request({ method }))
    expect(reply).toMatchObject({ status: 405, headers: expect.stringContaining('\r\nallow: get, head\r\n') })
  })

  it('answer HEAD with the headers of GET and no body', async () => {
    const [get, head] = await Promise.all([send(request({})), send(request({ method: 'HEAD' }))])
    const lasting = (reply: RawReply) => reply.headers.replace(/\r\ndate: .*/, '')
    expect(get.body).not.toBe('')
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(lasting(head)).toBe(lasting(get))
  })
})

it.each([
  { title: 'a page', parts: {} },
  { title: 'a call', parts: { method: 'POST', target: '/api/end-visit', body: '{}' } },
  { title: 'a refusal', parts: { headers: { cookie: null } } },
  { title: 'a missing file', parts: { target: '/none.png' } },
])('sends the security headers with $title', async ({ parts }) => {
  const { headers } = await send(request(parts))
  for (const [name, value] of Object.entries(securityHeaders)) {
    expect(headers).toContain(`\r\n${name}: ${value.toLowerCase()}`)
  }
})

it('allows pages nothing inline and nothing from elsewhere', () => {
  expect(contentSecurityPolicy.split('; ')).toContain("default-src 'none'")
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|blob:/)
})

describe('closing', () => {
  it('ends connections that are silent, idle or in the middle of a request', async () => {
    const closing = await start()
    const ends = ['', `GET / HTTP/1.1\r\nhost: 127.0.0.1:${closing.port}\r\n`].map(
      (text) =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(closing.port, '127.0.0.1')
          socket.on('error', reject)
          socket.on('close', () => resolve())
          if (text) socket.write(text)
        }),
    )
    const idle = await fetch(`${closing.origin}/`, {
      headers: { cookie: `${closing.cookie.name}=${closing.cookie.value}` },
    })
    expect(idle.status).toBe(200)
    await closing.close()
    await Promise.all(ends)
    await expect(fetch(`${closing.origin}/`)).rejects.toThrow()
  })

  it('says why a port cannot be had', async () => {
    const again = createHttpHost({
      dispatch: createDispatcher(handlers(), memoryLog()),
      files: async () => ({ status: 404, headers: {}, body: null }),
      port: host.port,
    })
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
