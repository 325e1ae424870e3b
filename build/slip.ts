import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Service } from '../data/catalogue.ts'
import { createSearch } from '../data/search.ts'
import { slipFormats } from '../data/slip.ts'
import { languages, officialLanguage } from '../data/translations.ts'
import { findChromium } from '../electron/find-chromium.ts'
import { startBrowserHost } from '../electron/host.ts'
import { createLog } from '../electron/log.ts'
import { defaultFolders } from '../electron/options.ts'

const usage =
  'Usage: npm run slip -- "工伤认定申请" [--out slip.pdf] [--format a4-large|a4|a5|roll] [--language zh-CN|en|ug]'
const root = join(import.meta.dirname, '..')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'slip.pdf' },
    format: { type: 'string', default: 'a4-large' },
    language: { type: 'string', default: officialLanguage },
  },
})
const [wanted] = positionals
const format = slipFormats.find((known) => known === values.format)
const language = languages.find((known) => known === values.language)
if (wanted === undefined || !format || !language) fail(usage, 2)

const folders = { ...defaultFolders(root), renderer: join(root, 'dist/renderer') }
const host = await startBrowserHost({
  folders,
  port: 0,
  chromium: findChromium(),
  version: 'slip',
  log: createLog(),
})
try {
  const { catalogue } = await host.services['get-content']({})
  const service = choose(catalogue.services, wanted)
  const slip = await host.services['compose-slip']({
    services: [{ id: service.id, answers: {} }],
    format,
    language,
  })
  const pdf = await host.renderPdf(slip)
  const out = resolve(values.out)
  await writeFile(out, pdf)
  const written = await readFile(out)
  if (!written.equals(pdf)) throw new Error(`${out} does not read back as it was written`)
  console.log(`${service.title}\n${out} (${Math.ceil(pdf.byteLength / 1024)} kB)`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  await host.close()
}

/** The service called `wanted` exactly, else the only one a search for it finds. */
function choose(services: readonly Service[], wanted: string): Service {
  const exact = services.find(({ id, title, name }) => id === wanted || title === wanted || name === wanted)
  if (exact) return exact
  const found = createSearch(services).find(wanted)
  const [only] = found
  if (only && found.length === 1) return only.service
  const names = found.slice(0, 10).map(({ service }) => `  ${service.title}`)
  throw new Error(
    found.length === 0
      ? `No service is called "${wanted}". ${usage}`
      : `"${wanted}" is ${found.length} services; name one of them:\n${names.join('\n')}`,
  )
}

function fail(message: string, code: number): never {
  console.error(message)
  process.exit(code)
}
