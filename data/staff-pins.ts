import * as v from 'valibot'

/** A PIN as it is typed: four to eight digits. */
export const pinSchema = v.pipe(v.string(), v.regex(/^\d{4,8}$/u))

export const pinLength = { least: 4, most: 8 } as const

/** True of a PIN that would be tried first: one digit over and over, digits in a row, two digits in turn. */
export function isTooSimple(pin: string): boolean {
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0))
  const [first = 0] = steps
  const inARow = Math.abs(first) <= 1 && steps.every((step) => step === first)
  const inTurn = digits.every((digit, index) => digit === digits[index % 2])
  return inARow || inTurn
}

/** `left`: how many more wrong ones are taken before the door stays shut for a while. */
export const wrongPinSchema = v.object({ kind: v.literal('wrong'), left: v.number() })

/** The door stays shut for so many seconds. */
export const lockedOutSchema = v.object({ kind: v.literal('locked'), seconds: v.number() })
