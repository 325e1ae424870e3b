import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { type Catalogue, catalogueSchema } from '../data/catalogue.ts'
import { KioskError } from '../data/errors.ts'
import { type Site, siteSchema } from '../data/site.ts'
import { type Topics, topicsSchema } from '../data/topics.ts'

/** The content in force: the department's services, the site they are shown at, the topics they are listed by. */
export type Content = { readonly catalogue: Catalogue; readonly site: Site; readonly topics: Topics }

/** Gives the content in force; throws `content-unusable`, and tries anew the next time it is asked. */
export type ContentStore = { readonly load: () => Promise<Content> }

/** Reads `catalogue.json`, `site.json` and `topics.json` from a folder, once, and checks that they fit the schemas and each other. */
export function createContentStore(folder: string): ContentStore {
  let loading: Promise<Content> | null = null
  return {
    load: () => {
      loading ??= readContent(folder).catch((error: unknown) => {
        loading = null
        throw error
      })
      return loading
    },
  }
}

async function readContent(folder: string): Promise<Content> {
  const [catalogue, site, topics] = await Promise.all([
    readJson(folder, 'catalogue.json', catalogueSchema),
    readJson(folder, 'site.json', siteSchema),
    readJson(folder, 'topics.json', topicsSchema),
  ])
  checkReferences(catalogue)
  return { catalogue, site, topics }
}

async function readJson<S extends v.GenericSchema>(
  folder: string,
  file: string,
  schema: S,
): Promise<v.InferOutput<S>> {
  const text = await readFile(join(folder, file), 'utf8').catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw unusable(file, missing ? 'is missing' : 'cannot be read', error)
  })
  const result = v.safeParse(schema, parseJson(file, text))
  if (result.success) return result.output
  const [issue] = result.issues
  throw unusable(
    file,
    `is wrong at ${v.getDotPath(issue) ?? 'its top'}: expected ${issue.expected ?? issue.type}`,
  )
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unusable(file, 'is not JSON', error)
  }
}

function checkReferences(catalogue: Catalogue): void {
  const categories = new Set(catalogue.categories.map((category) => category.id))
  const services = new Set<string>()
  for (const service of catalogue.services) {
    if (services.has(service.id)) throw unusable('catalogue.json', `names service ${service.id} twice`)
    if (!categories.has(service.category)) {
      throw unusable('catalogue.json', `puts service ${service.id} into a category that is not there`)
    }
    services.add(service.id)
  }
}

function unusable(file: string, problem: string, cause?: unknown): KioskError {
  return new KioskError('content-unusable', `${file} ${problem}`, { file }, cause)
}
