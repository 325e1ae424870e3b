import { chineseNumeral } from '../../data/chinese-numeral.ts'
import { attributeOf, type Element, elementsOf } from './markup.ts'

/**
 * Writes out the numbers that Word counts by itself ("自动编号"), so that they are text like any other: the
 * guide's lists are known by their numbers. ECMA-376 part 1, 17.9.
 */
export function writeOutNumbers(document: string, numbering: string, styles: string): string {
  const levelsOf = readNumbering(numbering)
  const styled = readStyles(styles)
  const counters = new Map<string, number[]>()
  const numberOf = (properties: string): string => {
    const own = properties.split('<w:pPrChange')[0] ?? ''
    const style = styled.get(valueOf(own, 'pStyle') ?? '')
    const numId = valueOf(own, 'numId') ?? style?.numId
    const level = Number(valueOf(own, 'ilvl') ?? style?.level ?? 0)
    const list = numId === undefined ? undefined : levelsOf.get(numId)
    const form = list?.levels[level]
    if (!list || !form) return ''
    const counts = counters.get(list.counter) ?? []
    counters.set(list.counter, counts)
    counts.length = Math.min(counts.length, level + 1)
    counts[level] = (counts[level] ?? form.start - 1) + 1
    return form.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1
      return written(counts[at] ?? list.levels[at]?.start ?? 1, list.levels[at]?.format ?? 'decimal')
    })
  }
  const pieces: string[] = []
  let from = 0
  for (const { inside, end } of paragraphProperties(document)) {
    const words = numberOf(inside)
    if (words === '') continue
    pieces.push(document.slice(from, end), `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`)
    from = end
  }
  return [...pieces, document.slice(from)].join('')
}

/** The properties of each paragraph; those a marked change had before stand within them. */
function* paragraphProperties(
  document: string,
): Generator<{ readonly inside: string; readonly end: number }> {
  const [opening, closing] = ['<w:pPr>', '</w:pPr>']
  for (let at = document.indexOf(opening); at >= 0;) {
    let end = document.indexOf(closing, at)
    while (end >= 0 && /^\s*<\/w:pPrChange>/.test(document.slice(end + closing.length, end + 64)))
      end = document.indexOf(closing, end + 1)
    if (end < 0) return
    yield { inside: document.slice(at + opening.length, end), end: end + closing.length }
    at = document.indexOf(opening, end)
  }
}

type Level = { readonly start: number; readonly format: string; readonly text: string }
type List = { readonly counter: string; readonly levels: readonly Level[] }

/** The value of the first element `name` ("numId") of a piece of XML. */
const valueOf = (xml: string, name: string): string | undefined => {
  const [first] = elementsOf(xml, `w:${name}`)
  return first && attributeOf(first.tag, 'w:val')
}

const all = (xml: string, name: string): readonly Element[] => [...elementsOf(xml, `w:${name}`)]

/** Each list of the document by its numId; lists made from one abstract list count on, unless they start anew. */
function readNumbering(xml: string): ReadonlyMap<string, List> {
  const abstract = new Map(
    all(xml, 'abstractNum').map(({ tag, inside }) => [
      attributeOf(tag, 'w:abstractNumId'),
      all(inside, 'lvl').map(({ inside: level }): Level => ({
        start: Number(valueOf(level, 'start') ?? 1),
        format: valueOf(level, 'numFmt') ?? 'decimal',
        // A bullet is no number, and its character stands in a font of its own.
        text: valueOf(level, 'numFmt') === 'bullet' ? '' : (valueOf(level, 'lvlText') ?? ''),
      })),
    ]),
  )
  return new Map(
    all(xml, 'num').map(({ tag, inside }) => {
      const numId = attributeOf(tag, 'w:numId')
      const base = valueOf(inside, 'abstractNumId') ?? ''
      const starts = new Map(
        all(inside, 'lvlOverride').map(({ tag: override, inside: within }) => [
          Number(attributeOf(override, 'w:ilvl')),
          valueOf(within, 'startOverride'),
        ]),
      )
      const levels = (abstract.get(base) ?? []).map((level, index) => {
        const start = starts.get(index)
        return start === undefined ? level : { ...level, start: Number(start) }
      })
      return [numId, { counter: starts.size > 0 ? `num ${numId}` : base, levels }]
    }),
  )
}

/** Styles of paragraphs that number them. */
function readStyles(
  xml: string,
): ReadonlyMap<string, { readonly numId: string; readonly level: string | undefined }> {
  return new Map(
    all(xml, 'style').flatMap(({ tag, inside }) => {
      const numId = valueOf(inside, 'numId')
      return numId === undefined
        ? []
        : [[attributeOf(tag, 'w:styleId'), { numId, level: valueOf(inside, 'ilvl') }] as const]
    }),
  )
}

/** A number as a list's format has it (ST_NumberFormat); formats a guide does not use come as plain digits. */
function written(count: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'ideographDigital':
    case 'taiwaneseCountingThousand':
      return chineseNumeral(count)
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return count <= 20 ? String.fromCodePoint(0x2460 + count - 1) : String(count)
    case 'lowerLetter':
      return count <= 26 ? String.fromCodePoint(0x61 + count - 1) : String(count)
    case 'upperLetter':
      return count <= 26 ? String.fromCodePoint(0x41 + count - 1) : String(count)
    case 'none':
      return ''
    default:
      return String(count)
  }
}
