import * as v from 'valibot'
import type { EditionFiles } from '../../data/edition/files.ts'
import type { BundleProblem } from '../../data/edition/bundle-problems.ts'
import { type BundleContext, type Manifest, manifestSchema, misfit } from '../../data/edition/manifest.ts'
import type { KeyList } from '../../data/edition/key-list.ts'
import { type TrustedKeys, openKeyList, sha256, signatureSize, signerOf } from './keys.ts'
import { deflate, inflate, joinFiles, splitFiles } from './payload.ts'

/** The most bytes a bundle may have. */
export const largestBundle = 8 * 1024 * 1024

export { type BundleProblem }

/** As PNG's: a bundle that went through something that changes line ends is no bundle any more. */
const magic = Buffer.from([0x89, 0x4b, 0x49, 0x4f, 0x53, 0x4b, 0x0d, 0x0a, 0x1a, 0x0a])
const longestManifest = 16_384
const longestKeyList = 65_535
const mostSignatures = 4
const hashSize = 32

/** A bundle that was found right, all of it in memory. */
export type OpenBundle = {
  readonly kind: 'opened'
  readonly manifest: Manifest
  readonly files: EditionFiles
  /** The trusted key that signed it; null: nobody has, and staff must answer for it. */
  readonly signer: { readonly id: string; readonly name: string } | null
  /** A newer key list that came with it, signed by the root key. */
  readonly keyList: { readonly list: KeyList; readonly text: string } | null
  /** The bundle as it came. */
  readonly bytes: Buffer
}

export type OpenedBundle = OpenBundle | { readonly kind: 'refused'; readonly problem: BundleProblem }

/** The parts of a bundle, none of them believed yet. */
type Parts = {
  readonly manifest: Buffer
  readonly signatures: readonly Buffer[]
  readonly keyList: string
  readonly packed: Buffer
}

/**
 * Lays the parts into one file: magic; the parts' lengths; manifest, signatures, a signed key list or nothing, the
 * deflated texts; the SHA-256 of all that. It proves nothing against a forger, but tells damage from forgery.
 */
function layOut({ manifest, signatures, keyList, packed }: Parts): Buffer {
  const keys = Buffer.from(keyList)
  const numbers = Buffer.alloc(13)
  numbers.writeUInt32BE(manifest.length, 0)
  numbers.writeUInt8(signatures.length, 4)
  numbers.writeUInt32BE(keys.length, 5)
  numbers.writeUInt32BE(packed.length, 9)
  const whole = Buffer.concat([magic, numbers, manifest, ...signatures, keys, packed])
  return Buffer.concat([whole, Buffer.from(sha256(whole), 'hex')])
}

function takeApart(bytes: Buffer): Parts | null {
  if (bytes.length < magic.length + 13 + hashSize) return null
  const end = bytes.length - hashSize
  if (bytes.toString('hex', end) !== sha256(bytes.subarray(0, end))) return null
  const [manifestSize, count] = [bytes.readUInt32BE(magic.length), bytes.readUInt8(magic.length + 4)]
  const [keysSize, packedSize] = [bytes.readUInt32BE(magic.length + 5), bytes.readUInt32BE(magic.length + 9)]
  if (manifestSize > longestManifest || count > mostSignatures || keysSize > longestKeyList) return null
  const sizes = [manifestSize, ...Array.from({ length: count }, () => signatureSize), keysSize, packedSize]
  let at = magic.length + 13
  const parts = sizes.map((size) => bytes.subarray(at, (at += size)))
  const [manifest, keys, packed] = [parts[0], parts.at(-2), parts.at(-1)]
  if (at !== end || !manifest || !keys || !packed) return null
  return { manifest, signatures: parts.slice(1, -2), keyList: keys.toString('utf8'), packed }
}

/** What a bundle is made of; the manifest's hashes and sizes are worked out here. */
export type BundleMaking = {
  readonly files: EditionFiles
  readonly manifest: Omit<Manifest, 'product' | 'format' | 'content' | 'packed'>
  /** Signs the manifest's bytes; null: unsigned. */
  readonly signer: ((manifest: Buffer) => Buffer) | null
  /** The text of a signed key list that kiosks are to learn of, or null. */
  readonly keyList: string | null
}

/** A bundle as it was made. */
export type MadeBundle = { readonly bytes: Buffer; readonly manifest: Manifest }

/** Makes a bundle; throws `ValiError` where the manifest is none, `RangeError` where the bundle would be too large. */
export async function makeBundle({ files, manifest, signer, keyList }: BundleMaking): Promise<MadeBundle> {
  const content = joinFiles(files)
  const packed = await deflate(content)
  const whole: Manifest = {
    product: 'lobby-kiosk',
    format: 1,
    ...manifest,
    content: { sha256: sha256(content), size: content.length },
    packed: { sha256: sha256(packed), size: packed.length },
  }
  const text = Buffer.from(JSON.stringify(v.parse(manifestSchema, whole)))
  const signatures = signer ? [signer(text)] : []
  const bytes = layOut({ manifest: text, signatures, keyList: keyList ?? '', packed })
  if (bytes.length > largestBundle) throw new RangeError(`The bundle would have ${bytes.length} bytes`)
  return { bytes, manifest: whole }
}

/**
 * Opens a bundle that was read into memory once. In this order: size, lengths, key list, signature over the exact
 * bytes of the manifest, only then the manifest itself, the hash of what is packed, only then inflating it (to the
 * size the manifest names), the hash of the content, and whether it is for this kiosk.
 *
 * A bundle that nobody has signed opens with `signer: null`, as does any where no root key is known; one with a
 * signature that is not a trusted key's is refused. `context` null: it is held against no kiosk.
 */
export async function openBundle(
  given: Uint8Array,
  keys: TrustedKeys,
  context: BundleContext | null,
): Promise<OpenedBundle> {
  const parts = partsOf(given)
  if (typeof parts === 'string') return refused(parts)
  const trust = trustIn(parts, keys)
  if (typeof trust === 'string') return refused(trust)
  const content = await contentIn(parts)
  if (typeof content === 'string') return refused(content)
  const { sequence, local } = content.manifest
  // What was only approved at some kiosk is never signed, and what is signed always counts up.
  if (trust.signer && (sequence === 0 || local !== null)) return refused('bad-manifest')
  const wrong = context && misfit(content.manifest, context)
  if (wrong) return refused(wrong)
  return { kind: 'opened', ...content, ...trust, bytes: asBuffer(given) }
}

/** What the kiosk itself keeps as a bundle: its hashes are checked, who signed it was known when it came. */
export async function reopenBundle(
  bytes: Uint8Array,
): Promise<Pick<OpenBundle, 'manifest' | 'files'> | null> {
  const parts = partsOf(bytes)
  if (typeof parts === 'string') return null
  const content = await contentIn(parts)
  return typeof content === 'string' ? null : content
}

const refused = (problem: BundleProblem): OpenedBundle => ({ kind: 'refused', problem })

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

function partsOf(given: Uint8Array): Parts | BundleProblem {
  if (given.length > largestBundle) return 'too-large'
  const bytes = asBuffer(given)
  if (!bytes.subarray(0, magic.length).equals(magic)) return 'not-a-bundle'
  return takeApart(bytes) ?? 'damaged'
}

/** Who signed the manifest, going by the latest key list there is; nothing is parsed here but that list, once verified. */
function trustIn(
  { manifest, signatures, keyList }: Parts,
  { root, list }: TrustedKeys,
): Pick<OpenBundle, 'signer' | 'keyList'> | BundleProblem {
  if (root === null) return { signer: null, keyList: null }
  const brought = keyList === '' ? null : openKeyList(keyList, root)
  if (keyList !== '' && !brought) return 'unknown-signature'
  const isNewer = brought !== null && brought.version > (list?.version ?? 0)
  const signer = signerOf(manifest, signatures, isNewer ? brought : list)
  if (!signer && signatures.length > 0) return 'unknown-signature'
  return { signer, keyList: isNewer ? { list: brought, text: keyList } : null }
}

async function contentIn({
  manifest: text,
  packed,
}: Parts): Promise<Pick<OpenBundle, 'manifest' | 'files'> | BundleProblem> {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), manifestSchema), text.toString('utf8'))
  if (!read.success) return 'bad-manifest'
  const manifest = read.output
  if (manifest.packed.size !== packed.length || manifest.packed.sha256 !== sha256(packed)) return 'damaged'
  const content = await inflate(packed, manifest.content.size)
  if (!content || manifest.content.sha256 !== sha256(content)) return 'damaged'
  const files = splitFiles(content)
  return files ? { manifest, files } : 'bad-content'
}
