import { diffArrays } from 'diff'
import * as v from 'valibot'

/** A run of a text, and whether both texts have it, only the one before, or only the one after. */
export const markSchema = v.object({ kind: v.picklist(['same', 'removed', 'added']), text: v.string() })

export type Mark = v.InferOutput<typeof markSchema>

/** A word for comparing: a run of letters or digits, or any other single character; Chinese has no spaces to go by. */
const wordPattern = /[\p{Script=Latin}\p{Script=Arabic}\p{M}]+|[\d.]+|\r?\n|./gsu

/** Beyond so many words that differ nobody reads marks: the whole is then shown as replaced. */
const mostEdits = 800

/** A stretch shorter than this between two changes tells a reader nothing; it is shown as part of them. */
const shortestSame = 2

/**
 * What turns `before` into `after`, as a person marks it up. The marks that are not 'added', joined, are `before`;
 * those that are not 'removed' are `after`.
 */
export function wordsChanged(before: string, after: string): readonly Mark[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const [left, right] = [wordsOf(before), wordsOf(after)]
  const start = commonStart(left, right)
  const end = commonEnd(left.slice(start), right.slice(start))
  const middle = compare(left.slice(start, left.length - end), right.slice(start, right.length - end))
  return joined([
    { kind: 'same', text: left.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: left.slice(left.length - end).join('') },
  ])
}

const wordsOf = (text: string): readonly string[] => text.match(wordPattern) ?? []

function commonStart(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((word, index) => word !== right[index])
  return at < 0 ? left.length : at
}

function commonEnd(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length)
  let length = 0
  while (length < most && left.at(-1 - length) === right.at(-1 - length)) length++
  return length
}

function compare(left: readonly string[], right: readonly string[]): readonly Mark[] {
  const changes = diffArrays([...left], [...right], { maxEditLength: mostEdits })
  if (!changes) return replaced(left.join(''), right.join(''))
  const marks = changes.map(({ added, removed, value }): Mark => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') }
  })
  return gathered(marks)
}

const replaced = (before: string, after: string): readonly Mark[] => [
  { kind: 'removed', text: before },
  { kind: 'added', text: after },
]

/** One removal and one addition instead of many with a stray character between them. */
function gathered(marks: readonly Mark[]): readonly Mark[] {
  const result: Mark[] = []
  let [before, after] = ['', '']
  const flush = (): void => {
    result.push(...replaced(before, after))
    ;[before, after] = ['', '']
  }
  marks.forEach(({ kind, text }, index) => {
    const isBetween = index > 0 && index < marks.length - 1
    if (kind === 'same' && !(isBetween && Array.from(text).length < shortestSame)) {
      flush()
      result.push({ kind, text })
      return
    }
    if (kind !== 'added') before += text
    if (kind !== 'removed') after += text
  })
  flush()
  return result
}

/** Without empty marks, and neighbours of one kind as one. */
function joined(marks: readonly Mark[]): readonly Mark[] {
  const result: Mark[] = []
  for (const { kind, text } of marks) {
    const last = result.at(-1)
    if (text === '') continue
    if (last?.kind === kind) result[result.length - 1] = { kind, text: last.text + text }
    else result.push({ kind, text })
  }
  return result
}
