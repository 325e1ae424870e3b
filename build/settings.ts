import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse, type ParseError } from 'jsonc-parser'
import { guideOf, settingsKeys } from '../data/settings-guide.ts'
import { understand } from '../data/settings-reading.ts'
import { valueAt } from '../data/settings-words.ts'
import { createLog } from '../electron/log.ts'
import { commandFor } from '../electron/machine/commands.ts'
import { defaultFolders } from '../electron/options.ts'
import { changeSettings, readSettings } from '../electron/settings.ts'
import { misunderstood, readCommandLine } from './command-line.ts'

/*
 * `kiosk settings`: shows what is set for this kiosk and what is wrong with the file; `kiosk settings KEY VALUE`
 * sets one key, in the file's own writing (a word may stand without its quotes).
 */

const usage = `Usage: ${commandFor('settings', '[KEY VALUE] [--state FOLDER]')}
  without KEY        shows every key, what it is set to and what it is for
  screen.inches 32   sets one key
  call.phone null    sets it to nothing`
const { state } = defaultFolders(join(import.meta.dirname, '..'))
const { values, positionals } = readCommandLine(usage, (args) =>
  parseArgs({
    // A number below zero is a value and no option; the blank before it does not count.
    args: args.map((word) => word.replace(/^-(?=\d)/u, ' -')),
    allowPositionals: true,
    options: { state: { type: 'string', default: state } },
  }),
)
const language = /^zh/u.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'zh-CN' : 'en'

function show(): number {
  const silent = createLog(() => undefined)
  const { settings, problems, file } = readSettings(values.state, silent)
  console.log(file ?? `There is no settings file in ${values.state}: everything is as usual.`)
  for (const key of settingsKeys) {
    const guide = guideOf(key)
    if (!guide || settingsKeys.some((other) => other.startsWith(`${key}.`))) continue
    const value = JSON.stringify(valueAt(settings, key.split('.')))
    console.log(`  ${key.padEnd(24)} ${value.padEnd(24)} ${guide.for[language]}`)
  }
  for (const { text } of problems) console.error(`! ${text[language]}`)
  return problems.length === 0 ? 0 : 1
}

/** What a word may stand for, what is most likely meant first: a value as in the file, plain text, a list. */
function readings(written: string): readonly unknown[] {
  const errors: ParseError[] = []
  const value: unknown = parse(written, errors, { allowTrailingComma: true })
  const texts = [written.trim(), written.trim().split(/[\s,，]+/u)]
  return errors.length === 0 ? [value, ...texts] : texts
}

function patchOf([name = '', ...rest]: readonly string[], value: unknown): object {
  return { [name]: rest.length > 0 ? patchOf(rest, value) : value }
}

function set(key: string, written: string): number {
  const patches = readings(written).map((value) => patchOf(key.split('.'), value))
  const patch = patches.find((meant) => understand(meant).misfits.length === 0) ?? patches[0] ?? {}
  const change = changeSettings(values.state, patch)
  if (change.kind === 'refused') {
    console.error(change.why[language])
    return 1
  }
  console.log(`${key} is set. It holds from the next start: ${commandFor('restart')}`)
  return 0
}

const [key, value, ...more] = positionals
if (key === undefined) process.exitCode = show()
else if (value === undefined || more.length > 0) misunderstood(usage, 'One key and one value are needed.')
else if (!settingsKeys.includes(key))
  misunderstood(`Known: ${settingsKeys.join(', ')}`, `There is no setting ${key}.`)
else process.exitCode = set(key, value)
