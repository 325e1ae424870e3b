import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { csvOf } from '../../../data/csv.ts'
import { usageTables, wordOf } from '../../../data/usage.ts'
import { createLog } from '../../../electron/log.ts'
import { openUsage } from '../../../electron/usage.ts'
import { temporaryFolder } from '../../fixtures/hosts.ts'

const silent = createLog(() => undefined)
const day = '2026-11-25'

describe('what is counted', () => {
  test('is kept by day, across restarts', async () => {
    const folder = await temporaryFolder('usage')
    const first = openUsage(folder, silent)
    first.count({ kind: 'visit' }, '2026-11-24')
    first.count({ kind: 'visit' }, day)
    first.count({ kind: 'view', service: 'svc-1' }, day)
    first.close()
    const second = openUsage(folder, silent)
    second.count({ kind: 'view', service: 'svc-1' }, day)
    second.count({ kind: 'language', language: 'ug' }, day)
    expect(second.counts(31)).toEqual([
      { day: '2026-11-24', kind: 'visit', key: '', count: 1 },
      { day, kind: 'language', key: 'ug', count: 1 },
      { day, kind: 'view', key: 'svc-1', count: 2 },
      { day, kind: 'visit', key: '', count: 1 },
    ])
    expect(second.counts(1).every((each) => each.day === day)).toBe(true)
    second.close()
  })

  test('holds no word that fewer than three visits of a day searched for, not even in the file', async () => {
    const folder = await temporaryFolder('usage')
    const usage = openUsage(folder, silent)
    const search = (query: string): void => usage.count({ kind: 'search-miss', query }, day)
    search('zhangsan')
    search('zhangsan')
    usage.endVisit()
    search('zhangsan')
    usage.endVisit()
    for (let visit = 0; visit < 4; visit++) {
      search('Gong Ji Jin')
      search('13912345678')
      usage.endVisit()
    }
    expect(usage.counts(31)).toEqual([
      { day, kind: 'search-miss', key: '', count: 11 },
      { day, kind: 'word', key: 'gongjijin', count: 4 },
    ])
    usage.close()
    const kept = new DatabaseSync(join(folder, 'usage.sqlite'))
    expect(JSON.stringify(kept.prepare('SELECT * FROM use').all())).not.toMatch(/zhangsan|139/)
    kept.close()
  })

  test('is forgotten after four hundred days', () => {
    const usage = openUsage(null, silent)
    for (let at = 0; at <= 401; at++) {
      const date = new Date(Date.parse('2025-01-01') + at * 86_400_000).toISOString().slice(0, 10)
      usage.count({ kind: 'visit' }, date)
    }
    expect(new Set(usage.counts(1000).map((each) => each.day)).size).toBe(401)
    usage.close()
  })

  test('fails no visit: a broken file, a closed one', async () => {
    const folder = await temporaryFolder('usage')
    await writeFile(
      join(folder, 'usage.sqlite'),
      'no database at all, but long enough to be read as one'.repeat(9),
    )
    const lines: string[] = []
    const usage = openUsage(
      folder,
      createLog((line) => lines.push(line)),
    )
    usage.count({ kind: 'visit' }, day)
    expect(usage.counts(1)).toHaveLength(1)
    usage.close()
    usage.count({ kind: 'visit' }, day)
    usage.count({ kind: 'visit' }, day)
    expect(lines).toHaveLength(2)
    expect(await readdir(folder)).toContain('usage.sqlite')
  })
})

test.each([
  ['公积金', '公积金'],
  [' Gong ji ', 'gongji'],
  ['ａｂ', 'ab'],
  ['650102199001011234', null],
  ['张三13912345678', null],
  ['a', null],
  ['一二三四五六七八九十一二三', null],
  ['a@b.cn', null],
])('of %j is kept %j', (query, word) => {
  expect(wordOf(query)).toBe(word)
})

test('the tables for staff', () => {
  const tables = usageTables(
    [
      { day, kind: 'visit', key: '', count: 7 },
      { day, kind: 'view', key: 'svc-1', count: 5 },
      { day, kind: 'view', key: 'svc-2', count: 1 },
      { day, kind: 'language', key: 'en', count: 2 },
      { day, kind: 'word', key: 'gongjijin', count: 4 },
    ],
    [{ day: '2026-11-24', printed: 3, saved: 0, failed: 1, unknown: 0 }],
    (id) => (id === 'svc-1' ? '工伤认定申请' : null),
  )
  expect(tables.map(({ headings, rows }) => csvOf(headings, rows).split('\r\n').slice(1, -1))).toEqual([
    ['2026-11-24,0,0,0,0,0,3,0,1,0', '2026-11-25,7,6,0,2,0,0,0,0,0'],
    ['2026-11-25,工伤认定申请,5', '2026-11-25,已不在指南中（svc-2）,1'],
    ['2026-11-25,gongjijin,4'],
  ])
  expect(tables.every(({ headings, rows }) => rows.every(({ length }) => length === headings.length))).toBe(
    true,
  )
})
