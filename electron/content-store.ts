import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { catalogueSchema } from '../data/catalogue.ts'
import { KioskError } from '../data/errors.ts'
import { siteFileSchema, standAt } from '../data/site.ts'
import { questionWordsSchema } from '../data/questions.ts'
import { situationsSchema } from '../data/situations.ts'
import { topicsSchema } from '../data/topics.ts'
import { translationsSchema } from '../data/translations.ts'
import { type Content, findProblem } from './content-checks.ts'
import { type Log } from './log.ts'

/** The most a file of the content may hold, in megabytes; the whole guide takes one. */
const largestFile = 20

/** Gives the content in force; `load` throws `content-unusable`, and tries anew the next time it is asked. */
export type ContentStore = {
  readonly load: () => Promise<Content>
  /** The SVG text of a floor's plan; null where site.json names none. Throws `content-unusable` where it cannot be read. */
  readonly plan: (building: string, floor: number) => Promise<string | null>
}

/** Which of the site's kiosks this is: the usual one for null, and, with a warning in the log, for an id the site does not have. */
export type KioskChoice = { readonly id: string | null; readonly log: Log }

/** Reads the files of the content from a folder, once, and checks that they fit the schemas, each other and the world. */
export function createContentStore(folder: string, kiosk: KioskChoice | null = null): ContentStore {
  let loading: Promise<Content> | null = null
  function load(): Promise<Content> {
    loading ??= readContent(folder, kiosk).catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  return {
    load,
    plan: async (building, floor) => {
      const { site } = await load()
      const plans = site.buildings.find(({ id }) => id === building)?.plans ?? []
      const known = plans.find((plan) => plan.floor === floor)
      return known ? readText(folder, known.file) : null
    },
  }
}

async function readContent(folder: string, kiosk: KioskChoice | null): Promise<Content> {
  const [catalogue, file, topics, situations, questions, translations] = await Promise.all([
    readJson(folder, 'catalogue.json', catalogueSchema),
    readJson(folder, 'site.json', siteFileSchema),
    readJson(folder, 'topics.json', topicsSchema),
    readJson(folder, 'situations.json', situationsSchema),
    readJson(folder, 'questions.json', questionWordsSchema),
    readJson(folder, 'translations.json', translationsSchema),
  ])
  const found = findProblem({ catalogue, site: file })
  if (found) throw unusable(found.file, found.problem)
  const site = standAt(file, kiosk?.id ?? null)
  if (kiosk && kiosk.id !== null && kiosk.id !== site.kiosk.id) {
    kiosk.log.warn(`site.json has no kiosk "${kiosk.id}", so this one is taken for "${site.kiosk.id}"`, {
      known: file.kiosks.map(({ id }) => id),
    })
  }
  return { catalogue, site, topics, situations, questions, translations }
}

async function readJson<S extends v.GenericSchema>(
  folder: string,
  file: string,
  schema: S,
): Promise<v.InferOutput<S>> {
  const result = v.safeParse(schema, parseJson(file, await readText(folder, file)))
  if (result.success) return result.output
  const [issue] = result.issues
  throw unusable(file, `is wrong at ${v.getDotPath(issue) ?? 'its top'}: expected ${expectation(issue)}`)
}

function expectation({ type, expected }: v.BaseIssue<unknown>): string {
  return type === 'non_empty' ? 'at least one character' : (expected ?? type)
}

async function readText(folder: string, file: string): Promise<string> {
  const path = join(folder, file)
  const bytes = await readBytes(path).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw unusable(file, isMissing ? 'is missing' : 'cannot be read', error)
  })
  if (bytes === null) throw unusable(file, `is larger than ${largestFile} MB`)
  try {
    // Anything but UTF-8 would otherwise be shown, and printed, with replacement characters in it.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unusable(file, 'is not UTF-8 text', error)
  }
}

/** A file's bytes, or null where they are too many to be looked at. */
async function readBytes(path: string): Promise<Uint8Array | null> {
  const found = await stat(path)
  // A pipe or device would be waited for without end.
  if (!found.isFile()) throw new Error('Not a file')
  return found.size > largestFile * 1_000_000 ? null : readFile(path)
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unusable(file, 'is not JSON', error)
  }
}

function unusable(file: string, problem: string, cause?: unknown): KioskError {
  return new KioskError('content-unusable', `${file} ${problem}`, { file }, cause)
}
