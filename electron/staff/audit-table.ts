import { wallClock } from '../../data/calendar.ts'
import type { AuditEntry, Deed, Role } from '../../data/staff.ts'
import type { TakenTable } from '../sticks/export.ts'

const roleWords: Readonly<Record<Role, string>> = { 'front-desk': '前台', it: '技术人员' }

const deedWords: Readonly<Record<Deed, string>> = {
  'edition-installed': '换上了新内容',
  'edition-refused': '新内容没有换上',
  'edition-rolled-back': '回到了以前的版本',
  'guide-sent': '把使用说明送去打印',
  'logged-in': '登录',
  'logged-out': '退出登录',
  'pin-changed': '改了密码',
  'pins-removed': '清除了两个密码',
  'printer-tested': '打印了测试页',
  'set-up': '第一次设置',
  'settings-changed': '改了设置',
  'shut-out': '密码错了几次，暂时锁住',
  'taken-away': '拷走了资料',
  'timed-out': '没人操作，自动退出',
  unlocked: '解除了密码锁定',
  'wrong-pin': '密码错了',
}

/** The staff's log as a table to take away, oldest first, its times on the clocks of `timeZone`. */
export function auditTable(entries: readonly AuditEntry[], timeZone: string): TakenTable {
  return {
    headings: ['序号', '日期', '时间', '谁', '做了什么', '细节', '原来的版本', '后来的版本'],
    rows: entries.map(({ number, at, role, deed, details, editionBefore, editionAfter }) => {
      const { date, time } = wallClock(new Date(at), timeZone)
      const who = role === null ? '' : roleWords[role]
      return [number, date, time, who, deedWords[deed], details.join('；'), editionBefore, editionAfter]
    }),
  }
}
