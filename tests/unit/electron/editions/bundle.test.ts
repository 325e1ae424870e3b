import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { largestBundle, openBundle, reopenBundle } from '../../../../electron/editions/bundle.ts'
import {
  type TrustedKeys,
  createKeyPair,
  noKeys,
  readPrivateKey,
  signAs,
} from '../../../../electron/editions/keys.ts'
import { canonicalFiles, inflate } from '../../../../electron/editions/payload.ts'
import { aBundle, aKiosk, someFiles, someKeys } from '../../../fixtures/editions.ts'

const keys = someKeys()
const open = (bytes: Uint8Array, trusted: TrustedKeys = keys.trusted) => openBundle(bytes, trusted, aKiosk)

/** The bytes with the hash at their end made right again, as whoever changes them on purpose would. */
function mended(bytes: Buffer): Buffer {
  const body = bytes.subarray(0, -32)
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

const flipped = (bytes: Buffer, at: number, mask: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ mask
  return copy
}

describe('a signed bundle', () => {
  it('opens with what was put into it, and names who signed it', async () => {
    const files = { ...someFiles(), 'plans/main-1.svg': '<svg/>', 'guide.txt': '一、\n' }
    const opened = await open(await aBundle({ sequence: 7 }, { keys, files }))
    expect(opened).toMatchObject({
      kind: 'opened',
      files: canonicalFiles(files),
      manifest: { sequence: 7, edition: '2026-11-24.1' },
      signer: { name: '业务处' },
      keyList: null,
    })
  })

  it('says the same however its texts were laid out', async () => {
    const pretty = Object.entries(someFiles()).map(([name, text]) => [
      name,
      JSON.stringify(JSON.parse(text), null, 2),
    ])
    const files = Object.fromEntries(pretty.toReversed())
    expect(await aBundle({}, { keys, files })).toEqual(await aBundle({}, { keys }))
  })

  it('is refused with any byte changed, by accident or on purpose', async () => {
    const bytes = await aBundle({}, { keys, keyList: keys.listText({ version: 2 }) })
    expect(await open(bytes)).toMatchObject({ kind: 'opened', keyList: { list: { version: 2 } } })
    const opened: number[] = []
    for (let at = 0; at < bytes.length; at++) {
      const changed = flipped(bytes, at, 1 << (at % 8))
      for (const each of at < bytes.length - 32 ? [changed, mended(changed)] : [changed]) {
        if ((await open(each)).kind === 'opened') opened.push(at)
      }
    }
    expect(opened).toEqual([])
  }, 30_000)

  it('is refused cut off at any length, or with anything behind it', async () => {
    const bytes = await aBundle({}, { keys })
    const opened: number[] = []
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length)
      for (const each of length > 32 ? [cut, mended(cut)] : [cut]) {
        if ((await open(each)).kind === 'opened') opened.push(length)
      }
    }
    expect(opened).toEqual([])
    expect(await open(mended(Buffer.concat([bytes, Buffer.alloc(1)])))).toMatchObject({ problem: 'damaged' })
  })

  it('is refused where its content is another bundle’s', async () => {
    const [one, other] = await Promise.all(
      ['甲', '乙'].map((title) => aBundle({}, { keys, files: someFiles(title) })),
    )
    if (!one || !other) throw new Error('Two bundles were made')
    const packedSize = (bytes: Buffer): number => bytes.readUInt32BE(19)
    const front = one.subarray(0, one.length - 32 - packedSize(one))
    const content = other.subarray(other.length - 32 - packedSize(other), -32)
    const mixed = Buffer.concat([front, content, Buffer.alloc(32)])
    mixed.writeUInt32BE(content.length, 19)
    expect(await open(mended(one))).toMatchObject({ kind: 'opened' })
    expect(await open(mended(mixed))).toEqual({ kind: 'refused', problem: 'damaged' })
  })

  it.each([
    { title: 'of another site', manifest: { sites: ['kashgar'] }, problem: 'other-site' },
    { title: 'of another kiosk', manifest: { kiosks: ['lobby-2'] }, problem: 'other-kiosk' },
    {
      title: 'for a later version of the program',
      manifest: { minimumApp: '0.2.0' },
      problem: 'app-too-old',
    },
    { title: 'that does not count', manifest: { sequence: 0 }, problem: 'bad-manifest' },
  ])('$title is refused', async ({ manifest, problem }) => {
    expect(await open(await aBundle(manifest, { keys }))).toEqual({ kind: 'refused', problem })
  })

  it('for this site and kiosk among others opens', async () => {
    const manifest = { sites: ['kashgar', 'urumqi'], kiosks: ['lobby-2', 'lobby-1'] }
    expect((await open(await aBundle(manifest, { keys }))).kind).toBe('opened')
  })

  it('of a stranger is refused, also where it brings a key list of the stranger’s own', async () => {
    const stranger = someKeys()
    const unknown = { kind: 'refused', problem: 'unknown-signature' }
    expect(await open(await aBundle({}, { keys: stranger }))).toEqual(unknown)
    const keyList = stranger.listText({ version: 9 })
    expect(await open(await aBundle({}, { keys: stranger, keyList }))).toEqual(unknown)
  })

  it('of a key that was revoked is refused, whether the list was known or comes with it', async () => {
    const revoked = { ...keys.list, version: 2, revoked: keys.list.keys.map(({ id }) => id) }
    const bytes = await aBundle({}, { keys })
    expect(await open(bytes, { root: keys.root, list: revoked })).toMatchObject({
      problem: 'unknown-signature',
    })
    const brought = await aBundle({}, { keys, keyList: keys.listText(revoked) })
    expect(await open(brought)).toMatchObject({ problem: 'unknown-signature' })
  })

  it('cannot bring an older key list back', async () => {
    const later = { root: keys.root, list: { ...keys.list, version: 5, keys: [] } }
    const bytes = await aBundle({}, { keys, keyList: keys.listText({ version: 4 }) })
    expect(await open(bytes, later)).toMatchObject({ problem: 'unknown-signature' })
  })

  it('cannot borrow the signature of something else', async () => {
    const { pem } = createKeyPair(null)
    const key = readPrivateKey(pem, null)
    const bytes = await aBundle({}, { keys: { ...keys, sign: (manifest) => signAs('keys', manifest, key) } })
    expect(await open(bytes)).toMatchObject({ problem: 'unknown-signature' })
  })

  it('counts as nobody’s where the kiosk was given no root key', async () => {
    expect(await open(await aBundle({}, { keys }), noKeys)).toMatchObject({ kind: 'opened', signer: null })
  })
})

describe('a bundle that nobody signed', () => {
  it('opens, and says so', async () => {
    expect(await open(await aBundle())).toMatchObject({ kind: 'opened', signer: null })
  })

  it('is refused with any byte changed by accident', async () => {
    const bytes = await aBundle()
    const opened: number[] = []
    for (let at = 0; at < bytes.length; at++) {
      if ((await open(flipped(bytes, at, 0x04))).kind === 'opened') opened.push(at)
    }
    expect(opened).toEqual([])
  })
})

describe('bytes that are no bundle', () => {
  it.each([
    { title: 'nothing', bytes: Buffer.alloc(0), problem: 'not-a-bundle' },
    { title: 'a photo', bytes: Buffer.from('ffd8ffe000104a464946', 'hex'), problem: 'not-a-bundle' },
    { title: 'more than 8 MiB', bytes: Buffer.alloc(largestBundle + 1), problem: 'too-large' },
  ])('are refused: $title', async ({ bytes, problem }) => {
    expect(await open(bytes)).toEqual({ kind: 'refused', problem })
    expect(await reopenBundle(bytes)).toBeNull()
  })

  it('never inflate to more than was said', async () => {
    const bomb = deflateRawSync(Buffer.alloc(60_000_000), { level: 1 })
    const before = process.memoryUsage().rss
    expect(await inflate(bomb, 1000)).toBeNull()
    expect(await inflate(bomb, 4_000_000_000)).toBeNull()
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
  })

  it.each(['../../etc/passwd', 'plans/../x.svg', '/catalogue.json', 'plans/.x.svg', 'C:\\x.svg', 'run.sh'])(
    'or that hold a text called %s',
    async (name) => {
      const bytes = await aBundle({}, { keys, files: { ...someFiles(), [name]: 'x' } })
      expect(await open(bytes)).toEqual({ kind: 'refused', problem: 'bad-content' })
    },
  )

  it('or that lack a text the kiosk needs', async () => {
    const files = Object.fromEntries(Object.entries(someFiles()).filter(([name]) => name !== 'site.json'))
    expect(await open(await aBundle({}, { keys, files }))).toEqual({
      kind: 'refused',
      problem: 'bad-content',
    })
  })
})
