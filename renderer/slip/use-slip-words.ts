import type { Place, Service } from '../../data/catalogue.ts'
import { plateOf } from '../../data/directions.ts'
import { codesOf } from '../../data/qr.ts'
import type { Printable } from '../../data/printable.ts'
import type { Slip } from '../../data/slip.ts'
import { useDates } from '../composables/use-dates.ts'
import { useOfficial } from '../composables/use-official.ts'
import { useText } from '../composables/use-text.ts'
import { useWords } from '../composables/use-words.ts'
import { type FactName, type SlipWords, blocksOf } from './blocks.ts'
import { codeText, type CodeWords, withCodes } from './code-text.ts'

/** The interface's words for slips, in the language of where it is called; set up once, for whichever slip. */
export function useSlipWords() {
  const { t } = useText()
  const { momentLine } = useDates()
  const { named } = useOfficial()
  const words = useWords()

  const composed = ({ composedAt, timeZone }: Printable): string => momentLine(new Date(composedAt), timeZone)

  const blockWords = (slip: Slip): SlipWords => ({
    enquiries: (service) => words.phonesFor(service, 'enquiry'),
    hours: (service) => [
      ...words.hoursLines(service.hours),
      ...words.asOfLines(slip.advice[service.id] ?? null),
    ],
    acceptance: words.acceptanceLine,
    fee: words.feeText,
    materials: words.materialsHeading,
    count: (documents) => t('slip.count', { count: documents }),
    caseHeading: words.caseHeading,
    sharedHeading: () => t('slip.shared'),
    sharedCount: words.sharedCount,
    copies: ({ copies }) => words.copiesLine(copies),
    cases: (cases) => cases.join(t('service.listJoin')),
    without: ({ kind }) => (kind === 'door' || kind === 'elsewhere' ? null : t(`list.${kind}`)),
    uncertain: () => t('list.uncertain'),
    forService: (service, text) => t('slip.forService', { service, text }),
  })

  /** Where a place is, as far as the guide goes: address, plate, department. */
  function placeLine(place: Place, slip: Slip): string {
    const other = place.building !== null ? (slip.otherBuildings[place.building] ?? null) : null
    const plate = plateOf(place, other).map(({ kind, text }) => t(`place.text.${kind}`, { text }))
    return [...addressLines(place, slip), ...plate, place.department].filter((part) => part).join(' ')
  }

  const factName = (name: FactName): string =>
    name === 'also' || name === 'cases' || name === 'copies' ? t(`slip.fact.${name}`) : t(`service.${name}`)

  /** The edition, and the characters its content is compared by. */
  const editionOf = ({ edition, fingerprint }: Printable): string =>
    fingerprint === null ? edition : `${edition} ${fingerprint}`

  const codeWords = (slip: Slip): CodeWords => ({
    heading: t('slip.head', { department: named(slip.department) }),
    stop: (number) => t('slip.stop', { number }),
    fact: factName,
    place: (place) => placeLine(place, slip),
    foot: [
      [t('slip.number', { number: slip.number }), t('slip.edition', { edition: editionOf(slip) })].join(' '),
      composed(slip),
    ],
  })

  /** Each line once, however many services share it. */
  const phones = (slip: Slip, use: 'enquiry' | 'complaint'): readonly string[] => [
    ...new Set(slip.services.flatMap((service: Service) => words.phonesFor(service, use))),
  ]

  /** What stands on `slip`, in each way its codes can be placed, and the codes: the same on paper, in its preview and on the screen. */
  function layOut(slip: Slip) {
    const plain = blocksOf(slip, blockWords(slip))
    const codes = codesOf(codeText(plain, codeWords(slip)))
    return { codes, arrangements: withCodes(plain, codes, slip.format) }
  }

  return { composed, editionOf, factName, layOut, phones }
}

/** The street address of a place; the guide's own words where it is in none of the site's buildings. */
export function addressLines({ building, text }: Place, { addresses }: Slip): readonly string[] {
  const address = building !== null && Object.hasOwn(addresses, building) ? addresses[building] : undefined
  return [address ?? text]
}
