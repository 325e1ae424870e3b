import type { Catalogue, Service } from '../data/catalogue.ts'
import type { Site, SiteFile } from '../data/site.ts'
import { problemsOfSite } from '../data/site-checks.ts'
import type { QuestionWords } from '../data/questions.ts'
import type { Situations } from '../data/situations.ts'
import type { Topics } from '../data/topics.ts'
import type { Translations } from '../data/translations.ts'

/** The content in force: the department's services, the site they are shown at, what they are listed by, what visitors are asked, names in other languages. */
export type Content = {
  readonly catalogue: Catalogue
  readonly site: Site
  readonly topics: Topics
  readonly situations: Situations
  readonly questions: QuestionWords
  readonly translations: Translations
}

/** What is wrong with files that each fit their schema: the file, and the rest of a sentence about it. */
export type ContentProblem = { readonly file: string; readonly problem: string }

/** The files that can contradict each other, the site as the file has it. */
export type CheckedFiles = Pick<Content, 'catalogue'> & { readonly site: SiteFile }

/** The first thing in which the files do not fit each other or the world; null where there is none. */
export function findProblem({ catalogue, site }: CheckedFiles): ContentProblem | null {
  const inCatalogue = problemOfCatalogue(catalogue) ?? firstOf(catalogue.services, problemOfService(site))
  if (inCatalogue !== null) return { file: 'catalogue.json', problem: inCatalogue }
  const [inSite = null] = problemsOfSite(site)
  return inSite === null ? null : { file: 'site.json', problem: inSite }
}

function problemOfCatalogue({ categories, services }: Catalogue): string | null {
  if (services.length === 0) return 'has no services'
  const twice = repeated(services)
  if (twice !== null) return `names service ${twice} twice`
  const categoryTwice = repeated(categories)
  if (categoryTwice !== null) return `names category ${categoryTwice} twice`
  const known = idsOf(categories)
  const stray = services.find(({ category }) => !known.has(category))
  return stray ? `puts service ${short(stray.id)} into a category that is not there` : null
}

function problemOfService({ buildings }: SiteFile): (service: Service) => string | null {
  const known = idsOf(buildings)
  return ({ id, places, acceptance }) => {
    const stray = places.findIndex(({ building }) => building !== null && !known.has(building))
    const building = places[stray]?.building
    if (building) {
      return `puts place ${stray + 1} of service ${short(id)} into building ${short(building)}, which site.json does not have`
    }
    if (!acceptance || acceptance.fromDay <= acceptance.toDay) return null
    return `accepts service ${short(id)} from day ${acceptance.fromDay} to day ${acceptance.toDay}, which is backwards`
  }
}

type Named = { readonly id: string }

function idsOf(all: readonly Named[]): ReadonlySet<string> {
  return new Set(all.map(({ id }) => id))
}

function repeated(all: readonly Named[]): string | null {
  const seen = new Set<string>()
  for (const { id } of all) {
    if (seen.has(id)) return short(id)
    seen.add(id)
  }
  return null
}

function firstOf<T>(all: readonly T[], problemOf: (each: T) => string | null): string | null {
  for (const each of all) {
    const problem = problemOf(each)
    if (problem !== null) return problem
  }
  return null
}

function short(id: string): string {
  return id.slice(0, 80)
}
