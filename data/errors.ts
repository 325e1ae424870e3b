import * as v from 'valibot'

/** Every way a call across the bridge can fail; each has words for the visitor in `renderer/i18n`. */
export const errorCodes = [
  'bad-arguments',
  'bad-reply',
  'content-unusable',
  'internal',
  'not-allowed',
  'not-found',
  'printing-failed',
  'refused',
  'unknown-call',
  'unreachable',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export const errorBodySchema = v.object({
  code: v.picklist(errorCodes),
  message: v.string(),
  details: v.optional(v.record(v.string(), v.unknown())),
})

export type ErrorBody = v.InferOutput<typeof errorBodySchema>

/** A fault with a code. `message` is for the log and for staff; visitors are shown words chosen by `code`. */
export class KioskError extends Error {
  override readonly name = 'KioskError'
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** What crosses the bridge. */
  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.details && { details: this.details }) }
  }

  /** The same error on the other side of the bridge. */
  static fromBody(body: ErrorBody): KioskError {
    return new KioskError(body.code, body.message, body.details)
  }

  /** Any thrown value as a KioskError; one that is none already becomes `internal`. */
  static from(thrown: unknown): KioskError {
    if (thrown instanceof KioskError) return thrown
    const message =
      thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : 'Not an error'
    return new KioskError('internal', message, undefined, thrown)
  }
}

/** For the end of an exhausted union: the compiler objects where a case was forgotten. */
export function assertNever(value: never): never {
  throw new KioskError('internal', `Unhandled case: ${JSON.stringify(value)}`)
}
