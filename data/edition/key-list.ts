import * as v from 'valibot'
import { highestSequence, lineSchema } from './manifest.ts'

/** The first eight bytes of a public key's SHA-256, in hexadecimal: what people call the key by. */
export const keyIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

/** An Ed25519 public key (RFC 8032): its 32 bytes in base64. */
export const publicKeySchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/))

/** What the root key says of the keys that sign editions; the list with the highest version counts. */
export const keyListSchema = v.strictObject({
  format: v.literal(1),
  version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(highestSequence)),
  issued: v.pipe(v.string(), v.isoTimestamp()),
  keys: v.pipe(
    v.array(v.strictObject({ id: keyIdSchema, public: publicKeySchema, name: lineSchema })),
    v.maxLength(32),
  ),
  /** Ids of keys that count no longer, whatever they have signed. */
  revoked: v.pipe(v.array(keyIdSchema), v.maxLength(256)),
  /**
   * Where bundles go on counting once this list is known, for when a number was signed by mistake that is far too
   * high; null: nothing changes.
   */
  resetFloor: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(highestSequence))),
})

export type KeyList = v.InferOutput<typeof keyListSchema>

/** A key list as it lies in a file: its exact text, and the root key's signature over it in base64. */
export const signedKeyListSchema = v.strictObject({
  list: v.pipe(v.string(), v.maxLength(48_000)),
  signature: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/)),
})

export type SignedKeyList = v.InferOutput<typeof signedKeyListSchema>
