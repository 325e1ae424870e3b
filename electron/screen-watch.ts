import type { Log, LogFields } from './log.ts'

/** As much of Electron's BrowserWindow as noticing that visitors see nothing of use needs. */
export type WatchedWindow = {
  on(event: 'unresponsive' | 'responsive', listener: () => void): unknown
  readonly webContents: {
    on(
      event: 'render-process-gone',
      listener: (event: unknown, details: { readonly reason: string }) => void,
    ): unknown
    on(
      event: 'did-fail-load',
      listener: (
        event: unknown,
        code: number,
        description: string,
        address: string,
        isMainFrame: boolean,
      ) => void,
    ): unknown
  }
}

/** As much of Electron's app as hearing of its helper processes needs. */
export type WatchedApp = {
  on(
    event: 'child-process-gone',
    listener: (event: unknown, details: { readonly type: string; readonly reason: string }) => void,
  ): unknown
}

/** Milliseconds the screen may not answer. */
const mostSilence = 30_000
/** Deaths of the GPU process after which Chromium draws nothing dependable any more. */
const mostGpuDeaths = 3
/** net::ERR_ABORTED: a load that was given up, as by our own guard of navigation; the page before it stays. */
const loadAborted = -3

/**
 * Ends the program with 1 once the screen is gone, hangs, cannot be loaded or can no longer be drawn: to start
 * anew is the surest way back, and whoever started the program does it.
 */
export function endWithScreen(
  window: WatchedWindow,
  app: WatchedApp,
  isQuitting: () => boolean,
  end: (code: 1) => void,
  log: Log,
): void {
  const giveUp = (message: string, fields: LogFields = {}): void => {
    if (isQuitting()) return
    log.error(message, fields)
    end(1)
  }
  let silence: NodeJS.Timeout | undefined
  let gpuDeaths = 0

  window.webContents.on('render-process-gone', (_event, { reason }) =>
    giveUp('The screen is gone', { reason }),
  )
  window.webContents.on('did-fail-load', (_event, code, description, _address, isMainFrame) => {
    if (isMainFrame && code !== loadAborted) giveUp('The screen could not be loaded', { code, description })
  })
  window.on('unresponsive', () => {
    silence ??= setTimeout(giveUp, mostSilence, 'The screen hangs')
  })
  window.on('responsive', () => {
    clearTimeout(silence)
    silence = undefined
  })
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return
    gpuDeaths += 1
    log.warn('The GPU process is gone', { reason, gpuDeaths })
    if (gpuDeaths >= mostGpuDeaths) giveUp('The screen can no longer be drawn')
  })
}
