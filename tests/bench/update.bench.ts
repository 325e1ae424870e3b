import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layTable } from '../../build/text-table.ts'
import type { Catalogue } from '../../data/catalogue.ts'
import type { EditionFiles } from '../../data/edition/files.ts'
import { previewOf } from '../../data/edition/preview.ts'
import { createDispatcher } from '../../electron/dispatch.ts'
import { createServices } from '../../electron/services.ts'
import { createKeyPair, readPrivateKey, signAs } from '../../electron/editions/keys.ts'
import { makeBundle } from '../../electron/editions/bundle.ts'
import { readContentFolder } from '../../electron/editions/content-folder.ts'
import { contentOf } from '../../electron/editions/content-of.ts'
import { contentText, realCatalogue, realSiteFile } from '../fixtures/real-content.ts'

/*
 * What an update takes on the kiosk, for the department's services and for 10,000: opening the bundle, working out
 * what changes, putting it in force (disk and all), answering the screen, and starting on it.
 *
 * node tests/bench/update.bench.ts
 */

const contentFolder = join(import.meta.dirname, '../../data/content')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The department's catalogue over and over, each copy's services under ids and titles of their own. */
function grown(count: number, edition: string, mark: string): Catalogue {
  const { services } = realCatalogue
  return {
    ...realCatalogue,
    edition,
    services: Array.from({ length: count }, (_, index) => {
      const service = services[index % services.length] ?? services[0]
      if (!service) throw new Error('There are no services')
      const copy = Math.floor(index / services.length)
      // Every tenth is reworded.
      const fields =
        index % 10 === 0
          ? { ...service.fields, 办理时限: `${service.fields.办理时限}${mark}` }
          : service.fields
      return copy === 0
        ? { ...service, fields }
        : { ...service, id: `${service.id}-${copy}`, title: `${service.title}之${copy}`, fields }
    }),
  }
}

async function filesOf(catalogue: Catalogue): Promise<EditionFiles> {
  const guide = contentText('guide.txt').repeat(
    Math.ceil(catalogue.services.length / realCatalogue.services.length),
  )
  return {
    ...(await readContentFolder(contentFolder)),
    'guide.txt': guide,
    'catalogue.json': JSON.stringify(catalogue),
  }
}

function servicesIn(state: string) {
  const draw = () => Promise.reject(new Error('Nothing is drawn here'))
  return createServices({
    paths: { content: contentFolder, prints: state, state },
    clock: { now: () => new Date('2026-12-01T04:00:00Z') },
    log: silent,
    shell: { host: 'browser', version: '0.1.0', renderPdf: draw, renderDots: draw },
    panel: { diagonal: 27, lowerEdge: 800 },
  })
}

type Timed<T> = { readonly ms: number; readonly cpu: number; readonly result: T }

/** How long something takes by the clock, and of the processor: the latter is what a busy machine leaves as it is. */
async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const [start, used] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(used)
  return { ms: performance.now() - start, cpu: (user + system) / 1000, result }
}

async function measure(count: number): Promise<readonly (readonly string[])[]> {
  const state = await mkdtemp(join(tmpdir(), 'kiosk-update-'))
  const [before, after] = [grown(count, '2026-11-30.1', ''), grown(count, '2026-12-01.1', '（见公告）')]
  const [old, fresh] = [await filesOf(before), await filesOf(after)]
  const key = readPrivateKey(createKeyPair(null).pem, null)
  const manifest = {
    created: new Date().toISOString(),
    expires: null,
    minimumApp: '0.1.0',
    sites: null,
    kiosks: null,
    local: null,
  }
  const bundle = await timed(() =>
    makeBundle({
      files: fresh,
      manifest: { ...manifest, sequence: 1, edition: after.edition },
      signer: (text) => signAs('edition', text, key),
      keyList: null,
    }),
  )
  const { editions, close } = servicesIn(state)
  await editions.install({ origin: 'guide', files: old, sourceName: 'old', sha256: '0'.repeat(64) }, 'it')
  const opened = await timed(() => editions.open(bundle.result.bytes))
  const brought = opened.result
  if (brought.kind !== 'opened') throw new Error(brought.problem)
  const candidate = {
    origin: 'bundle',
    files: brought.files,
    sourceName: 'a',
    sha256: '0'.repeat(64),
    bundle: brought,
  } as const
  const inForce = await editions.inForce()
  const preview = await timed(() =>
    previewOf(
      { files: inForce.files, catalogue: inForce.content.catalogue },
      { files: brought.files, catalogue: contentOf(brought.files, null).catalogue, site: realSiteFile },
      { findings: [], kiosk: 'lobby-1', manifest: null, signed: true, now: null },
    ),
  )
  if (preview.result.services.length !== Math.ceil(count / 10)) throw new Error('The preview is not complete')
  const installed = await timed(() => editions.install(candidate, 'front-desk'))
  if (installed.result.kind !== 'installed') throw new Error(installed.result.kind)
  await close()
  const again = servicesIn(state)
  const started = await timed(() => again.editions.inForce())
  const dispatch = createDispatcher(again.handlers, silent)
  const answered = await timed(async () => JSON.stringify(await dispatch('get-content', {})).length)
  const back = await timed(() => again.editions.rollBack('factory'))
  await again.close()
  await rm(state, { recursive: true })
  const all = [bundle, opened, preview, installed, started, answered, back]
  const size = `${(bundle.result.bytes.length / 1024).toFixed(0)} KiB`
  return [
    [String(count), size, 'clock', ...all.map(({ ms }) => `${ms.toFixed(0)} ms`)],
    ['', '', 'processor', ...all.map(({ cpu }) => `${cpu.toFixed(0)} ms`)],
  ]
}

const heads = [
  'services',
  'bundle',
  '',
  'make',
  'open',
  'preview',
  'install',
  'start',
  'to screen',
  'roll back',
]
await measure(realCatalogue.services.length)
const rows = [...(await measure(realCatalogue.services.length)), ...(await measure(10_000))]
console.log(
  layTable(
    heads,
    rows,
    heads.map(() => 12),
  ),
)
