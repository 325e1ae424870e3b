import { getNodeValue, type Node, parseTree, type ParseError } from 'jsonc-parser'
import * as v from 'valibot'
import { settingsKeys } from './settings-guide.ts'
import type { SettingsProblem } from './settings-problem.ts'
import { type Settings, settingsSchema, usualSettings } from './settings.ts'
import { problemIn, valueAt } from './settings-words.ts'

/** Settings as far as they could be understood, and what is to be told of the rest. */
export type SettingsReading = { readonly settings: Settings; readonly problems: readonly SettingsProblem[] }

/** What a decoder puts in the place of bytes that are not UTF-8. */
const replacement = '\uFFFD'

/**
 * Reads a settings file: JSON with comments and trailing commas. What cannot be understood is told by line and
 * key and left at what is usual; everything else holds. Never throws.
 */
export function readSettingsText(source: string): SettingsReading {
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length
  const errors: ParseError[] = []
  const root = parseTree(source, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const problems = firstSlip(source, errors, lineAt)
  if (!root) return { settings: usualSettings, problems }
  if (root.type !== 'object') {
    return { settings: usualSettings, problems: [...problems, problemIn.root(lineAt(root.offset))] }
  }
  problems.push(...repeated(root, []).map(({ key, offsets }) => problemIn.repeated(offsets.map(lineAt), key)))
  const value: unknown = getNodeValue(root)
  const lineOf = (path: readonly string[]): number => lineAt((propertyAt(root, path) ?? root).offset)
  for (const key of settingsKeys) {
    const path = key.split('.')
    const found = valueAt(value, path)
    if (typeof found !== 'string' && !Array.isArray(found)) continue
    if (!JSON.stringify(found).includes(replacement)) continue
    problems.push(problemIn.garbled(lineOf(path), key, valueAt(usualSettings, path)))
    forget(value, path)
  }
  const { settings, misfits } = understand(value)
  for (const { path, isUnknown, found } of misfits) {
    const key = path.join('.')
    if (key.includes(replacement)) continue
    problems.push(
      isUnknown
        ? problemIn.unknown(lineOf(path), key)
        : problemIn.value(lineOf(path), key, found, valueAt(usualSettings, path)),
    )
  }
  return { settings, problems: problems.sort(byLine) }
}

const byLine = (a: SettingsProblem, b: SettingsProblem): number => (a.line ?? 0) - (b.line ?? 0)

/** What follows a first slip of the pen is often its consequence, and any slip may be one of a wrong encoding. */
function firstSlip(
  source: string,
  errors: readonly ParseError[],
  lineAt: (offset: number) => number,
): SettingsProblem[] {
  const garbled = source.indexOf(replacement)
  if (garbled >= 0) return [problemIn.encoding(lineAt(garbled))]
  return errors.slice(0, 1).map(({ error, offset }) => problemIn.syntax(lineAt(offset), error))
}

/** What of a value does not fit the settings, and what stood there. */
export type Misfit = {
  readonly path: readonly string[]
  readonly isUnknown: boolean
  readonly found: unknown
}

/** The settings that a value makes with its misfits left out. */
export function understand(value: unknown): {
  readonly settings: Settings
  readonly misfits: readonly Misfit[]
} {
  const rest: unknown = JSON.parse(JSON.stringify(value))
  const misfits: Misfit[] = []
  for (;;) {
    const read = v.safeParse(settingsSchema, rest)
    if (read.success) return { settings: read.output, misfits }
    // Each round takes out at least one key.
    for (const issue of read.issues) {
      const path = pathOf(issue)
      if (path.length === 0) return { settings: usualSettings, misfits }
      misfits.push({ path, isUnknown: isUnknown(issue), found: valueAt(rest, path) })
      forget(rest, path)
    }
  }
}

type Issue = v.BaseIssue<unknown>

const isUnknown = (issue: Issue): boolean => issue.type === 'strict_object' && issue.expected === 'never'

/** The key an issue is about: of a list it is the list, since half a list was not meant by anyone. */
function pathOf(issue: Issue): string[] {
  const keys = (issue.path ?? []).map(({ key }) => key)
  const end = keys.findIndex((key) => typeof key !== 'string')
  return keys.slice(0, end < 0 ? undefined : end).filter((key) => typeof key === 'string')
}

function forget(value: unknown, [key, ...rest]: readonly string[]): void {
  if (typeof value !== 'object' || value === null || key === undefined) return
  if (rest.length === 0) Reflect.deleteProperty(value, key)
  else forget(Reflect.get(value, key), rest)
}

/** The property of a key; where it stands twice, the later one, which holds. */
function propertyAt(root: Node, path: readonly string[]): Node | undefined {
  return path.reduce<{ readonly value: Node | undefined; readonly property?: Node | undefined }>(
    ({ value }, key) => {
      const property = value?.children?.findLast(({ children: [name] = [] }) => name?.value === key)
      return { property, value: property?.children?.[1] }
    },
    { value: root },
  ).property
}

/** Keys that stand more than once in an object: the last holds, which whoever wrote the others does not expect. */
function repeated(
  { type, children = [] }: Node,
  above: readonly string[],
): { readonly key: string; readonly offsets: number[] }[] {
  if (type !== 'object') return []
  const byName = Map.groupBy(children, (property) => String(property.children?.[0]?.value))
  return [...byName].flatMap(([name, properties]) => {
    const path = [...above, name]
    const value = properties.at(-1)?.children?.[1]
    const own = { key: path.join('.'), offsets: properties.map(({ offset }) => offset) }
    return [...(properties.length > 1 ? [own] : []), ...(value ? repeated(value, path) : [])]
  })
}
