/** Facts that go with a line of the log; an `Error` is written with its stack and its causes. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the host says what happened, for staff and for IT; never carries what a visitor looked at. */
export type Log = {
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
}

/** Takes one finished line, without its line break. */
export type LogSink = (line: string) => void

const toStandardError: LogSink = (line) => void process.stderr.write(`${line}\n`)

/** A log of JSON lines: `time` (ISO 8601, UTC), `level`, `message`, then the fields; goes to stderr unless told. */
export function createLog(sink: LogSink = toStandardError, now: () => Date = () => new Date()): Log {
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      sink(JSON.stringify({ time: now().toISOString(), level, message, ...fields }, withErrors))
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

function withErrors(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (!(value instanceof Error)) return value
  // An error's own fields are not enumerable, so JSON would write it as {}.
  return { ...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause }
}
