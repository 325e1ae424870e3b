import * as v from 'valibot'

/** How much a line of the log matters. */
export const logLevels = ['info', 'warn', 'error'] as const

/** One line of the kiosk's log: an instant (ISO 8601, UTC), what happened, and the facts that go with it. */
export const logLineSchema = v.objectWithRest(
  { time: v.pipe(v.string(), v.isoTimestamp()), level: v.picklist(logLevels), message: v.string() },
  v.unknown(),
)

export type LogLine = v.InferOutput<typeof logLineSchema>
