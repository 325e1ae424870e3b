import * as v from 'valibot'
import { panelSchema, usualPanel } from './physical-size.ts'
import { printLimitsSchema, usualLimits } from './printing.ts'
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
