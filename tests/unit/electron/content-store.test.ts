import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createContentStore } from '../../../electron/content-store.ts'
import { aCatalogue, aService, aSite, someTopics } from '../../fixtures/catalogue.ts'
import { contentFolder } from '../../fixtures/hosts.ts'

describe('the content', () => {
  it('is the three files of the folder', async () => {
    const store = createContentStore(await contentFolder())
    expect(await store.load()).toStrictEqual({
      catalogue: aCatalogue(),
      site: aSite(),
      topics: someTopics(),
    })
  })

  it('is read once', async () => {
    const folder = await contentFolder()
    const store = createContentStore(folder)
    const [first, second] = await Promise.all([store.load(), store.load()])
    await writeFile(join(folder, 'site.json'), 'spoiled')
    expect(second).toBe(first)
    expect(await store.load()).toBe(first)
  })

  it('is tried again after a failure', async () => {
    const folder = await contentFolder({ 'site.json': null })
    const store = createContentStore(folder)
    await expect(store.load()).rejects.toMatchObject({ code: 'content-unusable' })
    await writeFile(join(folder, 'site.json'), JSON.stringify(aSite()))
    expect(await store.load()).toMatchObject({ site: aSite() })
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
    const loading = createContentStore(await contentFolder(files)).load()
    await expect(loading).rejects.toMatchObject({
      code: 'content-unusable',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      details: { file: Object.keys(files)[0] },
    })
  })
})
