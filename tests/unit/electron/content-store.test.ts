import { mkdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readContentFolder } from '../../../electron/editions/content-folder.ts'
import { type KioskChoice, contentOf } from '../../../electron/editions/content-of.ts'
import { createEditionStore } from '../../../electron/editions/edition-store.ts'
import type { Catalogue, Service } from '../../../data/catalogue.ts'
import type { Site } from '../../../data/site.ts'
import { aCatalogue, aService, aSite, aSiteFile, someContent } from '../../fixtures/catalogue.ts'
import { contentFolder, memoryLog, noon } from '../../fixtures/hosts.ts'

/** A kiosk to which no edition was ever brought: the content of `folder`. */
function contentStore(folder: string, kiosk: KioskChoice | null = null) {
  const editions = createEditionStore({
    state: null,
    factory: () => readContentFolder(folder),
    read: (files) => contentOf(files, kiosk),
    now: () => noon,
    log: memoryLog(),
    app: '0.1.0',
  })
  return { load: async () => (await editions.inForce()).content }
}

describe('the content', () => {
  it('is the files of the folder', async () => {
    const store = contentStore(await contentFolder())
    expect(await store.load()).toStrictEqual(someContent())
  })

  it('is read once', async () => {
    const folder = await contentFolder()
    const store = contentStore(folder)
    const [first, second] = await Promise.all([store.load(), store.load()])
    await writeFile(join(folder, 'site.json'), 'spoiled')
    expect(second).toBe(first)
    expect(await store.load()).toBe(first)
  })

  it('is tried again after a failure', async () => {
    const folder = await contentFolder({ 'site.json': null })
    const store = contentStore(folder)
    await expect(store.load()).rejects.toMatchObject({ code: 'content-unusable' })
    await writeFile(join(folder, 'site.json'), JSON.stringify(aSite()))
    expect(await store.load()).toMatchObject({ site: aSite() })
  })

  it('may begin with a byte order mark', async () => {
    const store = contentStore(await contentFolder({ 'site.json': `\uFEFF${JSON.stringify(aSite())}` }))
    expect(await store.load()).toMatchObject({ site: aSite() })
  })

  it('is what ships with the kiosk', async () => {
    const { catalogue } = await contentStore(join(import.meta.dirname, '../../../data/content')).load()
    expect(catalogue.services.length).toBeGreaterThan(100)
  })

  it.each([
    { title: 'a missing catalogue', files: { 'catalogue.json': null }, message: 'catalogue.json is missing' },
    { title: 'a missing site', files: { 'site.json': null }, message: 'site.json is missing' },
    { title: 'missing topics', files: { 'topics.json': null }, message: 'topics.json is missing' },
    { title: 'an empty file', files: { 'catalogue.json': '' }, message: 'catalogue.json is not JSON' },
    {
      title: 'a file that was cut',
      files: { 'catalogue.json': JSON.stringify(aCatalogue()).slice(0, -9) },
      message: 'catalogue.json is not JSON',
    },
    {
      title: 'another format',
      files: { 'catalogue.json': { ...aCatalogue(), format: 2 } },
      message: 'catalogue.json is wrong at format: expected 1',
    },
    {
      title: 'a field of another type',
      files: { 'catalogue.json': { ...aCatalogue(), services: [{ ...aService(), title: 7 }] } },
      message: 'catalogue.json is wrong at services.0.title: expected string',
    },
    { title: 'a list', files: { 'site.json': [] }, message: /^site\.json is wrong at / },
    {
      title: 'a service twice',
      files: { 'catalogue.json': aCatalogue({ services: [aService(), aService()] }) },
      message: 'catalogue.json names service work-injury twice',
    },
    {
      title: 'a service of no category',
      files: { 'catalogue.json': aCatalogue({ categories: [] }) },
      message: 'catalogue.json puts service work-injury into a category that is not there',
    },
  ])('with $title is unusable, in plain words', async ({ files, message }) => {
    const loading = contentStore(await contentFolder(files)).load()
    await expect(loading).rejects.toMatchObject({
      code: 'content-unusable',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      details: { file: Object.keys(files)[0] },
    })
  })
  it.each([
    {
      title: 'is not UTF-8',
      spoil: (path: string) =>
        writeFile(path, Buffer.from(JSON.stringify(aSite()).replace('主', '\xff'), 'latin1')),
      message: 'site.json is not UTF-8 text',
    },
    {
      title: 'is too large',
      spoil: (path: string) => truncate(path, 20_000_001),
      message: 'site.json is larger than 20 MB',
    },
    {
      title: 'is a folder',
      spoil: async (path: string) => {
        await rm(path)
        await mkdir(path)
      },
      message: 'site.json cannot be read',
    },
  ])('whose site.json $title is unusable', async ({ spoil, message }) => {
    const folder = await contentFolder()
    await spoil(join(folder, 'site.json'))
    await expect(contentStore(folder).load()).rejects.toMatchObject({
      code: 'content-unusable',
      message,
    })
  })
})

const [aPlace] = aService().places
const placedIn = (building: string) => aPlace && { places: [aPlace, { ...aPlace, building }] }
const accepted = (fromDay: number, toDay: number): Partial<Service> => ({
  acceptance: { fromDay, toDay, lastDayCertain: true, text: '', field: '办事时间' },
})
const withService = (changes: Partial<Service> | undefined): Catalogue => ({
  ...aCatalogue(),
  services: [{ ...aService(), ...changes }],
})
const withSite = (changes: Partial<Site>): Site => ({ ...aSite(), ...changes })
const withSummer = (fromMonth: number, toMonth: number): Site =>
  withSite({ seasons: { summer: { fromMonth, toMonth }, confirmed: true } })
const [building] = aSite().buildings
const [category] = aCatalogue().categories

describe('files that fit their schemas but not each other or the world', () => {
  const empty = 'expected at least one character'
  it.each<{ readonly catalogue?: Catalogue; readonly site?: Site; readonly message: string }>([
    { catalogue: { ...aCatalogue(), services: [] }, message: 'catalogue.json has no services' },
    {
      catalogue: withService({ id: '' }),
      message: `catalogue.json is wrong at services.0.id: ${empty}`,
    },
    {
      catalogue: { ...aCatalogue(), categories: category ? [category, category] : [] },
      message: 'catalogue.json names category insurance twice',
    },
    {
      catalogue: withService(placedIn('tower')),
      message:
        'catalogue.json puts place 2 of service work-injury into building tower, which site.json does not have',
    },
    {
      catalogue: withService(placedIn('')),
      message: `catalogue.json is wrong at services.0.places.1.building: ${empty}`,
    },
    {
      catalogue: withService(accepted(20, 5)),
      message: 'catalogue.json accepts service work-injury from day 20 to day 5, which is backwards',
    },
    {
      site: withSite({ buildings: building ? [building, building] : [] }),
      message: 'site.json names building main twice',
    },
    {
      site: withSite({ buildings: building ? [building, { ...building, id: '' }] : [] }),
      message: `site.json is wrong at buildings.1.id: ${empty}`,
    },
    {
      site: withSite({ kiosk: { ...aSite().kiosk, building: 'tower' } }),
      message: 'site.json puts kiosk lobby-1 into building tower, which it does not have',
    },
    {
      site: withSite({ timeZone: 'Asia/Urumchi' }),
      message: 'site.json names time zone Asia/Urumchi, which is not known',
    },
    { site: withSite({ timeZone: '' }), message: 'site.json names time zone , which is not known' },
    { site: withSummer(0, 9), message: 'site.json is wrong at seasons.summer.fromMonth: expected >=1' },
    { site: withSummer(5, 13), message: 'site.json is wrong at seasons.summer.toMonth: expected <=12' },
  ])('are unusable: $message', async ({ catalogue = aCatalogue(), site = aSite(), message }) => {
    const folder = await contentFolder({ 'catalogue.json': catalogue, 'site.json': site })
    await expect(contentStore(folder).load()).rejects.toMatchObject({
      code: 'content-unusable',
      message,
    })
  })

  it.each([
    { title: 'one day of acceptance', catalogue: withService(accepted(25, 25)) },
    { title: 'a summer over the turn of the year', site: withSummer(11, 2) },
    { title: 'Urumqi time', site: withSite({ timeZone: 'Asia/Urumqi' }) },
  ])('may have $title', async ({ catalogue = aCatalogue(), site = aSite() }) => {
    const folder = await contentFolder({ 'catalogue.json': catalogue, 'site.json': site })
    expect(await contentStore(folder).load()).toMatchObject({ catalogue, site })
  })
})

describe('the kiosk it is', () => {
  const load = async (id: string | null) => {
    const log = memoryLog()
    const folder = await contentFolder({ 'site.json': aSiteFile() })
    const { site } = await contentStore(folder, { id, log }).load()
    return { kiosk: site.kiosk.id, log }
  }

  it.each([
    { id: null, kiosk: 'lobby-1' },
    { id: 'lobby-1', kiosk: 'lobby-1' },
    { id: 'lobby-2', kiosk: 'lobby-2' },
  ])('is $kiosk for $id', async ({ id, kiosk }) => {
    const taken = await load(id)
    expect(taken.kiosk).toBe(kiosk)
    expect(taken.log.lines).toEqual([])
  })

  it('is the first where the site has none of that id, and the log says so', async () => {
    const taken = await load('lobby-9')
    expect(taken.kiosk).toBe('lobby-1')
    expect(taken.log.lines).toEqual([
      {
        level: 'warn',
        message: 'site.json has no kiosk "lobby-9", so this one is taken for "lobby-1"',
        fields: { known: ['lobby-1', 'lobby-2'] },
      },
    ])
  })
})
