import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../electron/journal.ts'
import { keepJournal } from '../../../electron/journal-care.ts'
import { memoryLog, noon, temporaryFolder } from '../../fixtures/hosts.ts'
import { mountSmallDisk, noSmallDisk } from '../../fixtures/small-disk.ts'

const now = () => noon
const later = (days: number) => () => new Date(noon.getTime() + days * 86_400_000)
const job = (id: string) => ({ id, number: `N-${id}`, printer: 'cups:Lobby' })
const broken = (folder: string) => readdirSync(folder).filter((name) => /broken.*\.sqlite$/u.test(name))

/** A folder whose journal holds so many jobs and was closed well. */
async function filledFolder(jobs: number): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await temporaryFolder('journal')
  const journal = openJournal(folder, now)
  for (let at = 0; at < jobs; at += 1) journal.accept(job(`job-${at}`))
  journal.close()
  return { folder, file: join(folder, 'journal.sqlite') }
}

/** Replaces bytes of a file from `at` on by noise. */
function scribble(file: string, at: number, length: number): void {
  const bytes = readFileSync(file)
  bytes.set(randomBytes(length), at)
  writeFileSync(file, bytes)
}

describe('a journal', () => {
  it('that is sound is kept, with all it holds', async () => {
    const { folder } = await filledFolder(300)
    const log = memoryLog()
    const { journal, fate } = keepJournal(folder, now, log)
    expect([fate, journal.unfinished().length, log.lines]).toEqual(['kept', 300, []])
    journal.close()
  })

  it.each<[string, (file: string) => void]>([
    ['of noise', (file) => writeFileSync(file, randomBytes(50_000))],
    ['with a broken head', (file) => scribble(file, 0, 100)],
    ['with a broken page far inside', (file) => scribble(file, 4096 * 5, 4096)],
    ['cut off in the middle', (file) => truncateSync(file, 4096 * 3)],
    [
      'of another program',
      (file) => {
        writeFileSync(file, '')
        const other = new DatabaseSync(file)
        other.exec('CREATE TABLE job (number INTEGER) STRICT')
        other.close()
      },
    ],
  ])('%s is moved aside, and another begun that can be written', async (_, spoil) => {
    const { folder, file } = await filledFolder(300)
    spoil(file)
    const log = memoryLog()
    const { journal, fate } = keepJournal(folder, now, log)
    expect(fate).toBe('begun-anew')
    expect(broken(folder)).toEqual(['journal-broken-2026-11-23T040000Z.sqlite'])
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', fields: { aside: broken(folder)[0] } })
    journal.accept(job('new'))
    journal.close()
    const again = keepJournal(folder, now, log)
    expect(again.journal.unfinished().map(({ id }) => id)).toEqual(['new'])
    again.journal.close()
  })

  it('in whose place a folder stands makes way too', async () => {
    const folder = await temporaryFolder('journal')
    mkdirSync(join(folder, 'journal.sqlite'))
    const { journal, fate } = keepJournal(folder, now, memoryLog())
    expect(fate).toBe('begun-anew')
    journal.close()
  })

  it('that broke is told of for thirty days, across restarts, and only three are kept', async () => {
    const { folder, file } = await filledFolder(1)
    for (const day of [0, 1, 2, 3]) {
      writeFileSync(file, 'broken')
      keepJournal(folder, later(day), memoryLog()).journal.close()
    }
    expect(broken(folder)).toHaveLength(3)
    for (const [day, fate] of [
      [4, 'begun-anew'],
      [32, 'begun-anew'],
      [33, 'kept'],
    ] as const) {
      const kept = keepJournal(folder, later(day), memoryLog())
      expect([day, kept.fate]).toEqual([day, fate])
      kept.journal.close()
    }
  })

  it('whose folder cannot be had lasts for this run', async () => {
    const folder = join(await temporaryFolder('journal'), 'file')
    writeFileSync(folder, '')
    const log = memoryLog()
    const { journal, fate } = keepJournal(folder, now, log)
    journal.accept(job('a'))
    expect([fate, journal.unfinished().length]).toEqual(['this-run-only', 1])
    expect(log.lines.at(-1)).toMatchObject({ level: 'error' })
    journal.close()
  })

  it.skipIf(noSmallDisk)(
    `that is sound is not moved for want of room${noSmallDisk ? ` (not run: ${noSmallDisk})` : ''}`,
    () => {
      const disk = mountSmallDisk(512)
      try {
        const before = openJournal(disk.folder, now)
        before.accept(job('a'))
        before.close()
        disk.fill()
        const { journal, fate } = keepJournal(disk.folder, now, memoryLog())
        expect(fate).toBe('this-run-only')
        journal.close()
        expect(broken(disk.folder)).toEqual([])
        disk.clear()
        const after = keepJournal(disk.folder, now, memoryLog())
        expect([after.fate, after.journal.job('a')?.number]).toEqual(['kept', 'N-a'])
        after.journal.close()
      } finally {
        disk.remove()
      }
    },
  )
})
