import { short } from './markup.ts'

/** What is said about a file at most; the rest is counted. */
const most = 20

/** What reading a plan found, for staff: `problems` refuse it, `notes` say what of it will not be seen. */
export type Findings = {
  /** Something that may not be in a plan, or that has no certain meaning. */
  readonly refuse: (line: number, element: string, problem: string) => void
  /** An element that is left out of the drawing; said once for each name. */
  readonly ignore: (line: number, element: string) => void
  readonly note: (words: string) => void
  readonly problems: () => readonly string[]
  readonly notes: () => readonly string[]
}

export function createFindings(): Findings {
  const problems: string[] = []
  const notes: string[] = []
  const ignored = new Map<string, { line: number; count: number }>()
  return {
    refuse: (line, element, problem) => {
      problems.push(`第 ${line} 行 <${short(element)}>：${problem}`)
    },
    ignore: (line, element) => {
      const known = ignored.get(element)
      if (known) known.count += 1
      else ignored.set(element, { line, count: 1 })
    },
    note: (words) => {
      notes.push(words)
    },
    problems: () => capped(problems),
    notes: () =>
      capped([
        ...[...ignored].map(
          ([element, { line, count }]) =>
            `第 ${line} 行 <${short(element)}>：不会显示${count > 1 ? `（共 ${count} 处）` : ''}`,
        ),
        ...notes,
      ]),
  }
}

function capped(words: readonly string[]): readonly string[] {
  return words.length > most ? [...words.slice(0, most), `另有 ${words.length - most} 处`] : words
}
