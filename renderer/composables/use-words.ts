import { useI18n } from 'vue-i18n'
import { type Hours, type MaterialGroup, type Phone, type Service } from '../../data/catalogue.ts'
import { hoursBySeason } from '../../data/opening-hours.ts'

/** Facts of a service put into words the same way on the screen and on the slip. */
export function useWords() {
  const { t } = useI18n()

  /** One line a season ("工作日 10:00–13:30，15:30–19:00（冬季）"); the guide's own words where no hours can be computed. */
  function hoursLines(hours: Hours): readonly string[] {
    const lines = hoursBySeason(hours).map(({ season, sessions }) => {
      const times = sessions.map(({ from, to }) => `${from}–${to}`).join(t('service.hoursJoin'))
      return season === null
        ? t('service.hoursLine', { times })
        : t('service.hoursSeason', { times, season: t(`service.season.${season}`) })
    })
    const remarks = hours.remarks.map((text) => t('service.hoursRemark', { text }))
    return lines.length > 0 ? [...lines, ...remarks] : [hours.text]
  }

  /** When in the month a service is accepted, and the guide's sentence where it says more; null: all the month. */
  function acceptanceLine({ acceptance, fields }: Service): string | null {
    if (acceptance === null) return null
    const { fromDay, toDay, lastDayCertain, field } = acceptance
    const line = lastDayCertain
      ? t('service.acceptance', { from: fromDay, to: toDay })
      : t('service.acceptanceUnclear', { to: toDay })
    return field === '办理时限' ? t('service.acceptanceWords', { line, words: fields[field] }) : line
  }

  function phoneLine(phone: Phone): string {
    const line =
      phone.owner === null ? phone.number : t('service.phoneOf', { number: phone.number, owner: phone.owner })
    return phone.plausible ? line : t('service.phoneDoubtful', { line })
  }

  function phonesFor(service: Service, use: Phone['use']): readonly string[] {
    return service.phones.filter((phone) => phone.use === use).map(phoneLine)
  }

  /** "转移申请，委托他人办理的"; null where the entries are for everybody. */
  function caseHeading({ within, when }: MaterialGroup): string | null {
    return when === null ? null : [...within, when].join(t('material.join'))
  }

  return { hoursLines, acceptanceLine, phonesFor, caseHeading }
}
