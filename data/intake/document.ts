import { fieldNames, type FieldName } from '../catalogue.ts'
import { isListingHeading, readListing, type ListingCategory, type ListingEntry } from './document-listing.ts'
import type { Finding, SourceLine } from './source.ts'

/** A service table as it stands in the guide, nothing interpreted but where each field begins and ends. */
export type GuideTable = {
  /** The lines above the table that name the department and the kind of matter; may be empty. */
  readonly heading: readonly SourceLine[]
  /** Line of the table's first field heading. */
  readonly line: number
  /** Each field's lines below its heading, the leading tab and blank lines still there. */
  readonly fields: ReadonlyMap<FieldName, FieldLines>
}

export type FieldLines = { readonly heading: SourceLine; readonly lines: readonly SourceLine[] }

export type GuideDocument = {
  readonly lines: readonly SourceLine[]
  readonly categories: readonly ListingCategory[]
  readonly entries: readonly ListingEntry[]
  readonly tables: readonly GuideTable[]
  /** The department as the tables' headings name it; empty where none does. */
  readonly department: string
}

/** A finding of the document itself: it concerns no one service yet. */
export type DocumentReport = (
  finding: Omit<Finding, 'service' | 'field'> & { readonly field?: FieldName },
) => void

const isBlank = (text: string): boolean => text.trim() === ''

const knownFields: ReadonlySet<string> = new Set(fieldNames)

const isFieldName = (text: string): text is FieldName => knownFields.has(text)

/** Splits text into lines numbered from 1; CRLF, LF and CR all end a line, a byte order mark is no text. */
export function splitLines(text: string): SourceLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: line }))
}

/**
 * A field's value, verbatim: every character between its heading and the next heading, line breaks as
 * `\n`, without the blank lines before and after it and without the one tab that opens it. Spaces,
 * also at the ends of lines, inner tabs and inner blank lines are kept.
 */
export function fieldValue(lines: readonly SourceLine[]): string {
  const first = lines.findIndex((line) => !isBlank(line.text))
  if (first < 0) return ''
  const last = lines.findLastIndex((line) => !isBlank(line.text))
  return lines
    .slice(first, last + 1)
    .map((line) => line.text)
    .join('\n')
    .replace(/^\t/, '')
}

/** The field named by a heading line, with the trimmed line's name; null where the line heads no known field. */
function headedField(text: string): FieldName | null {
  if (text.length > 40) return null
  const name = text.trim().replace(/[：:]$/, '')
  return isFieldName(name) ? name : null
}

/** Indices of the lines that head a table ("…厅公共服务", "事项办事指南"), each with the index its heading starts at. */
function tableHeadings(lines: readonly SourceLine[]): ReadonlySet<number> {
  const marked = new Set<number>()
  let above = -1
  let candidate = -1
  lines.forEach((line, index) => {
    if (isBlank(line.text)) return
    if (candidate >= 0) {
      // Only a table below makes "办事指南" a heading; elsewhere it is ordinary text.
      if (line.text.startsWith('\t') || headedField(line.text)) {
        marked.add(candidate)
        const upper = lines[above]
        const isHalf = startsWithHalf.test(lines[candidate]?.text ?? '')
        if (upper && isHalf && candidate - above <= 3 && isUpperHeading(upper.text)) marked.add(above)
      }
      candidate = -1
    }
    if (line.text.length <= 60 && /^[^\t].*办事指南(?:[（(][^（）()]*[）)])?\s*$/.test(line.text))
      candidate = index
    else above = index
  })
  return marked
}

/** The second line of a heading; one that names the department itself, "…厅办事指南", has no first. */
const startsWithHalf = /^\s*(?:事项)?办事指南/

/** "…厅公共服务" above "事项办事指南"; never the last heading of the list, under which nothing is listed. */
const isUpperHeading = (text: string): boolean =>
  text.length <= 60 && /^[^\t].*(?:审批|服务|事项)\s*$/.test(text) && !isListingHeading(text)

/** True where a tabbed line in a value reads like the heading of a field this guide does not know. */
function looksLikeUnknownField(lines: readonly SourceLine[], index: number): boolean {
  const text = lines[index]?.text ?? ''
  if (!text.startsWith('\t') || text.length > 16 || !/^\t\p{Script=Han}{2,12}\s*$/u.test(text)) return false
  for (let next = index + 1; next < lines.length && next <= index + 3; next++) {
    const below = lines[next]?.text ?? ''
    if (below.startsWith('\t')) return headedField(below) === null
    if (!isBlank(below)) return false
  }
  return false
}

/** Finds the list of services and the tables in the guide's text. Never fails: what it cannot place is reported. */
export function readDocument(text: string, report: DocumentReport): GuideDocument {
  if (text.startsWith('\uFEFF')) {
    report({
      severity: 'info',
      rule: 'byte-order-mark',
      line: 1,
      message: '文件开头有字节顺序标记（BOM），已略去。',
      text: '',
    })
  }
  if (text.includes('\r')) {
    report({
      severity: 'info',
      rule: 'line-endings',
      line: 1,
      message: '文件用的是 Windows 或旧式换行符，已统一，内容不变。',
      text: '',
    })
  }
  const lines = splitLines(text)
  const headings = tableHeadings(lines)
  const tables = readTables(lines, headings, report)
  const firstTable = lines.findIndex(
    (line, index) => headings.has(index) || (line.text.startsWith('\t') && headedField(line.text) !== null),
  )
  const listing = readListing(firstTable < 0 ? [] : lines.slice(0, firstTable), report)
  return { lines, ...listing, tables, department: departmentOf(tables) }
}

type OpenTable = {
  heading: SourceLine[]
  line: number
  fields: Map<FieldName, { heading: SourceLine; lines: SourceLine[] }>
}

function readTables(
  lines: readonly SourceLine[],
  headings: ReadonlySet<number>,
  report: DocumentReport,
): GuideTable[] {
  const tables: OpenTable[] = []
  let table: OpenTable | null = null
  let heading: SourceLine[] = []
  // The list lines of the field being read; those of a repeated or unknown field go nowhere but to a finding.
  let into: SourceLine[] | null = null
  let valueSeen = false

  const open = (line: SourceLine): OpenTable => {
    const opened: OpenTable = { heading, line: line.number, fields: new Map() }
    heading = []
    tables.push(opened)
    return opened
  }

  lines.forEach((line, index) => {
    if (headings.has(index)) {
      heading.push(line)
      table = null
      into = null
      return
    }
    const name = line.text.startsWith('\t') || table ? headedField(line.text) : null
    if (name) {
      noteOddHeading(line, name, report)
      if (!table || name === '事项名称') table = open(line)
      valueSeen = false
      into = []
      const before = table.fields.get(name)
      if (!before) table.fields.set(name, { heading: line, lines: into })
      else {
        report({
          severity: 'error',
          rule: 'field-repeated',
          line: line.number,
          field: name,
          message: `“${name}”在同一张表里出现两次（另见第${String(before.heading.number)}行），本机只用前一个。`,
          text: line.text.trim(),
        })
      }
      return
    }
    if (!table) {
      if (tables.length > 0 && !isBlank(line.text)) strayLine(line, report)
      return
    }
    if (valueSeen && looksLikeUnknownField(lines, index)) {
      report({
        severity: 'warning',
        rule: 'field-unknown',
        line: line.number,
        message: `表里有指南十一项之外的“${line.text.trim()}”，本机不显示它的内容。`,
        text: line.text.trim(),
      })
      into = null
      valueSeen = false
      return
    }
    if (line.text.startsWith('\t')) valueSeen = true
    into?.push(line)
  })
  return tables
}

function noteOddHeading(line: SourceLine, name: FieldName, report: DocumentReport): void {
  if (line.text === `\t${name}`) return
  const tabbed = line.text.startsWith('\t')
  report({
    severity: tabbed ? 'info' : 'warning',
    rule: 'field-heading',
    line: line.number,
    field: name,
    message: tabbed
      ? `字段名“${name}”前后有多余的空格或标点，已按“${name}”读取。`
      : `“${name}”单独成行但不在表格格内，已当作字段名读取，请核对。`,
    text: line.text,
  })
}

function strayLine(line: SourceLine, report: DocumentReport): void {
  report({
    severity: 'warning',
    rule: 'stray-line',
    line: line.number,
    message: '这一行在表格之外，不属于任何事项，本机不显示。',
    text: line.text.trim().slice(0, 80),
  })
}

/** The name most headings share, up to the words for the kind of matter. */
function departmentOf(tables: readonly GuideTable[]): string {
  const counts = new Map<string, number>()
  for (const table of tables) {
    const joined = table.heading.map((line) => line.text.trim()).join('')
    const name = /^(.{2,40}?)(?:行政审批|公共服务|办事指南)/.exec(joined)?.[1]
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].reduce<readonly [string, number]>(
    (best, each) => (each[1] > best[1] ? each : best),
    ['', 0],
  )[0]
}
