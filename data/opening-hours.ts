import { type Hours } from './catalogue.ts'

/** The sessions of one season, or of the whole year (season null), in the order of the day. */
export type SeasonHours = {
  readonly season: 'winter' | 'summer' | null
  readonly sessions: readonly { readonly from: string; readonly to: string }[]
}

/** A service's hours, season by season; sessions the guide gives for all the year stand in each. Empty where none can be computed. */
export function hoursBySeason(hours: Hours): readonly SeasonHours[] {
  const seasons = (['winter', 'summer'] as const).filter((season) =>
    hours.sessions.some((session) => session.season === season),
  )
  const sessionsOf = (season: SeasonHours['season']) =>
    hours.sessions
      .filter((session) => session.season === null || session.season === season)
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => a.from.localeCompare(b.from))
  if (seasons.length > 0) return seasons.map((season) => ({ season, sessions: sessionsOf(season) }))
  return hours.sessions.length > 0 ? [{ season: null, sessions: sessionsOf(null) }] : []
}
