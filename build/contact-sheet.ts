import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { type Language, languages } from '../data/translations.ts'
import {
  inStudio,
  openMoment,
  type Orientation,
  orientations,
  silent,
  slipLaidOut,
  type Studio,
  viewports,
} from './studio.ts'
import {
  connectPrinter,
  dress,
  everyLook,
  type Looks,
  type PrinterSays,
  printerScreens,
  type Screen,
  screens,
  usualLooks,
  wake,
  walkTo,
  withOver,
} from './screens.ts'

/*
 * Takes a picture of every screen in every look, upright and lying: `npm run sheet`, or of some:
 * `npm run sheet -- home ug dark`. One sheet per language and orientation shows them together, a screen to
 * a row and a look to a column.
 */

const out = join(import.meta.dirname, 'contact-sheet')

/** How many screens are walked to at once. */
const hands = 2
/** The shorter side of a picture on a sheet, in CSS pixels. */
const thumbSide = 180
/** Milliseconds after which a button that does not come is given up. */
const patience = 20_000

/** More than half a year after the edition: a Tuesday, 13:00 in the hall. */
const longAfter = new Date('2027-07-06T05:00:00Z')

/** A screen, when it is seen, whether how it looks can be chosen there, and what a printer says on it. */
type Sitting = Screen & { readonly now: Date; readonly dressed: boolean; readonly says?: PrinterSays }

const outOfService = 'out-of-service'
const attract = 'attract'

const sittings: readonly Sitting[] = [
  { name: attract, taps: [], now: openMoment, dressed: false },
  { name: outOfService, taps: [], now: openMoment, dressed: false },
  { name: 'content-old', taps: [], now: longAfter, dressed: true },
  ...[...screens, ...printerScreens].map((screen) => ({ ...screen, now: openMoment, dressed: true })),
]

type Choice = {
  readonly sittings: readonly Sitting[]
  readonly orientations: readonly Orientation[]
  readonly looks: readonly Looks[]
}

const contrastWord = ({ contrast }: Looks): string => (contrast === 'normal' ? 'usual-contrast' : contrast)
const sizeWord = ({ textSize }: Looks): string => (textSize === 'normal' ? 'usual-size' : textSize)

/** What `words` ask for: of each kind of word (screen, orientation, language, contrast, text size) those named, or all. */
function chosenBy(words: readonly string[]): Choice {
  const known = [
    sittings.map(({ name }) => name),
    orientations,
    languages,
    [...new Set(everyLook.map(contrastWord))],
    [...new Set(everyLook.map(sizeWord))],
  ]
  const strange = words.filter((word) => !known.some((kind) => kind.some((each) => each === word)))
  if (strange.length > 0) {
    const lines = known.map((kind) => `  ${kind.join(' ')}`).join('\n')
    throw new Error(`Not known: ${strange.join(' ')}. Any of these can be named:\n${lines}`)
  }
  const asked = known.map((kind) => kind.filter((each) => words.includes(each)))
  const fits = (kind: number, word: string): boolean =>
    asked[kind]?.length === 0 || asked[kind]?.includes(word) === true
  return {
    sittings: sittings.filter(({ name }) => fits(0, name)),
    orientations: orientations.filter((each) => fits(1, each)),
    looks: everyLook.filter(
      (look) => fits(2, look.language) && fits(3, contrastWord(look)) && fits(4, sizeWord(look)),
    ),
  }
}

const looksOf = ({ dressed }: Sitting, looks: readonly Looks[]): readonly Looks[] =>
  dressed ? looks : [usualLooks]

function fileOf({ name, dressed }: Sitting, orientation: Orientation, look: Looks): string {
  const parts = dressed ? [name, look.language, contrastWord(look), sizeWord(look)] : [name]
  return `${orientation}/${parts.join('-')}.jpg`
}

async function comeTo(page: Page, sitting: Sitting): Promise<void> {
  if (!sitting.dressed) {
    await page.getByRole('heading', { level: 1 }).waitFor()
    return
  }
  if (sitting.says) await connectPrinter(page, sitting.says)
  else await wake(page)
  await walkTo(page, sitting)
  if (sitting.says || sitting.name.startsWith('slip')) await slipLaidOut(page)
  if (sitting.name === 'slip-saved') await page.locator('.result').waitFor()
}

/** Goes to one screen and takes it in each of `looks`, one tap from each look to the next. */
async function take(
  studio: Studio,
  sitting: Sitting,
  orientation: Orientation,
  looks: readonly Looks[],
  onTaken: () => void,
): Promise<void> {
  const page = await studio.open(orientation, sitting.now)
  try {
    page.setDefaultTimeout(patience)
    await comeTo(page, sitting)
    for (const look of looks) {
      // Taking pictures is no sign of life, and the screen would ask whether anybody is still there.
      await page.evaluate(() => dispatchEvent(new Event('wheel')))
      if (sitting.dressed) await dress(page, look)
      const path = join(out, fileOf(sitting, orientation, look))
      await withOver(page, sitting, () => page.screenshot({ path, type: 'jpeg', quality: 80 }))
      onTaken()
    }
  } finally {
    await page.close()
  }
}

/** Says on one line how far it is, and keeps what went wrong for the end. */
function createProgress(total: number) {
  const began = performance.now()
  const failures: string[] = []
  let taken = 0
  const seconds = (): number => Math.round((performance.now() - began) / 1000)
  return {
    failures,
    seconds,
    taken: () => taken,
    step: () => {
      taken += 1
      process.stdout.write(`\r${taken} of ${total} pictures, ${seconds()} s`)
    },
  }
}

/** Takes what is chosen; a screen that cannot be come to is said at the end and does not stop the others. */
async function takeAll(choice: Choice, progress: ReturnType<typeof createProgress>): Promise<void> {
  const tasks = choice.sittings.flatMap((sitting) =>
    choice.orientations.map((orientation) => ({ sitting, orientation })),
  )
  const run = async (studio: Studio, wanted: typeof tasks): Promise<void> => {
    const queue = wanted[Symbol.iterator]()
    const work = async (): Promise<void> => {
      for (const { sitting, orientation } of queue) {
        const looks = looksOf(sitting, choice.looks)
        await take(studio, sitting, orientation, looks, progress.step).catch((error: unknown) => {
          const [why] = (error instanceof Error ? error.message : String(error)).split('\n')
          progress.failures.push(`${sitting.name}, ${orientation}: ${why ?? ''}`)
        })
      }
    }
    await Promise.all(Array.from({ length: hands }, work))
  }
  const broken = tasks.filter(({ sitting }) => sitting.name === outOfService)
  if (broken.length > 0) {
    const nothing = await mkdtemp(join(tmpdir(), 'kiosk-no-content-'))
    await inStudio((studio) => run(studio, broken), { content: nothing, log: silent })
    await rm(nothing, { recursive: true })
  }
  await inStudio((studio) =>
    run(
      studio,
      tasks.filter((task) => !broken.includes(task)),
    ),
  )
}

type Sheet = { readonly name: string; readonly language: Language; readonly orientation: Orientation }

const style = `
  body { margin: 0; font: 14px/1.2 sans-serif; }
  main { inline-size: max-content; padding: 16px; background: #fff; }
  table { border-spacing: 6px; }
  th { font-weight: 600; text-align: start; vertical-align: top; }
  img { display: block; outline: 1px solid #888; }`

const pageOf = (title: string, body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${title}</title><style>${style}</style>\n<main><h1>${title}</h1>\n${body}\n</main>\n`

/** One sheet as a table of pictures, each of which leads to the full one. */
function drawn({ name, language, orientation }: Sheet, choice: Choice): string {
  const { width, height } = viewports[orientation]
  const scale = thumbSide / Math.min(width, height)
  const columns = choice.looks.filter((look) => look.language === language)
  const heads = columns.map((look) => `<th>${contrastWord(look)}<br>${sizeWord(look)}</th>`).join('')
  const rows = choice.sittings.map((sitting) => {
    const cells = looksOf(sitting, columns).map((look) => {
      const file = fileOf(sitting, orientation, look)
      return `<td><a href="${file}"><img src="${file}" alt="${file}" width="${width * scale}" height="${height * scale}"></a></td>`
    })
    return `<tr><th>${sitting.name}</th>${cells.join('')}</tr>`
  })
  return pageOf(name, `<table><tr><th></th>${heads}</tr>\n${rows.join('\n')}\n</table>`)
}

/** Writes the sheets, as pages and as pictures of those pages, and the index of them all. */
async function makeSheets(choice: Choice): Promise<readonly Sheet[]> {
  const spoken = languages.filter((language) => choice.looks.some((look) => look.language === language))
  const sheets = spoken.flatMap((language) =>
    choice.orientations.map((orientation) => ({
      name: `sheet-${language}-${orientation}`,
      language,
      orientation,
    })),
  )
  for (const sheet of sheets) await writeFile(join(out, `${sheet.name}.html`), drawn(sheet, choice))
  await inStudio(async (studio) => {
    for (const { name } of sheets) {
      const page = await studio.blank()
      await page.goto(pathToFileURL(join(out, `${name}.html`)).href)
      await page.evaluate(() => Promise.allSettled([...document.images].map((image) => image.decode())))
      await page.locator('main').screenshot({ path: join(out, `${name}.png`) })
      await page.close()
    }
  })
  const links = sheets.map(({ name }) => {
    return `<li><a href="${name}.html">${name}</a>, <a href="${name}.png">as one picture</a></li>`
  })
  await writeFile(join(out, 'index.html'), pageOf('Contact sheets', `<ul>${links.join('\n')}</ul>`))
  return sheets
}

async function main(): Promise<number> {
  const choice = chosenBy(process.argv.slice(2))
  const total = choice.sittings.reduce((sum, sitting) => sum + looksOf(sitting, choice.looks).length, 0)
  const progress = createProgress(total * choice.orientations.length)
  await rm(out, { recursive: true, force: true })
  for (const orientation of choice.orientations) await mkdir(join(out, orientation), { recursive: true })
  await takeAll(choice, progress)
  const sheets = await makeSheets(choice)
  console.log(
    `\n${progress.taken()} pictures on ${sheets.length} sheets in ${progress.seconds()} s: ${join(out, 'index.html')}`,
  )
  for (const failure of progress.failures) console.error(`Not taken: ${failure}`)
  return progress.failures.length === 0 ? 0 : 1
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  })
}
