import { isLoneMark, readMark } from './numbering.ts'
import type { Report, SourceLine } from './source.ts'

const families = ['（(', '《', '〈', '“', '‘', '【', '〔', '[', '「', '『']
const closers = ['）)', '》', '〉', '”', '’', '】', '〕', ']', '」', '』']

/** True where `text` holds a letter, a Chinese character or a digit, and so may not be lost. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** Where each character of a text stands as to brackets. */
export type Nesting = {
  /** How many closed brackets are around the character; a bracket itself counts as inside. */
  readonly depth: readonly number[]
  /** Indices of opening and of closing brackets without their partner. */
  readonly unclosed: readonly number[]
  readonly unopened: readonly number[]
}

/** Matches brackets of one family with one another, full- and half-width alike; linear in the length of `text`. */
export function nestingOf(text: string): Nesting {
  const open: { at: number; family: number }[] = []
  const waiting = families.map(() => 0)
  const pairs: { from: number; to: number }[] = []
  const unclosed: number[] = []
  const unopened: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    const opens = families.findIndex((family) => family.includes(sign))
    const closes = opens >= 0 ? -1 : closers.findIndex((family) => family.includes(sign))
    if (opens >= 0) {
      open.push({ at, family: opens })
      waiting[opens] = (waiting[opens] ?? 0) + 1
    } else if (closes >= 0 && !waiting[closes]) {
      unopened.push(at)
    } else if (closes >= 0) {
      for (let top = open.pop(); top; top = open.pop()) {
        waiting[top.family] = (waiting[top.family] ?? 1) - 1
        if (top.family === closes) {
          pairs.push({ from: top.at, to: at })
          break
        }
        unclosed.push(top.at)
      }
    }
  }
  unclosed.push(...open.map(({ at }) => at))
  const change = new Array<number>(text.length + 1).fill(0)
  for (const { from, to } of pairs) {
    change[from] = (change[from] ?? 0) + 1
    change[to + 1] = (change[to + 1] ?? 0) - 1
  }
  let level = 0
  return { depth: change.slice(0, text.length).map((step) => (level += step)), unclosed, unopened }
}

/** True where nothing in `text` stands outside round or square brackets but punctuation: "（原件1份）；". */
export function isRemark(text: string): boolean {
  if (!/^[（([【〔]/.test(text)) return false
  const { depth } = nestingOf(text)
  return (
    [...text].length > 1 && !text.split('').some((sign, at) => !depth[at] && !/[；;。、，,.\s]/.test(sign))
  )
}

/**
 * The lines of a field that hold something, trimmed, with what was broken over two lines put together again:
 * a bracketed remark on its own line, a bracket closed on the next line, a mark alone on its line, a line
 * that ends or begins at a comma. `number` is the first line's.
 */
export function joinLines(lines: readonly SourceLine[], report: Report): SourceLine[] {
  const joined: { number: number; parts: string[]; open: boolean }[] = []
  for (const { number, text } of lines) {
    const line = text.trim()
    if (line === '') continue
    const last = joined.at(-1)
    const before = last?.parts.at(-1) ?? ''
    const why = last && reasonToJoin(before, line, last.open)
    const { unclosed, unopened } = nestingOf(line)
    if (!last || !why) {
      joined.push({ number, parts: [line], open: unclosed.length > 0 })
      continue
    }
    // A space keeps "1." and "5年" from becoming one number; the mark takes it along.
    last.parts.push(isLoneMark(before) ? ` ${line}` : line)
    last.open = unclosed.length > 0 || (last.open && unopened.length === 0)
    report({
      severity: 'info',
      rule: 'material-joined',
      line: number,
      message: `${why}，已并入上一行。`,
      text: line,
    })
  }
  return joined.map(({ number, parts }) => ({ number, text: parts.join('') }))
}

function reasonToJoin(before: string, line: string, open: boolean): string | null {
  if (isLoneMark(before)) return readMark(line, 0) ? null : '上一行只有编号，本行应是其内容'
  if (isLoneMark(line)) return null
  const mark = readMark(line, 0)
  const sequel = mark && readMark(before, 0)
  if (open && nestingOf(line).unopened.length > 0 && !(sequel && sequel.number + 1 === mark.number)) {
    return '上一行的括号在本行才结束'
  }
  if (mark) return null
  if (/(?:^|[^\p{L}])(?:联系人|联系电话|电话|网址)[：:]$/u.test(before))
    return '上一行只有名目，本行应是其内容'
  if (isRemark(line) && !/[：:]$/.test(before)) return '本行只有括号里的说明'
  return /[，,]$/.test(before) || /^[，,、；;。）)]/.test(line) ? '一项内容断成两行' : null
}
