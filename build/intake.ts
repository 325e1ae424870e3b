import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { catalogueSchema, type Catalogue } from '../data/catalogue.ts'
import { importWith, nextEdition, readInputs, type IntakeInputs } from '../data/intake/inputs.ts'
import type { Finding } from '../data/intake/source.ts'
import type { SiteFile } from '../data/site.ts'
import { openQuestions } from '../data/site-questions.ts'
import { layTable, shorten } from './text-table.ts'

const content = join(dirname(fileURLToPath(import.meta.url)), '..', 'data', 'content')

const usage = `Usage: node build/intake.ts GUIDE [--out FILE] [--edition YYYY-MM-DD.N] [--site FILE]
  GUIDE      the department's service guide, UTF-8 text
  --out      the catalogue to write (data/content/catalogue.json); its ids are kept where it exists
  --edition  the edition's name; else kept while the guide is the same, else today's next
  --site     buildings, seasons, where the kiosk stands (data/content/site.json)`

/** What the command says and how it ends: 0 done, 1 the guide or a file is unusable, 2 called wrongly. */
export type IntakeResult = { readonly exitCode: 0 | 1 | 2; readonly output: string }

/**
 * Imports a guide as the command line asks and writes the catalogue, whole or not at all.
 *
 * @param today the local day, "2026-11-23": names a new edition.
 */
export function runIntake(args: readonly string[], today: string): IntakeResult {
  const call = readCall(args)
  if (!call) return { exitCode: 2, output: usage }
  try {
    return intake(call, today)
  } catch (error) {
    if (error instanceof Unusable) return { exitCode: 1, output: error.message }
    throw error
  }
}

type Call = { guide: string; out: string; site: string; edition: string | undefined }

class Unusable extends Error {}

function readCall(args: readonly string[]): Call | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' }, edition: { type: 'string' }, site: { type: 'string' } },
    })
    const [guide, ...more] = positionals
    const { edition } = values
    if (guide === undefined || more.length > 0) return null
    if (edition !== undefined && !v.is(catalogueSchema.entries.edition, edition)) return null
    return {
      guide,
      out: values.out ?? join(content, 'catalogue.json'),
      site: values.site ?? join(content, 'site.json'),
      edition,
    }
  } catch {
    return null
  }
}

function intake(call: Call, today: string): IntakeResult {
  const { catalogue, findings, site } = readGuide(call, today)
  const report = [describe(findings), describeSite(site), summary(catalogue, findings)].filter(
    (part) => part !== '',
  )
  if (catalogue.services.length === 0) {
    const verdict = 'The guide is unusable: it has no service table. Nothing was written.'
    return { exitCode: 1, output: [...report, verdict].join('\n\n') }
  }
  writeWhole(call.out, `${JSON.stringify(catalogue, null, 2)}\n`)
  return { exitCode: 0, output: report.join('\n\n') }
}

/** What a guide says and what there is to say of it; nothing is written. */
function readGuide(call: Call, today: string) {
  const bytes = readBytes(call.guide)
  const inputs = readAround(call)
  const { previous, site } = inputs
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const same = previous?.source.sha256 === sha256 ? previous.edition : undefined
  const edition = call.edition ?? same ?? nextEdition(previous, today)
  const named = { file: basename(call.guide), sha256, edition }
  return { ...importWith(decode(bytes, call.guide), inputs, named), site }
}

/**
 * What an intake needs beside the guide. A catalogue in force that cannot be read stops the import: going on
 * would give services new ids.
 */
function readAround(call: Call): IntakeInputs {
  const paths: Record<string, string> = {
    'site.json': call.site,
    'readings.json': join(content, 'readings.json'),
    'synonyms.json': join(content, 'synonyms.json'),
    ...(existsSync(call.out) && { 'catalogue.json': call.out }),
  }
  const files = Object.entries(paths).map(([name, path]) => [name, readBytes(path).toString('utf8')] as const)
  const inputs = readInputs(Object.fromEntries(files))
  if (inputs.kind === 'ready') return inputs
  const { file, problem } = inputs
  const loss =
    file === 'catalogue.json'
      ? '\nIts service ids would be lost. Restore it, or delete it to start anew.'
      : '. Nothing was written.'
  throw new Unusable(`${paths[file] ?? file} ${problem}${loss}`)
}

/** The guide, catalogue and site that come with the kiosk, with every finding; throws where one is unusable. */
export function readShippedGuide() {
  const call = { guide: join(content, 'guide.txt'), out: join(content, 'catalogue.json') }
  return readGuide({ ...call, site: join(content, 'site.json'), edition: undefined }, '1970-01-01')
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Unusable(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Unusable(`${file} is not UTF-8 text. Save it as UTF-8 text and try again. Nothing was written.`)
  }
}

// Enough to find the words by; the finding's line says where the rest stands.
const longestQuote = 60

function describe(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const rows = findings.map((finding) => [
    finding.severity,
    finding.line === null ? '' : String(finding.line),
    finding.service ?? '',
    finding.message,
    shorten(finding.text.replace(/\s+/g, ' '), longestQuote),
  ])
  return layTable(['severity', 'line', 'service', 'what', 'text'], rows, [8, 6, 36, 72, 40])
}

/** What staff are asked to confirm or to fill in, numbered; in their language. */
function describeSite(site: SiteFile): string {
  const asked = [...site.assumptions, ...openQuestions(site)]
  if (asked.length === 0) return ''
  return [
    'site.json 中有待确认或补充的：',
    ...asked.map((each, index) => `${String(index + 1)}. ${each}`),
  ].join('\n')
}

function summary(catalogue: Catalogue, findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): string =>
    String(findings.filter((finding) => finding.severity === severity).length)
  const { services, categories } = catalogue
  return [
    `${String(services.length)} services`,
    `${String(categories.length)} categories`,
    `${count('error')} errors`,
    `${count('warning')} warnings`,
    `${count('info')} notes`,
  ].join(', ')
}

/** Writes through a file beside the target, so that a power cut leaves the old catalogue or the new one. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${String(process.pid)}.tmp`
  try {
    const handle = openSync(draft, 'w')
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new Unusable(`Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  const today = parts.map((part) => String(part).padStart(2, '0')).join('-')
  const { exitCode, output } = runIntake(process.argv.slice(2), today)
  if (exitCode === 2) console.error(output)
  else console.log(output)
  process.exitCode = exitCode
}
