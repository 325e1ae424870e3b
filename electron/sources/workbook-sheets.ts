import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import { type Catalogue, fieldNames } from '../../data/catalogue.ts'
import { columnHelp, generalHelp, headings, sheetNames } from '../../data/workbook/columns.ts'
import { rowsOf, type ServiceRow } from '../../data/workbook/rows.ts'

/** The most characters a cell can hold: a limit of the spreadsheet programs. */
export const longestCell = 32_767

/** A workbook's bytes; or the field that no cell can hold. */
export type MadeWorkbook =
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-long'; readonly service: string; readonly field: string }

/** Writes a catalogue as the workbook that `readRows` reads back: what the columns mean, then a row a service. */
export async function makeWorkbook(catalogue: Catalogue): Promise<MadeWorkbook> {
  const { services } = rowsOf(catalogue)
  for (const { fields } of services) {
    const field = fieldNames.find((name) => cellText(fields[name]).length > longestCell)
    if (field) return { kind: 'too-long', service: fields.事项名称, field }
  }
  const bytes = await writeWorkbook(
    [
      { sheet: sheetNames.help, data: helpSheet(catalogue), columns: [{ width: 24 }, { width: 110 }] },
      {
        sheet: sheetNames.services,
        data: [headings.map((heading) => ({ ...cell(heading), ...headed })), ...services.map(rowOf)],
        columns: headings.map((heading) => ({ width: widths[heading] ?? 30 })),
        stickyRowsCount: 1,
        stickyColumnsCount: 4,
      },
    ],
    { fontFamily: 'Microsoft YaHei', fontSize: 11 },
  ).toBuffer()
  return { kind: 'made', bytes }
}

const headed = { fontWeight: 'bold', backgroundColor: '#DCE6F1' } as const

const widths: Readonly<Record<string, number>> = {
  '编号（不要改）': 15,
  大类: 18,
  类别: 14,
  办理材料: 70,
  办理机构及地点: 50,
}

/** A cell that stays text whatever is typed over it. */
const cell = (text: string) =>
  ({
    value: cellText(text),
    type: String,
    format: '@',
    wrap: true,
    alignVertical: 'top',
  }) as const

/** What looks like a character's escape in a workbook is escaped itself (ECMA-376 part 1, 22.9.2.19), and so are characters that XML has no place for. */
function cellText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      unwritable,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
}

// A tab and a line feed are all that XML keeps of the control characters.
const unwritable = new RegExp('[\\u0000-\\u0008\\u000B-\\u001F\\uD800-\\uDFFF\\uFFFE\\uFFFF]', 'gu')

const rowOf = ({ id, group, category, fields }: ServiceRow) =>
  [id ?? '', group, category, ...fieldNames.map((name) => fields[name])].map((text) =>
    text === '' ? null : cell(text),
  )

function helpSheet({ department, edition }: Catalogue): SheetData {
  return [
    [
      {
        ...cell(`${department}办事指南（版次 ${edition}）`),
        fontWeight: 'bold',
        fontSize: 16,
        columnSpan: 2,
      },
    ],
    ...generalHelp.map((line) => [{ ...cell(line), columnSpan: 2 }]),
    [
      { ...cell('栏目'), ...headed },
      { ...cell('怎么填'), ...headed },
    ],
    ...headings.map((heading) => [cell(heading), cell(columnHelp[heading] ?? '')]),
  ]
}
