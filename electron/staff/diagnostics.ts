import { statfs } from 'node:fs/promises'
import { arch, freemem, platform, release, totalmem, uptime } from 'node:os'
import type { EditionSummary } from '../../data/edition/summary.ts'
import type { PrintingReport } from '../../data/printing.ts'
import type { StaffSettings } from '../../data/staff.ts'

/** Plain text for whoever looks after the machine; nothing of visitors, no PIN. */
export async function diagnosticsOf(parts: {
  readonly version: string
  readonly now: Date
  /** The state folder, whose disk is looked at; null: nothing is kept. */
  readonly folder: string | null
  readonly settings: StaffSettings
  readonly editions: readonly EditionSummary[]
  readonly printing: PrintingReport
}): Promise<string> {
  const { version, now, folder, settings, editions, printing } = parts
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`
  const disk = folder === null ? null : await statfs(folder).catch(() => null)
  const lines = [
    `时间 ${now.toISOString()}`,
    `程序 ${version}，Node ${process.version}，${platform()} ${release()} ${arch()}`,
    `开机 ${Math.round(uptime() / 3600)} 小时，程序运行 ${Math.round(process.uptime() / 3600)} 小时`,
    `内存 ${megabytes(freemem())} 空闲，共 ${megabytes(totalmem())}；程序用 ${megabytes(process.memoryUsage().rss)}`,
    disk
      ? `磁盘 ${megabytes(disk.bavail * disk.bsize)} 空闲，共 ${megabytes(disk.blocks * disk.bsize)}`
      : '磁盘 不清楚',
    `设置 ${JSON.stringify(settings)}`,
    `打印机 ${printing.printer} ${JSON.stringify(printing.status)}`,
    '版本：',
    ...editions.map((edition) => `  ${JSON.stringify(edition)}`),
    '最近的打印：',
    ...printing.latest.slice(0, 50).map((job) => `  ${JSON.stringify(job)}`),
  ]
  return `${lines.join('\r\n')}\r\n`
}
