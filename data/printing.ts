import * as v from 'valibot'

/** What keeps a printer from printing, as far as it has said so; `offline`: it does not answer at all. */
export const printerProblems = [
  'paper-empty',
  'paper-jam',
  'cover-open',
  'toner-empty',
  'offline',
  'paused',
  'wrong-paper',
  'busy',
  'unknown',
] as const

export type PrinterProblem = (typeof printerProblems)[number]

/** What will soon keep it from printing: for staff. */
export const printerWarnings = ['paper-low', 'toner-low'] as const

export type PrinterWarning = (typeof printerWarnings)[number]

/** What a printer says of itself before anything is sent. */
export const printerStatusSchema = v.variant('kind', [
  v.object({ kind: v.literal('ready'), warnings: v.array(v.picklist(printerWarnings)) }),
  v.object({ kind: v.literal('blocked'), problem: v.picklist(printerProblems) }),
])

export type PrinterStatus = v.InferOutput<typeof printerStatusSchema>
