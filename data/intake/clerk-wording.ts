import { fieldNames } from '../catalogue.ts'
import { unbalancedBrackets } from './characters.ts'
import type { GuideDocument } from './document.ts'
import type { Field } from './field.ts'
import type { FindingSink } from './findings.ts'
import { groupBy, listLines, note, type InspectedService } from './inspected.ts'
import type { Finding } from './source.ts'

/** A slip of the pen; `fault` says what is wrong, behind the quoted words. */
type Slip = { readonly pattern: RegExp; readonly fault: string; readonly misleads: boolean }

/** Misspelt: the words stand for `right`. */
const slip = (pattern: RegExp, right: string): Slip => ({
  pattern,
  fault: `疑为笔误（${right}）`,
  misleads: false,
})

/** Not misspelt, but something is left out or said twice. */
const flaw = (pattern: RegExp, fault: string): Slip => ({ pattern, fault, misleads: false })

/** A visitor could take the words for something else, or cannot tell what they mean. */
const misleading = (kind: Slip): Slip => ({ ...kind, misleads: true })

// Slips known from official texts.
const slips: readonly Slip[] = [
  misleading(slip(/\p{Script=Han}{0,4}许可性/gu, '许可证')),
  slip(/登陆/g, '登录'),
  slip(/撤消/g, '撤销'),
  slip(/帐[户号]/g, '账户、账号'),
  misleading(slip(/调节书/g, '调解书')),
  flaw(/\p{Script=Han}{0,3}表表/gu, '多了一个“表”'),
  misleading(flaw(/\d{1,5}之内/g, '的数字后没有写“日”一类的单位')),
  slip(/之日其\d{1,5}/g, '之日起'),
  misleading(slip(/自由办公场所/g, '自有办公场所')),
  slip(/拟于(?=[^年月日，。；]{2,8}签订)/g, '拟与'),
  flaw(/委托\d{1,5}个?工作日/g, '中间缺“之日起”'),
  misleading(flaw(/规定的\d{1,5}日内/g, '没有写明从何时算起')),
  flaw(/至少\d{1,5}人以上/g, '里“至少”与“以上”重复'),
  slip(/可不需提供/g, '可不提供'),
  slip(/预定(?=[^，。；]{0,8}展位)/g, '预订'),
  slip(/账务人员/g, '财务人员'),
  slip(/初定职取得/g, '初定职称取得'),
  slip(/收受材料/g, '受理材料'),
  flaw(/根据每年/g, '中间缺了根据什么'),
  flaw(/每[日天]下午1[3-9](?=[:：])/g, '里“下午”与二十四小时制重复'),
  flaw(/、或/g, '里“、”与“或”重复'),
  slip(/[（(]职业[）)]工种/g, '职业（工种）'),
  flaw(/(\p{Script=Han}{3})[（(][^（）()]{1,12}[）)]\1/gu, '括号前后重复'),
  flaw(/依赖护理[^，。；]{0,4}/g, '语序不通'),
  flaw(/申请的[^，。；]{2,8}的法人单位/g, '语句不通'),
  flaw(/收费标准的开支范围/g, '不像文件名'),
  slip(/协商协议合同/g, '专项集体合同'),
  slip(/(?<!机构)组织代码证/g, '组织机构代码证'),
]

/** Slips of the pen, of punctuation, of brackets and of numbering, field by field. */
export function checkWording(
  document: GuideDocument,
  services: readonly InspectedService[],
  sink: FindingSink,
): void {
  for (const entry of document.entries) {
    for (const kind of slips) {
      const found = entry.line.text.match(kind.pattern)?.[0]
      if (found === undefined) continue
      sink({
        ...wordingOf(kind, found),
        line: entry.line.number,
        service: null,
        field: null,
        text: entry.line.text.trim(),
      })
    }
  }
  for (const each of services) {
    for (const name of fieldNames) checkField(each, each.fields[name], sink)
  }
  tellOnce(document, services, sink)
}

const wordingOf = (
  { fault, misleads }: Slip,
  found: string,
): Pick<Finding, 'severity' | 'rule' | 'message'> => ({
  severity: misleads ? 'warning' : 'info',
  rule: misleads ? 'wording-meaning' : 'wording',
  message: `“${found}”${fault}，本机照原文显示。`,
})

function checkField(each: InspectedService, field: Field, sink: FindingSink): void {
  const { name, text } = field
  for (const kind of slips) {
    for (const match of text.matchAll(kind.pattern)) {
      note(sink, each, name, { ...wordingOf(kind, match[0]), words: match[0] })
    }
  }
  // The parser of 办理材料 reports brackets, numbering and punctuation of its own field.
  if (name === '办理材料') return
  for (const at of unbalancedBrackets(text)) {
    sink({
      severity: 'warning',
      rule: 'brackets',
      line: field.lineAt(at),
      service: each.service.title,
      field: name,
      message: `括号或引号“${text[at] ?? ''}”没有配对，本机照原文显示。`,
      text: text.slice(Math.max(0, at - 20), at + 10).replace(/\s+/g, ' '),
    })
  }
  checkPunctuation(each, field, sink)
  checkNumbering(each, field, sink)
}

const marks: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  { pattern: /\p{Script=Han}\.(?=\s*$)/gmu, message: '句末用了半角“.”，应为“。”，本机照原文显示。' },
  { pattern: /\p{Script=Han}[,;:](?=\p{Script=Han})/gu, message: '汉字之间用了半角标点，本机照原文显示。' },
  { pattern: /\d{1,2}：\d{2}/g, message: '钟点用了全角冒号，本机按半角读取。' },
  {
    pattern: /\p{Script=Han}\d[.、](?=\p{Script=Han})/gu,
    message: '两项写在一行，中间没有标点或换行，本机照原文显示。',
  },
]

function checkPunctuation(each: InspectedService, field: Field, sink: FindingSink): void {
  const { name, text } = field
  for (const { pattern, message } of marks) {
    for (const match of text.matchAll(pattern)) {
      note(sink, each, name, { severity: 'info', rule: 'punctuation', message, words: match[0] })
    }
  }
  if (/[；;，,、]\s*$/.test(text)) {
    const message = `末尾多了“${text.trim().slice(-1)}”，或后面缺了内容，本机照原文显示。`
    note(sink, each, name, { severity: 'info', rule: 'punctuation', message })
  }
  const gap = name === '事项简述' ? /\p{Script=Han} +\p{Script=Han}/u.exec(text)?.[0] : undefined
  if (gap !== undefined) {
    const message = '句子中间有空格，本机照原文显示。'
    note(sink, each, name, { severity: 'info', rule: 'punctuation', message, words: gap })
  }
}

/** A list inside another field whose numbers do not begin at one or skip one. */
function checkNumbering(each: InspectedService, field: Field, sink: FindingSink): void {
  let before = 0
  for (const match of field.text.matchAll(/^[ \t]{0,20}(\d{1,2})[.．、](\d?)/gm)) {
    const number = Number(match[1])
    // "3.12333咨询服务热线" is the third entry, "2.5" in the middle of nothing is no entry.
    if (match[2] !== '' && number !== before + 1) continue
    const words = match[0].trim()
    const linesBefore = before === 0 ? filledLines(field.text.slice(0, match.index)) : 0
    if (number === linesBefore + 1 && linesBefore > 0) {
      const message = `前面的${String(linesBefore)}项没有编号，编号从“${words}”开始，本机照原文显示。`
      note(sink, each, field.name, { severity: 'info', rule: 'numbering-start', message, words })
    } else if (number !== before + 1) {
      const message =
        before === 0
          ? `编号从${String(number)}开始，前面可能漏了一项，本机照原文显示。`
          : `编号从${String(before)}跳到${String(number)}，可能漏了一项，本机照原文显示。`
      note(sink, each, field.name, { severity: 'warning', rule: 'numbering', message, words })
    }
    before = number
  }
}

const filledLines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length

/** Habits of the whole guide that are wrong nowhere in particular: told once each, at their first line. */
function tellOnce(document: GuideDocument, services: readonly InspectedService[], sink: FindingSink): void {
  const tell = (rule: string, lines: readonly number[], message: string): void => {
    const [line] = lines
    if (line === undefined) return
    sink({ severity: 'info', rule, line, service: null, field: null, message, text: '' })
  }
  const spaced = document.lines
    .filter(({ text }) => /\S[ \t\u3000]+$/.test(text.slice(-40)))
    .map(({ number }) => number)
  const spaces = `有${String(spaced.length)}行行末有多余的空格（${listLines(spaced)}），不影响显示。`
  tell('trailing-spaces', spaced, spaces)

  const plain = services.flatMap(({ fields: { 办理材料: field } }) => {
    const lines = field.text.split('\n').filter((line) => line.trim() !== '')
    return lines.length >= 3 && !lines.some((line) => /[\d一二三四五六七八九十][.．、)）]/.test(line))
      ? [field.lineAt(0)]
      : []
  })
  const unnumbered = `有${String(plain.length)}个事项的办理材料分行列出而没有编号（${listLines(plain)}），本机按行编号显示。`
  tell('materials-unnumbered', plain, unnumbered)

  const habits = [
    {
      rule: 'phone-dash',
      what: '区号与号码之间的连接线',
      pattern: /(?<!\d)0\d{2,3}([^\d\s、，。（）]{1,3})(?=\d{5})/g,
      as: '-',
    },
    {
      rule: 'hours-dash',
      what: '起止钟点之间的连接线',
      pattern: /\d[:：]\d{2}([^\d\s（、]{1,3})(?=\d{1,2}[:：]?\d{2})/g,
      as: '—',
    },
  ]
  for (const { rule, what, pattern, as } of habits) {
    const uses = document.lines.flatMap(({ number, text }) =>
      [...text.slice(0, 400).matchAll(pattern)].map((match) => ({ number, dash: match[1] ?? '' })),
    )
    const kinds = [...groupBy(uses, ({ dash }) => dash)]
    if (kinds.length < 2) continue
    const told = kinds.map(
      ([dash, each]) => `“${dash}”${String(each.length)}处（首见第${String(each[0]?.number ?? 0)}行）`,
    )
    sink({
      severity: 'info',
      rule,
      line: uses[0]?.number ?? null,
      service: null,
      field: null,
      message: `${what}写法不一：${told.join('，')}，本机统一为“${as}”。`,
      text: kinds.map(([dash]) => dash).join(' '),
      variants: true,
    })
  }
}
