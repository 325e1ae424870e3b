import { securityHeaders } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'

/** The scheme the kiosk's pages come from, as it must be registered before the app is ready. */
export const appScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** The origin of every page in the Electron host. */
export const appOrigin = 'app://kiosk'

/** Answers requests for `app://kiosk/…` with the built renderer's files; any other host is not found. */
export function createAppHandler(files: StaticFiles): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    if (!url.startsWith(`${appOrigin}/`)) return new Response(null, { status: 404, headers: securityHeaders })
    const [target = ''] = url.slice(appOrigin.length).split('#', 1)
    const { status, headers, body } = await files(method, target)
    return new Response(body, { status, headers: { ...securityHeaders, ...headers } })
  }
}
