import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../electron/log.ts'
import {
  checkClock,
  checkJournals,
  checkSettingsLink,
  examinePrinter,
  examineSettings,
} from '../electron/machine/check-kiosk.ts'
import { examineContent } from '../electron/machine/check-content.ts'
import { checkChromium, checkFonts, checkScreen } from '../electron/machine/check-screen.ts'
import {
  checkDisk,
  checkLock,
  checkPermissions,
  checkSandbox,
  checkUsb,
} from '../electron/machine/check-system.ts'
import { checkUnits } from '../electron/machine/check-units.ts'
import { commandFor } from '../electron/machine/commands.ts'
import type { Examination } from '../electron/machine/examination.ts'
import { thisMachine } from '../electron/machine/this-machine.ts'
import { defaultFolders } from '../electron/options.ts'
import { usablePrinter } from '../electron/printing/choose-printer.ts'
import { localQueues } from '../electron/printing/find-printers.ts'
import { readSettings } from '../electron/settings.ts'
import { readCommandLine } from './command-line.ts'

/*
 * `kiosk doctor`: looks at this machine and says what to do about what is wrong. Ends with 1 where visitors or
 * staff would notice something, with 0 otherwise. `--language zh-CN|en`; the system's unless said.
 */

const root = join(import.meta.dirname, '..')
const folders = defaultFolders(root)
/** The Electron host has its pages and its Chromium inside: they are there whenever it starts. */
const isElectron = thisMachine.entry(join(root, 'app.asar')) !== null
const usage = `Usage: ${commandFor('doctor', '[--language zh-CN|en] [--state FOLDER] [--prints FOLDER] [--data FOLDER]')}`
const { values } = readCommandLine(usage, (args) =>
  parseArgs({
    args,
    options: {
      state: { type: 'string', default: folders.state },
      prints: { type: 'string' },
      data: { type: 'string', default: folders.content },
      language: { type: 'string' },
    },
  }),
)
const system = process.env['LC_ALL'] ?? process.env['LANG'] ?? ''
const language = (values.language ?? system).startsWith('zh') ? 'zh-CN' : 'en'
const silent = createLog(() => undefined)

/** Looks at everything; no check keeps another from being made. */
async function examineAll(): Promise<Examination[]> {
  const stored = readSettings(values.state, silent)
  const { settings } = stored
  const prints = values.prints ?? join(values.state, 'prints')
  const place = {
    state: values.state,
    prints: thisMachine.entry(prints) ? prints : values.state,
    renderer: folders.renderer,
    settings,
  }
  const content = await examineContent({
    folder: values.data,
    state: values.state,
    kiosk: settings.kiosk,
    log: silent,
  })
  const { printer } = settings
  const parts = { prints, paper: settings.paper, now: thisMachine.now, log: silent }
  const status =
    printer === 'folder'
      ? null
      : await usablePrinter(printer, parts)
          .device.status()
          .catch(() => null)
  const queues = printer.startsWith('cups:') ? await localQueues(silent) : []
  const checks = [
    checkUnits,
    checkScreen,
    ...(isElectron ? [] : [checkChromium, checkFonts]),
    ...(content.clock ? [checkClock(content.clock.edition, content.clock.timeZone)] : []),
    checkDisk,
    checkPermissions,
    checkSandbox,
    checkUsb,
    checkJournals,
    checkLock,
    checkSettingsLink,
  ]
  const looked = await Promise.all(checks.map((check) => check(thisMachine, place)))
  return [
    ...examineSettings(stored),
    ...content.found,
    ...examinePrinter(
      printer,
      status,
      queues.map(({ name }) => name),
    ),
    ...looked.flat(),
  ]
}

const marks = {
  'zh-CN': { good: '正常', look: '请看', bad: '有错' },
  en: { good: 'good', look: 'look', bad: 'BAD ' },
} as const

const found = await examineAll()
for (const { check, state, said, help } of found) {
  console.log(`${marks[language][state]}  ${check.padEnd(12)} ${said[language]}`)
  if (help) console.log(`      ${''.padEnd(12)} → ${help[language]}`)
}
process.exitCode = found.some(({ state }) => state === 'bad') ? 1 : 0
