import type { Service } from '../../data/catalogue.ts'
import { createSearch } from '../../data/search.ts'
import { realCatalogue } from '../fixtures/real-content.ts'

/*
 * How long one touch of a key takes: the results and the letters that still lead on, for every beginning of what
 * visitors type; and how long the search takes to make. Beside it stands a plain scan of the titles for the same
 * characters, which finds no pinyin at all.
 * node tests/bench/search.bench.ts
 */

const typed = [
  ...['gsrd', 'gongshangrending', 'sbk', 'shebaoka', 'ylj', 'yanglaojin', 'da', 'dangan', 'zgtx', 'ldzy'],
  ...['zyjszgksbm', 'naodong', 'zhicheng', 'xyz', 'jjs', 'bzj', 'cbjf', 'wgbt', 'xzfy', 'hsbz'],
  ...['工伤', '退休', '养老金', '社保卡', '档案转移', '退休审批', '找工作', '北京'],
]
const keystrokes = typed.flatMap((query) =>
  [...query].map((_, index, all) => all.slice(0, index + 1).join('')),
)
const rounds = 8
const builds = 9

/** `count` services: the real ones over and over, each copy's title numbered. */
function madeServices(count: number): readonly Service[] {
  const { services } = realCatalogue
  return Array.from({ length: count }, (_, index): readonly Service[] => {
    const service = services[index % services.length]
    if (!service) return []
    const copy = String(Math.floor(index / services.length))
    if (copy === '0') return [service]
    const readings = [...copy].map((digit, offset) => ({
      at: service.title.length + offset,
      syllables: [digit],
    }))
    return [
      {
        ...service,
        id: `${service.id}-${copy}`,
        title: service.title + copy,
        name: service.name + copy,
        readings: [...service.readings, ...readings],
      },
    ]
  }).flat()
}

/** Milliseconds of each keystroke, the quickest first; the first round only warms up. */
function timesOf(press: (query: string) => number): readonly number[] {
  const times: number[] = []
  let seen = 0
  for (let round = 0; round <= rounds; round += 1) {
    for (const query of keystrokes) {
      const start = performance.now()
      seen += press(query)
      if (round > 0) times.push(performance.now() - start)
    }
  }
  if (seen === 0) throw new Error('Nothing was found at all')
  return times.sort((a, b) => a - b)
}

const quantile = (times: readonly number[], share: number): string =>
  (times[Math.floor(times.length * share)] ?? NaN).toFixed(3)

function middleBuild(services: readonly Service[]): string {
  const times = Array.from({ length: builds }, () => {
    const start = performance.now()
    createSearch(services)
    return performance.now() - start
  })
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  )
}

const rows = [realCatalogue.services.length, 10_000].flatMap((count) => {
  const services = madeServices(count)
  const search = createSearch(services)
  const keys = timesOf((query) => search.find(query).length + search.nextLetters(query).size)
  const plain = timesOf((query) => services.filter(({ title }) => title.includes(query)).length)
  return [
    [
      String(count),
      'find and next letters',
      quantile(keys, 0.5),
      quantile(keys, 0.98),
      middleBuild(services),
    ],
    [String(count), 'title.includes', quantile(plain, 0.5), quantile(plain, 0.98), '-'],
  ]
})

console.log(`${String(keystrokes.length)} keystrokes, ${String(rounds)} rounds`)
for (const cells of [['services', 'what', 'p50 ms', 'p98 ms', 'build ms'], ...rows])
  console.log(cells.map((cell, column) => (column === 1 ? cell.padEnd(24) : cell.padStart(12))).join('  '))
