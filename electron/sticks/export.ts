import { wallClock } from '../../data/calendar.ts'
import type { Catalogue } from '../../data/catalogue.ts'
import { csvOf, type CsvCell } from '../../data/csv.ts'
import type { DayCount } from '../../data/printing.ts'
import type { StickWrite } from '../../data/sticks.ts'
import { takings } from '../../data/updates.ts'
import { usageTables, type UseCount } from '../../data/usage.ts'
import { makeWorkbook } from '../sources/workbook-sheets.ts'
import type { Mounting } from './mounting.ts'
import type { FoundStick } from './stick-source.ts'
import { isMountPoint, type TakenFile, writeFiles } from './write-files.ts'

export { takings }

/** What staff can take away. */
export type Taking = (typeof takings)[number]

/** A table as it is taken away. */
export type TakenTable = {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}

/** Where the things that are taken away come from; each is asked only where it is wanted. */
export type ExportSources = {
  readonly catalogue: () => Promise<Catalogue>
  /** The edition in force as a bundle; null where it cannot be made one. */
  readonly bundle: () => Promise<Uint8Array | null>
  readonly counts: () => readonly UseCount[]
  readonly prints: () => readonly DayCount[]
  readonly audit: () => TakenTable
  /** Plain text for whoever looks after the machine. */
  readonly diagnostics: () => Promise<string>
}

/** What became of taking away: that of writing, or what could not be made in the first place. */
export type ExportOutcome =
  | StickWrite
  /** A field is longer than a cell of a workbook can hold. */
  | { readonly kind: 'cell-too-long'; readonly service: string; readonly field: string }
  | { readonly kind: 'no-bundle' }

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

/**
 * Makes what is wanted and writes it into a new folder of the stick. The stick is made writable only for this
 * and left as it was found; only then does the outcome say that it can be pulled out.
 */
export async function exportTo(
  stick: FoundStick,
  wanted: readonly Taking[],
  sources: ExportSources,
  when: { readonly now: Date; readonly timeZone: string; readonly kiosk: string },
  mounting: Mounting,
): Promise<ExportOutcome> {
  const { folder } = stick
  if (folder === null) return { kind: 'gone' }
  const { date, time } = wallClock(when.now, when.timeZone)
  const made = await makeFiles(wanted, sources, date)
  if (made.kind !== 'made') return made
  if (!(await mounting.makeWritable(stick))) return { kind: 'read-only' }
  try {
    const title = `自助机资料_${safeName(when.kiosk)}_${date}_${time.replace(':', '')}`
    const isThere = async (): Promise<boolean> => stick.path === null || isMountPoint(folder)
    if (!(await isThere())) return { kind: 'gone' }
    const outcome = await writeFiles(folder, title, made.files)
    return (await isThere()) ? outcome : { kind: 'gone' }
  } finally {
    await mounting.close(stick)
  }
}

/** What no file system refuses in a name. */
const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}_-]+/gu, '').slice(0, 40) || '自助机'

type Made =
  | { readonly kind: 'made'; readonly files: readonly TakenFile[] }
  | Extract<ExportOutcome, { kind: 'cell-too-long' | 'no-bundle' }>

async function makeFiles(wanted: readonly Taking[], sources: ExportSources, date: string): Promise<Made> {
  const files: TakenFile[] = []
  for (const taking of takings.filter((each) => wanted.includes(each))) {
    if (taking === 'workbook') {
      const workbook = await makeWorkbook(await sources.catalogue())
      if (workbook.kind === 'too-long') return { ...workbook, kind: 'cell-too-long' }
      files.push({ name: `办事指南_${date}.xlsx`, bytes: workbook.bytes })
    } else if (taking === 'bundle') {
      const bytes = await sources.bundle()
      if (!bytes) return { kind: 'no-bundle' }
      files.push({ name: `办事指南_${date}.kiosk`, bytes })
    } else files.push(...(await reportOf(taking, sources)))
  }
  return { kind: 'made', files }
}

async function reportOf(
  taking: Exclude<Taking, 'workbook' | 'bundle'>,
  sources: ExportSources,
): Promise<readonly TakenFile[]> {
  const table = (name: string, { headings, rows }: TakenTable): TakenFile => ({
    name,
    bytes: text(csvOf(headings, rows)),
  })
  switch (taking) {
    case 'usage': {
      const { services } = await sources.catalogue()
      const titles = new Map(services.map(({ id, title }) => [id, title]))
      const tables = usageTables(sources.counts(), sources.prints(), (id) => titles.get(id) ?? null)
      return tables.map(({ name, ...each }) => table(name, each))
    }
    case 'prints':
      return [
        table('打印记录（按日）.csv', {
          headings: ['日期', '打印成功份数', '存为文件份数', '打印失败份数', '结果不明份数'],
          rows: sources
            .prints()
            .map(({ day, printed, saved, failed, unknown }) => [day, printed, saved, failed, unknown]),
        }),
      ]
    case 'audit':
      return [table('操作记录.csv', sources.audit())]
    case 'diagnostics':
      return [{ name: '诊断信息.txt', bytes: text(`\uFEFF${await sources.diagnostics()}`) }]
  }
}
