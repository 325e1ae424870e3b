import { KioskError } from '../../data/errors.ts'
import type { Printable } from '../../data/printable.ts'
import { type Paper, paperOf, papers } from '../../data/slip.ts'

/** Turns a composed document into the bytes of a PDF; rejects where it cannot. */
export type RenderPdf = (document: Printable) => Promise<Uint8Array>

/** What was found in the bytes of a PDF. */
export type PdfCheck =
  { readonly kind: 'sound'; readonly pages: number } | { readonly kind: 'damaged'; readonly problem: string }

const smallestBytes = 500
const largestBytes = 20 * 1024 * 1024
const mostPages = 20
/** Chromium rounds to device pixels, so a point (1/72 inch) either way is the paper's size. */
const tolerance = 1.5
/** The shortest and longest slip on a roll, in millimetres. */
const rollLengths = { least: 40, most: 3000 }

/**
 * Whether bytes are a whole PDF that a printer will take: header, end, cross-reference where the end says,
 * 1 to 20 pages, every media box as large as the paper; on a roll one page. Reads the plain objects that Chromium writes (ISO 32000-1, 7.5).
 */
export function checkPdf(bytes: Uint8Array, paper: Paper): PdfCheck {
  const damaged = (problem: string): PdfCheck => ({ kind: 'damaged', problem })
  if (bytes.length < smallestBytes) return damaged(`${bytes.length} bytes are too few`)
  if (bytes.length > largestBytes) return damaged(`${bytes.length} bytes are too many`)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!text.startsWith('%PDF-')) return damaged('no %PDF- header')
  const end = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-64))
  if (!end) return damaged('no %%EOF at the end')
  if (!text.startsWith('xref', Number(end[1]))) return damaged('no cross-reference where the end says')
  const pages = text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0
  if (pages < 1 || pages > (papers[paper].height === null ? 1 : mostPages)) return damaged(`${pages} pages`)
  const boxes = [...text.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
  if (boxes.length === 0) return damaged('no media box')
  const strange = boxes.find((box) => !isOn(paper, box))
  if (strange !== undefined) return damaged(`media box [${strange.trim().slice(0, 60)}] is not ${paper}`)
  return { kind: 'sound', pages }
}

/** Renders a document and vouches for the bytes; throws `printing-failed` where they are damaged. */
export async function renderSound(
  render: RenderPdf,
  document: Printable,
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
  const bytes = await render(document)
  const check = checkPdf(bytes, paperOf[document.format])
  if (check.kind === 'damaged')
    throw new KioskError('printing-failed', `The PDF is damaged: ${check.problem}`)
  return { bytes, pages: check.pages }
}

function isOn(paper: Paper, box: string): boolean {
  const [left = NaN, bottom = NaN, right = NaN, top = NaN] = box.trim().split(/\s+/).map(Number)
  const { width, height } = papers[paper]
  const long = top - bottom
  const isLong =
    height === null
      ? long >= points(rollLengths.least) && long <= points(rollLengths.most)
      : Math.abs(long - points(height)) <= tolerance
  return Math.abs(right - left - points(width)) <= tolerance && isLong
}

const points = (millimetres: number): number => (millimetres / 25.4) * 72
