import * as v from 'valibot'
import { type Time, wallClock } from './calendar.ts'

/** How bright the screen is: in percent, by day and within the hours `night`, "20:00-07:00"; null: always as by day. */
export const brightnessSchema = v.object({
  brightness: v.number(),
  night: v.nullable(v.string()),
  nightBrightness: v.number(),
})

export type Brightness = Readonly<v.InferOutput<typeof brightnessSchema>>

/** Always full. */
export const fullBrightness: Brightness = { brightness: 100, night: null, nightBrightness: 100 }

/** Percent of its brightness the screen has at a time of the day while nobody uses it. */
export function brightnessAt({ brightness, night, nightBrightness }: Brightness, time: Time): number {
  if (night === null) return brightness
  const [from = '', until = ''] = night.split('-')
  return isWithin(time, from, until) ? nightBrightness : brightness
}

/** Hours after the set time during which the nightly restart may still be made up for. */
const graceHours = 3

export type RestartQuestion = {
  /** "03:30"; null: never. */
  readonly restart: Time | null
  readonly now: Date
  readonly timeZone: string
  /** Hours this run has lasted, on a clock that nobody sets. */
  readonly hoursUp: number
  /** True while someone uses the kiosk or a slip is under way. */
  readonly busy: boolean
}

/** Whether the kiosk should start anew now: at its quiet hour, with nobody there, and once a night. */
export function restartDue({ restart, now, timeZone, hoursUp, busy }: RestartQuestion): boolean {
  if (restart === null || busy || hoursUp <= graceHours) return false
  return isWithin(wallClock(now, timeZone).time, restart, hoursLater(restart, graceHours))
}

/** True from `from` on and before `until`, over midnight where `until` is the earlier. */
function isWithin(time: Time, from: Time, until: Time): boolean {
  return from <= until ? from <= time && time < until : from <= time || time < until
}

function hoursLater(time: Time, hours: number): Time {
  const [hour = '', minute = ''] = time.split(':')
  return `${String((Number(hour) + hours) % 24).padStart(2, '0')}:${minute}`
}
