import { printParseErrorCode } from 'jsonc-parser'
import type { Sentence } from './settings-guide.ts'

type Slip = Exclude<ReturnType<typeof printParseErrorCode>, `<${string}>`>

const slips: Readonly<Record<Slip, Sentence>> = {
  CloseBraceExpected: { 'zh-CN': '少一个右花括号 }', en: 'a closing brace } is missing' },
  CloseBracketExpected: { 'zh-CN': '少一个右方括号 ]', en: 'a closing bracket ] is missing' },
  ColonExpected: { 'zh-CN': '名字后面少一个冒号', en: 'a colon is missing after the name' },
  CommaExpected: { 'zh-CN': '前面少一个逗号', en: 'a comma is missing before this' },
  EndOfFileExpected: {
    'zh-CN': '设置到上一个右花括号 } 就结束了，这里却还有内容：可能多了一个 }',
    en: 'the settings ended with the closing brace } before this, yet here is more: perhaps one } too many',
  },
  InvalidCharacter: {
    'zh-CN': '双引号里有看不见的控制字符，例如制表符',
    en: 'between double quotes there is an invisible control character, such as a tab',
  },
  InvalidCommentToken: { 'zh-CN': '这里不能写注释', en: 'a comment cannot stand here' },
  InvalidEscapeCharacter: {
    'zh-CN': '反斜杠 \\ 要写成两个：\\\\',
    en: 'a backslash \\ has to be written twice: \\\\',
  },
  InvalidNumberFormat: { 'zh-CN': '这个数写得不对', en: 'this is no number' },
  InvalidSymbol: {
    'zh-CN': '这里的文字不在英文双引号里，或者标点是中文的',
    en: 'this is not in double quotes, or a punctuation mark is a Chinese one',
  },
  InvalidUnicode: {
    'zh-CN': '\\u 后面应是四位十六进制数',
    en: 'four hexadecimal digits are missing after \\u',
  },
  PropertyNameExpected: {
    'zh-CN': '这里应是带英文双引号的名字',
    en: 'a name in double quotes is expected here',
  },
  UnexpectedEndOfComment: { 'zh-CN': '注释没有以 */ 结束', en: 'a comment is not ended by */' },
  UnexpectedEndOfNumber: { 'zh-CN': '这个数没有写完', en: 'this number is not complete' },
  UnexpectedEndOfString: { 'zh-CN': '少一个英文双引号 "', en: 'a closing double quote " is missing' },
  ValueExpected: { 'zh-CN': '名字后面少了内容', en: 'a value is missing' },
}

/** A slip of the pen in JSON with comments, as jsonc-parser numbers them, in plain words. */
export function slipIn(code: number): Sentence {
  const name = printParseErrorCode(code)
  return name === '<unknown ParseErrorCode>'
    ? { 'zh-CN': '写法不对', en: 'not written rightly' }
    : slips[name]
}
