import { applyEdits, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser'

/** The text of a settings file with the values of `patch` in it; its comments, order and layout stay as they are. */
export function withChanges(text: string, patch: object): string {
  return leavesOf(patch).reduce(withLeaf, text)
}

/** A key that a patch changes, each with its section's name before it, and what it becomes. */
type Leaf = { readonly path: string[]; readonly value: unknown }

/** The keys that a patch changes. */
export function leavesOf(value: unknown, path: string[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }]
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : leavesOf(inner, [...path, key]),
  )
}

function withLeaf(text: string, { path, value }: Leaf): string {
  const root = parseTree(text)
  if (root && findNodeAtLocation(root, path)) return applyEdits(text, modify(text, path, value, {}))
  const section = root && findNodeAtLocation(root, path.slice(0, -1))
  const line = section && `${JSON.stringify(path.at(-1))}: ${JSON.stringify(value)}`
  const placed = section && line && (inPlaceOfComment(text, section, line) ?? afterLast(text, section, line))
  if (placed) return placed
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: endOfLine(text) }
  return applyEdits(text, modify(text, path, value, { formattingOptions }))
}

const endOfLine = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** Where the key stands behind `//`, as in a new file, it stands there without from now on. */
function inPlaceOfComment(
  text: string,
  { offset, length, children = [] }: Node,
  line: string,
): string | null {
  const name = line.slice(0, line.indexOf(':') + 1)
  for (const { index, 0: whole, 1: indent = '' } of text.matchAll(/^([ \t]*)\/\/ *"[^"\n]*":[^\n\r]*/gmu)) {
    const isHere = index > offset && index < offset + length
    const isInside = children.some((child) => index > child.offset && index < child.offset + child.length)
    if (!isHere || isInside || !whole.includes(name)) continue
    const before = children.filter((child) => child.offset < index).at(-1)
    // Without a comma after what stands before it, the line cannot stand here.
    if (before && !/^\s*,/u.test(text.slice(before.offset + before.length))) return null
    return `${text.slice(0, index)}${indent}${line},${text.slice(index + whole.length)}`
  }
  return null
}

/** Below the last key on a line of its own, after what is said there of that key. */
function afterLast(text: string, { children = [] }: Node, line: string): string | null {
  const last = children.at(-1)
  if (!last) return null
  const end = last.offset + last.length
  const indent = /(?:^|\n)([ \t]*)$/u.exec(text.slice(0, last.offset))?.[1]
  const rest = /^([ \t]*,)?[ \t]*(?:\/\/[^\n\r]*|(?:\/\*[^\n\r]*?\*\/[ \t]*)*)(?=\r?\n)/u.exec(
    text.slice(end),
  )
  if (indent === undefined || rest === null) return null
  const comma = rest[1] === undefined ? ',' : ''
  const after = end + rest[0].length
  return `${text.slice(0, end)}${comma}${text.slice(end, after)}${endOfLine(text)}${indent}${line}${comma ? '' : ','}${text.slice(after)}`
}
