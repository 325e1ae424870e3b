import type { FieldName } from '../catalogue.ts'
import { fieldValue, type FieldLines } from './document.ts'

/** One field of one service, with the way back from its text to the guide's lines. */
export type Field = {
  readonly name: FieldName
  /** The field verbatim, see `fieldValue`. */
  readonly text: string
  /** The line of the guide that holds the character at `offset` of `text`. */
  readonly lineAt: (offset: number) => number
  /** The line that holds the first occurrence of `words`; the field's first line where there is none. */
  readonly lineOf: (words: string) => number
}

/** A field as its parsers read it; a field the table lacks is empty and points at the table's first line. */
export function readField(name: FieldName, source: FieldLines | undefined, tableLine: number): Field {
  const lines = source?.lines ?? []
  const text = fieldValue(lines)
  const filled = lines.find((line) => line.text.trim() !== '')
  const first = filled?.number ?? source?.heading.number ?? tableLine
  const breaks = [...text.matchAll(/\n/g)].map((match) => match.index)
  const lineAt = (offset: number): number => {
    let low = 0
    let high = breaks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((breaks[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return first + low
  }
  return { name, text, lineAt, lineOf: (words) => lineAt(Math.max(text.indexOf(words), 0)) }
}

/** All eleven fields of one service. */
export type Fields = Readonly<Record<FieldName, Field>>

/** Makes one value for each of the eleven fields. */
export function eachField<T>(make: (name: FieldName) => T): Record<FieldName, T> {
  return {
    事项名称: make('事项名称'),
    事项简述: make('事项简述'),
    办理材料: make('办理材料'),
    办理方式: make('办理方式'),
    办理时限: make('办理时限'),
    结果送达: make('结果送达'),
    收费依据及标准: make('收费依据及标准'),
    办事时间: make('办事时间'),
    办理机构及地点: make('办理机构及地点'),
    咨询查询途径: make('咨询查询途径'),
    监督投诉渠道: make('监督投诉渠道'),
  }
}
