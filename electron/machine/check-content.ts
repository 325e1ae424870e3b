import { join } from 'node:path'
import type { Content } from '../content-checks.ts'
import { largestBundle, reopenBundle } from '../editions/bundle.ts'
import { type KioskChoice, contentOf } from '../editions/content-of.ts'
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

export type ContentPlace = {
  /** Of the shipped content. */
  readonly folder: string
  readonly state: string
  /** Which of the site's kiosks this is set to be; null: the first. */
  readonly kiosk: string | null
  readonly log: Log
}

/**
 * Looks at the shipped content and at the record of editions in the state folder. It only reads: a kiosk that is
 * trying out a new edition counts its starts, and this is none.
 */
export async function examineContent({
  folder,
  state,
  kiosk,
  log,
}: ContentPlace): Promise<ContentExamination> {
  let shipped
  try {
    shipped = contentOf(await readContentFolder(folder), { id: kiosk, log })
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
    return { found: [...found, ...examineKiosk(kiosk, shipped)], clock: { edition, timeZone } }
  }
  const bytes = readRegular(fileOf(editions, entry.id), largestBundle)
  if (bytes && sha256(bytes) === entry.file) {
    found.push(...(await examineEdition(entry.edition, bytes, { id: kiosk, log })))
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

/** An edition whose file is as it came: one that an earlier version took may be none to this one. */
async function examineEdition(
  edition: string,
  bytes: Buffer,
  kiosk: KioskChoice,
): Promise<readonly Examination[]> {
  try {
    const content = contentOf((await reopenBundle(bytes))?.files ?? {}, kiosk)
    const whole = good('content', `内容版本 ${edition}`, `edition ${edition}, whole`)
    return [whole, ...examineKiosk(kiosk.id, content)]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [
      wrong(
        'content',
        'bad',
        [`内容版本 ${edition} 用不了：${reason}`, `edition ${edition} cannot be used: ${reason}`],
        ['用优盘再更新一次', 'Update the content from a stick again.'],
      ),
    ]
  }
}

/** Where the site has no kiosk of that name, the first one's place and ways are shown, wherever this one stands. */
function examineKiosk(kiosk: string | null, { site }: Content): readonly Examination[] {
  const { id, name } = site.kiosk
  if (kiosk === null || kiosk === id) return []
  return [
    wrong(
      'kiosk',
      'bad',
      [
        `内容里没有编号是 ${kiosk} 的机器，所以按 ${id}（${name}）指路`,
        `the content knows no kiosk ${kiosk}, so the ways are those from ${id} (${name})`,
      ],
      [
        '改 kiosk 这一项，或把这台机器写进 site.json 再更新内容',
        'Change the setting kiosk, or have this kiosk put into site.json and update the content.',
      ],
    ),
  ]
}
