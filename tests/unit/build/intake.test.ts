import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as v from 'valibot'
import { runIntake } from '../../../build/intake.ts'
import { displayWidth } from '../../../build/text-table.ts'
import { catalogueSchema, type Catalogue } from '../../../data/catalogue.ts'
import { realSiteFile } from '../../fixtures/real-content.ts'

// The whole guide is read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

const root = join(import.meta.dirname, '../../..')
const guide = join(root, 'data/content/guide.txt')

let folder = ''
let out = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intake-'))
  out = join(folder, 'catalogue.json')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const written = (): Catalogue => v.parse(catalogueSchema, JSON.parse(readFileSync(out, 'utf8')))

/** The last column of a printed table, a text a row, its lines put together again. */
function lastCells(output: string): string[] {
  const [head = '', ...lines] = (output.split('\n\n')[0] ?? '').split('\n')
  const column = head.lastIndexOf('text')
  return lines.reduce<string[]>((cells, line) => {
    let width = 0
    const cell = [...line].filter((character) => {
      const inside = width >= column
      width += displayWidth(character)
      return inside
    })
    return /^\S/.test(line)
      ? [...cells, cell.join('')]
      : [...cells.slice(0, -1), `${cells.at(-1) ?? ''}${cell.join('')}`]
  }, [])
}

const place = (name: string, content: string | Buffer): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** A site.json in which something does not fit the rest. */
const contradictory = () => JSON.stringify({ ...realSiteFile, timeZone: 'Asia/Urumchi' })

const altered = (from: string, to: string): string => {
  const file = join(folder, 'altered.txt')
  writeFileSync(file, readFileSync(guide, 'utf8').replaceAll(from, to))
  return file
}

describe('the real guide', () => {
  test('gives a catalogue, the findings, the assumptions and one line of sums', () => {
    const { exitCode, output } = runIntake([guide, '--out', out], '2026-11-23')
    expect(exitCode).toBe(0)
    expect(written().services).toHaveLength(132)
    const lines = output.split('\n')
    expect(lines[0]).toMatch(/^severity +line +service +what +text$/)
    expect(lines.at(-1)).toMatch(/^132 services, 6 categories, 0 errors, \d+ warnings, \d+ notes$/)
    expect(output).toContain('南湖办公楼')
  })

  test('ends, before the sums, with what staff are to confirm or to fill in, numbered, the assumptions first', () => {
    const { output } = runIntake([guide, '--out', out], '2026-11-23')
    const [head, ...asked] = output.split('\n\n').at(-2)?.split('\n') ?? []
    expect(head).toBe('site.json 中有待确认或补充的：')
    expect(asked.map((line) => Number.parseInt(line, 10))).toEqual(asked.map((_, index) => index + 1))
    expect(asked[0]).toContain('本机位于北京南路445号1楼大厅')
    for (const words of [
      '维吾尔语',
      '夏季为5月至9月',
      '屏幕朝哪个方向',
      '南湖东路19号：没有写电梯，无障碍路线请补充',
    ])
      expect(asked.filter((line) => line.includes(words))).toHaveLength(1)
  })

  test('asks for nothing where site.json leaves nothing open', () => {
    const [building] = realSiteFile.buildings
    const told = {
      ...realSiteFile,
      buildings: [
        {
          ...building,
          storeys: { lowest: 1, highest: 1 },
          entrances: [{ id: 'a', name: '正门', floor: 1, stepFree: true }],
        },
      ],
      kiosks: [{ ...realSiteFile.kiosks[0], where: '门口', faces: 'south' }],
      seasons: { ...realSiteFile.seasons, confirmed: true },
      help: { phone: null, place: '服务台' },
      assumptions: [],
    }
    const { exitCode, output } = runIntake(
      [guide, '--out', out, '--site', place('told.json', JSON.stringify(told))],
      '2026-11-23',
    )
    expect(exitCode).toBe(0)
    expect(output).not.toContain('有待确认')
  })

  test('knows its services by everyday words too, with their readings', () => {
    runIntake([guide, '--out', out], '2026-11-23')
    const words = written().services.flatMap(({ title, synonyms }) =>
      synonyms.map((synonym) => ({ title, ...synonym })),
    )
    const card = words.find(({ title, text }) => title === '社会保障卡申领' && text === '社保卡')
    expect(card?.readings.map(({ syllables }) => syllables[0])).toEqual(['she', 'bao', 'ka'])
    for (const { title, text, readings } of words) {
      expect(title).not.toContain(text)
      expect(readings).toHaveLength([...text].length)
    }
  })

  test('quotes at most 60 characters, then …', () => {
    const quotes = lastCells(runIntake([guide, '--out', out], '2026-11-23').output)
    expect(quotes.length).toBeGreaterThan(200)
    expect(Math.max(...quotes.map((quote) => quote.length))).toBe(61)
    expect(quotes.filter((quote) => quote.length === 61 && !quote.endsWith('…'))).toEqual([])
    const line = readFileSync(guide, 'utf8').split('\n')[416]?.trim() ?? ''
    expect(line.length).toBeGreaterThan(60)
    expect(quotes).toContain(`${line.slice(0, 60)}…`)
  })

  test('is written the same twice, and nothing else is left in the folder', () => {
    runIntake([guide, '--out', out], '2026-11-23')
    const first = readFileSync(out)
    const other = runIntake([guide, '--out', out], '2027-02-03')
    expect(other.exitCode).toBe(0)
    expect(readFileSync(out).equals(first)).toBe(true)
    expect(first.toString('utf8')).toMatch(/^\{\n {2}"format": 1,\n[^]*\n\}\n$/)
    expect(readdirSync(folder)).toEqual(['catalogue.json'])
  })

  test('the catalogue in the repository is the one this intake makes', () => {
    const kept = join(root, 'data/content/catalogue.json')
    copyFileSync(kept, out)
    runIntake([guide, '--out', out], '2031-01-01')
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(kept, 'utf8'))
  })
})

describe('editions', () => {
  const edition = (...args: string[]): string => {
    const [file = guide, today = '', ...more] = args
    expect(runIntake([file, '--out', out, ...more], today).exitCode).toBe(0)
    return written().edition
  }

  test('kept while the guide is the same, counted within a day, new the next', () => {
    expect(edition(guide, '2026-11-23')).toBe('2026-11-23.1')
    expect(edition(guide, '2026-11-24')).toBe('2026-11-23.1')
    expect(edition(altered('不收费', '免费'), '2026-11-23')).toBe('2026-11-23.2')
    expect(edition(altered('不收费', '不收取'), '2026-11-25')).toBe('2026-11-25.1')
  })

  test('given by hand', () => {
    expect(edition(guide, '2026-11-23', '--edition', '2026-12-01.7')).toBe('2026-12-01.7')
  })
})

describe('a changed guide', () => {
  test('keeps the ids of services whose titles were reworded, and says so', () => {
    runIntake([guide, '--out', out], '2026-11-23')
    const before = written().services.find(({ title }) => title === '工伤认定申请')?.id
    const { output } = runIntake(
      [altered('工伤认定申请\n', '工伤认定申请办理\n'), '--out', out],
      '2026-11-24',
    )
    expect(written().services.find(({ title }) => title === '工伤认定申请办理')?.id).toBe(before)
    expect(output.replace(/\s/g, '')).toContain('沿用原来的编号')
  })
})

describe('what is refused', () => {
  test.each<[string, () => string[]]>([
    ['no guide there', () => [join(folder, 'none.txt')]],
    ['a text that is no guide', () => [place('a.txt', '会议纪要\n')]],
    ['an empty file', () => [place('a.txt', '')]],
    ['bytes that are no UTF-8', () => [place('a.txt', Buffer.from([0xb2, 0xc4, 0xc1, 0xcf]))]],
    ['a site.json that contradicts itself', () => [guide, '--site', place('site.json', contradictory())]],
    ['a site.json that is none', () => [guide, '--site', place('site.json', '{"format":2}')]],
  ])('%s: exit code 1, nothing written', (_, args) => {
    const { exitCode, output } = runIntake([...args(), '--out', out], '2026-11-23')
    expect(exitCode).toBe(1)
    expect(output).not.toBe('')
    expect(() => statSync(out)).toThrow()
  })

  test('a broken catalogue in force is left alone rather than losing its ids', () => {
    writeFileSync(out, '{"format":1')
    const { exitCode, output } = runIntake([guide, '--out', out], '2026-11-23')
    expect(exitCode).toBe(1)
    expect(output).toContain('ids')
    expect(readFileSync(out, 'utf8')).toBe('{"format":1')
  })

  test('a target that cannot be written leaves no draft behind', () => {
    const { exitCode } = runIntake([guide, '--out', join(folder, 'no-folder/catalogue.json')], '2026-11-23')
    expect(exitCode).toBe(1)
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    [[]],
    [[guide, guide]],
    [[guide, '--edition', 'today']],
    [[guide, '--wrong']],
    [[guide, '--out']],
  ])('called wrongly %#: exit code 2 and how to call it', (args) => {
    const { exitCode, output } = runIntake(args, '2026-11-23')
    expect(exitCode).toBe(2)
    expect(output).toMatch(/^Usage: /)
  })
})

test('as a command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'build/intake.ts'), ...args], { encoding: 'utf8', cwd: folder })
  const done = run(guide, '--out', out, '--edition', '2026-11-23.1')
  expect(done.status).toBe(0)
  expect(done.stdout.trimEnd().split('\n').at(-1)).toMatch(/^132 services, /)
  const wrong = run()
  expect([wrong.status, wrong.stdout]).toEqual([2, ''])
  expect(wrong.stderr).toContain('Usage')
})
