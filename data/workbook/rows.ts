import { fieldNames, type Catalogue, type Category, type FieldName } from '../catalogue.ts'

/** One service as a row of the workbook has it: its fields verbatim. */
export type ServiceRow = {
  /** Null for one that is new. */
  readonly id: string | null
  readonly group: string
  readonly category: string
  readonly fields: Readonly<Record<FieldName, string>>
}

/** A catalogue as rows: all that a person edits, and nothing that is worked out from it. */
export type Rows = {
  readonly department: string
  /** In the guide's order; also those without a service. */
  readonly categories: readonly Pick<Category, 'title' | 'group'>[]
  readonly services: readonly ServiceRow[]
}

/** The group of services that the guide's list does not name: they are in no category of it. */
export const unlistedGroup = '未列入目录'

/** The rows of a catalogue. */
export function rowsOf({ department, categories, services }: Catalogue): Rows {
  const byId = new Map(categories.map((category) => [category.id, category]))
  return {
    department,
    categories: categories.map(({ title, group }) => ({ title, group })),
    services: services.map(({ id, category, fields }) => ({
      id,
      group: byId.get(category)?.group ?? unlistedGroup,
      category: byId.get(category)?.title ?? '',
      fields,
    })),
  }
}

/** The rows with other services, whose categories come after those known before. */
export function withServices(rows: Rows, services: readonly ServiceRow[]): Rows {
  const keyOf = (group: string, title: string): string => JSON.stringify([group, title])
  const known = new Set(rows.categories.map(({ group, title }) => keyOf(group, title)))
  const added = new Map(
    services
      .filter(({ group, category }) => !known.has(keyOf(group, category)))
      .map(({ group, category }) => [keyOf(group, category), { group, title: category }]),
  )
  return { ...rows, categories: [...rows.categories, ...added.values()], services }
}

/** Whether two sets of fields say the same. */
export function sameFields(a: ServiceRow['fields'], b: ServiceRow['fields']): boolean {
  return fieldNames.every((name) => a[name] === b[name])
}
