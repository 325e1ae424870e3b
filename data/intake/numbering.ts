import { readNumber } from './characters.ts'

/** The kinds of list marks the guide uses; marks of one kind continue one list, whatever their punctuation. */
export type MarkStyle = 'chinese' | 'chinese-bracket' | 'plain' | 'half-bracket' | 'bracket' | 'circled'

/** A list mark at the start of an entry: `1.` `1、` `1．` `1)` `（1）` `一、` `①`, or a digit that lost its dot. */
export type Mark = {
  readonly style: MarkStyle
  readonly number: number
  /** As the guide has it, without the spaces after it. */
  readonly text: string
  /** Index of the first character after the mark and its spaces. */
  readonly end: number
}

const markPattern =
  /(?:(?<plain>[1-9１-９][0-9０-９]?)(?<sign>[.．、)）])|[（(](?<bracket>[1-9１-９][0-9０-９]?)[)）]|(?<chinese>[一二三四五六七八九十]{1,3})[、.．]|[（(](?<chineseBracket>[一二三四五六七八九十]{1,3})[)）]|(?<circled>[①-⑳]))/y

const bareNumber = /[1-9１-９][0-9０-９]?(?=[\u4e00-\u9fff《“])/y

/** Characters that make the number before them an amount, a date or a name of a kind rather than a list mark. */
const afterAmount = new Set(
  '年月日号时分秒份张页本册寸人名位个次种类级项条款元万千百天周岁楼层室倍式至到届期',
)

/** Index of the first character at or behind `from` that is no space. */
export function skipSpaces(text: string, from: number): number {
  let at = from
  while (/\s/.test(text.charAt(at))) at += 1
  return at
}

/**
 * The list mark that stands at `at`, or null.
 *
 * What could be content is none: `1.5`, `3、5年`, `一、二级`, a mark with nothing behind it.
 */
export function readMark(text: string, at: number): Mark | null {
  markPattern.lastIndex = at
  const found = markPattern.exec(text)
  if (!found) return null
  const { plain, sign, bracket, chinese, chineseBracket, circled } = found.groups ?? {}
  const after = at + found[0].length
  const next = text[after]
  const end = skipSpaces(text, after)
  if (next === undefined || end >= text.length || '，,、；;。．.)）：:'.includes(next)) return null
  const mark = (style: MarkStyle, digits: string): Mark | null => {
    const number = readNumber(digits)
    return number === null ? null : { style, number, text: found[0], end }
  }
  if (plain !== undefined) {
    if (sign === ')' || sign === '）') return mark('half-bracket', plain)
    return /[0-9０-９]/.test(next) ? null : mark('plain', plain)
  }
  if (bracket !== undefined) return mark('bracket', bracket)
  if (chinese !== undefined) return /[一二三四五六七八九十]/.test(next) ? null : mark('chinese', chinese)
  if (chineseBracket !== undefined) return mark('chinese-bracket', chineseBracket)
  return circled === undefined ? null : mark('circled', circled)
}

/** A number at `at` that would be a mark had it not lost its dot ("2最近一次…"); the caller knows whether it fits the list. */
export function readBareMark(text: string, at: number): Mark | null {
  bareNumber.lastIndex = at
  const found = bareNumber.exec(text)
  const number = found && readNumber(found[0])
  if (!found || number === null) return null
  const end = at + found[0].length
  return afterAmount.has(text[end] ?? '') ? null : { style: 'plain', number, text: found[0], end }
}

/** True where `text` is nothing but a list mark that waits for its entry on the next line. */
export function isLoneMark(text: string): boolean {
  return readMark(`${text}文`, 0)?.end === text.length
}

/** What a mark does to the lists that are open. */
export type Step = 'starts' | 'continues' | 'starts-late' | 'skips' | 'restarts' | 'repeats'

const outermost: readonly MarkStyle[] = ['chinese', 'chinese-bracket']

/** Follows the numbering of nested lists from mark to mark. */
export type Sequence = {
  /** The number that would come next in this style. */
  expected(style: MarkStyle): number
  /** Takes a mark and says how it fits. */
  take(mark: Mark): Step
  /** A heading without a mark begins new lists; it may itself stand in a list of 一、 二、. */
  clear(): void
}

/** A sequence with no list open. */
export function createSequence(): Sequence {
  let open: { style: MarkStyle; last: number; mayRestart: boolean }[] = []
  return {
    expected: (style) => (open.find((list) => list.style === style)?.last ?? 0) + 1,
    take(mark) {
      const at = open.findIndex((list) => list.style === mark.style)
      const list = open[at]
      const taken = { style: mark.style, last: mark.number, mayRestart: false }
      if (!list) {
        if (mark.style === 'chinese') open = []
        if (mark.style === 'chinese-bracket') open = open.filter((outer) => outermost.includes(outer.style))
        open.push(taken)
        return mark.number === 1 ? 'starts' : 'starts-late'
      }
      open = [...open.slice(0, at), taken]
      const step = mark.number - list.last
      if (step === 1) return 'continues'
      if (step > 1) return 'skips'
      if (mark.number !== 1) return 'repeats'
      return list.mayRestart ? 'starts' : 'restarts'
    },
    clear() {
      open = open.filter(({ style }) => style === 'chinese').map((list) => ({ ...list, mayRestart: true }))
    },
  }
}
