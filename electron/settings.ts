import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { type PrintLimits, printLimitsSchema, usualLimits } from '../data/printing.ts'
import { type Paper, paperNames } from '../data/slip.ts'
import { type Log } from './log.ts'

/** What is set once for this kiosk, in `kiosk.json` of its state folder; whatever is left out is usual. */
const settingsSchema = v.pipe(
  // To valibot an array is an object too.
  v.custom<object>((value) => !Array.isArray(value), 'not settings but a list'),
  v.strictObject({
    /** "folder", "cups:NAME", "ipp://…", "escpos://HOST", "escpos:/dev/usb/lp0", "windows:NAME" */
    printer: v.optional(v.pipe(v.string(), v.nonEmpty()), 'folder'),
    paper: v.optional(v.picklist(paperNames), 'a4'),
    limits: v.optional(v.partial(printLimitsSchema), {}),
  }),
)

/** The settings in force. */
export type Settings = {
  readonly printer: string
  readonly paper: Paper
  readonly limits: PrintLimits
}

/** The file of the settings, below the state folder. */
export const settingsFile = 'kiosk.json'

const usual: Settings = { printer: 'folder', paper: 'a4', limits: usualLimits }

/**
 * The settings in `folder`. A file that is not there or cannot be understood leaves all as usual, so that the
 * kiosk starts: without a printer, which its screen says; the log says what is wrong with the file.
 */
export function readSettings(folder: string, log: Log): Settings {
  const file = join(folder, settingsFile)
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing) log.error('The settings cannot be read, so the usual ones are in force', { file, error })
    return usual
  }
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), settingsSchema), text)
  if (read.success) {
    const { printer, paper, limits } = read.output
    const given = Object.entries(limits).filter(([, limit]) => limit !== undefined)
    return { printer, paper, limits: { ...usualLimits, ...Object.fromEntries(given) } }
  }
  const issues = read.issues.slice(0, 5).map((issue) => `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`)
  log.error('The settings cannot be understood, so the usual ones are in force', { file, issues })
  return usual
}
