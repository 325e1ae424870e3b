/** Dashes a range or an area code is written with ("6--9", "0991—3689687"), as a regular expression's class. */
export const dashClass = '[\\-‐‑–—―─━－−~～至到]'

/** A whole number from ASCII or full-width digits, or Chinese numerals below 100 ("13", "１３", "十三", "两"); null for anything else. */
export function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC')
  if (/^\d{1,4}$/.test(plain)) return Number(plain)
  const [tens, ones, more] = plain.split('十')
  if (tens === undefined || more !== undefined || plain === '') return null
  const digit = (numeral: string) => (numeral === '两' ? 2 : ' 一二三四五六七八九'.indexOf(numeral))
  const valid = (numeral: string) => numeral.length === 1 && digit(numeral) > 0
  if (ones === undefined) return valid(tens) ? digit(tens) : null
  if ((tens !== '' && !valid(tens)) || (ones !== '' && !valid(ones))) return null
  return (tens === '' ? 1 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones))
}

const opening = '（(〔﹝【《“'
const closing = '）)〕﹞】》”'
const pair = new Map([...opening].map((open, index) => [open, closing[index] ?? '']))
// Half- and full-width brackets are one kind: guides mix them.
const kindOf = (closer: string): string => closer.normalize('NFKC')

/** Cuts text at separators that stand outside brackets; a bracket never closed ends with the text. */
export function splitOutsideBrackets(text: string, separator: RegExp): { text: string; offset: number }[] {
  const parts: { text: string; offset: number }[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (opening.includes(character)) depth++
    else if (closing.includes(character)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && separator.test(character)) {
      parts.push({ text: text.slice(start, index), offset: start })
      start = index + 1
    }
  }
  parts.push({ text: text.slice(start), offset: start })
  return parts
}

/** Offsets of brackets and quotation marks that have no partner; "1）" and "(2)" of a list's numbering are none. */
export function unbalancedBrackets(text: string): number[] {
  const open: { at: number; kind: string }[] = []
  const lone: number[] = []
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (opening.includes(character)) open.push({ at: index, kind: kindOf(pair.get(character) ?? '') })
    else if (closing.includes(character)) {
      const top = open.at(-1)
      if (top?.kind === kindOf(character)) open.pop()
      else if (!/(?:^|[\n\s；;。：:])\d{1,2}$/.test(text.slice(Math.max(0, index - 3), index)))
        lone.push(index)
    }
  }
  return [...lone, ...open.map((each) => each.at)].sort((a, b) => a - b)
}
