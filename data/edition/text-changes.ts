import * as v from 'valibot'
import type { EditionFiles } from './files.ts'
import { markSchema, wordsChanged } from './words-changed.ts'

/** One entry of a text other than the catalogue that is new, gone or otherwise. */
export const textChangeSchema = v.object({
  /** The text's name: "site.json". */
  file: v.string(),
  /** Where in it, outermost first, things by their id or name where they have one; empty: all of it. */
  path: v.array(v.string()),
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
  words: v.array(markSchema),
})

export type TextChange = v.InferOutput<typeof textChangeSchema>

/** The most that are told of one text; staff see that there are more by their number. */
export const mostTextChanges = 300

/** Texts that are shown elsewhere, or are only what the catalogue was made from. */
const toldElsewhere = new Set(['catalogue.json', 'guide.txt'])

/** What differs between all other texts of two editions, entry by entry; drawings only as a whole. */
export function textChanges(
  before: EditionFiles,
  after: EditionFiles,
): readonly { readonly file: string; readonly total: number; readonly changes: readonly TextChange[] }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names
    .filter((name) => !toldElsewhere.has(name) && before[name] !== after[name])
    .map((file) => {
      const all = changesOf(file, before[file] ?? null, after[file] ?? null)
      return { file, total: all.length, changes: all.slice(0, mostTextChanges) }
    })
    .filter(({ total }) => total > 0)
}

function changesOf(file: string, before: string | null, after: string | null): readonly TextChange[] {
  const [left, right] = [parse(file, before), parse(file, after)]
  if (left === undefined || right === undefined)
    return [{ file, path: [], before: null, after: null, words: [] }]
  const [old, fresh] = [leavesOf(left), leavesOf(right)]
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key) ?? null, fresh.get(key) ?? null]
    if (was?.text === is?.text) return []
    const words = [...wordsChanged(was?.text ?? '', is?.text ?? '')]
    const path = [...((is ?? was)?.path ?? [])]
    return [{ file, path, before: was?.text ?? null, after: is?.text ?? null, words }]
  })
}

/** What a JSON text holds, null where there is none; undefined of what is no JSON. */
function parse(file: string, text: string | null): unknown {
  if (!file.endsWith('.json')) return undefined
  if (text === null) return null
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

type Leaf = { readonly path: readonly string[]; readonly text: string }

/** Every value at the end of a path. */
function leavesOf(value: unknown): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>()
  const walk = (each: unknown, path: readonly string[]): void => {
    if (Array.isArray(each)) {
      const items: readonly unknown[] = each
      const isPlain = items.every((item) => typeof item !== 'object' || item === null)
      if (isPlain) leaves.set(JSON.stringify(path), { path, text: items.map(String).join('、') })
      else items.forEach((item, index) => walk(item, [...path, nameOf(item) ?? String(index + 1)]))
    } else if (typeof each === 'object' && each !== null) {
      for (const [name, item] of Object.entries(each)) walk(item, [...path, name])
    } else if (each !== null && each !== undefined) {
      leaves.set(JSON.stringify(path), { path, text: String(each) })
    }
  }
  walk(value, [])
  return leaves
}

const namedSchema = v.union([
  v.pipe(
    v.object({ id: v.string() }),
    v.transform(({ id }) => id),
  ),
  v.pipe(
    v.object({ name: v.string() }),
    v.transform(({ name }) => name),
  ),
])

function nameOf(item: unknown): string | null {
  const named = v.safeParse(namedSchema, item)
  return named.success ? named.output : null
}
