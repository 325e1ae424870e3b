import { DatabaseSync } from 'node:sqlite'
import { clockTrust } from '../../data/clock-trust.ts'
import type { PrinterProblem, PrinterStatus, PrinterWarning } from '../../data/printing.ts'
import type { StoredSettings } from '../settings.ts'
import { staffFile } from '../staff/database.ts'
import { commandFor } from './commands.ts'
import { type Check, type Examination, good, wrong } from './examination.ts'

/** What is wrong with the settings file. */
export function examineSettings({
  file,
  problems,
}: Pick<StoredSettings, 'file' | 'problems'>): Examination[] {
  if (file === null)
    return [
      good(
        'settings',
        '没有设置文件，全部是默认设置',
        'there is no settings file, so everything is as usual',
      ),
    ]
  if (problems.length === 0) return [good('settings', '设置文件没有错误', 'the settings file is understood')]
  const restart = commandFor('restart')
  return problems.map(({ text }) =>
    wrong(
      'settings',
      'bad',
      [text['zh-CN'], text.en],
      [`改正 ${file}，再运行 ${restart}`, `Put ${file} right, then run: ${restart}`],
    ),
  )
}

/** What a printer may say, in Chinese. */
const printerWords: Readonly<Record<PrinterProblem | PrinterWarning, string>> = {
  busy: '正在忙',
  'cover-open': '盖子开着',
  'disk-full': '硬盘满了',
  'not-writable': '文件夹不能写',
  offline: '连不上',
  'paper-empty': '没有纸',
  'paper-jam': '卡纸',
  'paper-low': '纸快用完',
  paused: '暂停了',
  'toner-empty': '没有墨粉',
  'toner-low': '墨粉快用完',
  unknown: '原因不明',
  'wrong-paper': '纸的大小不对',
}

/** What the printer that is set says of itself, null: it was not to be asked; and the queues CUPS has here. */
export function examinePrinter(
  name: string,
  status: PrinterStatus | null,
  queues: readonly string[],
): Examination[] {
  if (name === 'folder') {
    return [
      wrong(
        'printer',
        'look',
        ['没有设置打印机，清单只存成文件', 'no printer is set, so slips become files'],
        [
          `运行 ${commandFor('printer')} 看有哪些，再运行 ${commandFor('settings', 'printer cups:名字')}`,
          `Run: ${commandFor('printer')}, then: ${commandFor('settings', 'printer cups:NAME')}`,
        ],
      ),
    ]
  }
  if (status?.kind === 'ready') {
    const warnings = status.warnings.join(', ')
    if (warnings === '') return [good('printer', `${name} 可以打印`, `${name} is ready`)]
    return [
      wrong(
        'printer',
        'look',
        [
          `${name} 可以打印，但是${status.warnings.map((word) => printerWords[word]).join('，')}`,
          `${name} is ready, but: ${warnings}`,
        ],
        ['去打印机那里看看', 'See to the printer.'],
      ),
    ]
  }
  const queue = /^cups:(.*)$/su.exec(name)?.[1]
  if (queue !== undefined && !queues.includes(queue)) {
    const others = queues.map((each) => `cups:${each}`).join(', ')
    const said =
      others === ''
        ? ([
            `CUPS 没有运行，或者里面没有打印机 ${queue}`,
            `CUPS does not run, or has no queue ${queue}`,
          ] as const)
        : ([
            `CUPS 里没有打印机 ${queue}，现有：${others}`,
            `CUPS has no queue ${queue}; there are: ${others}`,
          ] as const)
    return [
      wrong('printer', 'bad', said, [
        `在 CUPS 里建这台打印机，或运行 ${commandFor('settings', 'printer cups:名字')} 换一台`,
        `Add the queue to CUPS, or choose another: ${commandFor('settings', 'printer cups:NAME')}`,
      ]),
    ]
  }
  const problem = status === null ? 'unknown' : status.problem
  return [
    wrong(
      'printer',
      'bad',
      [`${name} 不能打印：${printerWords[problem]}`, `${name} does not print: ${problem}`],
      [
        `看打印机的电源、纸和连线，再运行 ${commandFor('printer', 'test')}`,
        `See to its power, paper and cable, then run: ${commandFor('printer', 'test')}`,
      ],
    ),
  ]
}

/** Whether the clock can be right, and whether it will stay so. */
export function checkClock(edition: string, timeZone: string): Check {
  return async ({ now, read, run, platform }, { state }) => {
    const found: Examination[] = []
    const seen = read(`${state}/last-seen`)?.trim()
    const lastSeen = seen && !Number.isNaN(Date.parse(seen)) ? new Date(seen) : null
    const at = now()
    const trust = clockTrust(at, edition, lastSeen)
    const set = [
      '把时间调对：sudo timedatectl set-time "年-月-日 时:分:秒"',
      'Set the clock: sudo timedatectl set-time "YYYY-MM-DD HH:MM:SS"',
    ] as const
    if (trust.kind === 'untrusted') {
      found.push(
        wrong(
          'clock',
          'bad',
          [
            `时间不对：${at.toISOString()}（${trust.reason}）`,
            `the clock cannot be right: ${at.toISOString()} (${trust.reason})`,
          ],
          set,
        ),
      )
    }
    if (platform !== 'linux') return found
    const rtc = Number(read('/sys/class/rtc/rtc0/since_epoch') ?? NaN)
    if (Number.isNaN(rtc)) {
      found.push(
        wrong(
          'clock',
          'look',
          ['本机没有断电也走的时钟', 'this machine has no clock that runs without power'],
          ['装一块时钟电池，或每次断电后核对时间', 'Fit one, or set the clock after each loss of power.'],
        ),
      )
    } else if (Math.abs(rtc - at.getTime() / 1000) > 300) {
      found.push(
        wrong(
          'clock',
          'bad',
          [
            '主板时钟和系统时间差了 5 分钟以上，断电后时间会错',
            'the clock of the board is more than 5 minutes off, so a loss of power sets a wrong time',
          ],
          [
            '运行 sudo hwclock --systohc；还不行就换电池',
            'Run: sudo hwclock --systohc. If that does not last, change the battery.',
          ],
        ),
      )
    }
    const shown = (await run('timedatectl', ['show', '--property=Timezone', '--value']))?.out.trim()
    if (shown && shown !== timeZone && /^[\w+-]+(\/[\w+-]+)*$/u.test(shown)) {
      // The kiosk reckons in the site's own zone whatever the system's is: only its log and its files differ.
      found.push(
        wrong(
          'clock',
          'look',
          [
            `系统时区是 ${shown}，本单位是 ${timeZone}`,
            `the system’s time zone is ${shown}, the site’s ${timeZone}`,
          ],
          [
            `运行 sudo timedatectl set-timezone ${timeZone}`,
            `Run: sudo timedatectl set-timezone ${timeZone}`,
          ],
        ),
      )
    }
    return found.length > 0
      ? found
      : [good('clock', `时间可信：${at.toISOString()}`, `the clock is believed: ${at.toISOString()}`)]
  }
}

/** Whether what the kiosk remembers can be read. A kiosk that never ran has nothing yet. */
export const checkJournals: Check = async ({ list, canWrite }, { state }) => {
  const files = list(state).filter((name) => name.endsWith('.sqlite'))
  if (files.length === 0) return [good('journal', '还没有打印记录', 'nothing has been remembered yet')]
  return files.map((name) => {
    if (!canWrite(`${state}/${name}`)) return closed(name, state)
    try {
      const database = new DatabaseSync(`${state}/${name}`, { readOnly: true })
      try {
        const said = Object.values(database.prepare('PRAGMA quick_check').get() ?? {})[0]
        if (said === 'ok') return good('journal', `${name} 完好`, `${name} is whole`)
        return damaged(name, String(said))
      } finally {
        database.close()
      }
    } catch (error) {
      return damaged(name, error instanceof Error ? error.message : String(error))
    }
  })
}

function closed(name: string, state: string): Examination {
  return wrong(
    'journal',
    'bad',
    [`${name} 打不开`, `${name} cannot be opened`],
    [`运行 sudo chown -R lobby-kiosk: ${state}`, `Run: sudo chown -R lobby-kiosk: ${state}`],
  )
}

function damaged(name: string, reason: string): Examination {
  const said = [`${name} 坏了（${reason}）`, `${name} is damaged (${reason})`] as const
  const help =
    name === staffFile
      ? ([
          '停下本机，把这个文件移走，再启动，马上重新设置密码：密码和工作记录都在这个文件里，没有密码时谁都能设',
          'Stop the kiosk, move the file away, start again and set the PINs at once: they were in it, and until there are new ones anybody can set them.',
        ] as const)
      : ([
          '停下本机，把这个文件移走，再启动：打印记录从头开始',
          'Stop the kiosk, move the file away and start again: what it remembered begins anew.',
        ] as const)
  return wrong('journal', 'bad', said, help)
}

const settingsLink = '/etc/lobby-kiosk/kiosk.jsonc'

/** Whether the settings below /etc are those that are read: a link, which some editors put a file in the place of. */
export const checkSettingsLink: Check = async ({ read }, { state }) => {
  const [linked, own] = [read(settingsLink), read(`${state}/kiosk.jsonc`)]
  if (linked === null || linked === own) return []
  return [
    wrong(
      'settings',
      'bad',
      [
        `${settingsLink} 不是链接了，改在那里的设置没有用上`,
        `${settingsLink} is no link any more: what was changed there is not in force`,
      ],
      [
        `把改动写进 ${state}/kiosk.jsonc，再运行 sudo ln -sf ${state}/kiosk.jsonc ${settingsLink}`,
        `Make the change in ${state}/kiosk.jsonc, then run: sudo ln -sf ${state}/kiosk.jsonc ${settingsLink}`,
      ],
    ),
  ]
}
