import type { ListingEntry } from './document-listing.ts'
import { fieldValue, type GuideTable } from './document.ts'
import type { FindingSink } from './findings.ts'
import type { Finding, Severity } from './source.ts'
import { readTitle, titleKey, type Title } from './titles.ts'

/** A table and its title. */
export type Titled = { readonly table: GuideTable; readonly title: Title }

/** A table's title as the guide has it. */
export const writtenTitle = (table: GuideTable): string =>
  fieldValue(table.fields.get('事项名称')?.lines ?? [])

/** A finding about the list or a table as a whole. */
export const bare = (
  severity: Severity,
  rule: string,
  line: number | null,
  message: string,
  text: string,
  service: string | null = null,
): Finding => ({ severity, rule, line, service, field: null, message, text })

/** The titles' dashes, told once for the whole guide, and punctuation left at a title's end. */
export function reportTitles(
  entries: readonly ListingEntry[],
  tables: readonly Titled[],
  sink: FindingSink,
): void {
  const inList = entries.map(({ line: { number, text } }) => ({
    line: number,
    title: readTitle(text),
    written: text.trim(),
  }))
  const inTables = tables.map(({ table, title }) => ({
    line: table.line + 1,
    title,
    written: writtenTitle(table),
  }))
  const all = [...inList, ...inTables]
  for (const { line, title, written } of all) {
    if (title.trailing === '') continue
    const message = `事项名称末尾多了“${title.trailing}”，本机已去掉。`
    sink(bare('info', 'title-trailing', line, message, written, title.title))
  }
  const dashed = all.flatMap(({ line, title }) => title.dashes.map((dash) => ({ line, dash })))
  const kinds = [...new Set(dashed.map(({ dash }) => dash))]
  const first = dashed[0]
  if (first && kinds.some((kind) => kind !== '—')) {
    const counts = kinds.map((kind) => {
      const lines = dashed.filter(({ dash }) => dash === kind).map(({ line }) => line)
      return `“${kind}”${String(lines.length)}处（首见第${String(lines[0] ?? 0)}行）`
    })
    const message = `事项名称的连接线写法不一：${counts.join('，')}。本机一律显示为“—”。`
    sink({ ...bare('info', 'title-dashes', first.line, message, kinds.join(' ')), variants: true })
  }
  const spellings = new Map(inTables.map((table) => [titleKey(table.title.title), table]))
  for (const { title } of inList) {
    const table = spellings.get(titleKey(title.title))
    if (!table || table.title.title === title.title) continue
    const message = `目录里写作“${title.title}”，字形或括号不同，本机用表格里的写法。`
    sink(bare('info', 'title-spelling', table.line, message, table.written, table.title.title))
  }
}
