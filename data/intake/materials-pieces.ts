import { demandsOf } from './materials-conditions.ts'
import { headingAt, type Heading } from './materials-headings.ts'
import { isRemark, nestingOf, saysSomething } from './materials-lines.ts'
import { createSequence, readBareMark, readMark, skipSpaces, type Mark, type Sequence } from './numbering.ts'
import { reportStep } from './materials-steps.ts'
import type { Report, SourceLine } from './source.ts'

/** A heading or an entry of 办理材料, in reading order. */
export type Piece = {
  readonly line: number
  /** The list mark it stands behind; null for a part split out of an entry, and where there is none. */
  readonly mark: Mark | null
  /** True for the first piece of a line or behind a mark. */
  readonly leads: boolean
} & (
  | { readonly kind: 'heading'; readonly heading: Heading; readonly words: string }
  | { readonly kind: 'entry'; readonly text: string; readonly when: string | null }
)

const reach = 80

const explains = /^(?:包括|即|例如|如|含|具体|以上|上述|该|可|不|无需|无须|并|由|所)/
const demandsAnew =
  /^(?:其中|另|同时|还需)|(?:原件|复印件|一式)|(?:需|应|须)?(?:提供|提交|携带|出示|填写|上传|上报)|(?:表|书|证|证明|材料|单|册|照片|档案|合同|协议|函|报告|决议|方案|申请)$/

/** True where the sentence at the start of `rest` asks for something of its own, rather than explain what came before. */
function beginsEntry(rest: string): boolean {
  const sentence = rest.slice(0, reach).split(/[。；;]/)[0] ?? ''
  return !explains.test(sentence) && demandsAnew.test(sentence)
}

const trailing = /[；;。、，,\s]/

/** The words of an entry without what only separates it from the next. */
function withoutTail(text: string): string {
  let end = text.length
  while (end > 0 && trailing.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end).trimStart()
}

/** Cuts joined lines into headings and entries and reports what is wrong with their numbering and brackets. */
export function cutPieces(lines: readonly SourceLine[], report: Report): Piece[] {
  const sequence = createSequence()
  const pieces: Piece[] = []
  lines.forEach((line, index) => {
    cutLine(line, lines[index + 1], { sequence, pieces }, report)
  })
  return pieces
}

/** The field so far: its lists' numbering and its pieces, to which each line adds its own. */
type Progress = { readonly sequence: Sequence; readonly pieces: Piece[] }

function cutLine(
  { number: line, text }: SourceLine,
  next: SourceLine | undefined,
  { sequence, pieces }: Progress,
  report: Report,
): void {
  const piecesBefore = pieces.length
  const nesting = nestingOf(text)
  const { depth } = nesting
  const inMarks = new Set<number>()
  let leads = true
  let behindWords = false
  for (let at = 0; at < text.length;) {
    const mark = behindWords ? null : markAt(text, at, at === 0 ? 'line' : 'terminator', sequence, next)
    if (mark) {
      reportStep(mark, sequence.take(mark), pieces, { number: line, text }, report)
      inMarks.add(at + mark.text.length - 1)
      leads = true
    }
    const start = mark?.end ?? at
    const heading = headingAt({ text, depth, start, mark, leads, moreFollows: next !== undefined })
    if (heading) {
      if (!mark) sequence.clear()
      if (!heading.colon) {
        const message = '没有冒号，按措辞当作标题。'
        report({
          severity: 'info',
          rule: 'material-heading',
          line,
          message,
          text: text.slice(start, heading.end),
        })
      }
      pieces.push({
        kind: 'heading',
        line,
        mark,
        leads,
        heading,
        words: text.slice(start, heading.end).trim(),
      })
      at = heading.end
      leads = false
      behindWords = !heading.closed
      continue
    }
    const end = endOfEntry(text, depth, start, sequence, (at) => {
      const message = `行内“${text.slice(at, at + 8)}”疑似下一项的编号，前面没有标点，未拆分。`
      report({ severity: 'warning', rule: 'material-numbering-inline', line, message, text })
    })
    for (const [part, demand] of demandsOf(withoutTail(text.slice(start, end))).entries()) {
      const words = withoutTail(demand.text)
      if (!saysSomething(words)) continue
      const own = { line, mark: part === 0 ? mark : null, leads: leads && part === 0 }
      pieces.push({ kind: 'entry', ...own, text: words, when: demand.when })
    }
    leads = false
    behindWords = false
    at = end
  }
  reportLine(pieces.slice(piecesBefore), line, text, report)
  if (nesting.unclosed.length + nesting.unopened.filter((at) => !inMarks.has(at)).length > 0) {
    report({
      severity: 'warning',
      rule: 'material-brackets',
      line,
      message: '括号不成对，请核对原文。',
      text,
    })
  }
}

/**
 * The mark at `at`; one without its dot counts only behind a semicolon or full stop, or at the start of a
 * line, and only where it is the number the list waits for.
 */
function markAt(
  text: string,
  at: number,
  place: 'line' | 'terminator',
  sequence: Sequence,
  next?: SourceLine,
): Mark | null {
  const mark = readMark(text, at)
  if (mark) return mark
  const bare = readBareMark(text, at)
  if (!bare || bare.number !== sequence.expected('plain')) return null
  if (place === 'terminator') {
    return bare.number > 1 && /[；;。]\s{0,8}$/.test(text.slice(Math.max(0, at - 9), at)) ? bare : null
  }
  if (bare.number > 1) return bare
  const secondFollows = /[；;。]\s*[2２][.．、]/.test(text) || (next && readMark(next.text, 0)?.number === 2)
  return secondFollows ? bare : null
}

/** Index just behind the entry that begins at `start`; `doubt` hears where the next number stands amid the words. */
function endOfEntry(
  text: string,
  depth: readonly number[],
  start: number,
  sequence: Sequence,
  doubt: (at: number) => void,
): number {
  for (let at = start; at < text.length; at += 1) {
    if (depth[at]) continue
    const sign = text.charAt(at)
    if (/[；;。：:]/.test(sign)) {
      const rest = skipSpaces(text, at + 1)
      if (rest >= text.length) return text.length
      if (markAt(text, rest, 'terminator', sequence)) return rest
      if (/[：:]/.test(sign)) continue
      if (remarkFollows(text, depth, rest)) continue
      if (sign !== '。' || beginsEntry(text.slice(rest, rest + reach))) return rest
    } else if (at > start && /[0-9０-９①-⑳]/.test(sign) && !/[0-9０-９.．]/.test(text.charAt(at - 1))) {
      const mark = readMark(text, at)
      if (!mark || mark.number === 1 || mark.number !== sequence.expected(mark.style)) continue
      if (/[\s）)》”]/.test(text.charAt(at - 1))) return at
      doubt(at)
    }
  }
  return text.length
}

/** True where a bracketed remark stands at `at` with nothing of its own behind it. */
function remarkFollows(text: string, depth: readonly number[], at: number): boolean {
  if (!/[（(【〔[]/.test(text.charAt(at)) || !depth[at]) return false
  let end = at
  while (end < text.length && depth[end]) end += 1
  return isRemark(text.slice(at, end)) && (end >= text.length || trailing.test(text.charAt(end)))
}

function reportLine(pieces: readonly Piece[], line: number, text: string, report: Report): void {
  const entries = pieces.filter(({ kind }) => kind === 'entry').length
  if (entries > 1) {
    const message = `一行里有 ${entries} 项，已分开。`
    report({ severity: 'info', rule: 'material-split', line, message, text })
  }
  if (
    /[\u4e00-\u9fff》”）；。，][;,:(]|[)](?=[\u4e00-\u9fff《“；。，])/.test(text.replace(/[0-9]+\)/g, '')) &&
    /[；，：（）。]/.test(text)
  ) {
    const message = '全角和半角标点混用，文字保持原样。'
    report({ severity: 'info', rule: 'material-punctuation', line, message, text })
  }
}
