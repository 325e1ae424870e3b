import { fieldNames, type FieldName } from '../catalogue.ts'
import { chineseNumeral } from '../chinese-numeral.ts'
import { type Rows, type ServiceRow, unlistedGroup } from './rows.ts'

/** Where a line of the text comes from: the service, counted from 0, and its field. */
export type Origin = { readonly service: number; readonly field: FieldName }

/** The guide's text made of rows, and the way back from its lines. */
export type GuideText = {
  readonly text: string
  /** What stands on a line, counted from 1; null for headings and the list of titles. */
  readonly originOf: (line: number) => Origin | null
}

/**
 * Writes rows in the form the guide itself has, so that the one intake reads both: the list of titles by
 * category, then a table a service.
 */
export function guideTextOf(rows: Rows): GuideText {
  const lines: string[] = [...listing(rows), '']
  const origins: (Origin | null)[] = lines.map(() => null)
  const put = (text: string, origin: Origin | null): void => {
    for (const line of text.split('\n')) {
      lines.push(line)
      origins.push(origin)
    }
  }
  rows.services.forEach((service, index) => {
    for (const heading of headingsOf(rows.department, service)) put(`${heading}\n`, null)
    for (const field of fieldNames) {
      const origin = { service: index, field }
      put(`\t${field}`, origin)
      put(`\t${service.fields[field]}\n`, origin)
    }
    put('', null)
  })
  return { text: lines.join('\n'), originOf: (line) => origins[line - 1] ?? null }
}

function headingsOf(department: string, { group }: ServiceRow): readonly string[] {
  if (department === '') return []
  if (group === unlistedGroup) return [`${department}办事指南`]
  return [`${department}${group.startsWith('行政审批') ? '行政审批' : '公共服务'}`, '事项办事指南']
}

/** The list at the guide's head, as `readListing` takes it apart again. */
function* listing({ categories, services }: Rows): Generator<string> {
  let group = ''
  let groups = 0
  let inGroup = 0
  const listed = categories.filter((each) => each.group !== unlistedGroup)
  for (const [index, category] of listed.entries()) {
    const opens = category.group !== group
    if (opens) {
      group = category.group
      groups += 1
      inGroup = 0
      yield `${chineseNumeral(groups)}、${group}`
    }
    inGroup += 1
    // A group with one category of its own name is not divided.
    const alone = listed[index + 1]?.group !== group && opens && category.title === group.replace(/事项$/, '')
    if (!alone) yield `（${chineseNumeral(inGroup)}）${category.title}`
    for (const service of services) {
      if (service.group === category.group && service.category === category.title) yield listedTitle(service)
    }
  }
}

/** A title on one line; one that could be taken for the heading of a group is closed by a stop, which is no part of it. */
function listedTitle({ fields }: ServiceRow): string {
  const title = fields.事项名称.replace(/\s+/g, ' ').trim()
  return title.endsWith('事项') ? `${title}。` : title
}
