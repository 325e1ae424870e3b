import { beforeAll, describe, expect, it } from 'vitest'
import { appScheme, createAppHandler } from '../../../electron/app-protocol.ts'
import { securityHeaders } from '../../../electron/security-headers.ts'
import { createStaticFiles } from '../../../electron/static-files.ts'
import { rendererFolder } from '../../fixtures/hosts.ts'

let handle: (request: Request) => Promise<Response>

beforeAll(async () => {
  handle = createAppHandler(createStaticFiles(await rendererFolder()))
})

describe('an address of the Electron host', () => {
  it.each([
    { url: 'app://kiosk/', status: 200, type: 'text/html; charset=utf-8' },
    { url: 'app://kiosk/index.html', status: 200, type: 'text/html; charset=utf-8' },
    { url: 'app://kiosk/index.html#top', status: 200, type: 'text/html; charset=utf-8' },
    { url: 'app://kiosk/slip.html?id=1', status: 200, type: 'text/html; charset=utf-8' },
    { url: 'app://kiosk/assets/slip.css', status: 200, type: 'text/css; charset=utf-8' },
    { url: 'app://kiosk/none.html', status: 404, type: null },
    { url: 'app://kiosk/assets', status: 404, type: null },
    { url: 'app://kiosk/..%2fpackage.json', status: 400, type: null },
    { url: 'app://kiosk/%252e%252e/package.json', status: 400, type: null },
    { url: 'app://kiosk', status: 404, type: null },
    { url: 'app://other/index.html', status: 404, type: null },
    { url: 'app://kiosk.example/index.html', status: 404, type: null },
    { url: 'app://kiosk:80/index.html', status: 404, type: null },
    { url: 'file:///index.html', status: 404, type: null },
  ])('$url: $status', async ({ url, status, type }) => {
    const response = await handle(new Request(url))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe(type)
    expect((await response.text()) !== '').toBe(status === 200)
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(response.headers.get(name)).toBe(value)
    }
  })

  it.each(['POST', 'PUT', 'DELETE'])('does not take %s', async (method) => {
    const response = await handle(new Request('app://kiosk/index.html', { method }))
    expect(response.status).toBe(405)
  })

  it('answers HEAD without a body', async () => {
    const response = await handle(new Request('app://kiosk/index.html', { method: 'HEAD' }))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})

it('has the privileges of a secure origin, and no more', () => {
  expect(appScheme).toStrictEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  })
})
