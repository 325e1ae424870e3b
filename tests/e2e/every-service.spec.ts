import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'valibot'
import type { Catalogue, Service } from '../../data/catalogue.ts'
import { joined } from '../../data/qr.ts'
import { listedAtOnce, topicsOf, topicsSchema } from '../../data/topics.ts'
import { questionnaireOf, questionWordsSchema } from '../../data/questions.ts'
import { answersBy, readChecklistTable } from '../fixtures/checklist-table.ts'
import {
  broken,
  call,
  expect,
  type Kiosk,
  lettersOf,
  pdfCodes,
  pdfWords,
  readCatalogue,
  test,
  showSlip,
} from './fixture.ts'

/** Where the walk is recorded, a line a service: its taps, its entries, its title. */
const records = join(import.meta.dirname, '../../node_modules/.cache/reports')

/** The services are walked in this many parts, so that two workers share them. */
const parts = 8

const contentFile = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(import.meta.dirname, '../../data/content', name), 'utf8'))
const topics = parse(topicsSchema, await contentFile('topics.json'))
const questionWords = parse(questionWordsSchema, await contentFile('questions.json'))

/** The most taps from Home to any service's slip. */
const mostTaps = 4

// The same layout on a quarter of the pixels: what is read here is words, and two cores have to draw it.
test.use({ viewport: { width: 540, height: 960 } })
test.describe.configure({ mode: 'parallel', timeout: 600_000 })

for (let part = 0; part < parts; part += 1) {
  test(`every service is reached in at most ${mostTaps} taps; in every case screen, slip and code have the same entries (${part + 1} of ${parts})`, async ({
    kiosk,
  }, testInfo) => {
    const catalogue = await readCatalogue()
    expect(catalogue.services).toHaveLength(132)
    await mkdir(records, { recursive: true })
    const record: string[] = []
    const mine = catalogue.services.filter((_, index) => index % parts === part)
    for (const [place, service] of mine.entries()) {
      const taps = await walkTo(kiosk.page, catalogue, service)
      await expect(kiosk.page.getByRole('heading', { level: 1, name: exactly(service.name) })).toBeVisible()
      const shown = await placeAndHours(kiosk.page)
      expect(shown.hours, service.title).toEqual(
        handMade('= ', service.fields.办事时间.replaceAll('\n', '⏎')),
      )
      expect(taps, service.title).toBeLessThanOrEqual(mostTaps)
      const wanted = [
        ...wordsOn(service, catalogue.edition),
        ...shown.places,
        ...shown.hours,
        ...handMade('* ', service.title),
      ]
      const cases = casesOf(service)
      // By touch to the end for one service in three; the others' slips are drawn by the same page.
      const byTouch = place % 3 === 0
      for (const [index, each] of cases.entries())
        await checkCase(kiosk, service, each, wanted, byTouch && index === 0 ? printed : drawn)
      record.push(`${taps} taps  ${cases.length} cases  ${service.title}`)
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

type Case = {
  /** What holds, in the guide's words; null: not sure of anything. */
  readonly holds: readonly string[] | null
  readonly entries: readonly string[]
}

const table = readChecklistTable()

/** The cases of the hand-made table; for what it leaves out, the guide's own entries. */
function casesOf(service: Service): readonly Case[] {
  const known = table.filter(({ title }) => title === service.title)
  const all = service.materials.flatMap(({ materials }) => materials.map(({ text }) => text))
  if (known.length === 0) return [{ holds: null, entries: all }]
  // Where nothing is asked, all cases are one.
  return questionnaireOf(service, questionWords).questions.length > 0 ? known : known.slice(-1)
}

/** Answers as somebody in this case would, and compares screen, paper and code with what a person has written down. */
async function checkCase(
  kiosk: Kiosk,
  service: Service,
  each: Case,
  wanted: readonly string[],
  print: (kiosk: Kiosk, service: Service, each: Case) => Promise<Paper>,
): Promise<void> {
  const { page } = kiosk
  const name = `${service.title}: ${each.holds?.join(' + ') ?? '?'}`
  await answer(page, each.holds)
  await expect(page.getByRole('heading', { level: 1, name: exactly(service.name) })).toBeVisible()
  expect(await entriesShown(page), name).toEqual(each.entries.map(lettersOf))
  const { words, codes } = await print(kiosk, service, each)
  const elsewhere = Object.entries(service.fields).flatMap(([field, text]) =>
    field === '办理材料' ? [] : [text],
  )
  const everything = service.materials.flatMap(({ materials }) => materials.map(({ text }) => text))
  for (const text of [...wanted, ...each.entries])
    expect(words, `${name}: ${text}`).toContain(lettersOf(text))
  // Of what stands in another field too, the code alone can tell: there each entry has a line of its own.
  for (const text of everything.filter((other) => isLeftOut(other, [...each.entries, ...elsewhere])))
    expect(words, `${name}: ${text}`).not.toContain(lettersOf(text))
  const carried = joined(codes)
    .split('\n')
    .flatMap((line) => (/^[□·] /u.test(line) ? [lettersOf(line.slice(2))] : []))
  expect(carried, name).toEqual(each.entries.map(lettersOf))
}

/** True for an entry that no longer stands on the list, not even as part of another. */
const isLeftOut = (text: string, entries: readonly string[]): boolean =>
  !entries.some((entry) => lettersOf(entry).includes(lettersOf(text)))

/** Goes through the service's questions, if it has any, until its page is back. */
async function answer(page: Page, holds: Case['holds']): Promise<void> {
  const ask = page.getByRole('button', { name: /^(只列我要带的|重新选)/u })
  if ((await ask.count()) === 0) return
  await ask.click()
  await page.locator('.answers').waitFor()
  for (let asked = 0; asked < 4; asked += 1) {
    const title = (await page.getByRole('heading', { level: 1 }).innerText()).trim()
    await answerOne(page, holds)
    // The next question has another title, and the service's page has its name.
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(title)
    if ((await page.locator('.answers').count()) === 0) return
  }
  throw new Error('The questions do not end')
}

async function answerOne(page: Page, holds: Case['holds']): Promise<void> {
  if (holds === null) return page.getByRole('button', { name: '不清楚' }).click()
  const several = (await page.locator('.answer[role=checkbox]').count()) > 0
  const options = await page.locator('.answer').evaluateAll((all) => {
    // Without the places where the screen may break it.
    const textOf = (element: Element | null) => (element?.textContent ?? '').replaceAll('\u200b', '').trim()
    return all.map((option) => ({
      guide: textOf(option.querySelector('.guide')).replace(/^指南写的是：/u, ''),
      name: textOf(option.querySelector('.name')),
    }))
  })
  const chosen = options.flatMap(({ guide, name }, index) =>
    [guide, name].some((words) => words !== '' && holds.includes(words)) ? [index] : [],
  )
  for (const index of chosen) await page.locator('.answer').nth(index).click()
  if (chosen.length === 0) await page.locator('.answer').last().click()
  else if (several) await page.getByRole('button', { name: '选好了' }).click()
}

/** The entries on the service's page, in order. */
async function entriesShown(page: Page): Promise<readonly string[]> {
  const rows = await page.locator('.entries .row').evaluateAll((all) =>
    all.map((row) => {
      const shown = row.cloneNode(true)
      if (shown instanceof HTMLElement) for (const tag of shown.querySelectorAll('.tag')) tag.remove()
      return shown.textContent ?? ''
    }),
  )
  return rows.map(lettersOf)
}

/** The words of a PDF, and what its codes carry. */
type Paper = { readonly words: string; readonly codes: readonly string[] }

const paperAt = async (path: string): Promise<Paper> => ({
  words: await pdfWords(path),
  codes: await pdfCodes(path),
})

/** Prints from the service's page, by touch, and comes back to it. */
async function printed({ page, prints }: Kiosk): Promise<Paper> {
  const before = new Set(await readdir(prints).catch(() => []))
  await page.getByRole('button', { name: '打印清单' }).click()
  await page.getByRole('button', { name: '存成 PDF 文件' }).click()
  await expect(page.getByText('清单存进了机器，没有出纸')).toBeVisible()
  const [file = ''] = (await readdir(prints)).filter((name) => !before.has(name))
  await page.getByRole('button', { name: '返回' }).click()
  return paperAt(join(prints, file))
}

/** The page that becomes the PDF, one for each kiosk, showing one slip after the other. */
const sheets = new WeakMap<Page, Promise<Page>>()

/** In a window of its own: of two pages in one window, the one behind is drawn no more, and waits with its clicks. */
async function newSheet(page: Page): Promise<Page> {
  const storageState = await page.context().storageState()
  const context = await page.context().browser()?.newContext({ storageState })
  if (!context) throw new Error('The screen has no browser')
  return context.newPage()
}

/** The paper of what the screen would ask for in this case, drawn by the page that the kiosk prints. */
async function drawn({ page, prints }: Kiosk, service: Service, each: Case): Promise<Paper> {
  const opening = sheets.get(page) ?? newSheet(page)
  sheets.set(page, opening)
  const sheet = await opening
  const services = [{ id: service.id, answers: answersOf(service, each) }]
  const slip = await call(page, 'compose-slip', { services, format: 'a4-large', language: 'zh-CN' })
  const state = await showSlip(sheet, { origin: new URL(page.url()).origin, id: slip.id })
  expect(state, service.title).toBe('ready')
  const path = join(prints, `${slip.id}.pdf`)
  await sheet.pdf({ preferCSSPageSize: true, printBackground: true, path })
  return paperAt(path)
}

function answersOf(service: Service, { holds }: Case): Record<string, string[] | null> {
  const answers = answersBy(questionnaireOf(service, questionWords), holds)
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, answer && [...answer]]))
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

/** All a person in the queue must find on the slip of `service`, whatever the case. */
function wordsOn(service: Service, edition: string): readonly string[] {
  return [
    service.name,
    service.family ?? '',
    ...service.places.flatMap((place) => [...place.rooms, place.department ?? '', place.purpose ?? '']),
    ...service.phones.map(({ number }) => number),
    service.fields.办理时限.replaceAll('\n', ''),
    edition,
  ]
}
