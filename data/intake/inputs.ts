import * as v from 'valibot'
import { catalogueSchema, serviceSchema } from '../catalogue.ts'
import type { EditionFiles } from '../edition/files.ts'
import { siteFileSchema, type SiteFile } from '../site.ts'
import { problemsOfSite } from '../site-checks.ts'
import { importGuide, type Imported } from './intake.ts'
import { curatedReadingsSchema, type CuratedReadings } from './readings.ts'
import { curatedSynonymsSchema, type CuratedSynonyms } from './synonyms.ts'

/** What a new edition needs of the one before; less than a catalogue, so that its model may grow. */
const previousSchema = v.object({
  edition: catalogueSchema.entries.edition,
  source: catalogueSchema.entries.source,
  services: v.array(v.pick(serviceSchema, ['id', 'title', 'name', 'category', 'fields'])),
})

export type PreviousEdition = v.InferOutput<typeof previousSchema>

/** All that the intake of a guide needs beside the guide. */
export type IntakeInputs = {
  readonly site: SiteFile
  /** Null for the first edition of all. */
  readonly previous: PreviousEdition | null
  readonly curatedReadings: CuratedReadings
  readonly curatedSynonyms: CuratedSynonyms
}

/** The file that stands in the way of an intake, and the rest of a sentence about it. */
export type InputProblem = { readonly kind: 'unusable'; readonly file: string; readonly problem: string }

/**
 * Reads what an intake needs out of an edition's texts. Without readings.json or synonyms.json nothing is
 * curated; without catalogue.json there is no edition before.
 */
export function readInputs(files: EditionFiles): ({ readonly kind: 'ready' } & IntakeInputs) | InputProblem {
  try {
    const site = parsed(files, 'site.json', siteFileSchema)
    const [problem] = problemsOfSite(site)
    if (problem !== undefined) throw new Unusable('site.json', problem)
    return {
      kind: 'ready',
      site,
      previous: has(files, 'catalogue.json') ? parsed(files, 'catalogue.json', previousSchema) : null,
      curatedReadings: has(files, 'readings.json')
        ? parsed(files, 'readings.json', curatedReadingsSchema)
        : { format: 1, phrases: {} },
      curatedSynonyms: has(files, 'synonyms.json')
        ? parsed(files, 'synonyms.json', curatedSynonymsSchema)
        : { format: 1, synonyms: [] },
    }
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'unusable', file: error.file, problem: error.message }
    throw error
  }
}

class Unusable extends Error {
  readonly file: string

  constructor(file: string, problem: string) {
    super(problem)
    this.file = file
  }
}

const has = (files: EditionFiles, name: string): boolean => Object.hasOwn(files, name)

function parsed<S extends v.GenericSchema>(files: EditionFiles, name: string, schema: S): v.InferOutput<S> {
  let value: unknown
  try {
    value = JSON.parse(files[name] ?? '')
  } catch (error) {
    throw new Unusable(name, `is not as expected: ${error instanceof Error ? error.message : String(error)}`)
  }
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Unusable(name, `is not as expected: ${issue.message} at ${v.getDotPath(issue) ?? 'its top'}`)
}

/**
 * The name of an edition made on `today` ("2026-11-23") after another: the day and its running number. Never
 * earlier than the one before, whatever the clock says.
 */
export function nextEdition(previous: Pick<PreviousEdition, 'edition'> | null, today: string): string {
  const [day = '', number = '0'] = previous?.edition.split('.') ?? []
  return day < today ? `${today}.1` : `${day}.${String(Number(number) + 1)}`
}

/** Imports a guide's text with all that an edition brings for it; see `importGuide`. */
export function importWith(
  text: string,
  inputs: IntakeInputs,
  named: { readonly file: string; readonly sha256: string; readonly edition: string },
): Imported {
  const { site, previous, curatedReadings, curatedSynonyms } = inputs
  return importGuide(text, { ...named, site, previous, curatedReadings, curatedSynonyms })
}
