import { readFileSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { longestJump } from '../../../../electron/editions/admission.ts'
import type { EditionStore } from '../../../../electron/editions/editions.ts'
import { keptEditions } from '../../../../electron/editions/record-changes.ts'
import { keepKeyList, trustFiles } from '../../../../electron/editions/trust.ts'
import {
  aBundle,
  editionsIn,
  ofBundle,
  ofGuide,
  openedBundle,
  someFiles,
  someKeys,
} from '../../../fixtures/editions.ts'
import { memoryLog, temporaryFolder } from '../../../fixtures/hosts.ts'

const keys = someKeys()
let state: string
beforeEach(async () => {
  state = await temporaryFolder('editions')
})

const titleOf = async (editions: EditionStore) =>
  (await editions.inForce()).content.catalogue.services[0]?.title
/** What a kiosk shows that starts now, and says that it shows it. */
async function started(): Promise<string | undefined> {
  const editions = editionsIn(state)
  editions.confirm((await editions.inForce()).summary.id)
  return titleOf(editions)
}
const guide = (title: string) => ofGuide(someFiles(title))
async function bundle(sequence: number, title = `第${sequence}版`, keyList: string | null = null) {
  return ofBundle(
    await openedBundle(await aBundle({ sequence }, { keys, files: someFiles(title), keyList }), keys),
  )
}
const generation = (id: string): string => join(state, 'editions/gen', `${id}.kiosk`)
async function idOf(editions: EditionStore): Promise<string> {
  return (await editions.inForce()).summary.id
}

describe('the edition in force', () => {
  it('is the one that came with the program while none was brought', async () => {
    const editions = editionsIn(state)
    expect(await editions.inForce()).toMatchObject({
      summary: { id: 'factory', origin: 'factory', inForce: true },
    })
    expect((await editions.list()).map(({ id }) => id)).toEqual(['factory'])
  })

  it('is the one just brought, at once and after every start', async () => {
    const editions = editionsIn(state)
    expect(await editions.install(guide('新'), 'front-desk')).toMatchObject({
      kind: 'installed',
      before: { id: 'factory' },
      edition: { origin: 'guide', who: 'front-desk', source: '办事指南.docx', sequence: 0, signer: null },
    })
    expect(await titleOf(editions)).toBe('新')
    expect(await started()).toBe('新')
    expect(await started()).toBe('新')
  })

  it('has one fingerprint for one content, wherever it came from', async () => {
    const editions = editionsIn(state)
    const other = editionsIn(await temporaryFolder('other'), memoryLog(), someFiles('新'))
    await editions.install(guide('新'), 'it')
    const [here, there] = [await editions.inForce(), await other.inForce()]
    expect(here.summary.fingerprint).toBe(there.summary.fingerprint)
    expect(here.summary.content).toBe(there.summary.content)
  })

  it('cannot be changed where nothing can be kept', async () => {
    const editions = editionsIn(null)
    expect(await editions.install(guide('新'), 'it')).toEqual({ kind: 'failed', problem: 'read-only' })
    expect(await editions.rollBack('1-000000000000')).toEqual({ kind: 'refused', problem: 'unknown' })
  })
})

describe('an edition is not let in', () => {
  it('that is here already: it is called installed, not old', async () => {
    const editions = editionsIn(state)
    await editions.install(await bundle(3), 'it')
    expect(await editions.install(await bundle(3), 'it')).toMatchObject({
      kind: 'already-installed',
      edition: { sequence: 3, inForce: true },
    })
    await editions.rollBack('factory')
    expect(await editions.install(await bundle(3), 'it')).toMatchObject({
      kind: 'already-installed',
      edition: { sequence: 3, inForce: false },
    })
    expect(await editions.install(guide('工伤认定申请'), 'it')).toMatchObject({
      kind: 'already-installed',
      edition: { id: 'factory', inForce: true },
    })
  })

  it('whose number is not above all before it, also after going back', async () => {
    const editions = editionsIn(state)
    await editions.install(await bundle(5), 'it')
    await editions.rollBack('factory')
    const older = { kind: 'refused', problem: 'older-sequence', floor: 5 }
    expect(await editions.install(await bundle(4), 'it')).toEqual(older)
    expect(await editions.install(await bundle(5, '同号'), 'it')).toEqual(older)
    expect(await editionsIn(state).install(await bundle(4), 'it')).toEqual(older)
    expect(await editions.install(await bundle(6), 'it')).toMatchObject({ kind: 'installed' })
  })

  it('whose number is far ahead, unless the root key resets the count', async () => {
    const editions = editionsIn(state)
    await editions.install(await bundle(1), 'it')
    const far = 2 + longestJump
    expect(await editions.install(await bundle(far), 'it')).toEqual({
      kind: 'refused',
      problem: 'sequence-jump',
      floor: 1,
    })
    const keyList = keys.listText({ version: 2, resetFloor: far - 1 })
    expect(await editions.install(await bundle(far, '跳', keyList), 'it')).toMatchObject({
      kind: 'installed',
    })
    const back = keys.listText({ version: 3, resetFloor: 0 })
    expect(await editions.install(await bundle(2, '回', back), 'it')).toMatchObject({ kind: 'installed' })
    expect(await editions.install(await bundle(2, '再', back), 'it')).toMatchObject({
      problem: 'older-sequence',
    })
  })

  it('that cannot be shown', async () => {
    const editions = editionsIn(state)
    const outcome = await editions.install(ofGuide(someFiles('x', { services: [] })), 'it')
    expect(outcome).toEqual({
      kind: 'refused',
      problem: 'content-unusable',
      details: 'catalogue.json has no services',
    })
    expect(await started()).toBe('工伤认定申请')
  })
})

describe('going back', () => {
  it('is possible to each of the last editions and to the factory’s', async () => {
    const editions = editionsIn(state)
    for (let number = 1; number <= keptEditions + 2; number++)
      await editions.install(await bundle(number), 'it')
    const kept = await editions.list()
    expect(kept.map(({ sequence }) => sequence)).toEqual([7, 6, 5, 4, 3, 0])
    expect(readdirSync(join(state, 'editions/gen'))).toHaveLength(keptEditions)
    for (const { id, edition } of kept.toReversed()) {
      expect(await editions.rollBack(id)).toMatchObject({ kind: 'rolled-back', edition: { id, edition } })
      expect(await idOf(editionsIn(state))).toBe(id)
    }
    expect(await editions.rollBack(kept[0]?.id ?? '')).toMatchObject({ kind: 'already-in-force' })
    expect(await editions.rollBack('9-000000000000')).toEqual({ kind: 'refused', problem: 'unknown' })
  })

  it('is refused to an edition that is not whole any more', async () => {
    const editions = editionsIn(state)
    await editions.install(guide('甲'), 'it')
    const id = await idOf(editions)
    await editions.install(guide('乙'), 'it')
    truncateSync(generation(id), 100)
    expect(await editions.rollBack(id)).toEqual({ kind: 'refused', problem: 'content-unusable' })
    expect(await started()).toBe('乙')
  })
})

describe('a new edition that does not prove itself', () => {
  it('is given up for the one before at the third start', async () => {
    const editions = editionsIn(state)
    await editions.install(guide('好'), 'it')
    editions.confirm(await idOf(editions))
    await editions.install(guide('新'), 'it')
    expect(await titleOf(editionsIn(state))).toBe('新')
    expect(await titleOf(editionsIn(state))).toBe('新')
    const third = editionsIn(state)
    expect(await titleOf(third)).toBe('好')
    expect((await third.list()).map(({ failed, inForce }) => ({ failed, inForce }))).toEqual([
      { failed: true, inForce: false },
      { failed: false, inForce: true },
      { failed: false, inForce: false },
    ])
    expect(await started()).toBe('好')
  })

  it('stays once it has proved itself, after however many starts', async () => {
    await editionsIn(state).install(guide('新'), 'it')
    expect(await started()).toBe('新')
    for (let start = 0; start < 5; start++) expect(await titleOf(editionsIn(state))).toBe('新')
  })

  it('is not proved by a screen that shows another', async () => {
    const editions = editionsIn(state)
    await editions.install(guide('新'), 'it')
    editions.confirm('factory')
    for (let start = 0; start < 2; start++) await titleOf(editionsIn(state))
    expect(await titleOf(editionsIn(state))).toBe('工伤认定申请')
  })
})

describe('what lies on the disk', () => {
  const spoiled = [
    { title: 'its file is cut', spoil: (file: string) => truncateSync(file, 200) },
    { title: 'its file is gone', spoil: (file: string) => rmSync(file) },
    {
      title: 'its file is a link',
      spoil: (file: string) => {
        writeFileSync(join(state, 'copy'), readFileSync(file))
        rmSync(file)
        symlinkSync(join(state, 'copy'), file)
      },
    },
    {
      title: 'one bit of its file is another',
      spoil: (file: string) => {
        const bytes = readFileSync(file)
        bytes[900] = (bytes[900] ?? 0) ^ 1
        writeFileSync(file, bytes)
      },
    },
  ]
  it.each(spoiled)(
    'is verified at every start: where $title, the edition before is shown',
    async ({ spoil }) => {
      const editions = editionsIn(state)
      await editions.install(guide('前'), 'it')
      await editions.install(guide('后'), 'it')
      editions.confirm(await idOf(editions))
      spoil(generation(await idOf(editions)))
      const log = memoryLog()
      const again = editionsIn(state, log)
      expect(await titleOf(again)).toBe('前')
      expect(log.lines.map(({ message }) => message)).toContain('An edition cannot be loaded')
      expect((await again.list())[0]).toMatchObject({ failed: true, inForce: false })
      await again.install(guide('再'), 'it')
      expect(await started()).toBe('再')
    },
  )

  it('is the factory edition where no installed one is whole', async () => {
    const editions = editionsIn(state)
    await editions.install(guide('新'), 'it')
    rmSync(join(state, 'editions/gen'), { recursive: true })
    expect(await started()).toBe('工伤认定申请')
  })

  it('names an edition by two records: where any byte of the newer is spoiled, the older holds', async () => {
    const editions = editionsIn(state)
    await editions.install(guide('前'), 'it')
    editions.confirm(await idOf(editions))
    await editions.install(guide('后'), 'it')
    const newest = join(state, 'editions/pointer-a')
    const bytes = readFileSync(newest)
    expect(bytes.toString()).toContain(await idOf(editions))
    for (const at of [0, 40, 64, 65, 90, 200, bytes.length - 2]) {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 1
      writeFileSync(newest, copy)
      expect(await titleOf(editionsIn(state))).toBe('前')
    }
    for (const length of [0, 1, 64, 65, 66, bytes.length - 2]) {
      writeFileSync(newest, bytes.subarray(0, length))
      expect(await titleOf(editionsIn(state))).toBe('前')
    }
  })

  it('keeps a key list that came with a bundle, and does not take an older one back', async () => {
    const log = memoryLog()
    const editions = editionsIn(state, log)
    keepKeyList(state, keys.listText({}))
    writeFileSync(join(state, trustFiles.folder, trustFiles.root), `${keys.root}\n`)
    expect(editions.keys()).toEqual(keys.trusted)
    const rotated = keys.listText({ version: 2 })
    await editions.install(await bundle(1, '新', rotated), 'it')
    expect(editions.keys().list?.version).toBe(2)
    keepKeyList(state, keys.listText({}))
    expect(editions.keys()).toEqual({ root: keys.root, list: null })
  })

  it('opens what is for this kiosk, and signed by a key of the list it has', async () => {
    keepKeyList(state, keys.listText({}))
    writeFileSync(join(state, trustFiles.folder, trustFiles.root), `${keys.root}\n`)
    const editions = editionsIn(state)
    expect(await editions.open(await aBundle({ kiosks: ['lobby-1'] }, { keys }))).toMatchObject({
      kind: 'opened',
    })
    expect(await editions.open(await aBundle({ kiosks: ['lobby-2'] }, { keys }))).toMatchObject({
      problem: 'other-kiosk',
    })
    expect(await editions.open(await aBundle({ sites: ['elsewhere'] }, { keys }))).toMatchObject({
      problem: 'other-site',
    })
    expect(await editions.open(await aBundle({}, { keys: someKeys() }))).toMatchObject({
      problem: 'unknown-signature',
    })
  })

  it('gives an installed edition back as the bundle it was', async () => {
    const editions = editionsIn(state)
    const candidate = await bundle(1)
    await editions.install(candidate, 'it')
    expect(editions.bundleOf(await idOf(editions))).toEqual(candidate.bundle?.bytes)
    expect(editions.bundleOf('factory')).toBeNull()
  })
})
