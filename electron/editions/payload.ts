import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import * as v from 'valibot'
import { type EditionFiles, editionFilesSchema, longestEdition, mostFiles } from '../../data/edition/files.ts'

/** What a bundle carries before it is deflated: a line of JSON with each text's name and length, then the texts. */
const indexSchema = v.pipe(
  v.array(v.strictTuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))])),
  v.maxLength(mostFiles),
)

/** The most bytes the index may take. */
const longestIndex = 64_000

/** The most bytes the texts may inflate to: three for each character, and the index. */
const mostInflated = 3 * longestEdition + longestIndex

/**
 * The texts with everything left out that says nothing: spaces between the parts of JSON. The same content is the
 * same edition then, however it was laid out. What is no JSON stays as it is.
 */
export function canonicalFiles(files: EditionFiles): EditionFiles {
  const names = Object.keys(files).sort()
  return Object.fromEntries(names.map((name) => [name, canonicalText(name, files[name] ?? '')]))
}

function canonicalText(name: string, text: string): string {
  if (!name.endsWith('.json')) return text
  try {
    return JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return text
  }
}

/** Joins the texts into one run of bytes, always the same for the same texts. */
export function joinFiles(files: EditionFiles): Buffer {
  const entries = Object.entries(canonicalFiles(files)).map(
    ([name, text]) => [name, Buffer.from(text)] as const,
  )
  const index = JSON.stringify(entries.map(([name, bytes]) => [name, bytes.length]))
  return Buffer.concat([Buffer.from(`${index}\n`), ...entries.map(([, bytes]) => bytes)])
}

/** The texts that `joinFiles` joined; null where the bytes are no such texts. */
export function splitFiles(bytes: Buffer): EditionFiles | null {
  const end = bytes.subarray(0, longestIndex).indexOf(0x0a)
  if (end < 0) return null
  const head = v.safeParse(v.pipe(v.string(), v.parseJson(), indexSchema), bytes.toString('utf8', 0, end))
  if (!head.success) return null
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const texts: [string, string][] = []
  let at = end + 1
  for (const [name, length] of head.output) {
    if (at + length > bytes.length) return null
    try {
      texts.push([name, decoder.decode(bytes.subarray(at, at + length))])
    } catch {
      return null
    }
    at += length
  }
  if (at !== bytes.length || new Set(texts.map(([name]) => name)).size !== texts.length) return null
  const files = v.safeParse(editionFilesSchema, Object.fromEntries(texts))
  return files.success ? files.output : null
}

/** Deflates (RFC 1951). */
export async function deflate(bytes: Buffer): Promise<Buffer> {
  return promisify(deflateRaw)(bytes)
}

/** Inflates to exactly `size` bytes, never to more; null where the bytes do not give that. */
export async function inflate(bytes: Uint8Array, size: number): Promise<Buffer | null> {
  if (size > mostInflated) return null
  try {
    const inflated = await promisify(inflateRaw)(bytes, { maxOutputLength: size + 1 })
    return inflated.length === size ? inflated : null
  } catch {
    return null
  }
}
