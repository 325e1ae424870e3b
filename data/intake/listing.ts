import type { Category } from '../catalogue.ts'
import type { ListingCategory, ListingEntry } from './document-listing.ts'
import { fieldValue, type GuideDocument, type GuideTable } from './document.ts'
import type { FindingSink } from './findings.ts'
import { shortHash } from './identity.ts'
import { bare, reportTitles, writtenTitle, type Titled } from './listing-findings.ts'
import { pairUp } from './similarity.ts'
import { longestTitle, readTitle, titleKey, type Title } from './titles.ts'

/** A table with its title and the category the guide's list puts it in. */
export type PlacedTable = { readonly table: GuideTable; readonly title: Title; readonly category: Category }

const knownIds: Readonly<Record<string, string>> = {
  行政审批: 'administrative-approval',
  社会保险: 'social-insurance',
  就业创业: 'employment',
  人事人才: 'personnel',
  劳动关系: 'labour-relations',
  其他: 'other',
}

const unlisted: Category = { id: 'unlisted', title: '未归类', group: '未列入目录' }

/**
 * Joins the guide's list and its tables: categories in the list's order, tables in their own. The list,
 * not a table's heading, says the category; whatever stands in only one of the two is a finding.
 */
export function placeTables(
  document: GuideDocument,
  sink: FindingSink,
): { readonly categories: readonly Category[]; readonly placed: readonly PlacedTable[] } {
  const categories = withIds(document.categories, sink)
  const tables = titledTables(document.tables, sink)
  if (tables.length === 0) {
    sink(bare('error', 'not-a-guide', null, '没有找到任何事项表格，这个文件不是办事指南，或格式不同。', ''))
    return { categories, placed: [] }
  }
  if (document.entries.length === 0) {
    sink(bare('error', 'listing-missing', 1, '没有找到事项目录，无法归类，全部事项归入“未归类”。', ''))
  }
  const entryOf = matchListing(document.entries, tables, sink)
  const placed = tables.map(({ table, title }, index): PlacedTable => {
    const entry = entryOf.get(index)
    const category = (entry && categories[entry.category]) ?? categoryOfHeading(table, categories) ?? unlisted
    if (entry) checkHeading(table, title, category, sink)
    return { table, title, category }
  })
  checkOrder(placed, entryOf, sink)
  reportTitles(document.entries, tables, sink)
  const needsUnlisted = placed.some((each) => each.category === unlisted)
  return { categories: needsUnlisted ? [...categories, unlisted] : categories, placed }
}

function withIds(listed: readonly ListingCategory[], sink: FindingSink): Category[] {
  const taken = new Set<string>([unlisted.id])
  return listed.map(({ title, group, line }) => {
    const base =
      (Object.hasOwn(knownIds, title) && knownIds[title]) || `category-${shortHash(`${group}/${title}`)}`
    let id = base
    for (let copy = 2; taken.has(id); copy++) id = `${base}-${String(copy)}`
    if (id !== base)
      sink(bare('warning', 'category-repeated', line, '目录里有两个同名的类别，请核对。', title))
    taken.add(id)
    return { id, title, group }
  })
}

/** Tables that have a title, each title once. */
function titledTables(tables: readonly GuideTable[], sink: FindingSink): Titled[] {
  const seen = new Map<string, GuideTable>()
  return tables.flatMap((table): Titled[] => {
    const written = writtenTitle(table)
    if (written.length > longestTitle) {
      const message = `事项名称有${String(written.length)}个字符，不像名称，本机不显示这一事项。`
      sink(bare('error', 'title-long', table.line, message, written.slice(0, 80)))
      return []
    }
    const title = readTitle(written)
    if (title.title === '') {
      sink(bare('error', 'title-missing', table.line, '这张表没有事项名称，本机不显示这一事项。', written))
      return []
    }
    const key = titleKey(title.title)
    const before = seen.get(key)
    if (before) {
      const same = sameFields(before, table)
      const message = same
        ? `同一事项的表格重复出现（另见第${String(before.line)}行），内容相同，只保留前一张。`
        : `同一事项有两张内容不同的表格（另见第${String(before.line)}行），本机只用前一张。`
      sink(bare(same ? 'warning' : 'error', 'table-repeated', table.line, message, written, title.title))
      return []
    }
    seen.set(key, table)
    return [{ table, title }]
  })
}

function sameFields(a: GuideTable, b: GuideTable): boolean {
  const text = (table: GuideTable): string =>
    [...table.fields]
      .map(([name, field]) => (name === '事项名称' ? '' : fieldValue(field.lines)))
      .join('\u0000')
  return text(a) === text(b)
}

/** Which entry of the list each table is: by its title, and where titles differ by a clear likeness. */
function matchListing(
  entries: readonly ListingEntry[],
  tables: readonly Titled[],
  sink: FindingSink,
): ReadonlyMap<number, ListingEntry> {
  const matched = new Map<number, ListingEntry>()
  const tableOf = new Map(tables.map(({ title }, index) => [titleKey(title.title), index]))
  const left: ListingEntry[] = []
  for (const entry of entries) {
    const index = tableOf.get(titleKey(entry.line.text))
    if (index === undefined) left.push(entry)
    else if (!matched.has(index)) matched.set(index, entry)
    else {
      const { text, number } = entry.line
      sink(
        bare('warning', 'listing-repeated', number, '目录里重复列出，按第一次出现的类别归类。', text.trim()),
      )
    }
  }
  const lone = tables.flatMap(({ title }, index) =>
    matched.has(index) ? [] : [{ title: title.title, index }],
  )
  const pairs = pairUp(
    left.map((entry) => readTitle(entry.line.text).title),
    lone.map((each) => each.title),
    { threshold: 0.7, margin: 0.05, scoreOf: (_, __, likeness) => likeness },
  )
  const found = new Set<ListingEntry>()
  for (const pair of pairs) {
    const entry = left[pair.left]
    const table = lone[pair.right]
    if (!entry || !table) continue
    found.add(entry)
    matched.set(table.index, entry)
    const message = `目录与表格的事项名称不同，表格里是“${table.title}”，本机用表格里的名称。`
    sink(bare('warning', 'title-differs', entry.line.number, message, entry.line.text.trim(), table.title))
  }
  for (const entry of left) {
    if (found.has(entry)) continue
    const text = entry.line.text.trim()
    sink(
      bare(
        'error',
        'table-missing',
        entry.line.number,
        '目录里列出，却没有它的表格，本机不显示这一事项。',
        text,
      ),
    )
  }
  if (entries.length > 0) {
    for (const { title, index } of lone) {
      if (matched.has(index)) continue
      const table = tables[index]?.table
      const message = '有表格，但目录里没有列出，按表格标题归类。'
      const text = table ? writtenTitle(table) : ''
      sink(bare('warning', 'not-listed', table?.line ?? null, message, text, title))
    }
  }
  return matched
}

const headingText = (table: GuideTable): string => table.heading.map((line) => line.text.trim()).join('')

/** A heading's own idea of the category: "公共服务事项办事指南（社会保险服务事项）". */
function categoryOfHeading(table: GuideTable, categories: readonly Category[]): Category | null {
  const text = headingText(table)
  if (text === '') return null
  const bracket = /[（(]([^（）()]+)[）)]/.exec(text)?.[1] ?? ''
  return (
    categories.find((category) => bracket.startsWith(category.title)) ??
    categories.find(
      (category) => category.group === `${category.title}事项` && text.includes(category.title),
    ) ??
    null
  )
}

function checkHeading(table: GuideTable, title: Title, category: Category, sink: FindingSink): void {
  const text = headingText(table)
  const line = table.heading[0]?.number ?? table.line
  if (text === '') return
  const kind = /行政审批|公共服务/.exec(text)?.[0]
  if (
    kind !== undefined &&
    !category.group.startsWith(kind) &&
    /^(?:行政审批|公共服务)/.test(category.group)
  ) {
    const message = `表格上方写的是“${kind}”，目录把它列在“${category.group}—${category.title}”，本机按目录归类。`
    sink(bare('info', 'heading-category', line, message, text, title.title))
  }
  const bracket = /[（(]([^（）()]+)[）)]/.exec(text)?.[1]
  if (bracket !== undefined && !bracket.startsWith(category.title)) {
    const message = `表格上方括号里写的是“${bracket}”，目录把它列在“${category.title}”，本机按目录归类。`
    sink(bare('info', 'heading-category', line, message, text, title.title))
  }
}

function checkOrder(
  placed: readonly PlacedTable[],
  entryOf: ReadonlyMap<number, ListingEntry>,
  sink: FindingSink,
): void {
  let last = 0
  placed.forEach((each, index) => {
    const line = entryOf.get(index)?.line.number
    if (line === undefined) return
    if (line < last) {
      const message = `表格的次序与目录（第${String(line)}行）不同，本机按表格的次序排列。`
      sink(bare('info', 'table-order', each.table.line, message, writtenTitle(each.table), each.title.title))
    }
    last = Math.max(last, line)
  })
}
