import iconv from 'iconv-lite'
import { describe, expect, test, vi } from 'vitest'
import { refuse } from '../../../../data/sources.ts'
import { readOffer, readOffers } from '../../../../electron/sources/read-offer.ts'
import {
  candidateIn,
  catalogueIn,
  realFiles,
  refusalIn,
  smallFiles,
} from '../../../fixtures/edition-files.ts'

// The whole guide is read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 30_000 })

const context = { files: smallFiles, now: new Date('2026-11-25T02:00:00Z') }
const guide = smallFiles['guide.txt'] ?? ''
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const offer = async (text: string, name: string) => readOffer(bytesOf(text), name, context)

describe('the guide as text', () => {
  test.each([
    ['UTF-8', bytesOf(guide)],
    ['UTF-8 with Windows line ends', bytesOf(guide.replaceAll('\n', '\r\n'))],
    ['GBK', iconv.encode(guide, 'gb18030')],
    ['UTF-16', iconv.encode(guide, 'utf-16le', { addBOM: true })],
  ])('in %s is the edition in force', async (_, bytes) => {
    expect(candidateIn(await readOffer(bytes, 'guide.txt', context)).files).toBe(smallFiles)
  })

  test('of all services is the edition in force', async () => {
    const whole = { ...context, files: realFiles }
    const bytes = bytesOf(realFiles['guide.txt'] ?? '')
    expect(candidateIn(await readOffer(bytes, 'guide.txt', whole)).files).toBe(realFiles)
  })

  test('says which encoding was taken where the file does not', async () => {
    const { findings } = candidateIn(await readOffer(iconv.encode(guide, 'gbk'), 'guide.txt', context))
    expect(findings[0]).toMatchObject({ rule: 'text-encoding', severity: 'warning' })
  })

  test('reworded keeps the ids, and brings readings and everyday words along', async () => {
    const before = catalogueIn(smallFiles)
    const outcome = await offer(guide.replaceAll('工伤认定申请', '工伤认定申请办理'), '指南.txt')
    const { files, sha256, sourceName } = candidateIn(outcome)
    const read = catalogueIn(files)
    const renamed = read.services.find(({ title }) => title === '工伤认定申请办理')
    expect(renamed?.id).toBe(before.services.find(({ title }) => title === '工伤认定申请')?.id)
    expect(renamed?.readings.map(({ syllables }) => syllables[0]).slice(0, 2)).toEqual(['gong', 'shang'])
    expect(read.source).toEqual({ file: '指南.txt', sha256 })
    expect(sourceName).toBe('指南.txt')
  })

  test('a clock that has fallen back never gives an earlier edition', async () => {
    const past = { ...context, now: new Date('2001-01-01T00:00:00Z') }
    const bytes = bytesOf(guide.replaceAll('不收费', '免费'))
    const { files } = candidateIn(await readOffer(bytes, 'guide.txt', past))
    expect(catalogueIn(files).edition > catalogueIn(smallFiles).edition).toBe(true)
  })

  test('of a place the site does not have is shown, not refused', async () => {
    const moved = guide.replaceAll('北京南路445号', '解放路1号')
    expect(catalogueIn(candidateIn(await offer(moved, 'guide.txt')).files).services).toHaveLength(
      catalogueIn(smallFiles).services.length,
    )
  })
})

test.each([
  ['100 MB of text', new Uint8Array(100_000_000).fill(65), '指南.txt', 'too-large'],
  ['text of something else', bytesOf('关于召开会议的通知\n'.repeat(100)), '通知.txt', 'not-a-guide'],
  ['half a character', iconv.encode('办事指南', 'gb18030').subarray(0, 7), '指南.txt', 'not-text'],
  ['a picture called text', Uint8Array.of(0xff, 0xd8, 0xff, 0), '指南.txt', 'not-what-it-says'],
  ['a bundle nobody can open here', bytesOf('KIOSK'), 'a.kiosk', 'not-taken'],
])('%s is refused', async (_, bytes, name, problem) => {
  expect(refusalIn(await readOffer(bytes, name, context)).problem).toBe(problem)
})

test('a bundle is handed on, whole', async () => {
  const openBundle = vi.fn(async () => refuse('damaged'))
  const bytes = bytesOf('KIOSK')
  expect(await readOffer(bytes, 'a.kiosk', { ...context, openBundle })).toEqual(refuse('damaged'))
  expect(openBundle).toHaveBeenCalledExactlyOnceWith(bytes, 'a.kiosk')
})

const plan = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">
  <rect id="room-101" x="10" y="10" width="20" height="20"/>
</svg>`

/** site.json with a plan of the ground floor. */
const siteWithPlan = (): string => {
  const site = JSON.parse(smallFiles['site.json'] ?? '')
  site.buildings[0].plans = [{ floor: 1, file: '1楼.svg' }]
  return JSON.stringify(site)
}

describe('parts of an edition', () => {
  test('everyday words are put to the services at once, and the guide stays as it is', async () => {
    const words = { format: 1, synonyms: [{ say: ['摔伤'], titles: ['工伤认定申请'] }] }
    const { files, origin } = candidateIn(await offer(JSON.stringify(words), 'synonyms.json'))
    const service = catalogueIn(files).services.find(({ title }) => title === '工伤认定申请')
    expect(service?.synonyms.map(({ text }) => text)).toEqual(['摔伤'])
    expect(origin).toBe('parts')
    expect(files['guide.txt']).toBe(smallFiles['guide.txt'])
    expect(catalogueIn(files).source).toEqual(catalogueIn(smallFiles).source)
  })

  test('words that stand for nothing are said', async () => {
    const words = { format: 1, synonyms: [{ say: ['月亮'], titles: ['登月'] }] }
    const { findings } = candidateIn(await offer(JSON.stringify(words), 'synonyms.json'))
    expect(findings.map(({ rule }) => rule)).toEqual(['synonym-idle'])
  })

  test('holidays go into the site and leave the rest of it alone', async () => {
    const days = { closures: ['2027-03-21'], workdays: [], years: [] }
    const { files } = candidateIn(await offer(JSON.stringify(days), 'holidays.json'))
    const before = JSON.parse(smallFiles['site.json'] ?? '')
    expect(JSON.parse(files['site.json'] ?? '')).toEqual({ ...before, days })
  })

  test('a site and the plan it names come together, not one without the other', async () => {
    const site = { name: 'site.json', bytes: bytesOf(siteWithPlan()) }
    const drawing = { name: '1楼.svg', bytes: bytesOf(plan) }
    const { files, sourceName } = candidateIn(await readOffers([site, drawing], context))
    expect(files['plans/1楼.svg']).toBe(plan)
    expect(sourceName).toBe('site.json、1楼.svg')
    expect(refusalIn(await readOffers([site], context)).problem).toBe('contradicts')
    expect(refusalIn(await readOffers([drawing], context)).problem).toBe('unknown-plan')
  })

  test('what is in force already is the edition in force', async () => {
    for (const name of ['site.json', 'translations.json', 'topics.json', 'questions.json', 'synonyms.json'])
      expect(candidateIn(await offer(smallFiles[name] ?? '', name)).files).toBe(smallFiles)
  })

  test.each([
    ['not JSON', '{\n "format": 1,\n "synonyms": [,]\n}', 'synonyms.json', 'not-json', { line: 3 }],
    ['another form', '{"format": 2}', 'topics.json', 'wrong-form', { at: 'format' }],
    [
      'a day that is none',
      '{"closures":["2027-02-30"],"workdays":[],"years":[]}',
      'holidays.json',
      'wrong-form',
      { at: 'closures.0' },
    ],
    [
      'a drawing with a script',
      '<svg viewBox="0 0 1 1"><script>x</script></svg>',
      '1楼.svg',
      'plan-unusable',
      {},
    ],
    ['a name that leads elsewhere', '<svg/>', '../1.svg', 'plan-unusable', {}],
  ])('%s', async (_, text, name, problem, details) => {
    expect(refusalIn(await offer(text, name))).toMatchObject({ problem, details })
  })

  test('a site that does not fit itself', async () => {
    const site = JSON.stringify({ ...JSON.parse(smallFiles['site.json'] ?? ''), timeZone: 'Asia/Urumchi' })
    expect(refusalIn(await offer(site, 'site.json'))).toMatchObject({
      problem: 'contradicts',
      details: { file: 'site.json' },
    })
  })

  test('a guide or a workbook comes alone', async () => {
    const files = ['guide.txt', 'site.json'].map((name) => ({ name, bytes: bytesOf(smallFiles[name] ?? '') }))
    expect(refusalIn(await readOffers(files, context)).problem).toBe('not-taken')
  })
})
