import type { Place } from '../catalogue.ts'
import type { Site } from '../site.ts'
import { dashClass, readNumber, splitOutsideBrackets } from './characters.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

/** What places are recognised by. */
export type Buildings = Pick<Site, 'buildings'>

/** One place's words; `quote` is the part of them that stands in one piece in the guide. */
type Segment = { readonly text: string; readonly quote: string; readonly line: number }

const numeral = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})'
const floorMark = new RegExp(`(负|地下)?(${numeral})[楼层]`)
const roomNumber = '[A-Z]?\\d{3,4}[A-Z]?'
const roomMark = new RegExp(
  `^(${roomNumber}(?:\\s*(?:${dashClass}{1,2}|[、,，/])\\s*${roomNumber})*)\\s*室?(?![\\d号])`,
)
const counterMark = new RegExp(
  `(\\d{1,3}(?:\\s*(?:${dashClass}{1,3}|[、,，])\\s*\\d{1,3})*)\\s*号?(?:窗口|柜台)`,
)
const areaMark = /^((?:[东西南北]{1,2}[侧区座翼])?\s*(?:[\p{Script=Han}]{0,8}?大厅|(?<=[侧区座翼]\s*)))/u

/** Parses 办理机构及地点 into its places, in the field's order. */
export function parsePlaces(field: Field, site: Buildings, report: Report): Place[] {
  const segments = segmentsOf(field)
  const places = segments.map((segment) => parsePlace(segment, site, report))
  const shared = shareDepartment(places, segments, field, report)
  shared.forEach((place, index) => {
    const segment = segments[index]
    if (place.kind === 'site' && segment) reportGaps(place, segment, report)
  })
  return shared
}

/** The field's text cut into one piece a place; list numbers go. */
function segmentsOf(field: Field): Segment[] {
  const segments: Segment[] = []
  let offset = 0
  for (const line of field.text.split('\n')) {
    for (const part of splitPlaces(line)) {
      const text = part.text.trim().replace(/^(?:\d{1,2}[.．、)）]|[（(]\d{1,2}[）)])\s*/, '')
      const at = field.lineAt(offset + part.offset)
      if (text === '') continue
      const before = segments.at(-1)
      if (before && !namesPlace(text))
        segments[segments.length - 1] = { ...before, text: `${before.text} ${text}` }
      else segments.push({ text, quote: text, line: at })
    }
    offset += line.length + 1
  }
  return segments
}

const namesPlace = (text: string): boolean =>
  /\d|[一二三四五六七八九十][楼层]|[室厅]|窗口|柜台|网[站点]|银行|热线|电话|公众号|平台|APP|大厦|办公楼|路/i.test(
    text,
  )

/** "9楼904室（…）、南湖办公楼1507室" are two places, "8楼822、823室" is one. */
function splitPlaces(line: string): { text: string; offset: number }[] {
  const parts = splitOutsideBrackets(line, /[、；;]/)
  return parts.reduce<{ text: string; offset: number }[]>((places, part) => {
    const before = places.at(-1)
    const isPlace = /^\s*[^\d\s]/.test(part.text) && /[室楼厅]|窗口|网点/.test(part.text)
    if (before && !(isPlace && /[室楼厅]|窗口|网点/.test(before.text))) {
      before.text = line.slice(before.offset, part.offset + part.text.length)
    } else places.push({ ...part })
    return places
  }, [])
}

function kindOf(text: string, building: string | null): Place['kind'] {
  if (building !== null) return 'site'
  const outside = text.replace(/[（(][^（）()]*[）)]/g, '')
  if (/网站|网址|公众号|APP|小程序|平台|https?:|www\./i.test(outside)) return 'online'
  if (/热线|电话/.test(outside)) return 'phone'
  if (/银行|网点|[路街巷道]\S{0,8}?\d{1,5}号/.test(outside)) return 'elsewhere'
  return /\d{3,4}\s*室|[楼层]|号窗口/.test(outside) ? 'site' : 'elsewhere'
}

function parsePlace({ text, quote, line }: Segment, site: Buildings, report: Report): Place {
  const building = findBuilding(text, site)
  const kind = kindOf(text, building?.id ?? null)
  const brackets = [...text.matchAll(/[（(]([^（）()]*)[）)]/g)].map((match) => (match[1] ?? '').trim())
  const outside = text.replace(/[（(][^（）()]*[）)]/g, ' ').trim()
  const empty = {
    kind,
    text,
    building: building?.id ?? null,
    floor: null,
    rooms: [],
    counters: [],
    area: null,
  }
  if (kind !== 'site') {
    if (kind === 'elsewhere') reportElsewhere(quote, line, report)
    return { ...empty, department: kind === 'elsewhere' ? outside || null : null, purpose: null }
  }

  const inside = building ? outside.slice(outside.indexOf(building.alias) + building.alias.length) : outside
  const { floor, before, after } = cutFloor(withoutOwner(inside))
  const rooms = cutRooms(floor === null && building === null ? after.replace(/^[^\dA-Z]*/, '') : after)
  const counters = cutCounters(rooms.rest)
  const area = cutArea(counters.rest)
  const note =
    brackets.find((each) => each !== '' && !isDepartment(each) && !each.startsWith('不包含')) ?? null
  const department = [before, area.rest, ...brackets.filter(isDepartment)]
    .map((each) => each.trim())
    .filter(Boolean)
  return {
    ...empty,
    floor,
    rooms: rooms.found,
    counters: counters.found,
    area: area.found,
    department: department.join(' ').replace(/\s+/g, ' ') || null,
    purpose: note,
  }
}

/** The building whose longest alias stands in the text. */
function findBuilding(text: string, site: Buildings): { readonly id: string; readonly alias: string } | null {
  let best: { id: string; alias: string } | null = null
  for (const building of site.buildings) {
    for (const alias of building.aliases) {
      if (text.includes(alias) && alias.length > (best?.alias.length ?? 0)) best = { id: building.id, alias }
    }
  }
  return best
}

/** Drops the authority whose building it is ("自治区人力资源和社会保障厅"), which says nothing of the way. */
const withoutOwner = (text: string): string =>
  text.replace(
    /^\s*[^\d\s楼层]{2,30}?(?:厅|局|委员会)(?:办公楼)?(?=\s*(?:负|地下)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[楼层])/,
    '',
  )

function cutFloor(text: string): { floor: number | null; before: string; after: string } {
  const match = floorMark.exec(text)
  const number = readNumber(match?.[2] ?? '')
  if (!match || number === null) return { floor: null, before: '', after: text.trim() }
  return {
    floor: match[1] === undefined ? number : -number,
    before: text.slice(0, match.index).trim(),
    after: text.slice(match.index + match[0].length).trim(),
  }
}

/** "822、823" and "6--9" written out; a range the wrong way round or absurdly long stays as its two ends. */
function expand(text: string): string[] {
  return text.split(/[、,，/]/).flatMap((part) => {
    const [first = '', last] = part.split(new RegExp(`${dashClass}+`)).map((each) => each.trim())
    if (last === undefined || last === '') return [first]
    const from = Number(first)
    const count = Number(last) - from + 1
    if (!(count >= 2 && count <= 40)) return [first, last]
    return Array.from({ length: count }, (_, index) => String(from + index))
  })
}

function cutRooms(text: string): { found: string[]; rest: string } {
  const match = roomMark.exec(text)
  return match
    ? { found: expand(match[1] ?? ''), rest: text.slice(match[0].length).trim() }
    : { found: [], rest: text }
}

function cutCounters(text: string): { found: string[]; rest: string } {
  const match = counterMark.exec(text)
  if (!match) return { found: [], rest: text }
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
  return { found: expand(match[1] ?? ''), rest: rest.trim() }
}

function cutArea(text: string): { found: string | null; rest: string } {
  const found = areaMark.exec(text)?.[1] ?? ''
  if (found.trim() === '') return { found: null, rest: text }
  return { found: found.replace(/\s+/g, ''), rest: text.slice(found.length).trim() }
}

const isDepartment = (text: string): boolean => /(?:处|科|室|中心|部|院|所|办|站)$/.test(text)

/** Where only the last of several places names the department, it is read as the department of all of them. */
function shareDepartment(
  places: readonly Place[],
  segments: readonly Segment[],
  field: Field,
  report: Report,
): Place[] {
  const last = places.at(-1)
  const first = places[0]
  const shared = last?.department ?? null
  const oneLine = new Set(segments.map((segment) => segment.line)).size === 1
  if (places.length < 2 || !oneLine || shared === null || first?.department !== null) return [...places]
  report({
    severity: 'info',
    rule: 'place-shared-department',
    line: segments[0]?.line ?? null,
    message: `几处地点只在最后写了“${shared}”，已当作各处共同的部门。`,
    text: field.text,
  })
  return places.map((place) =>
    place.kind === 'site' ? { ...place, department: place.department ?? shared } : place,
  )
}

function reportElsewhere(text: string, line: number, report: Report): void {
  const say = (severity: 'warning' | 'info', rule: string, message: string): void => {
    report({ severity, rule, line, message, text })
  }
  if (/[路街巷道]\S{0,8}?\d{1,5}号/.test(text)) {
    say('warning', 'place-unknown-building', '这个地址不在 site.json 的楼宇之中，本机只显示原文，不指路。')
  } else if (/银行|网点/.test(text)) {
    // Any branch will do, and banks have many.
    say('info', 'place-elsewhere', '没有列出各网点的地址，本机只显示原文，不指路。')
  } else {
    say('warning', 'place-no-address', '没有写地址和楼层，办事人不知道去哪里，本机只显示原文，不指路。')
  }
}

function reportGaps(place: Place, { quote, line }: Segment, report: Report): void {
  const gap = (severity: 'warning' | 'info', rule: string, message: string): void => {
    report({ severity, rule, line, message, text: quote })
  }
  if (place.building === null) gap('warning', 'place-building', '没有写是哪一栋楼，本机只显示原文，不指路。')
  if (place.department === null) gap('info', 'place-department', '没有写是哪个部门，本机只显示地点。')
  if (place.floor === null) {
    if (place.rooms.length === 0) gap('warning', 'place-floor', '没有写楼层和房间，本机只能指到楼。')
    else gap('info', 'place-floor-of-room', '没有写楼层，本机不从房间号推断。')
  } else if (place.rooms.length === 0 && place.counters.length === 0 && place.area === null) {
    gap('warning', 'place-room', '只写了楼层，没有写房间、窗口或大厅，本机只能指到楼层。')
  }
}
