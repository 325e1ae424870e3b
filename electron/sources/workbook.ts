import readWorkbook from 'read-excel-file/universal'
import { fieldNames, type FieldName } from '../../data/catalogue.ts'
import type { Finding } from '../../data/intake/source.ts'
import { type Refusal, refuse } from '../../data/sources.ts'
import { cellName, columnOf, headings, ownColumns, sheetNames } from '../../data/workbook/columns.ts'
import { type ServiceRow, unlistedGroup } from '../../data/workbook/rows.ts'
import { mostRows, mostUnpacked } from './limits.ts'
import { rawCells } from './raw-cells.ts'
import { unpack } from './unpack.ts'

/** A row of the workbook and where it stands, counted from 0. */
export type PlacedRow = ServiceRow & { readonly at: number }

/** What the services' sheet says. */
export type ReadRows = { readonly kind: 'rows'; readonly rows: readonly PlacedRow[] }

/** Reads the services' sheet of a workbook. Whatever cannot be meant is said with its cell, all of it at once. */
export async function readRows(bytes: Uint8Array): Promise<ReadRows | Refusal> {
  const unpacked = await unpack(bytes, (name) => /^xl\/(?:workbook\.xml|_rels\/|worksheets\/)/.test(name))
  if (unpacked.kind === 'too-large-unpacked') return refuse('too-large-unpacked', { most: mostUnpacked })
  if (unpacked.kind === 'damaged') return refuse('damaged', { why: unpacked.why })
  if (!unpacked.parts.has('xl/workbook.xml')) return refuse('not-what-it-says', { looksLike: 'zip' })
  const raw = [...rawCells(unpacked.parts, sheetNames.services)]
  if (raw.some(({ row }) => row > mostRows)) return refuse('too-many-rows', { most: mostRows })
  const stray = raw.filter(({ column }) => column >= headings.length)
  const early = [
    ...stray.map(({ name }) => wrong(name, 'cell-stray', '这一格在表格之外，请清空。')),
    ...raw
      .filter(({ isFormula }) => isFormula)
      .map(({ name }) => wrong(name, 'cell-formula', '这一格是公式，请改成普通文字。')),
  ]
  // A cell far to the right would be padded up to; nothing is read before that is known.
  if (stray.length > 0) return refuse('cells', { count: early.length }, early)
  let sheets
  try {
    sheets = await readWorkbook(Uint8Array.from(bytes).buffer, { trim: false, parseNumber: (text) => text })
  } catch (error) {
    return refuse('damaged', { why: error instanceof Error ? error.message : String(error) })
  }
  const sheet: Sheet | undefined = sheets.find(({ sheet }) => sheet === sheetNames.services)?.data
  if (!sheet) return refuse('workbook-form', { sheet: sheetNames.services, missing: sheetNames.services })
  const missing = headings.filter((heading, column) => textOf(sheet[0]?.[column]) !== heading)
  if (missing.length > 0)
    return refuse('workbook-form', { sheet: sheetNames.services, missing: missing.join('、') })
  if (sheet.length > mostRows + 1) return refuse('too-many-rows', { most: mostRows })
  const findings = [...early, ...oddCells(sheet)]
  if (findings.length > 0) return refuse('cells', { count: findings.length }, findings)
  const rows = sheet.flatMap((cells, at) => (at === 0 || isEmpty(cells) ? [] : [rowOf(cells, at)]))
  const faults = [...faultsOf(rows)]
  if (faults.length > 0) return refuse('cells', { count: faults.length }, faults)
  return rows.length === 0
    ? refuse('workbook-form', { sheet: sheetNames.services, missing: '事项' })
    : { kind: 'rows', rows }
}

/** Cells as they come: text, or whatever a spreadsheet program made of it. */
type Cells = readonly unknown[]
type Sheet = readonly Cells[]

/** A cell's text, line breaks in one form; what is no text is looked for by `oddCells`. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '')

const isEmpty = (cells: Cells): boolean => cells.every((value) => textOf(value).trim() === '')

function rowOf(cells: Cells, at: number): PlacedRow {
  const [id = '', group = '', category = ''] = cells.map((value) => textOf(value).trim())
  // White space before and after a field is no part of it, as in the guide; one that has only that is empty.
  const field = (name: FieldName): string => tidy(textOf(cells[columnOf(name)]))
  return { id: id === '' ? null : id, group, category, fields: eachFieldOf(field), at }
}

function eachFieldOf(make: (name: FieldName) => string): ServiceRow['fields'] {
  return {
    事项名称: make('事项名称'),
    事项简述: make('事项简述'),
    办理材料: make('办理材料'),
    办理方式: make('办理方式'),
    办理时限: make('办理时限'),
    结果送达: make('结果送达'),
    收费依据及标准: make('收费依据及标准'),
    办事时间: make('办事时间'),
    办理机构及地点: make('办理机构及地点'),
    咨询查询途径: make('咨询查询途径'),
    监督投诉渠道: make('监督投诉渠道'),
  }
}

/** Without the blank lines before and after it. */
const tidy = (text: string): string =>
  text.trim() === '' ? '' : text.replace(/^(?:[^\S\n]*\n)+/, '').replace(/(?:\n[^\S\n]*)+$/, '')

/** Cells that a spreadsheet program has turned into something other than text. */
function* oddCells(sheet: Sheet): Generator<Finding> {
  for (const [row, cells] of sheet.entries()) {
    for (const [column, value] of cells.entries()) {
      if (column >= headings.length) continue
      const cell = cellName(row, column)
      if (value instanceof Date)
        yield wrong(cell, 'cell-date', '这一格被表格软件变成了日期，请把格式改成“文本”后重新输入。')
      if (typeof value === 'boolean') yield wrong(cell, 'cell-boolean', '这一格是逻辑值，请改成文字。')
      if (typeof value === 'string' && /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(value))
        yield wrong(cell, 'cell-error', '这一格是表格软件的出错标记，请改成文字。', value)
    }
  }
}

/** What rows must have: a title each of its own, a category, and no number twice. */
function* faultsOf(rows: readonly PlacedRow[]): Generator<Finding> {
  const seen = { id: new Map<string, number>(), title: new Map<string, number>() }
  for (const { id, group, category, fields, at } of rows) {
    const title = fields.事项名称.trim()
    const titleCell = cellName(at, columnOf('事项名称'))
    if (title === '') yield wrong(titleCell, 'row-title', '这一行没有事项名称。')
    if (group !== unlistedGroup && /^[（(]?[一二三四五六七八九十]{1,3}(?:、|[）)])/.test(title))
      yield wrong(titleCell, 'row-title-number', '事项名称不能以编号开头。', title)
    if (group === '') yield wrong(cellName(at, 1), 'row-group', `没有写${ownColumns.group}。`)
    if (category === '') yield wrong(cellName(at, 2), 'row-category', `没有写${ownColumns.category}。`)
    const twice = seen.title.get(title)
    if (title !== '' && twice !== undefined)
      yield wrong(titleCell, 'row-title-twice', `与 ${cellName(twice, columnOf('事项名称'))} 同名。`, title)
    const sameId = id === null ? undefined : seen.id.get(id)
    if (id !== null && sameId !== undefined)
      yield wrong(
        cellName(at, 0),
        'row-id-twice',
        `与 ${cellName(sameId, 0)} 编号相同；新增的事项请留空。`,
        id,
      )
    if (id !== null && !/^[\w-]{1,40}$/.test(id))
      yield wrong(cellName(at, 0), 'row-id', '这不是系统给的编号；新增的事项请留空。', id)
    seen.title.set(title, at)
    if (id !== null) seen.id.set(id, at)
    for (const name of fieldNames) {
      const heading = fields[name].split('\n').find((line) => fieldNames.some((each) => each === bare(line)))
      if (heading === undefined || name === '事项名称') continue
      yield wrong(
        cellName(at, columnOf(name)),
        'cell-heading',
        `“${bare(heading)}”单独成行，会被当作另一栏的标题，请并入上一行或改写。`,
        heading,
      )
    }
  }
}

const bare = (line: string): string => line.trim().replace(/[：:]$/, '')

function wrong(cell: string, rule: string, message: string, text = ''): Finding {
  return {
    severity: 'error',
    rule,
    line: null,
    service: null,
    field: null,
    message: `${cell}：${message}`,
    text,
    cell,
  }
}
