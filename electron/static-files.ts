import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A response of the built renderer's files, for either host to put on its wire. */
export type StaticReply = {
  readonly status: 200 | 400 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  /** Null for HEAD and where there is nothing to say. */
  readonly body: Uint8Array<ArrayBuffer> | null
}

/** Answers a request for a file: `target` is the request target as it came, still encoded, with or without query. */
export type StaticFiles = (method: string, target: string) => Promise<StaticReply>

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Serves the files below `root` and nothing else: no folders, no links, no types it does not know. */
export function createStaticFiles(root: string): StaticFiles {
  return async (method, target) => {
    if (method !== 'GET' && method !== 'HEAD') return empty(405, { allow: 'GET, HEAD' })
    const segments = readSegments(target)
    if (!segments) return empty(400)
    const path = segments.join('/') || 'index.html'
    const type = contentTypes[extname(path)]
    const body = type === undefined ? null : await readInside(root, path)
    if (type === undefined || !body) return empty(404)
    const headers = {
      'content-type': type,
      'content-length': String(body.length),
      'cache-control': cacheControl(path),
    }
    return { status: 200, headers, body: method === 'HEAD' ? null : body }
  }
}

/** The decoded parts of a request target; null where it is malformed or could mean another place to someone. */
function readSegments(target: string): string[] | null {
  const [encoded = ''] = target.split('?', 1)
  if (!encoded.startsWith('/') || encoded.includes('#')) return null
  let path
  try {
    path = decodeURIComponent(encoded.slice(1))
  } catch {
    return null
  }
  // "%": encoded twice; "\\" and ":": other meanings on Windows; control characters: cut names short.
  if (/[%\\:\p{Cc}]/u.test(path)) return null
  if (path === '') return []
  const segments = path.split('/')
  return segments.some((segment) => segment === '' || segment.startsWith('.')) ? null : segments
}

async function readInside(root: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const expected = join(await realpath(root), ...path.split('/'))
    // Where the real path differs, a link or another spelling of the name leads elsewhere.
    if ((await realpath(expected)) !== expected || expected.endsWith(sep)) return null
    if (!(await stat(expected)).isFile()) return null
    return new Uint8Array(await readFile(expected))
  } catch {
    return null
  }
}

function cacheControl(path: string): string {
  if (path.endsWith('.html')) return 'no-store'
  return /^assets\/.*-[\w-]{8,}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function empty(status: 400 | 404 | 405, headers: Readonly<Record<string, string>> = {}): StaticReply {
  return { status, headers: { ...headers, 'cache-control': 'no-store', 'content-length': '0' }, body: null }
}
