const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Columns a text takes in a terminal: two for an East Asian wide or fullwidth character (UAX #11), else one. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

/** The first `limit` characters of a text, then … where there are more. */
export function shorten(text: string, limit: number): string {
  const characters = [...text]
  return characters.length > limit ? `${characters.slice(0, limit).join('')}…` : text
}

/** Lays rows under headings in aligned columns; a cell wider than its column's limit runs on below. */
export function layTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  limits: readonly number[],
): string {
  const cells = [headings, ...rows].map((row) =>
    row.map((cell, index) => wrap(cell, limits[index] ?? Infinity)),
  )
  const widths = headings.map((_, index) =>
    Math.max(...cells.map((row) => Math.max(0, ...(row[index] ?? []).map(displayWidth)))),
  )
  return cells
    .flatMap((row) => {
      const height = Math.max(1, ...row.map((lines) => lines.length))
      return Array.from({ length: height }, (_, at) =>
        row
          .map((lines, index) => pad(lines[at] ?? '', widths[index] ?? 0))
          .join('  ')
          .trimEnd(),
      )
    })
    .join('\n')
}

const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)))

function wrap(text: string, limit: number): string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const character of text) {
    const own = displayWidth(character)
    if (width + own > limit) {
      lines.push(line)
      line = ''
      width = 0
    }
    line += character
    width += own
  }
  return [...lines, line]
}
