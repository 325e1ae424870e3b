import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  guardNavigation,
  holdOnScreen,
  leadsOut,
  lockSession,
  slipWindowOptions,
  windowOptions,
} from '../../../electron/window.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

const installed = { preload: '/opt/kiosk/preload.cjs', windowed: false, production: true }
const developed = { ...installed, windowed: true, production: false }

/** What an event's listeners did with it. */
function emit(emitter: EventEmitter, event: string, ...more: unknown[]): { readonly prevented: boolean } {
  let prevented = false
  emitter.emit(
    event,
    {
      preventDefault: () => {
        prevented = true
      },
    },
    ...more,
  )
  return { prevented }
}

describe.each([
  { title: 'the window on the whole screen', options: windowOptions(installed) },
  { title: 'the window of development', options: windowOptions(developed) },
  { title: 'the window slips are drawn in', options: slipWindowOptions(installed) },
])("$title follows Electron's security checklist", ({ options }) => {
  it.each([
    { point: '2 node integration', name: 'nodeIntegration', value: false },
    { point: '2 node integration in frames', name: 'nodeIntegrationInSubFrames', value: false },
    { point: '2 node integration in workers', name: 'nodeIntegrationInWorker', value: false },
    { point: '3 context isolation', name: 'contextIsolation', value: true },
    { point: '4 sandbox', name: 'sandbox', value: true },
    { point: '6 web security', name: 'webSecurity', value: true },
    { point: '8 insecure content', name: 'allowRunningInsecureContent', value: false },
    { point: '9 experimental features', name: 'experimentalFeatures', value: false },
    { point: '10 Blink features', name: 'enableBlinkFeatures', value: undefined },
    { point: '11 webview', name: 'webviewTag', value: false },
    { point: 'its own preload', name: 'preload', value: '/opt/kiosk/preload.cjs' },
  ] as const)('$point', ({ name, value }) => {
    expect(options.webPreferences?.[name]).toBe(value)
  })
})

describe('window options', () => {
  it('take the whole screen, without a frame, and no developer tools, in an installed kiosk', () => {
    expect(windowOptions(installed)).toMatchObject({
      kiosk: true,
      fullscreen: true,
      frame: false,
      closable: false,
      minimizable: false,
      alwaysOnTop: true,
      show: false,
      fullscreenable: true,
      webPreferences: { devTools: false, navigateOnDragDrop: false, disableDialogs: true },
    })
    expect(windowOptions(installed)).not.toHaveProperty('resizable')
  })

  it('leave a developer a window and the tools', () => {
    expect(windowOptions(developed)).toMatchObject({
      kiosk: false,
      fullscreen: false,
      frame: true,
      closable: true,
      alwaysOnTop: false,
      webPreferences: { devTools: true },
    })
  })

  it('never show the window a slip is drawn in, nor slow it down', () => {
    expect(slipWindowOptions(installed)).toMatchObject({
      show: false,
      focusable: false,
      webPreferences: { backgroundThrottling: false },
    })
  })
})

describe('a page', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    'is stopped at %s, and the log says so',
    (event) => {
      const log = memoryLog()
      const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => {} })
      guardNavigation(contents, log)
      expect(emit(contents, event)).toStrictEqual({ prevented: true })
      expect(log.lines).toMatchObject([{ level: 'warn' }])
    },
  )

  it('opens no other window', () => {
    const log = memoryLog()
    const handlers: (() => unknown)[] = []
    guardNavigation(
      Object.assign(new EventEmitter(), {
        setWindowOpenHandler: (handler: () => unknown) => void handlers.push(handler),
      }),
      log,
    )
    expect(handlers.map((handler) => handler())).toStrictEqual([{ action: 'deny' }])
    expect(log.lines).toHaveLength(1)
  })
})

describe('a key', () => {
  const plain = { control: false, alt: false, meta: false }
  it.each([
    ...['F1', 'F5', 'F11', 'F12', 'F24'].map((key) => ({ ...plain, key })),
    ...['Back', 'Forward', 'Home', 'Refresh', 'Search'].map((key) => ({ ...plain, key: `Browser${key}` })),
    ...['ContextMenu', 'PrintScreen'].map((key) => ({ ...plain, key })),
    ...['r', 'R', 'w', 'p', 'n', 't', '0', '+', 'Shift', 'Tab'].map((key) => ({
      ...plain,
      key,
      control: true,
    })),
    ...['F4', 'Tab', 'ArrowLeft', ' '].map((key) => ({ ...plain, key, alt: true })),
    ...['r', 'e', 'd', 'Meta', 'q'].map((key) => ({ ...plain, key, meta: true })),
  ])('leads out: %o', (input) => {
    expect(leadsOut(input)).toBe(true)
  })

  it.each(['a', 'F', 'Z', '7', 'Tab', 'Enter', 'Escape', 'ArrowUp', 'Backspace', 'Shift', 'F1a', '工'])(
    'stays in the page: %s',
    (key) => {
      expect(leadsOut({ ...plain, key })).toBe(false)
    },
  )

  it('that leads out does not reach the page', () => {
    const webContents = new EventEmitter()
    const window = Object.assign(new EventEmitter(), { webContents })
    holdOnScreen(window, () => false)
    expect(emit(webContents, 'before-input-event', { ...plain, key: 'F12' }).prevented).toBe(true)
    expect(emit(webContents, 'before-input-event', { ...plain, key: 'a' }).prevented).toBe(false)
  })
})

it.each([
  { quitting: false, prevented: true },
  { quitting: true, prevented: false },
])('the window can be closed only by the end of the program: $quitting', ({ quitting, prevented }) => {
  const window = Object.assign(new EventEmitter(), { webContents: new EventEmitter() })
  holdOnScreen(window, () => quitting)
  expect(emit(window, 'close')).toStrictEqual({ prevented })
})

describe('the session', () => {
  type Decision = boolean | { readonly cancel: boolean }

  function locked() {
    const kept = new Map<string, (...args: never[]) => unknown>()
    const keep = (name: string) => (handler: (...args: never[]) => unknown) => void kept.set(name, handler)
    const decisions: Decision[] = []
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: (
        handler: (contents: unknown, permission: string, decide: (granted: boolean) => void) => void,
      ) => handler(null, 'media', (granted) => decisions.push(granted)),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      webRequest: {
        onBeforeRequest: (
          listener: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void,
        ) => {
          requested = (url) => {
            let cancelled = false
            listener({ url }, ({ cancel }) => {
              cancelled = cancel
            })
            return cancelled
          }
        },
      },
    })
    let requested: (url: string) => boolean = () => false
    lockSession(session, 'app://kiosk')
    return { session, kept, decisions, isCancelled: (url: string) => requested(url) }
  }

  it('grants no permission and no device', () => {
    const { kept, decisions } = locked()
    expect(decisions).toStrictEqual([false])
    expect(kept.get('check')?.()).toBe(false)
    expect(kept.get('device')?.()).toBe(false)
  })

  it('takes no download', () => {
    expect(emit(locked().session, 'will-download')).toStrictEqual({ prevented: true })
  })

  it.each([
    { url: 'app://kiosk/index.html', cancelled: false },
    { url: 'data:image/png;base64,AA==', cancelled: false },
    { url: 'devtools://devtools/bundled/inspector.html', cancelled: false },
    { url: 'app://kiosk.example/index.html', cancelled: true },
    { url: 'app://other/index.html', cancelled: true },
    { url: 'data:text/html,<h1>', cancelled: true },
    { url: 'file:///etc/passwd', cancelled: true },
    { url: 'http://127.0.0.1:4680/', cancelled: true },
    { url: 'https://example.org/', cancelled: true },
    { url: 'blob:app://kiosk/1', cancelled: true },
    { url: 'javascript:alert(1)', cancelled: true },
  ])('loads $url: cancelled $cancelled', ({ url, cancelled }) => {
    expect(locked().isCancelled(url)).toBe(cancelled)
  })
})
