import { findNodeAtLocation, getNodeValue, type Node, parseTree, type ParseError } from 'jsonc-parser'
import * as v from 'valibot'
import { panelSchema, usualPanel } from './physical-size.ts'
import { printLimitsSchema, usualLimits } from './printing.ts'
import type { SettingsProblem } from './settings-problem.ts'
import { problemIn, valueAt } from './settings-words.ts'
import { paperNames } from './slip.ts'

// To valibot an array is an object too.
const noList = v.custom<object>((value) => !Array.isArray(value), 'not a list')

/** A part of the settings with keys of its own; left out, all of it is usual. */
function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(noList, v.strictObject(entries))
}

const text = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most))
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const timeOfDay = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u))
const hours = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/u))

/** How the picture is turned on the panel: "right" is a quarter clockwise. */
export const rotations = ['normal', 'right', 'inverted', 'left'] as const

/** What a stick may bring to change the content: a signed bundle, the guide, the workbook, or single files. */
export const updateOrigins = ['bundle', 'guide', 'workbook', 'parts'] as const

/** What is set once for this kiosk; whatever is left out is usual. `settings-guide.ts` says of each key what it is for. */
export const settingsSchema = section({
  kiosk: v.optional(v.nullable(text(80)), null),
  printer: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.regex(
        /^(?:folder|cups:[^\s/?#]+|(?:ipps?|https?):\/\/\S+|escpos:\/\/\S+|escpos:\/\S+|windows:.*\S.*)$/u,
      ),
    ),
    'folder',
  ),
  paper: v.optional(v.picklist(paperNames), 'a4'),
  limits: v.optional(
    section({
      perVisit: v.optional(printLimitsSchema.entries.perVisit, usualLimits.perVisit),
      perMinute: v.optional(printLimitsSchema.entries.perMinute, usualLimits.perMinute),
    }),
    {},
  ),
  screen: v.optional(
    section({
      inches: v.optional(panelSchema.entries.diagonal, usualPanel.diagonal),
      bottom: v.optional(panelSchema.entries.lowerEdge, usualPanel.lowerEdge),
      rotation: v.optional(v.picklist(rotations), 'normal'),
      output: v.optional(v.nullable(text(40)), null),
      touch: v.optional(v.nullable(text(120)), null),
      brightness: v.optional(whole(20, 100), 100),
      night: v.optional(v.nullable(hours), null),
      nightBrightness: v.optional(whole(10, 100), 40),
    }),
    {},
  ),
  restart: v.optional(v.nullable(timeOfDay), '03:30'),
  updates: v.optional(
    section({
      accept: v.optional(v.array(v.picklist(updateOrigins)), [...updateOrigins]),
      signature: v.optional(v.picklist(['demanded', 'pin']), 'pin'),
    }),
    {},
  ),
  call: v.optional(
    section({ who: v.optional(v.nullable(text(60)), null), phone: v.optional(v.nullable(text(40)), null) }),
    {},
  ),
  log: v.optional(
    section({
      megabytes: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(100)), 1),
      files: v.optional(whole(2, 50), 5),
    }),
    {},
  ),
})

/** The settings in force. */
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>

/** The settings where nothing is set. */
export const usualSettings: Settings = v.parse(settingsSchema, {})

/** Settings as far as they could be understood, and what is to be told of the rest. */
export type SettingsReading = { readonly settings: Settings; readonly problems: readonly SettingsProblem[] }

/**
 * Reads a settings file: JSON with comments and trailing commas. What cannot be understood is told by line and
 * key and left at what is usual; everything else holds. Never throws.
 */
export function readSettingsText(source: string): SettingsReading {
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length
  const errors: ParseError[] = []
  const allow = { allowTrailingComma: true, allowEmptyContent: true }
  const root = parseTree(source, errors, allow)
  // What follows a first slip of the pen is often its consequence.
  const problems: SettingsProblem[] = errors
    .slice(0, 1)
    .map(({ error, offset }) => problemIn.syntax(lineAt(offset), error))
  if (!root) return { settings: usualSettings, problems }
  if (root.type !== 'object') {
    return { settings: usualSettings, problems: [...problems, problemIn.root(lineAt(root.offset))] }
  }
  problems.push(...doubles(root, []).map(({ key, offset }) => problemIn.twice(lineAt(offset), key)))
  const value: unknown = getNodeValue(root)
  // Each round takes out at least one key; a file cannot hold more than it has lines and commas.
  for (let rounds = source.length; rounds > 0; rounds--) {
    const read = v.safeParse(settingsSchema, value)
    if (read.success) return { settings: read.output, problems: problems.sort(byLine) }
    for (const issue of read.issues) {
      const path = pathOf(issue)
      const place = findNodeAtLocation(root, path)
      const line = lineAt(place?.parent?.type === 'property' ? place.parent.offset : root.offset)
      const key = path.join('.')
      problems.push(
        isUnknown(issue)
          ? problemIn.unknown(line, key)
          : problemIn.value(line, key, place ? getNodeValue(place) : null, valueAt(usualSettings, path)),
      )
      forget(value, path)
    }
  }
  return { settings: usualSettings, problems }
}

const byLine = (a: SettingsProblem, b: SettingsProblem): number => (a.line ?? 0) - (b.line ?? 0)

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

/** Keys that stand twice in one object: the later holds, which whoever wrote the earlier does not expect. */
function doubles(node: Node, above: readonly string[]): { readonly key: string; readonly offset: number }[] {
  if (node.type !== 'object') return []
  const seen = new Set<string>()
  return (node.children ?? []).flatMap(({ offset, children: [name, value] = [] }) => {
    if (!name) return []
    const key = String(getNodeValue(name))
    const path = [...above, key]
    const again = seen.has(key) ? [{ key: path.join('.'), offset }] : []
    seen.add(key)
    return [...again, ...(value ? doubles(value, path) : [])]
  })
}
