import { join } from 'node:path'
import { BrowserWindow, Menu, app, ipcMain, powerSaveBlocker, protocol, screen, session } from 'electron'
import { appOrigin, appScheme, createAppHandler } from './app-protocol.ts'
import { createDispatcher } from './dispatch.ts'
import { watchHeartbeat } from './heartbeat.ts'
import { createTrustedWindows, registerIpc } from './ipc.ts'
import { endOnFault } from './last-words.ts'
import { createLog, createSinks, streamSink } from './log.ts'
import { logFilesIn } from './log-files.ts'
import { restartNightly } from './nightly-restart.ts'
import { ownsScreen, turnScreen } from './machine/turn-screen.ts'
import { defaultFolders, readOptions } from './options.ts'
import { createElectronPdf } from './pdf-electron.ts'
import { endWithScreen } from './screen-watch.ts'
import { createServices, systemClock } from './services.ts'
import { settle } from './settle.ts'
import { settledServices } from './settled-services.ts'
import { createStaticFiles } from './static-files.ts'
import { createSupervisor, supervisorHere } from './supervisor.ts'
import { chromiumSwitches } from './switches.ts'
import { keepOnWholeScreen } from './whole-screen.ts'
import { guardNavigation, holdOnScreen, lockSession, slipWindowOptions, windowOptions } from './window.ts'

const sinks = createSinks(streamSink(process.stderr))
const log = createLog(sinks.sink)
const end = (code: number): void => app.exit(code)
endOnFault(log, end)
// This module is bundled to dist/electron/main.js.
const folders = defaultFolders(join(import.meta.dirname, '../..'))
let quitting = false
const isQuitting = (): boolean => quitting

if (app.requestSingleInstanceLock()) {
  protocol.registerSchemesAsPrivileged([appScheme])
  app.enableSandbox()
  for (const [name, value] of chromiumSwitches(process.env, process.platform)) {
    app.commandLine.appendSwitch(name, value)
  }
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents, log))
  app.on('before-quit', () => {
    quitting = true
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
    {
      ...folders,
      ...(app.isPackaged && {
        prints: join(app.getPath('userData'), 'prints'),
        state: join(app.getPath('userData'), 'state'),
      }),
    },
    'ignore',
  )
  const settled = settle(options, log)
  const { settings } = settled
  const logFiles = logFilesIn(options.state, settings)
  sinks.add(logFiles.sink)
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
    ...settledServices(options, settled, log),
    paths: options,
    clock: systemClock,
    log,
    logFiles,
    shell: {
      host: 'electron',
      version: app.getVersion(),
      ...createElectronPdf({
        origin: appOrigin,
        openWindow: () => {
          const slipWindow = new BrowserWindow(slipWindowOptions(choices))
          windows.trust(slipWindow.webContents)
          return slipWindow
        },
      }),
    },
  })
  registerIpc(ipcMain, createDispatcher(services.handlers, log), windows.isOurFrame, log)

  void services.recover()
  app.on('will-quit', () => void services.close(0))

  if (ownsScreen(process.env)) await turnScreen(settings.screen, { log })
  const window = new BrowserWindow(windowOptions(choices))
  windows.trust(window.webContents)
  if (!options.windowed) {
    holdOnScreen(window, isQuitting)
    keepOnWholeScreen(window, screen, isQuitting, log)
  }
  endWithScreen(window, app, isQuitting, end, log)
  powerSaveBlocker.start('prevent-display-sleep')
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  window.once('ready-to-show', () => window.show())
  await window.loadURL(`${appOrigin}/index.html`)
  const { lastAlive } = services.heartbeat
  void createSupervisor({ ...supervisorHere(options.state), lastAlive, log }).ready()
  restartNightly({ services, restart: settings.restart, end, log })
  if (!options.windowed) watchHeartbeat({ heartbeat: services.heartbeat, onSilent: () => end(1), log })
}

function giveUp(error: unknown): void {
  log.error('The kiosk could not start', { error })
  app.exit(1)
}
