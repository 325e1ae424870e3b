import { readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { catalogueSchema } from '../data/catalogue.ts'
import { serviceChanges } from '../data/edition/changes.ts'
import { readContentFolder } from '../electron/editions/content-folder.ts'
import { readOffers } from '../electron/sources/read-offer.ts'
import { makeWorkbook } from '../electron/sources/workbook-sheets.ts'
import { shorten } from './text-table.ts'

const usage = `Usage: npm run offer -- FILE… | --workbook OUT.xlsx [--data FOLDER]
  FILE…       what a stick would bring (.docx, .txt, .xlsx, site.json, plans …): what the kiosk makes of it
  --workbook  writes the content as the workbook that staff edit`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workbook: { type: 'string' },
    data: { type: 'string', default: join(import.meta.dirname, '../data/content') },
  },
})

const catalogueIn = (text: string | undefined) =>
  v.parse(v.pipe(v.string(), v.parseJson(), catalogueSchema), text)

/** Reads files as the kiosk does and says what would come of them; nothing is put in force. */
async function readAll(paths: readonly string[]): Promise<number> {
  const files = await readContentFolder(resolve(values.data))
  const offered = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
  )
  const outcome = await readOffers(offered, { files, now: new Date() })
  const fresh = outcome.findings.filter(({ severity, known }) => severity !== 'info' && !known)
  for (const { severity, message, service } of fresh)
    console.log(`${severity}: ${message}${service === null ? '' : `（${service}）`}`)
  if (outcome.kind === 'refused') {
    console.log(`Refused: ${outcome.problem} ${JSON.stringify(outcome.details)}`)
    return 1
  }
  const [before, after] = [files, outcome.files].map((each) => catalogueIn(each['catalogue.json']))
  if (!before || !after || outcome.files === files) {
    console.log('Nothing changes: this is the edition in force.')
    return 0
  }
  const changes = serviceChanges(before, after)
  for (const change of changes.slice(0, 200)) console.log(shorten(JSON.stringify(change), 300))
  const others = Object.keys(outcome.files).filter(
    (name) => name !== 'catalogue.json' && name !== 'guide.txt' && outcome.files[name] !== files[name],
  )
  if (others.length > 0) console.log(`Other files that change: ${others.join(', ')}`)
  console.log(
    `Edition ${after.edition} would change ${String(changes.length)} services of ${before.edition}.`,
  )
  return 0
}

/** Writes the workbook of the content. */
async function writeOut(out: string): Promise<number> {
  const files = await readContentFolder(resolve(values.data))
  const made = await makeWorkbook(catalogueIn(files['catalogue.json']))
  if (made.kind === 'too-long') {
    console.error(`${made.service}, ${made.field}: longer than a cell can hold`)
    return 1
  }
  await writeFile(out, made.bytes)
  console.log(`${out} (${String(Math.ceil(made.bytes.length / 1024))} kB)`)
  return 0
}

if (values.workbook !== undefined) process.exitCode = await writeOut(resolve(values.workbook))
else if (positionals.length > 0) process.exitCode = await readAll(positionals)
else {
  console.error(usage)
  process.exitCode = 2
}
