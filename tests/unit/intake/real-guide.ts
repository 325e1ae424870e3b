import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { importGuide, type Imported, type ImportOptions } from '../../../data/intake/intake.ts'
import { curatedReadingsSchema } from '../../../data/intake/readings.ts'
import { curatedSynonymsSchema } from '../../../data/intake/synonyms.ts'
import { siteFileSchema } from '../../../data/site.ts'

const content = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../data/content', name), 'utf8')

/** The department's guide as it came. */
export const guideText = content('guide.txt')

export const site = v.parse(siteFileSchema, JSON.parse(content('site.json')))
export const curatedReadings = v.parse(curatedReadingsSchema, JSON.parse(content('readings.json')))
export const curatedSynonyms = v.parse(curatedSynonymsSchema, JSON.parse(content('synonyms.json')))

/** Imports a text as the command would, with nothing in force before unless `previous` is given. */
export function importText(text: string, previous: ImportOptions['previous'] = null): Imported {
  return importGuide(text, {
    file: 'guide.txt',
    sha256: '0'.repeat(64),
    edition: '2026-11-23.1',
    site,
    previous,
    curatedReadings,
    curatedSynonyms,
  })
}

/** The real guide, imported once for all tests of a file. */
export const real = importText(guideText)
