import { join } from 'node:path'
import { BrowserWindow, Menu, app, ipcMain, protocol, session } from 'electron'
import { appOrigin, appScheme, createAppHandler } from './app-protocol.ts'
import { createDispatcher } from './dispatch.ts'
import { createTrustedWindows, registerIpc } from './ipc.ts'
import { createLog } from './log.ts'
import { defaultFolders, readOptions } from './options.ts'
import { createElectronPdf } from './pdf-electron.ts'
import { createServices, systemClock } from './services.ts'
import { createStaticFiles } from './static-files.ts'
import { guardNavigation, holdOnScreen, lockSession, slipWindowOptions, windowOptions } from './window.ts'

const log = createLog()
// This module is bundled to dist/electron/main.js.
const folders = defaultFolders(join(import.meta.dirname, '../..'))
let isQuitting = false

if (app.requestSingleInstanceLock()) {
  protocol.registerSchemesAsPrivileged([appScheme])
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents, log))
  app.on('before-quit', () => {
    isQuitting = true
  })
  app.on('window-all-closed', () => app.quit())
  // Not awaited at the top: Electron becomes ready only once this module has been evaluated.
  app.whenReady().then(start).catch(giveUp)
} else {
  log.info('A kiosk already runs here')
  app.quit()
}

async function start(): Promise<void> {
  const options = readOptions(
    process.argv.slice(app.isPackaged ? 1 : 2),
    { ...folders, ...(app.isPackaged && { prints: join(app.getPath('userData'), 'prints') }) },
    'ignore',
  )
  const choices = {
    preload: join(import.meta.dirname, 'preload.cjs'),
    windowed: options.windowed,
    production: app.isPackaged,
  }
  Menu.setApplicationMenu(null)
  lockSession(session.defaultSession, appOrigin)
  protocol.handle(appScheme.scheme, createAppHandler(createStaticFiles(folders.renderer)))

  const windows = createTrustedWindows(appOrigin)
  const services = createServices({
    paths: options,
    clock: systemClock,
    log,
    shell: {
      host: 'electron',
      version: app.getVersion(),
      renderPdf: createElectronPdf({
        origin: appOrigin,
        openWindow: () => {
          const slipWindow = new BrowserWindow(slipWindowOptions(choices))
          windows.trust(slipWindow.webContents)
          return slipWindow
        },
      }),
    },
  })
  registerIpc(ipcMain, createDispatcher(services, log), windows.isOurFrame, log)

  const window = new BrowserWindow(windowOptions(choices))
  windows.trust(window.webContents)
  if (!options.windowed) holdOnScreen(window, () => isQuitting)
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (isQuitting) return
    log.error('The screen is gone and the kiosk starts anew', { reason })
    app.relaunch()
    app.exit(1)
  })
  await window.loadURL(`${appOrigin}/index.html`)
}

function giveUp(error: unknown): void {
  log.error('The kiosk could not start', { error })
  app.exit(1)
}
