import type { Hours, Phone, Service } from '../../data/catalogue.ts'
import { type ChecklistSection, listKind } from '../../data/checklist.ts'
import { needsNoVisit } from '../../data/directions.ts'
import { namesAmount } from '../../data/fee.ts'
import { hoursBySeason, type NextOpening } from '../../data/opening-hours.ts'
import type { Copies, SharedPaper } from '../../data/visit-list.ts'
import type { VisitAdvice } from '../../data/visit-advice.ts'
import { useDates } from './use-dates.ts'
import { useOfficial } from './use-official.ts'
import { useText } from './use-text.ts'

/** A line that answers a question: in the interface's words, or in the guide's own. */
export type Answer = { readonly text: string; readonly ours: boolean }

/** A question and the lines that answer it. */
export type Fact = { readonly key: string; readonly question: string; readonly answers: readonly Answer[] }

const guides = (text: string): Answer => ({ text, ours: false })
const our = (text: string): Answer => ({ text, ours: true })

/** A line on a visit now: `care` where somebody would come in vain. */
export type AdviceLine = {
  readonly tone: 'open' | 'closed' | 'care'
  readonly title: string
  readonly detail: string
}

/** Beyond this many characters an answer stands with the further facts, not beside the door plate. */
const shortAnswer = 24
/** A name with more characters than this is read where it stands in the list, not in a sum of copies. */
const longestCopied = 16
const isShort = ({ text }: Answer): boolean => text.length <= shortAnswer

/** Facts of a service put into words the same way on the screen and on the slip. */
export function useWords() {
  const { t } = useText()
  const { dateLine } = useDates()
  const { named } = useOfficial()

  /** One line a season ("工作日 10:00–13:30，15:30–19:00（冬季）"); the guide's own words where no hours can be computed. */
  function hoursLines(hours: Hours): readonly string[] {
    const lines = hoursBySeason(hours).map(({ season, sessions }) => {
      const times = sessions.map(({ from, to }) => `${from}–${to}`).join(t('service.hoursJoin'))
      return season === null
        ? t('service.hoursLine', { times })
        : t('service.hoursSeason', { times, season: t(`service.season.${season}`) })
    })
    return lines.length > 0 ? [...hours.remarks, ...lines] : [t('service.hoursUnknown', { text: hours.text })]
  }

  /** "明天", "12月1日星期二". */
  function dayLine({ date, days }: NextOpening): string {
    if (days === 0) return t('opening.days.today')
    if (days === 1) return t('opening.days.tomorrow')
    return dateLine(date)
  }

  /** What to say of a visit as of now: whether the counter is open, and whether it takes the service today. */
  function adviceLines({ opening, acceptance, come }: VisitAdvice): readonly AdviceLine[] {
    const lines: AdviceLine[] = []
    if (acceptance?.kind === 'closed') {
      const again = acceptance.nextFrom && t('visit.again', { date: dateLine(acceptance.nextFrom) })
      lines.push({ tone: 'care', title: t('visit.notToday'), detail: again ?? '' })
    }
    if (acceptance?.kind === 'last-day-unclear') {
      lines.push({ tone: 'care', title: t('visit.lastDay'), detail: '' })
    }
    if (opening.kind === 'open') {
      const detail = t('opening.until', { until: opening.until })
      lines.push({ tone: 'open', title: t('opening.open'), detail })
    }
    if (opening.kind === 'closed') {
      const next = come ?? opening.next
      const detail = next ? t('opening.next', { day: dayLine(next), from: next.from }) : ''
      lines.push({ tone: 'closed', title: t('opening.closed'), detail })
    }
    return lines
  }

  /** The same on paper, with the moment it was true at. */
  function asOfLines(advice: VisitAdvice | null): readonly string[] {
    if (advice === null) return []
    const moment = `${dateLine(advice.asOf.date)} ${advice.asOf.time}`
    return adviceLines(advice).map(({ title, detail }) =>
      t('slip.asOf', {
        moment,
        words: [title, detail].filter((part) => part !== '').join(t('service.hoursJoin')),
      }),
    )
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
      phone.owner === null
        ? phone.number
        : t('service.phoneOf', { number: phone.number, owner: named(phone.owner) })
    return phone.plausible ? line : t('service.phoneDoubtful', { line })
  }

  function phonesFor(service: Service, use: Phone['use']): readonly string[] {
    return service.phones.filter((phone) => phone.use === use).map(phoneLine)
  }

  /** "转移申请，委托他人办理的"; the service a list is taken from; null where the entries are for everybody. */
  function caseHeading({ cases, from }: Pick<ChecklistSection, 'cases' | 'from'>): string | null {
    const heading = cases.length === 0 ? null : cases.join(t('material.join'))
    if (from === null) return heading
    return [t('material.from', { title: from }), heading]
      .filter((part) => part !== null)
      .join(t('material.join'))
  }

  /** 要带的材料, 要做的事, or that there is nothing to bring. */
  function materialsHeading(sections: readonly ChecklistSection[]): string {
    return t(`service.list.${listKind(sections)}`)
  }

  /** "原件 1 份，复印件 3 份" */
  function sharedCount({ originals, photocopies }: SharedPaper): string {
    return [
      originals === null ? null : t('slip.originals', { count: originals }),
      photocopies === null ? null : t('slip.photocopies', { count: photocopies }),
    ]
      .filter((part) => part !== null)
      .join(t('material.join'))
  }

  /** "身份证 3 份；毕业证 至少 1 份": what to have copied; empty where a single copy is all, for its own line says so. */
  function copiesLine(all: readonly Copies[]): string {
    const total = all.reduce((sum, { count }) => sum + count, 0)
    if (total < 2) return ''
    const named = all.filter(({ name }) => name.length <= longestCopied)
    const others = all.length - named.length
    return [
      ...named.map(({ name, count, certain }) =>
        t(certain ? 'slip.copiesOf' : 'slip.copiesOfAtLeast', { name, copies: count }),
      ),
      ...(others > 0 ? [t('slip.copiesOther', { count: others })] : []),
    ].join(t('slip.copiesJoin'))
  }

  /** The guide's words on the fee; where they name no amount, that too. */
  function feeText(service: Service): string {
    return feeAnswers(service)
      .map(({ text }) => text)
      .join('\n')
  }

  function feeAnswers(service: Service): readonly Answer[] {
    const words = guides(service.fee.text)
    return namesAmount(service) ? [words] : [words, our(t('service.feeUnknown'))]
  }

  /** How long and how much, where the answers are short enough to stand beside the door plate. */
  function briefFacts(service: Service): readonly Fact[] {
    return lengthAndFee(service).filter(
      ({ answers: [answer] }) => answer && answer.text !== '' && isShort(answer),
    )
  }

  function lengthAndFee(service: Service): readonly Fact[] {
    return [
      { key: 'duration', question: t('service.duration'), answers: [guides(service.fields.办理时限)] },
      { key: 'fee', question: t('service.fee'), answers: feeAnswers(service) },
    ]
  }

  /** Everything else a visitor may ask, question by question; empty answers among them. */
  function furtherFacts(service: Service): readonly Fact[] {
    const { fields, hours, websites, places } = service
    const urls = websites.flatMap(({ name, url }) =>
      url === null ? [] : [name === null ? url : `${name} ${url}`],
    )
    const office = needsNoVisit(service) ? places.map(({ text }) => text) : []
    return [
      ...lengthAndFee(service).filter(({ answers: [answer] }) => answer && !isShort(answer)),
      { key: 'hours', question: t('service.hours'), answers: hoursLines(hours).map(our) },
      { key: 'enquiries', question: t('service.enquiries'), answers: phonesFor(service, 'enquiry').map(our) },
      { key: 'channels', question: t('service.channels'), answers: [guides(fields.办理方式)] },
      { key: 'websites', question: t('service.websites'), answers: [...new Set(urls)].map(guides) },
      { key: 'office', question: t('service.office'), answers: office.map(guides) },
      { key: 'result', question: t('service.result'), answers: [guides(fields.结果送达)] },
      {
        key: 'complaints',
        question: t('service.complaints'),
        answers: phonesFor(service, 'complaint').map(our),
      },
    ]
  }

  return {
    hoursLines,
    acceptanceLine,
    adviceLines,
    asOfLines,
    dateLine,
    dayLine,
    phonesFor,
    caseHeading,
    materialsHeading,
    sharedCount,
    copiesLine,
    feeText,
    briefFacts,
    furtherFacts,
  }
}
