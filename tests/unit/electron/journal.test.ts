import { execFileSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wallClock } from '../../../data/calendar.ts'
import { type JobState, jobStates } from '../../../data/printing.ts'
import { openJournal } from '../../../electron/journal.ts'
import { temporaryFolder } from '../../fixtures/hosts.ts'

const start = Date.parse('2026-11-23T04:00:00Z')
/** A clock that moves on a second each time it is looked at. */
function ticking(from = start): () => Date {
  let looks = 0
  return () => new Date(from + 1000 * looks++)
}
const second = (count: number): string => new Date(start + 1000 * count).toISOString()
const dayOf = (instant: Date): string => wallClock(instant, 'Asia/Shanghai').date
const job = (id: string) => ({ id, number: `N-${id}`, printer: 'cups:Lobby' })

describe('the journal', () => {
  it('keeps a job with the time of each of its states, its ticket and its pages', () => {
    const journal = openJournal(null, ticking())
    journal.accept(job('a'))
    journal.enter('a', 'rendering')
    journal.enter('a', 'sent', { pages: 2 })
    journal.enter('a', 'sent', { ticket: '17 x ipp://printer' })
    journal.enter('a', 'printing', { reason: 'paper-empty' })
    journal.enter('a', 'printing')
    journal.enter('a', 'printed')
    expect(journal.job('a')).toStrictEqual({
      ...job('a'),
      pages: 2,
      state: 'printed',
      reason: null,
      ticket: '17 x ipp://printer',
      times: {
        accepted: second(1),
        rendering: second(2),
        sent: second(3),
        printing: second(5),
        printed: second(7),
      },
    })
  })

  it('knows no other job', () => {
    const journal = openJournal(null, ticking())
    expect(journal.job('a')).toBeNull()
    expect(() => journal.enter('a', 'printed')).toThrow(RangeError)
    journal.accept(job('a'))
    expect(() => journal.accept(job('a'))).toThrow(/UNIQUE/u)
  })

  it('tells which jobs have not ended, the oldest first', () => {
    const journal = openJournal(null, ticking())
    for (const state of jobStates) {
      journal.accept(job(state))
      if (state !== 'accepted') journal.enter(state, state)
    }
    expect(journal.unfinished().map(({ id }) => id)).toEqual(['accepted', 'rendering', 'sent', 'printing'])
  })

  it('tells the latest jobs and counts them by day and end', () => {
    const journal = openJournal(null, ticking(Date.parse('2026-11-23T15:59:51Z')))
    const ends: readonly JobState[] = [
      'printed',
      'printed',
      'failed',
      'unknown',
      'saved',
      'printed',
      'printing',
    ]
    ends.forEach((state, index) => {
      journal.accept(job(String(index)))
      journal.enter(String(index), state)
    })
    expect(journal.latest(3).map(({ id }) => id)).toEqual(['6', '5', '4'])
    expect(journal.days(5, dayOf)).toEqual([
      { day: '2026-11-24', printed: 1, saved: 1, failed: 0, unknown: 0 },
      { day: '2026-11-23', printed: 2, saved: 0, failed: 1, unknown: 1 },
    ])
    expect(journal.days(1, dayOf)).toHaveLength(1)
  })
})

describe('the journal on the disk', () => {
  it('is there after a restart, and forgets what is older than 400 days but not what never ended', async () => {
    const folder = join(await temporaryFolder('state'), 'new')
    const first = openJournal(folder, ticking())
    for (const id of ['ended', 'open']) first.accept(job(id))
    first.enter('ended', 'printed')
    first.close()
    const later = openJournal(folder, ticking(start + 399 * 86_400_000))
    expect(later.latest(9)).toHaveLength(2)
    later.close()
    const muchLater = openJournal(folder, ticking(start + 401 * 86_400_000))
    expect(muchLater.latest(9).map(({ id }) => id)).toEqual(['open'])
    muchLater.close()
  })

  it.each(jobStates)(
    'has what was written when the program was killed the moment after: %s',
    async (state) => {
      const folder = await temporaryFolder('state')
      const module = join(import.meta.dirname, '../../../electron/journal.ts')
      const script = `
      import { openJournal } from ${JSON.stringify(module)}
      const journal = openJournal(${JSON.stringify(folder)}, () => new Date())
      journal.accept({ id: 'a', number: 'N', printer: 'p' })
      if (${JSON.stringify(state)} !== 'accepted') journal.enter('a', ${JSON.stringify(state)}, { ticket: '7' })
      process.kill(process.pid, 'SIGKILL')`
      expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script])).toThrow(/SIGKILL/u)
      const journal = openJournal(folder, () => new Date())
      expect(journal.job('a')).toMatchObject({ state, ticket: state === 'accepted' ? null : '7' })
      journal.close()
    },
  )

  it('cannot be opened where something else lies in its place', async () => {
    const folder = await temporaryFolder('state')
    await writeFile(
      join(folder, 'journal.sqlite'),
      'no database, but a text that is long enough to be one'.repeat(40),
    )
    expect(() => openJournal(folder, ticking())).toThrow(/not a database/u)
    expect(await readdir(folder)).toContain('journal.sqlite')
  })
})
