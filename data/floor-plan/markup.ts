import { planLimits } from './model.ts'

/** What a text of markup consists of, in order. `line` counts from 1. */
export type Token =
  | {
      readonly kind: 'open'
      readonly name: string
      readonly attributes: ReadonlyMap<string, string>
      readonly line: number
    }
  | { readonly kind: 'close'; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  /** `<!DOCTYPE …>` without declarations of its own, or `<?name …?>`; the XML declaration is left out. */
  | { readonly kind: 'skipped'; readonly name: string; readonly line: number }

/** What makes a text unreadable as markup, in Chinese, for staff. */
export class MarkupError extends Error {}

const tagName = /[^\s"'<>/=]+/y
const attribute = /\s+([^\s"'<>/=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const tagEnd = /\s*(\/?)>/y
const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/**
 * The subset of XML 1.0 that drawing programs write, each opened element closed in its turn.
 *
 * No entity is known but the five of XML itself and numbered characters, and nothing is ever fetched.
 * Each character is looked at a bounded number of times. Throws `MarkupError`.
 */
export function* readMarkup(source: string): Generator<Token, void> {
  const open: string[] = []
  let at = source.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  let lineEnd = source.indexOf('\n')
  let elements = 0

  const lineAt = (offset: number): number => {
    while (lineEnd !== -1 && lineEnd < offset) {
      line += 1
      lineEnd = source.indexOf('\n', lineEnd + 1)
    }
    return line
  }
  const fail = (problem: string): never => {
    throw new MarkupError(`第 ${lineAt(at)} 行：${problem}`)
  }
  const past = (end: string, from: number, what: string): number => {
    const found = source.indexOf(end, from)
    return found === -1 ? fail(`${what}没有结束`) : found + end.length
  }
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at = pattern.lastIndex
    return found
  }
  const decode = (raw: string): string =>
    raw.includes('&')
      ? raw.replace(/&([^;&\s]{0,10};)?/g, (_, reference: string | undefined) => {
          const character = characterOf(reference?.slice(0, -1) ?? '')
          return character ?? fail(`不认识的“&${reference ?? ''}”，不接受自定义实体`)
        })
      : raw

  while (at < source.length) {
    const start = source.indexOf('<', at)
    const raw = source.slice(at, start === -1 ? source.length : start)
    if (raw.trim() !== '') {
      if (open.length === 0) fail('标签以外有文字，这不是 SVG 文件')
      yield { kind: 'text', text: decode(raw), line: lineAt(at) }
    }
    if (start === -1) break
    at = start
    const here = lineAt(at)

    if (source.startsWith('<!--', at)) at = past('-->', at + 4, '注释')
    else if (source.startsWith('<![CDATA[', at)) {
      const end = past(']]>', at + 9, 'CDATA ')
      if (open.length > 0) yield { kind: 'text', text: source.slice(at + 9, end - 3), line: here }
      at = end
    } else if (source.startsWith('<?', at)) {
      const end = past('?>', at + 2, '处理指令')
      const name = /^[^\s?]*/.exec(source.slice(at + 2, Math.min(end, at + 42)))?.[0] ?? ''
      if (name === 'xml-stylesheet') fail('引用了文件以外的内容（xml-stylesheet），请删去')
      if (name !== 'xml') yield { kind: 'skipped', name: `?${name}`, line: here }
      at = end
    } else if (source.startsWith('<!', at)) {
      const end = past('>', at, '声明')
      if (source.slice(at, end).includes('[')) fail('DOCTYPE 里不能有自己的声明（实体），请删去')
      yield { kind: 'skipped', name: '!DOCTYPE', line: here }
      at = end
    } else if (source.startsWith('</', at)) {
      at += 2
      const name = match(tagName)?.[0] ?? ''
      const expected = open.pop()
      if (name !== expected)
        fail(expected === undefined ? `多了 </${short(name)}>` : `<${expected}> 没有用 </${expected}> 结束`)
      if (match(tagEnd)?.[1] !== '') fail(`</${short(name)}> 没有写完`)
      yield { kind: 'close', line: here }
    } else {
      at += 1
      const name = match(tagName)?.[0] ?? fail('“<”后面没有标签名')
      elements += 1
      if (elements > planLimits.elements) fail(`图形超过 ${planLimits.elements} 个，请简化`)
      const attributes = new Map<string, string>()
      for (let found = match(attribute); found; found = match(attribute)) {
        const [, key = '', double, single] = found
        if (attributes.has(key)) fail(`<${short(name)}> 的 ${short(key)} 写了两次`)
        attributes.set(key, decode(double ?? single ?? ''))
      }
      const end = match(tagEnd) ?? fail(`<${short(name)}> 没有写完，或属性写法不对`)
      yield { kind: 'open', name, attributes, line: here }
      if (end[1] === '/') yield { kind: 'close', line: here }
      else open.push(name)
      if (open.length > planLimits.depth) fail(`层次超过 ${planLimits.depth} 层，请减少分组`)
    }
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined) fail(`<${short(unclosed)}> 没有结束`)
}

/** A piece of the file as a message can hold it. */
export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function characterOf(reference: string): string | null {
  const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(reference)
  if (!number) return entities.get(reference) ?? null
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff)
  return isCharacter && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null
}
