import { fieldNames, type FieldName } from '../catalogue.ts'

/** The sheets of the workbook: what the columns mean, then one row a service. */
export const sheetNames = { help: '填写说明', services: '事项' } as const

/** The columns beside the guide's eleven fields. */
export const ownColumns = { id: '编号（不要改）', group: '大类', category: '类别' } as const

/** The headings of the services' sheet, in order: number, group, category, and the guide's eleven fields. */
export const headings: readonly string[] = [...Object.values(ownColumns), ...fieldNames]

/** The column of a field, from 0. */
export function columnOf(field: FieldName): number {
  return headings.indexOf(field)
}

/** The name of a cell ("C15"); row and column count from 0. */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = `${String.fromCodePoint(65 + (rest % 26))}${letters}`
  return `${letters}${String(row + 1)}`
}

/** What each column is for, in the words of the first sheet. */
export const columnHelp: Readonly<Record<string, string>> = {
  [ownColumns.id]: '系统认事项用的编号，请不要改。新增事项时留空，由系统编号；整行删除即删除这个事项。',
  [ownColumns.group]: '“行政审批事项”或“公共服务事项”。',
  [ownColumns.category]: '事项列在哪一类下面，例如“社会保险”。写一个新的类别，本机就多一类。',
  事项名称:
    '事项的正式名称，必填，不能重复。两段之间用“——”或“--”连接，例如“职工正常退休（职）申请--企业职工正常退休（职）审批”。',
  事项简述: '一两句话说明这个事项。',
  办理材料:
    '每项材料一行（在格子里换行按 Alt+Enter），编号写“1.”“2.”。分情况的，先写“转移申请：”这样的小标题，下面再列材料。份数写在材料后面，例如“（原件1份）”。',
  办理方式: '例如“1.现场办理；2.网上办理（网址）”，每种一行。',
  办理时限: '例如“材料齐全的情况下，7个工作日办结”。',
  结果送达: '结果怎么交给办事人，例如“现场领取”。没有可以空着。',
  收费依据及标准: '不收费的写“不收费”。',
  办事时间:
    '例如“工作日：上午10:00—13:30、下午15:30—19:00（冬季）16:00—19:30（夏季）”。只在每月某几天受理的，写“每月25日前”。',
  办理机构及地点:
    '地址、楼层、房间或窗口、处室，例如“乌鲁木齐市北京南路445号9楼913室（职业能力建设处）”。两个地点分两行写。',
  咨询查询途径: '电话写区号，例如“电话查询0991-3689687（职业能力建设处）”。',
  监督投诉渠道: '例如“监督电话0991-3689665（政策法规处）”。',
}

/** The first sheet's advice, a line each, before the columns are explained. */
export const generalHelp: readonly string[] = [
  '这个表格是自助机里全部办事指南的内容，一行一个事项。改好后存回优盘，插到自助机上，按屏幕提示核对、确认即可。',
  '请只改“事项”表，不要改表头，不要增加或删除列。存盘时类型选“Excel 工作簿（*.xlsx）”。',
  '各栏照指南的原文写，需要换行时按 Alt+Enter。不要用公式，不要合并单元格。',
  '有写错的地方，自助机会指出是哪一格，例如“G15”，原来的内容照常使用。',
]
