import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type StaticFiles, createStaticFiles } from '../../../electron/static-files.ts'
import { temporaryFolder } from '../../fixtures/hosts.ts'

let files: StaticFiles

beforeAll(async () => {
  const outside = await temporaryFolder('static')
  const root = join(outside, 'root')
  await mkdir(join(root, 'assets', 'folder.js'), { recursive: true })
  const names = [
    'index.html',
    'slip.html',
    'icon.svg',
    'picture.png',
    'picture.webp',
    'icon.ico',
    'data.json',
    'plain.js',
    '.hidden.js',
    'notes.txt',
    'main.js.map',
    '中文.json',
    'assets/index-BdF3kQ9x.js',
    'assets/index-BdF3k-_x.css',
    'assets/noto-sans-sc-0-BdF3kQ9x.woff2',
    'assets/plain.js',
  ]
  for (const name of names) await writeFile(join(root, name), name)
  await writeFile(join(outside, 'secret.json'), '"secret"')
  await mkdir(join(outside, 'root-beside'))
  await writeFile(join(outside, 'root-beside', 'secret.json'), '"secret"')
  await symlink(join(outside, 'secret.json'), join(root, 'link.json'))
  await symlink(outside, join(root, 'way-out'))
  await symlink(join(root, 'index.html'), join(root, 'inner.html'))
  // The root itself may be reached through a link.
  await symlink(root, join(outside, 'linked-root'))
  files = createStaticFiles(join(outside, 'linked-root'))
})

describe('a file that is served', () => {
  it.each([
    { target: '/', body: 'index.html', type: 'text/html; charset=utf-8', cache: 'no-store' },
    { target: '/?a=/../b', body: 'index.html', type: 'text/html; charset=utf-8', cache: 'no-store' },
    { target: '/index.html', body: 'index.html', type: 'text/html; charset=utf-8', cache: 'no-store' },
    { target: '/slip.html?id=7%00', body: 'slip.html', type: 'text/html; charset=utf-8', cache: 'no-store' },
    { target: '/icon.svg', body: 'icon.svg', type: 'image/svg+xml', cache: 'no-cache' },
    { target: '/icon.ico', body: 'icon.ico', type: 'image/x-icon', cache: 'no-cache' },
    { target: '/picture.png', body: 'picture.png', type: 'image/png', cache: 'no-cache' },
    { target: '/picture.webp', body: 'picture.webp', type: 'image/webp', cache: 'no-cache' },
    { target: '/data.json', body: 'data.json', type: 'application/json', cache: 'no-cache' },
    { target: '/plain.js', body: 'plain.js', type: 'text/javascript; charset=utf-8', cache: 'no-cache' },
    { target: '/%E4%B8%AD%E6%96%87.json', body: '中文.json', type: 'application/json', cache: 'no-cache' },
    {
      target: '/assets/plain.js',
      body: 'assets/plain.js',
      type: 'text/javascript; charset=utf-8',
      cache: 'no-cache',
    },
    ...[
      { file: 'assets/index-BdF3kQ9x.js', type: 'text/javascript; charset=utf-8' },
      { file: 'assets/index-BdF3k-_x.css', type: 'text/css; charset=utf-8' },
      { file: 'assets/noto-sans-sc-0-BdF3kQ9x.woff2', type: 'font/woff2' },
    ].map(({ file, type }) => ({
      target: `/${file}`,
      body: file,
      type,
      cache: 'public, max-age=31536000, immutable',
    })),
  ])('$target is $body', async ({ target, body, type, cache }) => {
    const reply = await files('GET', target)
    expect(reply).toMatchObject({
      status: 200,
      headers: {
        'content-type': type,
        'cache-control': cache,
        'content-length': String(Buffer.byteLength(body)),
      },
    })
    expect(Buffer.from(reply.body ?? []).toString()).toBe(body)
    expect(await files('HEAD', target)).toStrictEqual({ ...reply, body: null })
  })
})

describe('anything else', () => {
  it.each([
    // another place
    '/..',
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/.%2E/secret.json',
    '/..%2Fsecret.json',
    '/%2e%2e%2fsecret.json',
    '/%252e%252e/secret.json',
    '/%25252e/secret.json',
    '/..\\secret.json',
    '/..%5csecret.json',
    '/assets/..',
    '/./index.html',
    '//index.html',
    '/assets//plain.js',
    '/.hidden.js',
    '/%2Ehidden.js',
    // another meaning
    '/index.html%00',
    '/index.html\u0000.js',
    '/index.html%0a',
    '/C:/index.html',
    '/index.html:stream',
    '/index.html#top',
    '/%',
    '/%zz',
    '/%c0%ae%c0%ae/secret.json',
    'index.html',
    '',
    '*',
    'http://example.org/index.html',
    '/assets/',
    '/index.html/',
  ])('%j is refused', async (target) => {
    expect(await files('GET', target)).toMatchObject({ status: 400, body: null })
  })

  it.each([
    '/none.html',
    '/assets',
    '/assets/folder.js',
    '/notes.txt',
    '/main.js.map',
    '/index',
    '/link.json',
    '/way-out/secret.json',
    '/inner.html',
    '/index.html/more.js',
    '/api',
  ])('%j is not found', async (target) => {
    expect(await files('GET', target)).toMatchObject({ status: 404, body: null })
  })

  it.each(['POST', 'PUT', 'DELETE', 'get', ''])('method %j is not allowed', async (method) => {
    expect(await files(method, '/index.html')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })
})
