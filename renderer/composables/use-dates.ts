import { type CalendarDate, wallClock, weekdayOf } from '../../data/calendar.ts'
import { useText } from './use-text.ts'

/** Days and moments in the interface's own words: Chromium knows no Uyghur dates and would write Chinese ones. */
export function useDates() {
  const { t } = useText()

  function partsOf(date: CalendarDate) {
    const [year = '', month = '', day = ''] = date.split('-')
    return { year, month: t(`date.months.m${month}`), day: String(Number(day)) }
  }

  /** "11月24日星期二": a day of the site's calendar. */
  function dateLine(date: CalendarDate): string {
    return t('date.day', { ...partsOf(date), weekday: t(`date.weekdays.d${weekdayOf(date)}`) })
  }

  /** "2026年11月24日 13:00": an instant on the clocks of `timeZone`. */
  function momentLine(instant: Date, timeZone: string): string {
    const { date, time } = wallClock(instant, timeZone)
    return t('date.moment', { ...partsOf(date), time })
  }

  return { dateLine, momentLine }
}
