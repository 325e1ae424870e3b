import * as v from 'valibot'
import { offerKinds } from './sources.ts'

/** A stick's file system as staff are shown it. */
export const stickSchema = v.object({
  /** The same as long as it stays plugged in. */
  id: v.string(),
  /** Its label, else its model, else null. */
  name: v.nullable(v.string()),
  /** Bytes; null where the system does not say. */
  size: v.nullable(v.number()),
  /**
   * `ready`: can be read; `not-mounted`: the system has not opened it (and may not let us); `unknown-format`:
   * it holds no file system this machine knows.
   */
  state: v.picklist(['ready', 'not-mounted', 'unknown-format']),
  /** True where nothing can be written to it: a switch on the stick, or opened so by the system. */
  readOnly: v.boolean(),
})

export type Stick = v.InferOutput<typeof stickSchema>

/** A file on a stick that a kiosk could take. */
export const offerSchema = v.object({
  stick: v.string(),
  /** Its path on the stick, parts joined by a slash: "办事指南/指南.docx". */
  path: v.string(),
  name: v.string(),
  kind: v.picklist(offerKinds),
  /** Bytes. */
  size: v.number(),
  /** When it was last changed, ISO 8601 in UTC. */
  modified: v.string(),
})

export type StickOffer = v.InferOutput<typeof offerSchema>

/** What lies on a stick; `complete` is false where there is more than is looked at. */
export type StickOffers = { readonly offers: readonly StickOffer[]; readonly complete: boolean }

/** What became of reading a file from a stick. */
export type StickRead =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array }
  /** The stick or the file is not there any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'too-large'; readonly megabytes: number; readonly most: number }
  /** A link, a folder, a device: nothing that is opened. */
  | { readonly kind: 'no-file' }
  /** The stick is broken or was pulled out while it was read. */
  | { readonly kind: 'unreadable' }

/** What became of writing files to a stick; only after `written` may it be pulled out. */
export type StickWrite =
  | { readonly kind: 'written'; readonly folder: string; readonly files: readonly string[] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'read-only' }
  /** Bytes that are missing. */
  | { readonly kind: 'full'; readonly missing: number }
  /** What was written did not read back the same, or the stick failed. */
  | { readonly kind: 'failed' }
