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
  for (const [, tag = '', inside = ''] of xml.matchAll(
    /<(?:\w+:)?c\s([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g,
  )) {
    if (!/<(?:\w+:)?(?:v|is|f)[\s>/]/.test(inside)) continue
    const [, letters = '', digits = ''] = /\br="([A-Z]{1,3})(\d{1,7})"/.exec(tag) ?? []
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    yield {
      name: `${letters}${digits}`,
      row: Number(digits) - 1,
      column,
      isFormula: /<(?:\w+:)?f[\s>/]/.test(inside),
    }
  }
}

const textOf = (parts: ReadonlyMap<string, Uint8Array>, path: string): string =>
  new TextDecoder().decode(parts.get(path) ?? new Uint8Array())

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

/** Where a sheet lies in the package: its relation, by the workbook's list of sheets. */
function sheetPath(parts: ReadonlyMap<string, Uint8Array>, title: string): string {
  const sheets = [...textOf(parts, 'xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(
    ([tag]) => tag,
  )
  const relation = attribute(sheets.find((tag) => attribute(tag, 'name') === title) ?? '', 'r:id')
  const relations = [
    ...textOf(parts, 'xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g),
  ].map(([tag]) => tag)
  const target = attribute(relations.find((tag) => attribute(tag, 'Id') === relation) ?? '', 'Target')
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}
