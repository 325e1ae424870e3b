import { zipSync } from 'fflate'
import mammoth from 'mammoth'
import * as v from 'valibot'
import { type Refusal, refuse } from '../../data/sources.ts'
import { megabyte, mostDocument, mostUnpacked } from './limits.ts'
import { isShallow } from './markup.ts'
import { unpack } from './unpack.ts'
import { writeOutNumbers } from './docx-numbers.ts'

/** The text of a Word document, laid out as the guide's text is. */
export type DocumentText = { readonly kind: 'text'; readonly text: string }

/** What a document's text is made of; pictures, fonts and macros are left in the file. */
const textParts = /^(?:\[Content_Types\]\.xml|_rels\/.*|word\/(?:[^/]+\.xml|_rels\/.*))$/

/**
 * Reads a .docx: its paragraphs a line each, its tables cell by cell, each cell opened by a tab as in the
 * guide's text. Numbers that Word counts by itself are written out, deleted text that is only marked as deleted
 * stays out.
 */
export async function readDocx(bytes: Uint8Array): Promise<DocumentText | Refusal> {
  const unpacked = await unpack(bytes, (name) => textParts.test(name))
  if (unpacked.kind === 'too-large-unpacked') return refuse('too-large-unpacked', { most: mostUnpacked })
  if (unpacked.kind === 'damaged') return refuse('damaged', { why: unpacked.why })
  const { parts } = unpacked
  const size = [...parts.values()].reduce((sum, { length }) => sum + length, 0)
  if (size > mostDocument * megabyte) return refuse('too-large-unpacked', { most: mostDocument })
  const document = parts.get('word/document.xml')
  if (!document) return refuse('not-what-it-says', { looksLike: 'zip' })
  const textOf = (name: string): string => new TextDecoder().decode(parts.get(name) ?? new Uint8Array())
  const numbered = writeOutNumbers(
    new TextDecoder().decode(document),
    textOf('word/numbering.xml'),
    textOf('word/styles.xml'),
  )
  const texts = [numbered, ...[...parts.keys()].filter((name) => name !== 'word/document.xml').map(textOf)]
  if (!texts.every(isShallow)) return refuse('damaged', { why: 'its elements have no end' })
  const slim = Object.fromEntries(parts)
  slim['word/document.xml'] = new TextEncoder().encode(numbered)
  try {
    return { kind: 'text', text: linesOf(await treeOf(zipSync(slim, { level: 0 }))).join('\n') }
  } catch (error) {
    return refuse('damaged', { why: error instanceof Error ? error.message : String(error) })
  }
}

/** As much of mammoth's tree of a document as text is made of. */
type Node = {
  readonly type: string
  readonly value?: string | undefined
  readonly breakType?: string | undefined
  readonly children?: readonly Node[] | undefined
}

const nodeSchema: v.GenericSchema<Node> = v.object({
  type: v.string(),
  value: v.optional(v.string()),
  breakType: v.optional(v.string()),
  children: v.optional(v.array(v.lazy(() => nodeSchema))),
})

async function treeOf(docx: Uint8Array): Promise<Node> {
  let tree: unknown = null
  await mammoth.convertToHtml(
    { buffer: Buffer.from(docx) },
    {
      transformDocument: (document: unknown) => {
        tree = document
        // No HTML is wanted, so none is made.
        return typeof document === 'object' ? { ...document, children: [] } : document
      },
    },
  )
  return v.parse(nodeSchema, tree)
}

/** The lines of a document: a paragraph one, or more where it has line breaks; a table's cells as in the guide. */
function linesOf({ type, children = [], ...node }: Node): readonly string[] {
  if (type === 'paragraph') return inlineText({ type, children, ...node }).split('\n')
  if (type === 'tableCell') {
    const [first = '', ...more] = children.flatMap(cellLines)
    return [`\t${first}`, ...more]
  }
  if (type === 'tableRow') return children.flatMap((cell) => [...linesOf(cell)])
  if (type === 'table') return [...children.flatMap((row) => [...linesOf(row)]), '']
  return children.flatMap((child) => [...linesOf(child)])
}

/** What stands in a cell; a table within one keeps its rows, their cells side by side. */
function cellLines(node: Node): readonly string[] {
  if (node.type !== 'table') return linesOf(node)
  return (node.children ?? []).map((row) =>
    (row.children ?? []).map((cell) => (cell.children ?? []).flatMap(cellLines).join(' ')).join(' '),
  )
}

function inlineText({ type, value, breakType, children = [] }: Node): string {
  if (type === 'text') return value ?? ''
  if (type === 'tab') return '\t'
  if (type === 'break') return breakType === 'line' ? '\n' : ''
  return children.map(inlineText).join('')
}
