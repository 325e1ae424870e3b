import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto'
import * as v from 'valibot'
import {
  type KeyList,
  type SignedKeyList,
  keyListSchema,
  publicKeySchema,
  signedKeyListSchema,
} from '../../data/edition/key-list.ts'

/** What a signature stands over besides the bytes themselves, so that none can be used for something else. */
const domains = { edition: 'lobby-kiosk edition 1\0', keys: 'lobby-kiosk keys 1\0' } as const

type Domain = keyof typeof domains

/** Bytes of an Ed25519 signature, and of a public key. */
export const signatureSize = 64
export const keySize = 32

/** What a kiosk believes: the root key IT gave it, and the latest list of that key. Null: signatures mean nothing here. */
export type TrustedKeys = { readonly root: string | null; readonly list: KeyList | null }

/** Nobody is trusted: every edition has to be approved by staff. */
export const noKeys: TrustedKeys = { root: null, list: null }

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

/** The SHA-256 of bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What people call a public key by. */
export function keyId(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64')).slice(0, 16)
}

/** A new pair: the private key as PEM (PKCS #8), ciphered where a passphrase is given, and the public one in base64. */
export function createKeyPair(passphrase: string | null): { readonly pem: string; readonly public: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const cipher = passphrase === null ? {} : { cipher: 'aes-256-cbc', passphrase }
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString()
  return { pem, public: rawPublic(publicKey) }
}

/** The private key of a PEM text; throws what `node:crypto` throws where it is none, or the passphrase is wrong. */
export function readPrivateKey(pem: string, passphrase: string | null): KeyObject {
  const key = createPrivateKey({ key: pem, ...(passphrase !== null && { passphrase }) })
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('The key is not an Ed25519 key')
  return key
}

/** The public half of a private key, in base64. */
export function publicHalf(privateKey: KeyObject): string {
  return rawPublic(createPublicKey(privateKey))
}

function rawPublic(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).subarray(spkiHead.length).toString('base64')
}

/** Signs bytes as what `domain` says they are. */
export function signAs(domain: Domain, bytes: Uint8Array, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.concat([Buffer.from(domains[domain]), bytes]), privateKey)
}

/** True where `signature` is the key's, over these bytes and as what `domain` says. */
export function isSignedBy(
  publicKey: string,
  domain: Domain,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!v.is(publicKeySchema, publicKey) || signature.length !== signatureSize) return false
  try {
    const der = Buffer.concat([spkiHead, Buffer.from(publicKey, 'base64')])
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return verify(null, Buffer.concat([Buffer.from(domains[domain]), bytes]), key, signature)
  } catch {
    return false
  }
}

/** Signs a key list with the root key. */
export function signKeyList(list: KeyList, root: KeyObject): SignedKeyList {
  const text = JSON.stringify(list)
  return { list: text, signature: signAs('keys', Buffer.from(text), root).toString('base64') }
}

/** The list in a file's text, where the root key signed it; null where it did not, or it is no list. */
export function openKeyList(text: string, root: string): KeyList | null {
  const signed = v.safeParse(v.pipe(v.string(), v.parseJson(), signedKeyListSchema), text)
  if (!signed.success) return null
  const { list, signature: base64 } = signed.output
  const signature = Buffer.from(base64, 'base64')
  // Of base64's last letter some bits mean nothing: a list has one text all the same.
  if (signature.toString('base64') !== base64) return null
  if (!isSignedBy(root, 'keys', Buffer.from(list), signature)) return null
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), keyListSchema), list)
  return read.success && read.output.keys.every(({ id, public: key }) => keyId(key) === id)
    ? read.output
    : null
}

/** The name of the trusted key among `signatures` that signed the manifest's bytes; null where none did. */
export function signerOf(
  manifest: Uint8Array,
  signatures: readonly Uint8Array[],
  list: KeyList | null,
): { readonly id: string; readonly name: string } | null {
  for (const { id, public: key, name } of list?.keys ?? []) {
    if (list?.revoked.includes(id)) continue
    if (signatures.some((signature) => isSignedBy(key, 'edition', manifest, signature))) return { id, name }
  }
  return null
}
