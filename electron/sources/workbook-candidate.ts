import type { FieldName } from '../../data/catalogue.ts'
import type { Finding } from '../../data/intake/source.ts'
import { readTitle } from '../../data/intake/titles.ts'
import { type Candidate, type Refusal, refuse } from '../../data/sources.ts'
import { cellName, columnOf } from '../../data/workbook/columns.ts'
import { guideTextOf, type GuideText } from '../../data/workbook/guide-text.ts'
import { rowsOf, withServices } from '../../data/workbook/rows.ts'
import { candidateOf, catalogueText, readGuide, type SourceContext } from './candidate.ts'
import { catalogueOf } from './guide.ts'
import { type PlacedRow, readRows } from './workbook.ts'

/**
 * The edition that comes of a workbook. Its rows are written in the guide's own form and read by the guide's
 * intake; findings name cells instead of lines, and a service keeps the number its row has.
 */
export async function workbookCandidate(
  bytes: Uint8Array,
  context: SourceContext,
): Promise<Candidate | Refusal> {
  const read = await readRows(bytes)
  if (read.kind === 'refused') return read
  const { rows } = read
  const before = catalogueOf(context.files)
  const base = before ? rowsOf(before) : { department: '', categories: [], services: [] }
  const all = withServices(base, rows)
  const guide = guideTextOf(all)
  const guideRead = readGuide(guide.text, context, context.files, {
    edition: before?.edition ?? '1970-01-01.1',
    source: before?.source ?? { file: '', sha256: '' },
    services: rows.flatMap((row) => knownService(row, before)),
  })
  if (guideRead.kind === 'refused') return guideRead
  const { catalogue } = guideRead
  const lost = rows.flatMap((row, index) => {
    const service = catalogue.services[index]
    const category = catalogue.categories.find(({ id }) => id === service?.category)
    const isThere =
      service?.title === readTitle(row.fields.事项名称).title &&
      category?.title === row.category &&
      category.group === row.group
    return isThere ? [] : [lostRow(row)]
  })
  if (lost.length > 0) return refuse('cells', { count: lost.length }, lost)
  const findings = inCells(guideRead.findings, guide, rows)
  return candidateOf(
    {
      'guide.txt': guide.text,
      'catalogue.json': catalogueText({ ...catalogue, department: base.department }),
    },
    context,
    'workbook',
    findings,
  )
}

/** A row under the number it has, so that its service keeps it however it is reworded. */
function knownService({ id, fields }: PlacedRow, before: ReturnType<typeof catalogueOf>) {
  if (id === null) return []
  const { title, name } = readTitle(fields.事项名称)
  const category = before?.services.find((service) => service.id === id)?.category ?? ''
  return [{ id, title, name, category, fields }]
}

function lostRow({ at, fields }: PlacedRow): Finding {
  const cell = cellName(at, columnOf('事项名称'))
  return {
    severity: 'error',
    rule: 'row-unread',
    line: null,
    service: null,
    field: '事项名称',
    message: `${cell}：这个名称或类别读不成一个事项，请不要以编号开头，也不要超过 200 个字。`,
    text: fields.事项名称.slice(0, 80),
    cell,
  }
}

/** Findings told by cell. What is said of the list of titles is about our own writing and left out. */
function inCells(
  findings: readonly Finding[],
  { originOf }: GuideText,
  rows: readonly PlacedRow[],
): readonly Finding[] {
  const cellOf = (line: number): string | null => {
    const origin = originOf(line)
    const row = origin === null ? undefined : rows[origin.service]
    return origin && row ? cellName(row.at, columnOf(origin.field satisfies FieldName)) : null
  }
  return findings.flatMap((finding) => {
    const cell = finding.line === null ? null : cellOf(finding.line)
    if (finding.line !== null && cell === null && finding.severity !== 'error') return []
    const message = finding.message.replace(/第(\d+(?:、\d+)*)行/g, (whole, numbers: string) => {
      const cells = numbers.split('、').flatMap((number) => cellOf(Number(number)) ?? [])
      return cells.length === 0 ? whole : [...new Set(cells)].join('、')
    })
    const { line, ...rest } = finding
    return [
      cell === null
        ? { ...rest, line, message }
        : { ...rest, line: null, cell, message: `${cell}：${message}` },
    ]
  })
}
