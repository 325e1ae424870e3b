import type { Dispatch } from './dispatch.ts'
import { type HttpHost, createHttpHost } from './http.ts'
import { createStaticFiles } from './static-files.ts'

/** The browser host's address: it serves the page at once, and its calls once there is somebody to answer them. */
export type FrontDoor = HttpHost & {
  /** Answers the calls that have come meanwhile, and all that follow. */
  readonly answerWith: (dispatch: Dispatch) => void
  /** Resolves once a page stands and asks for what is behind it: its program, or a call where it has that already. */
  readonly pageStands: Promise<undefined>
}

export type FrontDoorOptions = {
  /** The built renderer: index.html, slip.html, assets/ */
  readonly renderer: string
  /** 0: any free port. */
  readonly port: number
}

/** What the cover fetches once it is painted. */
const program = /^\/assets\/main-[\w-]+\.js$/

/**
 * Opens the address before the services behind it are read, so that a Chromium can start meanwhile. Rejects with
 * the error of `listen` (`EADDRINUSE`) where the port cannot be had.
 */
export async function openFrontDoor({ renderer, port }: FrontDoorOptions): Promise<FrontDoor> {
  const { promise: services, resolve: answerWith } = Promise.withResolvers<Dispatch>()
  const { promise: pageStands, resolve: seePage } = Promise.withResolvers<undefined>()
  const files = createStaticFiles(renderer)
  const http = await createHttpHost({
    dispatch: async (name, args) => {
      seePage(undefined)
      return (await services)(name, args)
    },
    files: async (method, target) => {
      const reply = await files(method, target)
      // Its program is on its way before anything else may take this process's time.
      if (program.test(target)) setImmediate(seePage, undefined)
      return reply
    },
    port,
  })
  return { ...http, answerWith, pageStands }
}
