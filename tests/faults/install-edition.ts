import type { EditionFiles } from '../../data/edition/files.ts'
import { readContentFolder } from '../../electron/editions/content-folder.ts'
import { contentOf } from '../../electron/editions/content-of.ts'
import { createEditionStore } from '../../electron/editions/edition-store.ts'

/** A kiosk's program that installs what lies in a folder and says what became of it, for being cut off at any point. */
const [state = '', factory = '', content = ''] = process.argv.slice(2)
const silent = () => undefined

const editions = createEditionStore({
  state,
  factory: () => readContentFolder(factory),
  read: (files) => contentOf(files, null),
  now: () => new Date('2026-11-24T04:00:00Z'),
  log: { info: silent, warn: silent, error: silent },
  app: '0.1.0',
})
const files: EditionFiles = await readContentFolder(content)
const outcome = await editions.install(
  { origin: 'guide', files, sourceName: '办事指南.docx', sha256: '0'.repeat(64) },
  'front-desk',
)
const { summary } = await editions.inForce()
console.log(JSON.stringify({ kind: outcome.kind, edition: summary.edition, outcome }))
