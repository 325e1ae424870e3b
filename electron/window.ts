import type { BrowserWindowConstructorOptions } from 'electron'
import type { Log } from './log.ts'

export type WindowChoices = {
  /** Path of the bundled preload script. */
  readonly preload: string
  /** A window for development instead of the whole screen. */
  readonly windowed: boolean
  /** True in an installed kiosk: no developer tools. */
  readonly production: boolean
}

/** A key as Electron reports it before the page sees it. */
export type KeyInput = {
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

type Preventable = { readonly preventDefault: () => void }

type Emits<E extends string> = { on(event: E, listener: (event: Preventable) => void): unknown }

/** As much of Electron's WebContents as keeping it in place needs. */
export type GuardedContents = Emits<'will-navigate'> &
  Emits<'will-redirect'> &
  Emits<'will-frame-navigate'> &
  Emits<'will-attach-webview'> & { setWindowOpenHandler(handler: () => { action: 'deny' }): void }

/** As much of Electron's BrowserWindow as holding it on the screen needs. */
export type HeldWindow = {
  on(event: 'close', listener: (event: Preventable) => void): unknown
  readonly webContents: {
    on(event: 'before-input-event', listener: (event: Preventable, input: KeyInput) => void): unknown
  }
}

/** As much of Electron's Session as locking it needs. */
export type LockableSession = {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, decide: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
  on(event: 'will-download', listener: (event: Preventable) => void): unknown
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { readonly url: string }, decide: (answer: { cancel: boolean }) => void) => void,
    ): void
  }
}

type WebPreferences = NonNullable<BrowserWindowConstructorOptions['webPreferences']>

/** What every page runs under (Electron's security checklist, points 2 to 12), spelled out even where it is the default. */
function webPreferences({ preload, production }: WindowChoices): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    disableDialogs: true,
    devTools: !production,
  }
}

/** Options of the window visitors see. */
export function windowOptions(choices: WindowChoices): BrowserWindowConstructorOptions {
  const wholeScreen = !choices.windowed
  return {
    show: false,
    width: 720,
    height: 1280,
    kiosk: wholeScreen,
    fullscreen: wholeScreen,
    // Not `resizable: false`: Windows 11 then takes the window off the whole screen.
    fullscreenable: true,
    frame: choices.windowed,
    movable: choices.windowed,
    minimizable: choices.windowed,
    closable: choices.windowed,
    alwaysOnTop: wholeScreen && choices.production,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: webPreferences(choices),
  }
}

/** Options of the window nobody sees, in which a slip is drawn. */
export function slipWindowOptions(choices: WindowChoices): BrowserWindowConstructorOptions {
  return {
    show: false,
    focusable: false,
    skipTaskbar: true,
    // Unseen windows are slowed down otherwise, and the slip with them.
    webPreferences: { ...webPreferences(choices), backgroundThrottling: false },
  }
}

/** Keeps a page where it is: no other address, no other window, no embedded page. */
export function guardNavigation(contents: GuardedContents, log: Log): void {
  const refuse = (what: string) => (event: Preventable) => {
    event.preventDefault()
    log.warn('A page tried to leave', { what })
  }
  contents.on('will-navigate', refuse('navigation'))
  contents.on('will-redirect', refuse('redirect'))
  contents.on('will-frame-navigate', refuse('navigation of a frame'))
  contents.on('will-attach-webview', refuse('webview'))
  contents.setWindowOpenHandler(() => {
    log.warn('A page tried to leave', { what: 'new window' })
    return { action: 'deny' }
  })
}

const keysOut = /^(F\d{1,2}|Browser(Back|Forward|Home|Refresh|Search)|ContextMenu|PrintScreen)$/

/**
 * True of keys that lead out of the page: no part of the kiosk needs Ctrl, Alt, the Windows key, F1 to F24 or
 * the keys some keyboards have for browsers and menus.
 */
export function leadsOut({ key, control, alt, meta }: KeyInput): boolean {
  return control || alt || meta || keysOut.test(key)
}

/** Holds the visitors' window on the screen: no key leads out of it, nothing closes it but the end of the program. */
export function holdOnScreen(window: HeldWindow, isQuitting: () => boolean): void {
  window.webContents.on('before-input-event', (event, input) => {
    if (leadsOut(input)) event.preventDefault()
  })
  window.on('close', (event) => {
    if (!isQuitting()) event.preventDefault()
  })
}

/** Denies a session everything beyond showing the kiosk's own pages: permissions, devices, downloads, other addresses. */
export function lockSession(session: LockableSession, origin: string): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwnAddress(url, origin) }))
}

/** Whether an address is one of the kiosk's own, or one of the tools developers look at it with. */
function isOwnAddress(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || url.startsWith('data:image/') || url.startsWith('devtools:')
}
