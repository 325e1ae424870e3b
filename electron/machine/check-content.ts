import { join } from 'node:path'
import { largestBundle } from '../editions/bundle.ts'
import { contentOf } from '../editions/content-of.ts'
import { readContentFolder } from '../editions/content-folder.ts'
import { readRegular } from '../editions/disk.ts'
import { fileOf } from '../editions/edition-store.ts'
import { sha256 } from '../editions/keys.ts'
import { readRecord } from '../editions/record.ts'
import type { Log } from '../log.ts'
import { type Examination, good, wrong } from './examination.ts'

/** What the content shipped with the kiosk and the editions put on it since are like. */
export type ContentExamination = {
  readonly found: readonly Examination[]
  /** The edition that should be in force, and the site's zone; null where not even the shipped content can be read. */
  readonly clock: { readonly edition: string; readonly timeZone: string } | null
}

/**
 * Looks at the shipped content in `folder` and at the record of editions in the state folder. It only reads: a
 * kiosk that is trying out a new edition counts its starts, and this is none.
 */
export async function examineContent(folder: string, state: string, log: Log): Promise<ContentExamination> {
  let shipped
  try {
    shipped = contentOf(await readContentFolder(folder), { id: null, log })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      found: [
        wrong(
          'content',
          'bad',
          [`自带的内容读不出来：${reason}`, `the content shipped with the kiosk cannot be read: ${reason}`],
          ['重新安装本软件', 'Install this program again.'],
        ),
      ],
      clock: null,
    }
  }
  const { timeZone } = shipped.site
  const editions = join(state, 'editions')
  const { record, broken } = readRecord(editions)
  const found: Examination[] = []
  if (broken > 0) {
    found.push(
      wrong(
        'content',
        'look',
        [`版本记录有 ${broken} 处读不出来`, `${broken} of the two records of the editions cannot be read`],
        ['内容不受影响；换一块好的硬盘更稳妥', 'The content is as it was; the disk may be failing.'],
      ),
    )
  }
  const entry = record.entries.find(({ id }) => id === record.current)
  if (!entry) {
    const { edition, services } = shipped.catalogue
    found.push(
      good(
        'content',
        `自带的内容 ${edition}，${services.length} 个事项`,
        `edition ${edition} as shipped, ${services.length} services`,
      ),
    )
    return { found, clock: { edition, timeZone } }
  }
  const bytes = readRegular(fileOf(editions, entry.id), largestBundle)
  if (bytes && sha256(bytes) === entry.file) {
    found.push(good('content', `内容版本 ${entry.edition}`, `edition ${entry.edition}, whole`))
  } else {
    found.push(
      wrong(
        'content',
        'bad',
        [
          `内容版本 ${entry.edition} 的文件坏了，显示的是以前的版本`,
          `the file of edition ${entry.edition} is damaged, so an earlier one is shown`,
        ],
        ['用优盘再更新一次', 'Update the content from a stick again.'],
      ),
    )
  }
  return { found, clock: { edition: entry.edition, timeZone } }
}
