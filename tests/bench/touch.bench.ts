import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { inStudio, type Studio } from '../../build/studio.ts'
import { wake } from '../../build/screens.ts'
import { layTable } from '../../build/text-table.ts'
import { fieldNames, type Service, serviceSchema } from '../../data/catalogue.ts'
import { realCatalogue } from '../fixtures/real-content.ts'

/*
 * How long a finger waits, in a real Chromium, for the department's services and for 10,000, on this machine's
 * processor and on one four times slower: from the moment it touches to the frame that shows what it has touched
 * ("lit"), and from the moment it lifts to the frame that shows the new screen or the results ("shown"). Beside
 * each stands a page that holds one button and nothing else.
 *
 * Both are measured by Chromium's own event timing, up to the frame on the screen in steps of 8 ms; where that is
 * below the 16 ms it reports from, as 16 ms.
 *
 * node tests/bench/touch.bench.ts, or with numbers of services: node tests/bench/touch.bench.ts 132
 */

const realContent = join(import.meta.dirname, '../../data/content')
/** Samples of each row that is judged. */
const wanted = 200
/** Milliseconds at four times slower: from a tap to the next frame, and from a letter to its results. */
const target = { p50: 34, p98: 100 }
/** Milliseconds a finger rests on the glass. */
const hold = 80
/** The shortest time event timing reports, in milliseconds. */
const least = 16
const typed = [
  'gsrd',
  'sbk',
  'ylj',
  'zgtx',
  'dangan',
  'yanglao',
  'zyjszg',
  'ldzy',
  'hsbz',
  'gongshang',
  'cbjf',
]

/** One row to be filled: what is touched, by what finds it, and which of those found. */
type Step = { readonly what: string; readonly selector: string; readonly pick?: (round: number) => number }

/** Through every kind of list and back; only the second and the fourth category have topics. */
const walk: readonly Step[] = [
  { what: 'a category: its topics', selector: 'main li button', pick: (round) => 1 + (round % 2) * 2 },
  { what: 'a topic: its services', selector: 'main li button', pick: (round) => round },
  { what: 'a service', selector: 'main li button', pick: (round) => round },
  { what: 'other colours', selector: 'nav > button:nth-of-type(4)' },
  { what: 'home', selector: 'nav > button:nth-of-type(1)' },
]
/** Touches of each step of the walk, which together are the samples of a tap. */
const rounds = Math.ceil(wanted / walk.length)
const anyTap = 'any tap'
const letterStep = 'a letter'

/** Makes what event timing tells of touches entries of the page's timeline: `lit` and `shown`. */
function record(): void {
  // The compiler's types of the page do not know the threshold yet.
  const slow: PerformanceObserverInit & { durationThreshold: number } = {
    type: 'event',
    durationThreshold: 16,
  }
  new PerformanceObserver((list) => {
    for (const [event, name] of [
      ['pointerdown', 'lit'],
      ['click', 'shown'],
    ] as const)
      for (const { startTime, duration } of list.getEntriesByName(event))
        performance.measure(name, { start: startTime, duration })
  }).observe(slow)
}

/** Milliseconds; NaN where event timing has nothing to tell because it was too short. */
type Sample = { readonly lit: number; readonly shown: number }

/** The sample of the last touch: waits for the frames after it, for its event timing, and until the page rests. */
function lastSample(page: Page): Promise<Sample> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 4)))
    for (let frames = 0; frames < 4; frames += 1) await frame()
    const of = (name: string) => performance.getEntriesByName(name)[0]?.duration ?? NaN
    const sample = { lit: of('lit'), shown: of('shown') }
    performance.clearMeasures()
    return sample
  })
}

/** Taps one of the buttons in sight that `selector` finds; null where there is none. */
async function tap(page: Page, selector: string, pick: number, text = ''): Promise<Sample | null> {
  const place = await page.evaluate(
    ([wantedSelector, wantedText, index]) => {
      const inSight = [...document.querySelectorAll<HTMLButtonElement>(wantedSelector)].flatMap((button) => {
        const { x, y, width, height } = button.getBoundingClientRect()
        const middle = { x: x + width / 2, y: y + height / 2 }
        const onTop = document.elementFromPoint(middle.x, middle.y)
        const fits = wantedText === '' || button.innerText === wantedText
        return fits && !button.disabled && onTop && button.contains(onTop) ? [middle] : []
      })
      return inSight[index % Math.max(1, inSight.length)] ?? null
    },
    [selector, text, pick] as const,
  )
  if (!place) return null
  const finger = await page.context().newCDPSession(page)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [place] })
  await pause(hold)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await finger.detach()
  return lastSample(page)
}

type Samples = Map<string, Sample[]>

function keep(samples: Samples, what: string, sample: Sample | null): void {
  if (!sample) throw new Error(`There is nothing to touch for: ${what}`)
  samples.set(what, [...(samples.get(what) ?? []), sample])
}

async function measureWalk(page: Page, samples: Samples): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const { what, selector, pick } of walk) {
      const sample = await tap(page, selector, pick?.(round) ?? 0)
      keep(samples, anyTap, sample)
      keep(samples, `- ${what}`, sample)
    }
  }
}

async function measureLetters(page: Page, samples: Samples): Promise<void> {
  await page.getByRole('button', { name: /^按名字找/u }).tap()
  await lastSample(page)
  for (let word = 0; (samples.get(letterStep)?.length ?? 0) < wanted; word += 1) {
    for (const letter of typed[word % typed.length] ?? '') {
      const sample = await tap(page, '.key', 0, letter)
      // A letter that leads nowhere is at rest.
      if (!sample) break
      keep(samples, letterStep, sample)
    }
    await tap(page, '.key.word', 0)
  }
}

async function measureBaseline(page: Page, samples: Samples): Promise<void> {
  await page.setContent(
    '<!doctype html><button style="font-size: 80px" onclick="this.textContent = Math.random()">0</button>',
  )
  await page.evaluate(record)
  for (let round = 0; round < wanted; round += 1)
    keep(samples, 'baseline: one button', await tap(page, 'button', 0))
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

async function measureAt(studio: Studio, rate: number): Promise<Samples> {
  const samples: Samples = new Map()
  const blank = await studio.open('portrait', null)
  await blank.goto('about:blank')
  await slowDown(blank, rate)
  await measureBaseline(blank, samples)
  await blank.close()
  const page = await studio.open('portrait', null)
  await wake(page)
  await page.evaluate(record)
  await slowDown(page, rate)
  await measureWalk(page, samples)
  await measureLetters(page, samples)
  await page.close()
  return samples
}

const noTexts = v.parse(
  serviceSchema.entries.fields,
  Object.fromEntries(fieldNames.map((name) => [name, ''])),
)

/**
 * `count` services: the real ones over and over, each copy's title ending in a piece of another's, so that they
 * are read differently. The copies lack most texts, and everyday words: the kiosk loads no more than 20 MB.
 */
function madeServices(count: number): readonly Service[] {
  const { services } = realCatalogue
  return Array.from({ length: count }, (_, index): readonly Service[] => {
    const copy = Math.floor(index / services.length)
    const service = services[index % services.length]
    const other = services[(index * 7 + copy * 13) % services.length]
    if (!service || !other) return []
    if (copy === 0) return [service]
    const piece = other.readings.slice(copy % other.readings.length).slice(0, 4)
    const added = piece.map(({ at }) => other.title.slice(at, at + 1)).join('')
    const readings = piece.map(({ syllables }, offset) => ({
      at: service.title.length + 1 + offset,
      syllables,
    }))
    return [
      {
        ...service,
        id: `${service.id}-${copy}`,
        title: `${service.title}（${added}${copy}）`,
        name: `${service.name}（${added}${copy}）`,
        readings: [...service.readings, ...readings],
        fields: noTexts,
        materials: service.materials
          .slice(0, 1)
          .map((group) => ({ ...group, materials: group.materials.slice(0, 1) })),
        places: service.places.slice(0, 1),
        fee: { free: service.fee.free, text: '' },
        phones: [],
        websites: [],
        hours: { text: '', days: null, sessions: [], remarks: [] },
        synonyms: [],
      },
    ]
  }).flat()
}

/** A content folder like the department's own, with `count` services. */
async function contentOf(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-many-'))
  await cp(realContent, folder, { recursive: true })
  const catalogue = { ...realCatalogue, services: madeServices(count) }
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(catalogue))
  return folder
}

type Row = { readonly cells: readonly string[]; readonly missed: readonly string[] }

function rowOf(services: number, rate: number, what: string, samples: readonly Sample[]): Row {
  const share = (part: keyof Sample, at: number): number => {
    const times = samples.map((sample) => sample[part] || least).sort((a, b) => a - b)
    return times[Math.floor(times.length * at)] ?? NaN
  }
  // The next frame after a touch shows that it was felt; of a letter, its results are asked for.
  const judged = what === anyTap ? 'lit' : what === letterStep ? 'shown' : null
  const missed =
    rate === 1 || judged === null
      ? []
      : (['p50', 'p98'] as const).filter((name) => share(judged, name === 'p50' ? 0.5 : 0.98) > target[name])
  const verdict =
    rate === 1 || judged === null
      ? ''
      : missed.length === 0
        ? `${judged}: met`
        : `${judged}: MISSED ${missed.join(', ')}`
  return {
    cells: [
      String(services),
      `${rate}×`,
      what,
      String(samples.length),
      share('lit', 0.5).toFixed(0),
      share('lit', 0.98).toFixed(0),
      share('shown', 0.5).toFixed(0),
      share('shown', 0.98).toFixed(0),
      verdict,
    ],
    missed: missed.map((name) => `${services} services, ${rate}×, ${what}: ${name}`),
  }
}

const heads = ['services', 'slower', 'touched', 'samples', 'lit p50', 'p98', 'shown p50', 'p98', 'target']

/** Measures one content at both speeds and prints it; what it missed. */
async function measureAll(services: number, content: string): Promise<readonly string[]> {
  const rows: Row[] = []
  await inStudio(
    async (studio) => {
      for (const rate of [1, 4])
        for (const [what, samples] of await measureAt(studio, rate))
          rows.push(rowOf(services, rate, what, samples))
    },
    { content },
  )
  const cells = rows.map((row) => row.cells)
  console.log(`${layTable(heads, cells, [])}\n`)
  return rows.flatMap((row) => row.missed)
}

const department = realCatalogue.services.length
const asked = process.argv.slice(2).map(Number)
const counts = asked.length > 0 ? asked : [department, 10_000]
const missed: string[] = []
for (const count of counts) {
  const content = count === department ? realContent : await contentOf(count)
  try {
    missed.push(...(await measureAll(count, content)))
  } finally {
    if (content !== realContent) await rm(content, { recursive: true })
  }
}
console.log(
  `In ms. Target at 4×: p50 ≤ ${target.p50}, p98 ≤ ${target.p98}, of a tap until it is lit, of a letter until its results are shown.`,
)
console.log(missed.length === 0 ? 'Every target is met.' : `MISSED:\n  ${missed.join('\n  ')}`)
