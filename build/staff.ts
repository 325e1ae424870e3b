import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { OptionError, defaultFolders } from '../electron/options.ts'
import { openStaffDoor, resetStaff } from '../electron/staff/staff-door.ts'

/*
 * For whoever has the machine itself in hand: `npm run staff` shows what staff did, `npm run staff -- reset` takes
 * both PINs away, so that the kiosk asks for new ones as at its first start, and `npm run staff -- unlock` ends the
 * wait after wrong PINs. The kiosk may run meanwhile. All of it is written into the staff's log.
 */

const usage = 'Usage: npm run staff -- [log | reset | unlock] [--state FOLDER]'
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { state: { type: 'string', default: defaultFolders(join(import.meta.dirname, '..')).state } },
})
const commands = { log, reset, unlock }
const [name = 'log'] = positionals
const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word)
try {
  if (!isCommand(name)) throw new OptionError(usage)
  process.exitCode = commands[name]()
} catch (error) {
  console.error(error instanceof OptionError ? error.message : `${values.state}: ${String(error)}`)
  process.exitCode = 2
}
