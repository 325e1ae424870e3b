import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Page } from '@playwright/test'
import { parse } from 'valibot'
import { type Catalogue, type Service } from '../../data/catalogue.ts'
import { listedAtOnce, topicsOf, topicsSchema } from '../../data/topics.ts'
import { broken, expect, type Kiosk, lettersOf, pdfWords, readCatalogue, test } from './fixture.ts'

/** Where the walk is recorded, a line a service: its taps, its entries, its title. */
const records = join(import.meta.dirname, '../../node_modules/.cache/reports')

/** The services are walked in this many parts, so that two workers share them. */
const parts = 8

const topicsFile = join(import.meta.dirname, '../../data/content/topics.json')
const topics = parse(topicsSchema, JSON.parse(await readFile(topicsFile, 'utf8')))

/** The most taps from Home to any service's slip. */
const mostTaps = 4

// The same layout on a quarter of the pixels: what is read here is words, and two cores have to draw it.
test.use({ viewport: { width: 540, height: 960 }, trace: 'off' })
test.describe.configure({ mode: 'parallel', timeout: 240_000 })

for (let part = 0; part < parts; part += 1) {
  test(`every service is reached in at most ${mostTaps} taps and its slip has every entry (${part + 1} of ${parts})`, async ({
    kiosk,
  }, testInfo) => {
    const catalogue = await readCatalogue()
    expect(catalogue.services).toHaveLength(132)
    await mkdir(records, { recursive: true })
    const record: string[] = []
    for (const service of catalogue.services.filter((_, index) => index % parts === part)) {
      const taps = await walkTo(kiosk.page, catalogue, service)
      await expect(kiosk.page.getByRole('heading', { level: 1, name: exactly(service.name) })).toBeVisible()
      const shown = await placeAndHours(kiosk.page)
      expect(shown.hours, service.title).toEqual(
        handMade('= ', service.fields.办事时间.replaceAll('\n', '⏎')),
      )
      const words = await printedWords(kiosk)
      const accepted = handMade('* ', service.title)
      for (const wanted of [
        ...wordsOn(service, catalogue.edition),
        ...shown.places,
        ...shown.hours,
        ...accepted,
      ]) {
        expect(words, `${service.title}: ${wanted}`).toContain(lettersOf(wanted))
      }
      expect(taps, service.title).toBeLessThanOrEqual(mostTaps)
      record.push(
        `${taps} taps  ${service.materials.flatMap((group) => group.materials).length} entries  ${service.title}`,
      )
      await kiosk.page.getByRole('button', { name: '首页' }).click()
    }
    const path = join(records, `every-service-${part + 1}.txt`)
    await writeFile(path, `${record.join('\n')}\n`)
    await testInfo.attach('record', { path, contentType: 'text/plain' })
  })
}

const exactly = (text: string, beside = ''): RegExp =>
  new RegExp(`^\\s*${broken(text)}\\s*(${broken(beside)})?\\s*$`, 'u')

/** Taps from Home to the service as a visitor does, by category, topic and name; gives the count of taps. */
async function walkTo(page: Page, catalogue: Catalogue, service: Service): Promise<number> {
  const category = catalogue.categories.find(({ id }) => id === service.category)
  if (!category) throw new Error(`${service.title} is in no category`)
  await page.getByRole('button', { name: new RegExp(`^${category.title}`, 'u') }).click()
  let taps = 1
  if (catalogue.services.filter((each) => each.category === category.id).length > listedAtOnce) {
    const groups = topicsOf(category, catalogue.services, topics)
    const topic = groups.findIndex(({ services }) => services.some(({ id }) => id === service.id))
    await page.getByRole('main').locator('.tile').nth(topic).click()
    taps += 1
  }
  // A service without others of its family in the list has the family's name beside its own.
  await page.getByRole('button', { name: exactly(service.name, service.family ?? '') }).click()
  return taps + 1
}

/** Prints from the service's page and reads the words of the PDF that came of it. */
async function printedWords({ page, prints }: Kiosk): Promise<string> {
  const before = new Set(await readdir(prints).catch(() => []))
  await page.getByRole('button', { name: '打印清单' }).click()
  await page.getByRole('button', { name: '存成 PDF 文件' }).click()
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  const [file = ''] = (await readdir(prints)).filter((name) => !before.has(name))
  return pdfWords(join(prints, file))
}

/** Where and when, as the service's page has them. */
async function placeAndHours(page: Page): Promise<{ places: readonly string[]; hours: readonly string[] }> {
  const hours = page
    .locator('.fact')
    .filter({ hasText: /^\s*什么时候去/u })
    .locator('dd p')
  return {
    places: await page.locator('.strip .half .text, .strip .place > p').allInnerTexts(),
    hours: (await hours.allInnerTexts()).flatMap((text) => text.split('\n')),
  }
}

const hoursTable = await readFile(join(import.meta.dirname, '../unit/data/expected/hours.txt'), 'utf8')

/** What a person has written down under `head` in the hand-made table of hours; nothing where it is not there. */
function handMade(mark: '= ' | '* ', head: string): readonly string[] {
  const part = hoursTable.split(/\n(?=[=*#] )/u).find((each) => each.split('\n')[0] === `${mark}${head}`)
  return (
    part
      ?.split('\n')
      .slice(1)
      .filter((line) => line !== '') ?? []
  )
}

/** All a person in the queue must find on the slip of `service`. */
function wordsOn(service: Service, edition: string): readonly string[] {
  return [
    service.name,
    service.family ?? '',
    ...service.materials.flatMap((group) => [
      group.when ?? '',
      group.note ?? '',
      ...group.materials.map(({ text }) => text),
    ]),
    ...service.places.flatMap((place) => [...place.rooms, place.department ?? '', place.purpose ?? '']),
    ...service.phones.map(({ number }) => number),
    service.fields.办理时限.replaceAll('\n', ''),
    edition,
  ]
}
