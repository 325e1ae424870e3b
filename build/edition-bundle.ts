import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { fingerprint } from '../data/edition/fingerprint.ts'
import { KioskError } from '../data/errors.ts'
import { type BundleProblem, makeBundle, openBundle } from '../electron/editions/bundle.ts'
import { readContentFolder } from '../electron/editions/content-folder.ts'
import { contentOf } from '../electron/editions/content-of.ts'
import { noKeys, openKeyList, signAs } from '../electron/editions/keys.ts'
import { runKeys } from './edition-keys.ts'
import { Misused, Unusable, needed, privateKey, publicKey, read, writeWhole } from './key-files.ts'

const root = join(import.meta.dirname, '..')

const usage = `Usage: npm run bundle -- COMMAND …
  keys create NAME                    a new key: NAME.key (keep it secret) and NAME.pub
  keys list --root ROOT.key --out keys.json [--add NAME.pub …] [--revoke ID …] [--reset-floor N]
                                      the list of keys that sign editions, signed by the root key; goes on from
                                      the list in the file where there is one
  make --out FILE.kiosk [--content FOLDER] [--sequence N] [--expires YYYY-MM-DD] [--minimum-app X.Y.Z]
       [--site ID …] [--kiosk ID …] [--key NAME.key] [--keys keys.json]
                                      a bundle of a folder of content; unsigned without --key
  sign FILE.kiosk --key NAME.key --out SIGNED.kiosk [--sequence N] [--keys keys.json]
                                      the same edition, signed
  check FILE.kiosk [--root ROOT.pub] [--keys keys.json]
                                      what is in a bundle, and whether a kiosk with that root key takes it
A key is ciphered with the passphrase in KIOSK_KEY_PASSPHRASE where that is set.`

/** What the command says and how it ends: 0 done, 1 a file is not as it should be, 2 called wrongly. */
export type BundleResult = { readonly exitCode: 0 | 1 | 2; readonly output: string }

/** What the command is told by its surroundings. */
export type BundleSurroundings = { readonly now: Date; readonly passphrase: string | null }

const options = {
  root: { type: 'string' },
  out: { type: 'string' },
  add: { type: 'string', multiple: true },
  revoke: { type: 'string', multiple: true },
  'reset-floor': { type: 'string' },
  content: { type: 'string' },
  sequence: { type: 'string' },
  expires: { type: 'string' },
  'minimum-app': { type: 'string' },
  site: { type: 'string', multiple: true },
  kiosk: { type: 'string', multiple: true },
  key: { type: 'string' },
  keys: { type: 'string' },
} as const

function readCall(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : String(error))
  }
}

type Values = ReturnType<typeof readCall>['values']

/** Makes, signs and checks bundles, and the keys they are signed with. */
export async function runBundle(
  args: readonly string[],
  surroundings: BundleSurroundings,
): Promise<BundleResult> {
  try {
    const { values, positionals } = readCall(args)
    const [command, ...rest] = positionals
    if (command === 'keys') return runKeys(rest, values, surroundings)
    if (command === 'make' && rest.length === 0) return await make(values, surroundings)
    if (command === 'sign' && rest.length === 1) return await sign(rest[0] ?? '', values, surroundings)
    if (command === 'check' && rest.length === 1) return await check(rest[0] ?? '', values)
    return { exitCode: 2, output: usage }
  } catch (error) {
    if (error instanceof Misused) return { exitCode: 2, output: `${error.message}\n${usage}` }
    if (error instanceof Unusable || error instanceof KioskError)
      return { exitCode: 1, output: error.message }
    throw error
  }
}

async function make(values: Values, { now, passphrase }: BundleSurroundings): Promise<BundleResult> {
  const files = await readContentFolder(values.content ?? join(root, 'data/content'))
  const { catalogue } = contentOf(files, null)
  const key = values.key === undefined ? null : privateKey(values.key, passphrase)
  if (key && values.sequence === undefined)
    throw new Misused('A signed bundle needs --sequence N, higher than the last')
  const bytes = await bundleOf({
    files,
    manifest: {
      sequence: values.sequence === undefined ? 0 : Number(values.sequence),
      edition: catalogue.edition,
      created: now.toISOString(),
      expires: values.expires === undefined ? null : `${values.expires}T00:00:00.000Z`,
      minimumApp: values['minimum-app'] ?? '0.1.0',
      sites: values.site ?? null,
      kiosks: values.kiosk ?? null,
      local: null,
    },
    signer: key && ((manifest) => signAs('edition', manifest, key)),
    keyList: values.keys === undefined ? null : read(values.keys).toString('utf8').trim(),
  })
  return write(needed(values.out, '--out'), bytes)
}

async function sign(file: string, values: Values, { passphrase }: BundleSurroundings): Promise<BundleResult> {
  const key = privateKey(needed(values.key, '--key'), passphrase)
  const { files, manifest } = await opened(read(file))
  const sequence = values.sequence === undefined ? manifest.sequence : Number(values.sequence)
  if (sequence === 0)
    throw new Misused('This edition has no number yet: give it one by --sequence N, higher than the last')
  const bytes = await bundleOf({
    files,
    manifest: { ...manifest, sequence, local: null },
    signer: (text) => signAs('edition', text, key),
    keyList: values.keys === undefined ? null : read(values.keys).toString('utf8').trim(),
  })
  return write(needed(values.out, '--out'), bytes)
}

async function check(file: string, values: Values): Promise<BundleResult> {
  const bytes = read(file)
  const { manifest } = await opened(bytes)
  const about = [
    `edition      ${manifest.edition}`,
    `fingerprint  ${fingerprint(manifest.content.sha256)}`,
    `sequence     ${manifest.sequence}`,
    `created      ${manifest.created}`,
    `expires      ${manifest.expires ?? 'never'}`,
    `for          ${manifest.sites?.join(', ') ?? 'all sites'}; ${manifest.kiosks?.join(', ') ?? 'all kiosks'}; program ${manifest.minimumApp} or later`,
    `size         ${bytes.length} bytes, ${manifest.content.size} inflated`,
  ]
  if (values.root === undefined) {
    return {
      exitCode: 0,
      output: [...about, 'signature    not looked at: give the root key by --root ROOT.pub'].join('\n'),
    }
  }
  const trusted = publicKey(values.root)
  const text = values.keys === undefined ? null : read(values.keys).toString('utf8')
  const list = text === null ? null : openKeyList(text, trusted)
  if (text !== null && !list) throw new Unusable(`${values.keys} is not signed by that root key.`)
  const held = await openBundle(bytes, { root: trusted, list }, null)
  if (held.kind === 'refused') {
    return { exitCode: 1, output: [...about, `signature    REFUSED: ${words[held.problem]}`].join('\n') }
  }
  const signer = held.signer
    ? `of "${held.signer.name}" (${held.signer.id})`
    : 'none: staff have to approve it by PIN'
  return { exitCode: 0, output: [...about, `signature    ${signer}`].join('\n') }
}

/** What a refusal means, for whoever makes bundles. */
const words: Readonly<Record<BundleProblem, string>> = {
  'too-large': 'it has more than 8 MiB',
  'not-a-bundle': 'it is no bundle',
  damaged: 'it is damaged: copy it again',
  'unknown-signature': 'no key of the list signed it, or that key was revoked',
  'bad-manifest': 'its manifest is not as it should be',
  'bad-content': 'its texts are not those of an edition',
  'app-too-old': 'it needs a later version of the program',
  'other-site': 'it is for another site',
  'other-kiosk': 'it is for another kiosk',
}

async function opened(bytes: Buffer) {
  const bundle = await openBundle(bytes, noKeys, null)
  if (bundle.kind === 'opened') return bundle
  throw new Unusable(`It cannot be used: ${words[bundle.problem]}.`)
}

async function bundleOf(making: Parameters<typeof makeBundle>[0]): Promise<Buffer> {
  try {
    return (await makeBundle(making)).bytes
  } catch (error) {
    if (error instanceof v.ValiError) throw new Misused(`The manifest would not be right: ${error.message}`)
    if (error instanceof RangeError) throw new Unusable(`${error.message}; more than 8 MiB are not taken.`)
    throw error
  }
}

async function write(out: string, bytes: Buffer): Promise<BundleResult> {
  writeWhole(out, bytes)
  const { output } = await check(out, {})
  return { exitCode: 0, output: `${out}\n${output.split('\n').slice(0, -1).join('\n')}` }
}

if (import.meta.main) {
  const passphrase = process.env['KIOSK_KEY_PASSPHRASE'] ?? null
  const { exitCode, output } = await runBundle(process.argv.slice(2), { now: new Date(), passphrase })
  console.log(output)
  process.exitCode = exitCode
}
