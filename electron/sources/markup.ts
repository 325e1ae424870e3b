/** An element of a piece of XML: its opening tag, what it holds, and where it begins and ends. */
export type Element = {
  readonly tag: string
  readonly inside: string
  readonly end: number
}

/**
 * The elements called `name` ("w:lvl"), in order, those within one of the same name left out. Goes over the
 * text once, whatever is in it: a pattern would look for each missing end through all of the rest.
 */
export function* elementsOf(xml: string, name: string): Generator<Element> {
  const opening = `<${name}`
  const closing = `</${name}>`
  for (let at = xml.indexOf(opening); at >= 0;) {
    const tagEnd = xml.indexOf('>', at)
    if (tagEnd < 0) return
    const tag = xml.slice(at, tagEnd + 1)
    let end = tagEnd + 1
    if (/^[\s/>]/.test(tag.slice(opening.length, opening.length + 1))) {
      const close = tag.endsWith('/>') ? tagEnd + 1 : xml.indexOf(closing, tagEnd)
      if (close < 0) return
      end = tag.endsWith('/>') ? close : close + closing.length
      yield { tag, inside: xml.slice(tagEnd + 1, close), end }
    }
    at = xml.indexOf(opening, end)
  }
}

/** The value of an attribute ("w:val") of a tag; empty where it has none. */
export function attributeOf(tag: string, name: string): string {
  const at = tag.search(new RegExp(`\\s${name}="`))
  if (at < 0) return ''
  const from = tag.indexOf('"', at) + 1
  const to = tag.indexOf('"', from)
  return to < 0 ? '' : tag.slice(from, to)
}

/** The deepest that the elements of a document's XML lie in each other; Word's own stay below a hundred. */
const deepest = 500

/**
 * True where a piece of XML has no end that is missing by the hundreds: a parser that builds a tree would mend
 * each of them, and take minutes. Goes over the text once.
 */
export function isShallow(xml: string): boolean {
  let depth = 0
  for (let at = xml.indexOf('<'); at >= 0;) {
    const end = tagEnd(xml, at)
    if (end < 0) return false
    const next = xml[at + 1]
    if (next === '/') depth -= 1
    else if (next !== '?' && next !== '!' && xml[end - 1] !== '/') depth += 1
    if (depth > deepest) return false
    at = xml.indexOf('<', end)
  }
  return true
}

/** Where the tag that begins at `at` ends; a > within quotes is no end. */
function tagEnd(xml: string, at: number): number {
  for (let from = at + 1; ;) {
    const end = xml.indexOf('>', from)
    if (end < 0) return -1
    const quote = /["']/.exec(xml.slice(from, end))
    if (!quote) return end
    const open = from + quote.index
    const close = xml.indexOf(quote[0], open + 1)
    if (close < 0) return -1
    from = close + 1
  }
}
