import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { megabyte, mostEntries, mostUnpacked } from './limits.ts'

/** The wanted entries of a packed file, or why they are not to be had. */
export type Unpacked =
  | { readonly kind: 'unpacked'; readonly parts: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'too-large-unpacked' }
  | { readonly kind: 'damaged'; readonly why: string }

/**
 * Unpacks the entries of a zip whose names are wanted, into memory. What all its entries say they hold is
 * added up before any of them is inflated, and none may give another number of bytes than it says.
 */
export async function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): Promise<Unpacked> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true, validateEntrySizes: true })
    const parts = new Map<string, Uint8Array>()
    let total = 0
    let entries = 0
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize
      entries += 1
      if (entries > mostEntries || total > mostUnpacked * megabyte) return { kind: 'too-large-unpacked' }
      if (!wanted(entry.fileName)) continue
      if (parts.has(entry.fileName))
        return { kind: 'damaged', why: `two entries are named ${entry.fileName}` }
      parts.set(entry.fileName, await readEntry(zip, entry))
    }
    return { kind: 'unpacked', parts }
  } catch (error) {
    return { kind: 'damaged', why: error instanceof Error ? error.message : String(error) }
  }
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
