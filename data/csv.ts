/** One cell of a table that is taken away. */
export type CsvCell = string | number | null

/**
 * A table as CSV (RFC 4180) that spreadsheet programs open right with Chinese in it: with a byte order mark and
 * CRLF. A text that a program would take for a formula gets an apostrophe before it, so that it stays a text.
 */
export function csvOf(headings: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [headings, ...rows].map((row) => row.map(cellOf).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cellOf(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  // Full-width signs are taken for their plain ones by Chinese and Japanese versions of the programs.
  const text = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
