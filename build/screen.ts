import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../electron/log.ts'
import { commandFor } from '../electron/machine/commands.ts'
import { turnScreen } from '../electron/machine/turn-screen.ts'
import { defaultFolders } from '../electron/options.ts'
import { readSettings } from '../electron/settings.ts'
import { readCommandLine } from './command-line.ts'

/*
 * `kiosk screen`: turns the picture and the touches as the settings say and keeps the panel lit, as the kiosk does
 * when it starts and as the system does when a panel is connected.
 */

const { state } = defaultFolders(join(import.meta.dirname, '..'))
const { values } = readCommandLine(`Usage: ${commandFor('screen', '[--state FOLDER]')}`, (args) =>
  parseArgs({ args, options: { state: { type: 'string', default: state } } }),
)
const log = createLog()
const { settings } = readSettings(values.state, log)
const isDone = await turnScreen(settings.screen, { log, patience: 0 })
if (isDone) console.error('The screen is as it is set.')
process.exitCode = isDone ? 0 : 1
