import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import * as v from 'valibot'
import { publicKeySchema } from '../data/edition/key-list.ts'
import { readPrivateKey } from '../electron/editions/keys.ts'

/** A file that cannot be used; its message is all a person needs. */
export class Unusable extends Error {}

/** A command that was called wrongly. */
export class Misused extends Error {}

/** An option that has to be given; throws `Misused`. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new Misused(`${name} is missing`)
  return value
}

/** A file's bytes; throws `Unusable`. */
export function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Unusable(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The public key in a file; throws `Unusable`. */
export function publicKey(file: string): string {
  const key = v.safeParse(publicKeySchema, read(file).toString('utf8').trim())
  if (!key.success) throw new Unusable(`${file} is no public key.`)
  return key.output
}

/** The private key in a PEM file; throws `Unusable`. */
export function privateKey(file: string, passphrase: string | null) {
  const pem = read(file).toString('utf8')
  try {
    return readPrivateKey(pem, passphrase)
  } catch {
    throw new Unusable(`${file} is no key, or KIOSK_KEY_PASSPHRASE is not its passphrase.`)
  }
}

/** Writes a file that must not be there yet, since a key is never written over; throws `Unusable`. */
export function writeNew(file: string, text: string, mode: number): void {
  try {
    const descriptor = openSync(file, 'wx', mode)
    writeSync(descriptor, text)
    closeSync(descriptor)
  } catch (error) {
    throw new Unusable(`Cannot make ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Writes a file whole or not at all; throws `Unusable`. */
export function writeWhole(file: string, bytes: Buffer): void {
  const fresh = `${file}.${randomUUID()}.new`
  try {
    writeFileSync(fresh, bytes)
    renameSync(fresh, file)
  } catch (error) {
    throw new Unusable(`Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
