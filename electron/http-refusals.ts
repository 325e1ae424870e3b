import { type IncomingHttpHeaders } from 'node:http'

/** Why a request is not answered: the status, headers that go with it, and a page where a person may read it. */
export type Refusal = {
  readonly status: 400 | 403 | 405 | 413 | 415
  readonly headers?: Readonly<Record<string, string>>
  readonly page?: string
}

/**
 * Refuses requests that another site, or another program's page on this machine, made a browser send:
 * a foreign Host (DNS rebinding), a foreign Origin, or a Sec-Fetch-Site that is not this origin
 * (Fetch Metadata; pages on other ports of 127.0.0.1 count as `same-site` and would carry the cookie).
 */
export function refuseStranger(headers: IncomingHttpHeaders, port: number): Refusal | null {
  const { host, origin } = headers
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return { status: 403 }
  if (origin !== undefined && origin !== `http://${host}`) return { status: 403 }
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403 }
  return null
}
