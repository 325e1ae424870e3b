import { createHash } from 'node:crypto'
import type { EditionFiles } from '../../data/edition/files.ts'
import { type OfferOutcome, type Refusal, refuse } from '../../data/sources.ts'
import type { SourceContext } from './candidate.ts'
import { readDocx } from './docx.ts'
import { decodeText, encodingFinding } from './encoding.ts'
import { guideCandidate } from './guide.ts'
import { kindOf, mostOf } from './kinds.ts'
import { megabyte } from './limits.ts'
import { looksOf } from './looks.ts'
import { partsCandidate, type Part } from './parts.ts'
import { workbookCandidate } from './workbook-candidate.ts'

/** A file as it was read from a stick, once. */
export type OfferedFile = { readonly name: string; readonly bytes: Uint8Array }

/** What files are held against. */
export type ReadContext = {
  /** The texts of the edition in force. */
  readonly files: EditionFiles
  readonly now: Date
  /** Opens a signed bundle; left out: bundles are not taken. */
  readonly openBundle?: (bytes: Uint8Array, name: string) => Promise<OfferOutcome>
}

/** Reads a file that staff chose: a whole new edition, or why it is none. Never rejects for what is in the file. */
export function readOffer(bytes: Uint8Array, name: string, context: ReadContext): Promise<OfferOutcome> {
  return readOffers([{ name, bytes }], context)
}

/**
 * Reads files that staff chose together. Parts of an edition (site.json, plans, …) may come several at a time
 * and become one edition; a bundle, a guide or a workbook comes alone.
 */
export async function readOffers(files: readonly OfferedFile[], context: ReadContext): Promise<OfferOutcome> {
  const [first, ...more] = files
  if (!first) return refuse('empty')
  const parts: Part[] = []
  for (const { name, bytes } of files) {
    const kind = kindOf(name)
    if (kind === null) return refuse('not-taken', { name })
    if (bytes.length === 0) return refuse('empty', { name })
    const most = mostOf(kind)
    if (bytes.length > most * megabyte)
      return refuse('too-large', { name, megabytes: Math.ceil(bytes.length / megabyte), most })
    parts.push({ name, kind, bytes })
  }
  const hash = createHash('sha256')
  for (const { bytes } of files) hash.update(bytes)
  const named = { name: files.map(({ name }) => name).join('、'), sha256: hash.digest('hex') }
  const source: SourceContext = { files: context.files, now: context.now, ...named }
  const whole = parts.find(({ kind }) => kind === 'bundle' || kind === 'guide' || kind === 'workbook')
  if (!whole) return partsCandidate(parts, source)
  if (more.length > 0) return refuse('not-taken', { name: whole.name })
  if (whole.kind === 'bundle')
    return context.openBundle?.(first.bytes, first.name) ?? refuse('not-taken', { name: first.name })
  return whole.kind === 'workbook' ? readWorkbook(first, source) : readGuideFile(first, source)
}

async function readGuideFile({ name, bytes }: OfferedFile, source: SourceContext): Promise<OfferOutcome> {
  const looks = looksOf(bytes)
  if (looks === 'zip' && !/\.txt$/i.test(name)) {
    const document = await readDocx(bytes)
    return document.kind === 'refused' ? document : guideCandidate(document.text, source, 'document')
  }
  if (looks === 'ole') return refuse(/\.docx$/i.test(name) ? 'locked-or-old' : 'old-word', { name })
  if (looks !== 'unknown' || /\.docx$/i.test(name)) return falseName(name, looks)
  const decoded = decodeText(bytes)
  if (decoded.kind === 'not-text') return refuse('not-text', { file: name })
  const told = encodingFinding(decoded)
  return guideCandidate(decoded.text, source, 'text', told ? [told] : [])
}

async function readWorkbook({ name, bytes }: OfferedFile, source: SourceContext): Promise<OfferOutcome> {
  const looks = looksOf(bytes)
  if (looks === 'ole') return refuse(/\.xlsx$/i.test(name) ? 'locked-or-old' : 'old-spreadsheet', { name })
  return looks === 'zip' ? workbookCandidate(bytes, source) : falseName(name, looks)
}

const falseName = (name: string, looksLike: string): Refusal =>
  refuse('not-what-it-says', { name, looksLike })
