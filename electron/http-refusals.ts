import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is not answered: the status, headers that go with it, and a page where a person may read it. */
export type Refusal = {
  readonly status: 400 | 403 | 405 | 413 | 415
  readonly headers?: Readonly<Record<string, string>>
  readonly page?: string
}

/** What a person reads who comes without the token. */
export const strangerRefusal: Refusal = {
  status: 403,
  page:
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width"><title>403</title>' +
    '<h1>不能从这里打开</h1><p>请使用启动时显示的完整地址（含 token）。</p>' +
    '<h1 lang="en">Not from here</h1>' +
    '<p lang="en">Open the whole address that was shown at the start, with its token.</p></html>',
}

/** Who sent a request, as far as its headers tell. */
export type Sender =
  /** Our own page, an address typed, or a program that is no browser. */
  | { readonly kind: 'ours' }
  /** A link on another page that a person followed: it may bring the token, and nothing else. */
  | { readonly kind: 'link' }
  | { readonly kind: 'stranger'; readonly refusal: Refusal }

/**
 * Tells apart requests that another site, or another program's page on this machine, made a browser send:
 * a foreign Host (DNS rebinding), a foreign Origin, or a Sec-Fetch-Site that is not this origin
 * (Fetch Metadata; pages on other ports of 127.0.0.1 count as `same-site` and would carry the cookie).
 */
export function senderOf(method: string, headers: IncomingHttpHeaders, port: number): Sender {
  const { host, origin } = headers
  const stranger: Sender = { kind: 'stranger', refusal: { status: 403 } }
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return stranger
  if (origin !== undefined && origin !== `http://${host}`) return stranger
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return { kind: 'ours' }
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return method === 'GET' && isNavigation ? { kind: 'link' } : stranger
}
