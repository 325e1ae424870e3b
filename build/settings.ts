import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseTree, getNodeValue } from 'jsonc-parser'
import { guideOf, settingsKeys } from '../data/settings-guide.ts'
import { valueAt } from '../data/settings-words.ts'
import { createLog } from '../electron/log.ts'
import { defaultFolders } from '../electron/options.ts'
import { changeSettings, readSettings, settingsFile } from '../electron/settings.ts'

/*
 * `kiosk settings`: shows what is set for this kiosk and what is wrong with the file; `kiosk settings KEY VALUE`
 * sets one key, in the file's own writing (a word may stand without its quotes).
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { state: { type: 'string', default: defaultFolders(join(import.meta.dirname, '..')).state } },
})
const language = /^zh/u.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'zh-CN' : 'en'

function show(): number {
  const { settings, problems } = readSettings(
    values.state,
    createLog(() => undefined),
  )
  console.log(join(values.state, settingsFile))
  for (const key of settingsKeys) {
    const guide = guideOf(key)
    if (!guide || settingsKeys.some((other) => other.startsWith(`${key}.`))) continue
    const value = JSON.stringify(valueAt(settings, key.split('.')))
    console.log(`  ${key.padEnd(24)} ${value.padEnd(24)} ${guide.for[language]}`)
  }
  for (const { text } of problems) console.error(`! ${text[language]}`)
  return problems.length === 0 ? 0 : 1
}

function set(key: string, written: string): number {
  if (!settingsKeys.includes(key)) {
    console.error(`There is no setting ${key}. Known: ${settingsKeys.join(', ')}`)
    return 2
  }
  const root = parseTree(written)
  const value: unknown = root && root.length === written.length ? getNodeValue(root) : written
  const patch = key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value)
  const change = changeSettings(values.state, typeof patch === 'object' && patch !== null ? patch : {})
  switch (change.kind) {
    case 'changed':
      console.log(`${key} is set. It holds from the next start: kiosk restart`)
      return 0
    case 'refused':
      for (const { text } of change.problems) console.error(text[language])
      return 1
    case 'not-written':
      console.error(`The settings could not be written (${change.reason}).`)
      return 1
  }
}

const [key, value, ...more] = positionals
if (key === undefined) process.exitCode = show()
else if (value === undefined || more.length > 0) {
  console.error('Usage: kiosk settings [KEY VALUE]')
  process.exitCode = 2
} else process.exitCode = set(key, value)
