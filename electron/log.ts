/** Facts that go with a line of the log; an `Error` is written with its stack and its causes. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the host says what happened, for staff and for IT; never throws, never carries what a visitor looked at. */
export type Log = {
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
}

/** Takes one finished line, without its line break. */
export type LogSink = (line: string) => void

/** As much of a stream as writing the log to it needs. */
export type LogStream = {
  write(text: string): unknown
  on(event: 'error', listener: () => void): unknown
  listeners(event: 'error'): readonly unknown[]
}

// Nobody is left to be told that the log is lost.
const passOver = (): void => {}

/** Writes lines to a stream and goes on without it where its other end is gone or its disk is full. */
export function streamSink(stream: LogStream): LogSink {
  if (!stream.listeners('error').includes(passOver)) stream.on('error', passOver)
  return (line) => void stream.write(`${line}\n`)
}

/** What was said before others joined, as far as they are told of it. */
const mostEarlier = 100

/**
 * Several sinks as one, which others may join later and are then told what was said before: the folder of the log
 * is known only once the options and the settings are read.
 */
export function createSinks(...first: readonly LogSink[]): {
  readonly sink: LogSink
  readonly add: (sink: LogSink) => void
} {
  const all = [...first]
  const earlier: string[] = []
  return {
    sink: (line) => {
      if (all.length === first.length && earlier.length < mostEarlier) earlier.push(line)
      for (const sink of all) sink(line)
    },
    add: (sink) => {
      for (const line of earlier) sink(line)
      all.push(sink)
    },
  }
}

/** The most a line may hold, in characters: a log that is bounded by files must not lose them all to one line. */
const longestLine = 16_000

/** A log of JSON lines: `time` (ISO 8601, UTC), `level`, `message`, then the fields; goes to stderr unless told. */
export function createLog(
  sink: LogSink = streamSink(process.stderr),
  now: () => Date = () => new Date(),
): Log {
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      const start = { time: now().toISOString(), level, message }
      try {
        sink(toJson(start, fields))
      } catch {
        passOver()
      }
    }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

function toJson(start: LogFields, fields: LogFields): string {
  try {
    const line = JSON.stringify({ ...start, ...fields }, withErrors)
    if (line.length <= longestLine) return line
    return JSON.stringify({ ...start, tooLong: line.slice(0, longestLine / 4) })
  } catch {
    // Circles, and getters that throw, are the fields' alone: what happened is still told.
    return JSON.stringify({ ...start, unwritable: Object.keys(fields) })
  }
}

function withErrors(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (!(value instanceof Error)) return value
  // An error's own fields are not enumerable, so JSON would write it as {}.
  return { ...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause }
}
