import * as v from 'valibot'
import { catalogueSchema } from '../../data/catalogue.ts'
import type { EditionFiles, RequiredFile } from '../../data/edition/files.ts'
import { KioskError } from '../../data/errors.ts'
import { questionWordsSchema } from '../../data/questions.ts'
import { type SiteFile, siteFileSchema, standAt } from '../../data/site.ts'
import { situationsSchema } from '../../data/situations.ts'
import { topicsSchema } from '../../data/topics.ts'
import { translationsSchema } from '../../data/translations.ts'
import { type Content, findProblem } from '../content-checks.ts'
import type { Log } from '../log.ts'

/** Which of the site's kiosks this is: the usual one for null, and, with a warning in the log, for an id the site does not have. */
export type KioskChoice = { readonly id: string | null; readonly log: Log }

/** What the texts say before anyone has said which kiosk this is. */
type Parsed = Omit<Content, 'site'> & { readonly file: SiteFile }

/** What was read is kept as long as the texts are: staff look at an edition before they put it in force. */
const known = new WeakMap<EditionFiles, Parsed>()

/**
 * What an edition's texts say: they fit the schemas, each other and the world. Throws `content-unusable`, naming the
 * text and what is wrong with it.
 */
export function contentOf(files: EditionFiles, kiosk: KioskChoice | null): Content {
  const parsed = known.get(files) ?? parse(files)
  known.set(files, parsed)
  const { file, ...rest } = parsed
  const site = standAt(file, kiosk?.id ?? null)
  if (kiosk && kiosk.id !== null && kiosk.id !== site.kiosk.id) {
    kiosk.log.warn(`site.json has no kiosk "${kiosk.id}", so this one is taken for "${site.kiosk.id}"`, {
      known: file.kiosks.map(({ id }) => id),
    })
  }
  return { ...rest, site }
}

function parse(files: EditionFiles): Parsed {
  const read = <S extends v.GenericSchema>(name: RequiredFile, schema: S) => readJson(files, name, schema)
  const catalogue = read('catalogue.json', catalogueSchema)
  const file = read('site.json', siteFileSchema)
  const topics = read('topics.json', topicsSchema)
  const situations = read('situations.json', situationsSchema)
  const questions = read('questions.json', questionWordsSchema)
  const translations = read('translations.json', translationsSchema)
  const found = findProblem({ catalogue, site: file })
  if (found) throw unusable(found.file, found.problem)
  return { catalogue, file, topics, situations, questions, translations }
}

function readJson<S extends v.GenericSchema>(
  files: EditionFiles,
  file: RequiredFile,
  schema: S,
): v.InferOutput<S> {
  const text = files[file]
  if (text === undefined) throw unusable(file, 'is missing')
  const result = v.safeParse(schema, parseJson(file, text))
  if (result.success) return result.output
  const [issue] = result.issues
  throw unusable(file, `is wrong at ${v.getDotPath(issue) ?? 'its top'}: expected ${expectation(issue)}`)
}

function expectation({ type, expected }: v.BaseIssue<unknown>): string {
  return type === 'non_empty' ? 'at least one character' : (expected ?? type)
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw unusable(file, 'is not JSON', error)
  }
}

/** The fault of a text of the content: which, and the rest of a sentence about it. */
export function unusable(file: string, problem: string, cause?: unknown): KioskError {
  return new KioskError('content-unusable', `${file} ${problem}`, { file }, cause)
}
