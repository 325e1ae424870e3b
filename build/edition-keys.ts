import { existsSync } from 'node:fs'
import * as v from 'valibot'
import { keyListSchema } from '../data/edition/key-list.ts'
import { createKeyPair, keyId, openKeyList, publicHalf, signKeyList } from '../electron/editions/keys.ts'
import { Misused, Unusable, needed, privateKey, publicKey, read, writeNew, writeWhole } from './key-files.ts'

/** What the commands about keys can be told. */
export type KeyOptions = {
  readonly root?: string
  readonly out?: string
  readonly add?: readonly string[]
  readonly revoke?: readonly string[]
  readonly 'reset-floor'?: string
}

type Surroundings = { readonly now: Date; readonly passphrase: string | null }
type Done = { readonly exitCode: 0; readonly output: string }

/** `keys create` and `keys list`; throws `Misused` and `Unusable`. */
export function runKeys([action, name]: readonly string[], values: KeyOptions, around: Surroundings): Done {
  if (action === 'create' && name !== undefined) return createKey(name, around.passphrase)
  if (action === 'list') return writeKeyList(values, around)
  throw new Misused('keys takes "create NAME" or "list"')
}

function createKey(name: string, passphrase: string | null): Done {
  const pair = createKeyPair(passphrase)
  writeNew(`${name}.key`, pair.pem, 0o600)
  writeNew(`${name}.pub`, `${pair.public}\n`, 0o644)
  const care =
    passphrase === null ? 'It is not ciphered: keep it where nobody else can read it.' : 'It is ciphered.'
  return { exitCode: 0, output: `Key ${keyId(pair.public)}: ${name}.key and ${name}.pub. ${care}` }
}

function writeKeyList(values: KeyOptions, { now, passphrase }: Surroundings): Done {
  const rootKey = privateKey(needed(values.root, '--root'), passphrase)
  const out = needed(values.out, '--out')
  const before = existsSync(out) ? openKeyList(read(out).toString('utf8'), publicHalf(rootKey)) : null
  if (existsSync(out) && !before)
    throw new Unusable(`${out} is no key list of this root key. Nothing was written.`)
  const added = (values.add ?? []).map((file) => {
    const key = publicKey(file)
    return { id: keyId(key), public: key, name: file.replace(/^.*[/\\]/, '').replace(/\.pub$/, '') }
  })
  const revoked = [...new Set([...(before?.revoked ?? []), ...(values.revoke ?? [])])]
  const all = new Map([...(before?.keys ?? []), ...added].map((key) => [key.id, key]))
  for (const id of revoked) all.delete(id)
  const floor = values['reset-floor']
  const list = v.safeParse(keyListSchema, {
    format: 1,
    version: (before?.version ?? 0) + 1,
    issued: now.toISOString(),
    keys: [...all.values()],
    revoked,
    resetFloor: floor === undefined ? null : Number(floor),
  })
  if (!list.success)
    throw new Misused(`The list would not be right at ${v.getDotPath(list.issues[0]) ?? 'its top'}`)
  writeWhole(out, Buffer.from(`${JSON.stringify(signKeyList(list.output, rootKey))}\n`))
  const names = list.output.keys.map(({ id, name }) => `  ${id}  ${name}`)
  return { exitCode: 0, output: [`Key list ${list.output.version} in ${out}:`, ...names].join('\n') }
}
