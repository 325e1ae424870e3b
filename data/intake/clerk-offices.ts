import type { Phone, Place } from '../catalogue.ts'
import { isAbbreviation } from './clerk-services.ts'
import type { FindingSink } from './findings.ts'
import { groupBy, listLines, note, type InspectedService } from './inspected.ts'

type Visit = { readonly each: InspectedService; readonly place: Place; readonly line: number }
type Call = { readonly each: InspectedService; readonly phone: Phone }

/** One office named, placed or rung differently in different services. */
export function compareOffices(services: readonly InspectedService[], sink: FindingSink): void {
  const visits = services.flatMap((each) =>
    each.service.places.map((place): Visit => ({
      each,
      place,
      line: each.fields.办理机构及地点.lineOf(place.text),
    })),
  )
  const sites = visits.filter(({ place }) => place.kind === 'site' && place.building !== null)
  const offices = nameOffices(sites, sink)
  compareRooms(sites, offices, sink)
  compareAddresses(sites, sink)
  const calls = services.flatMap((each) => each.service.phones.map((phone): Call => ({ each, phone })))
  compareOwners(services, sink)
  suggestNumbers(calls, sink)
  compareUses(calls, sink)
}

const storey = ({ place }: Visit): string => `${place.building ?? ''}/${String(place.floor)}`

// With more names than this on one floor the guide is no guide of offices, and comparing each with each
// would take long.
const manyNames = 60

/** For each written department, the fullest name the same office has on its floor. */
function nameOffices(visits: readonly Visit[], sink: FindingSink): ReadonlyMap<string, string> {
  const full = new Map<string, string>()
  for (const [floor, group] of groupBy(visits, storey)) {
    const byName = groupBy(group, ({ place }) => place.department ?? '')
    const names = [...byName.keys()].sort((a, b) => b.length - a.length)
    if (names.length > manyNames) continue
    const variants = groupBy(names, (name) => names.find((other) => isAbbreviation(name, other)) ?? name)
    for (const [name, spellings] of variants) {
      for (const spelling of spellings) full.set(`${floor}/${spelling}`, name)
      const rarest = spellings.filter((spelling) => spelling !== name)
      for (const spelling of rarest) {
        const uses = byName.get(spelling) ?? []
        const [first] = uses
        if (!first) continue
        const others = byName.get(name) ?? []
        const message = `同一楼层的同一机构，这里写“${spelling}”（${listLines(uses.map((use) => use.line))}），别处写“${name}”（${listLines(others.map((use) => use.line))}），请统一，本机分别照原文显示。`
        note(sink, first.each, '办理机构及地点', {
          severity: 'info',
          rule: 'office-name',
          message,
          words: spelling,
        })
      }
    }
  }
  return full
}

const spot = ({ place }: Visit): string =>
  `${place.floor === null ? '' : `${String(place.floor)}楼`}${place.rooms.join('、')}${place.area ?? ''}`

/**
 * One office with a room in one service and without in another, or in several rooms with no telephone to tell
 * which; counters may differ.
 */
function compareRooms(
  visits: readonly Visit[],
  offices: ReadonlyMap<string, string>,
  sink: FindingSink,
): void {
  const officeOf = (visit: Visit): string =>
    visit.place.department === null
      ? ''
      : `${visit.place.building ?? ''}/${offices.get(`${storey(visit)}/${visit.place.department}`) ?? visit.place.department}`
  for (const group of groupBy(visits, officeOf).values()) {
    const spots = [...groupBy(group, (visit) => spot(visit) || '未写楼层').entries()]
    if (spots.length < 2) continue
    const told = spots
      .map(([where, uses]) => `${where}（${listLines(uses.map((use) => use.line))}）`)
      .join('，')
    const vague = spots.some(([, [use]]) => use?.place.rooms.length === 0 && use.place.area === null)
    const rung = group.every(({ each }) => each.service.phones.some(({ use }) => use === 'enquiry'))
    const first = spots.sort((a, b) => a[1].length - b[1].length)[0]?.[1][0]
    if (!first || (rung && !vague)) continue
    const message = `同一机构写了几处不同的位置：${told}，没有写房间或大厅的只能指到楼层，请核对，本机分别照原文显示。`
    note(sink, first.each, '办理机构及地点', {
      severity: 'warning',
      rule: 'office-room',
      message,
      words: first.place.text,
    })
  }
}

/** One building's address and one room's number written in more than one way: told once each. */
function compareAddresses(visits: readonly Visit[], sink: FindingSink): void {
  for (const group of groupBy(visits, ({ place }) => place.building ?? '').values()) {
    const before = (visit: Visit): string => /^(.*?\d{1,5}号)/.exec(visit.place.text)?.[1] ?? ''
    const spellings = [...groupBy(group, before).entries()].sort((a, b) => a[1].length - b[1].length)
    const first = spellings[0]?.[1][0]
    if (spellings.length < 2 || !first) continue
    const told = spellings.map(([text, uses]) => `“${text}”${String(uses.length)}处`).join('，')
    const message = `同一栋楼的地址写法不一：${told}，本机一律显示 site.json 里的地址。`
    note(sink, first.each, '办理机构及地点', {
      severity: 'info',
      rule: 'place-address',
      message,
      words: spellings[0]?.[0] ?? '',
    })
  }
  const bare = visits.filter(({ place }) => place.rooms.length > 0 && !/\d\s*室/.test(place.text))
  const [first] = bare
  if (!first || bare.length === visits.length) return
  const message = `房间号后没有写“室”（${listLines(bare.map((visit) => visit.line))}），别处写了，本机一律当作房间号。`
  note(sink, first.each, '办理机构及地点', {
    severity: 'info',
    rule: 'place-room-word',
    message,
    words: first.place.text,
  })
}

/** An office whose telephone is listed under a shortened name. */
function compareOwners(services: readonly InspectedService[], sink: FindingSink): void {
  const pairs = services.flatMap((each) =>
    each.service.phones.flatMap((phone) =>
      each.service.places.flatMap((place) => {
        const { owner } = phone
        const { department } = place
        return owner !== null && department !== null && isAbbreviation(owner, department)
          ? [{ each, owner, department }]
          : []
      }),
    ),
  )
  for (const group of groupBy(pairs, ({ owner, department }) => `${owner}/${department}`).values()) {
    const [first] = group
    if (!first) continue
    const lines = listLines(group.map(({ each, owner }) => each.fields.咨询查询途径.lineOf(owner)))
    const message = `咨询栏写“${first.owner}”（${lines}），地点写“${first.department}”，应是同一机构，请统一，本机分别照原文显示。`
    note(sink, first.each, '咨询查询途径', {
      severity: 'info',
      rule: 'office-owner',
      message,
      words: first.owner,
    })
  }
}

const withoutArea = (number: string): string => number.replace(/^0\d{2,3}-/, '')

/** For a number with a digit missing, the number the same office gives elsewhere. */
function suggestNumbers(calls: readonly Call[], sink: FindingSink): void {
  const byOwner = groupBy(calls, ({ phone }) => (phone.plausible ? (phone.owner ?? '') : ''))
  for (const { each, phone } of calls) {
    if (phone.plausible || phone.owner === null) continue
    const near = (byOwner.get(phone.owner) ?? []).filter((other) =>
      lacksOne(phone.number, other.phone.number),
    )
    const numbers = new Set(near.map((other) => other.phone.number))
    const [number] = numbers
    if (numbers.size !== 1 || number === undefined) continue
    const lines = listLines(near.map((other) => other.each.fields.咨询查询途径.lineOf(withoutArea(number))))
    const message = `同一机构在别处写的是 ${number}（${lines}），可能就是它，本机不代为更正，请核实后改指南。`
    note(sink, each, '咨询查询途径', {
      severity: 'info',
      rule: 'phone-nearest',
      message,
      words: withoutArea(phone.number),
    })
  }
}

/** True where `short` is `long` with one character left out. */
function lacksOne(short: string, long: string): boolean {
  if (long.length !== short.length + 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  return short.slice(at) === long.slice(at + 1)
}

/** False for a person's name: that one answers an office's telephone is no contradiction. */
const isOffice = (owner: string): boolean =>
  /(?:厅|局|处|科|室|中心|部|院|所|办|站|队|会|市场|公司|机构|大厅|窗口)$/.test(owner)

/** True where an office is the other or a part of it: "人力资源市场市场部" of "自治区人力资源市场". */
const isWithin = (part: string, whole: string): boolean =>
  part.replace(/^自治区/, '').startsWith(whole.replace(/^自治区/, ''))

/** One number with several owners, and an enquiry number that is the guide's number for complaints. */
function compareUses(calls: readonly Call[], sink: FindingSink): void {
  const complaints = groupBy(calls, ({ phone }) => (phone.use === 'complaint' ? phone.number : ''))
  const usual = [...complaints.entries()].sort((a, b) => b[1].length - a[1].length)[0]?.[0]
  for (const [number, group] of groupBy(calls, ({ phone }) =>
    phone.use === 'enquiry' ? phone.number : '',
  )) {
    const [first] = group
    if (!first) continue
    const owners = [...new Set(group.flatMap(({ phone }) => phone.owner ?? []))].filter(isOffice)
    if (owners.some((one) => owners.some((other) => !isWithin(one, other) && !isWithin(other, one)))) {
      const message = `同一号码 ${number} 写了不同的单位：${owners.map((owner) => `“${owner}”`).join('、')}，请核对，本机分别照原文显示。`
      note(sink, first.each, '咨询查询途径', {
        severity: 'info',
        rule: 'phone-owners',
        message,
        words: withoutArea(number),
      })
    }
    if (number === usual && (complaints.get(number)?.length ?? 0) > group.length) {
      const message = `咨询电话与各事项的监督电话相同（${number}），请核对，本机照原文显示。`
      note(sink, first.each, '咨询查询途径', {
        severity: 'info',
        rule: 'phone-both',
        message,
        words: withoutArea(number),
      })
    }
  }
}
