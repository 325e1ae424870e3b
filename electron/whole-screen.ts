import type { Log } from './log.ts'

/** As Electron's Rectangle, in device-independent pixels. */
export type Bounds = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** As much of Electron's BrowserWindow as keeping it on the whole screen needs. */
export type ScreenWindow = {
  on(event: 'show' | 'leave-full-screen', listener: () => void): unknown
  getBounds(): Bounds
  setBounds(bounds: Bounds): void
  setKiosk(flag: boolean): void
  isDestroyed(): boolean
}

/** As much of Electron's screen as knowing what to cover needs. */
export type Displays = {
  on(event: 'display-metrics-changed', listener: () => void): unknown
  getDisplayMatching(bounds: Bounds): { readonly bounds: Bounds }
}

/** Milliseconds the window system gets to bring a window where it was told to be. */
const settling = 1000

/** Puts a window back over its whole display whenever it leaves it, and whenever that display is turned or resized. */
export function keepOnWholeScreen(
  window: ScreenWindow,
  displays: Displays,
  isQuitting: () => boolean,
  log: Log,
): void {
  const isOver = (): boolean => isQuitting() || window.isDestroyed()
  const cover = (): void => {
    if (isOver()) return
    const { bounds } = displays.getDisplayMatching(window.getBounds())
    if (covers(window.getBounds(), bounds)) return
    log.warn('The window does not cover the display and is put over it', {
      window: window.getBounds(),
      bounds,
    })
    window.setBounds(bounds)
    window.setKiosk(true)
  }
  window.on('show', () => setTimeout(cover, settling))
  window.on('leave-full-screen', () => {
    if (isOver()) return
    log.warn('The window has left the whole screen and is put back')
    window.setKiosk(true)
  })
  displays.on('display-metrics-changed', () => {
    if (isOver()) return
    window.setKiosk(true)
    setTimeout(cover, settling)
  })
}

function covers(outer: Bounds, inner: Bounds): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  )
}
