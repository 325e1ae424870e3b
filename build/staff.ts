import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commandFor } from '../electron/machine/commands.ts'
import { defaultFolders } from '../electron/options.ts'
import { openStaffDoor, resetStaff } from '../electron/staff/staff-door.ts'
import { misunderstood, readCommandLine } from './command-line.ts'

/*
 * For whoever has the machine itself in hand: `kiosk staff` shows what staff did, `kiosk staff reset` takes
 * both PINs away, so that the kiosk asks for new ones as at its first start, and `kiosk staff unlock` ends the
 * wait after wrong PINs. The kiosk may run meanwhile. All of it is written into the staff's log.
 */

const usage = `Usage: ${commandFor('staff', '[log | reset | unlock] [--state FOLDER]')}`
const now = (): Date => new Date()

function log(): number {
  const door = openStaffDoor({ folder: values.state, now })
  const { brokenAt, total } = door.audit.page(null, 1)
  for (const { number, at, role, deed, details, editionBefore, editionAfter } of door.audit.all()) {
    const edition = editionAfter === null ? [] : [`${editionBefore ?? '?'} → ${editionAfter}`]
    console.log([number, at, role ?? 'at the machine', deed, ...details, ...edition].join('  '))
  }
  door.close()
  console.log(
    brokenAt === null
      ? `${total} entries, all as they were written.`
      : `From entry ${brokenAt} on, the log is not as it was written.`,
  )
  return brokenAt === null ? 0 : 1
}

function reset(): number {
  resetStaff(values.state, 'pins', now)
  console.log(
    'Both PINs are gone. At the kiosk, hold a finger on the last line of the first screen for 3 seconds and set new ones.',
  )
  return 0
}

function unlock(): number {
  resetStaff(values.state, 'waits', now)
  console.log('The waits after wrong PINs are over.')
  return 0
}

const { state } = defaultFolders(join(import.meta.dirname, '..'))
const { values, positionals } = readCommandLine(usage, (args) =>
  parseArgs({ args, allowPositionals: true, options: { state: { type: 'string', default: state } } }),
)
const commands = { log, reset, unlock }
const [name = 'log', ...more] = positionals
const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word)
if (!isCommand(name) || more.length > 0) misunderstood(usage, `"${positionals.join(' ')}" is not understood.`)
try {
  process.exitCode = commands[name]()
} catch (error) {
  console.error(`${values.state}: ${String(error)}`)
  process.exitCode = 2
}
