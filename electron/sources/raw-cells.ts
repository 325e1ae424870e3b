import { attributeOf, elementsOf } from './markup.ts'

/** A cell as it stands in a sheet's XML. */
export type RawCell = {
  /** "C15" */
  readonly name: string
  readonly row: number
  readonly column: number
  readonly isFormula: boolean
}

/** The cells of the sheet called `title` that hold anything, row and column counted from 0; none where there is no such sheet. */
export function* rawCells(parts: ReadonlyMap<string, Uint8Array>, title: string): Generator<RawCell> {
  const xml = textOf(parts, sheetPath(parts, title))
  // ECMA-376 part 1, 18.3.1.4: <c r="C15"><f>…</f><v>…</v></c>
  for (const { tag, inside } of elementsOf(xml, `${prefixOf(xml, 'worksheet')}c`)) {
    if (!/<(?:\w{1,9}:)?(?:v|is|f)[\s>/]/.test(inside)) continue
    const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(attributeOf(tag, 'r')) ?? []
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    yield {
      name: `${letters}${digits}`,
      row: Number(digits) - 1,
      column,
      isFormula: /<(?:\w{1,9}:)?f[\s>/]/.test(inside),
    }
  }
}

/** Some programs write every name with a prefix of their own: "x:". */
const prefixOf = (xml: string, root: string): string =>
  new RegExp(`<(\\w{1,9}:)?${root}[\\s>]`).exec(xml.slice(0, 4000))?.[1] ?? ''

const textOf = (parts: ReadonlyMap<string, Uint8Array>, path: string): string =>
  new TextDecoder().decode(parts.get(path) ?? new Uint8Array())

/** Where a sheet lies in the package: its relation, by the workbook's list of sheets. */
function sheetPath(parts: ReadonlyMap<string, Uint8Array>, title: string): string {
  const book = textOf(parts, 'xl/workbook.xml')
  const sheets = [...elementsOf(book, `${prefixOf(book, 'workbook')}sheet`)].map(({ tag }) => tag)
  const relation = attributeOf(sheets.find((tag) => attributeOf(tag, 'name') === title) ?? '', 'r:id')
  const links = textOf(parts, 'xl/_rels/workbook.xml.rels')
  const relations = [...elementsOf(links, `${prefixOf(links, 'Relationships')}Relationship`)]
  const target = attributeOf(
    relations.find(({ tag }) => attributeOf(tag, 'Id') === relation)?.tag ?? '',
    'Target',
  )
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}
