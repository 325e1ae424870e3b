import { fieldNames, type FieldName } from '../catalogue.ts'
import type { FindingSink } from './findings.ts'
import { groupBy, lettersOf, listLines, note, type InspectedService } from './inspected.ts'

/** What services say alike that should differ, and what stands in a field of one that belongs in another's. */
export function compareServices(services: readonly InspectedService[], sink: FindingSink): void {
  compareLists(services, sink)
  compareBriefs(services, sink)
  findMisplaced(services, sink)
  findForeignNames(services, sink)
  compareCharges(services, sink)
  compareHeadings(services, sink)
  compareSites(services, sink)
}

/** Families of a group of services; one without a family stands for itself. */
const kinds = (group: readonly InspectedService[]): number =>
  new Set(group.map(({ service }) => service.family ?? service.name)).size

const titles = (group: readonly InspectedService[]): string =>
  `${group
    .slice(0, 4)
    .map(({ service }) => `“${service.title}”`)
    .join('、')}${group.length > 4 ? `等${String(group.length)}项` : ''}`

function compareLists(services: readonly InspectedService[], sink: FindingSink): void {
  for (const [letters, group] of groupBy(services, ({ fields }) => lettersOf(fields.办理材料.text))) {
    const [first, ...others] = group
    if (!first || others.length === 0 || letters.length < 8 || kinds(group) < 2) continue
    const lines = listLines(others.map(({ fields }) => fields.办理材料.lineAt(0)))
    const message = `与${titles(others)}的办理材料完全相同（${lines}），请核对是否照抄，本机分别照原文显示。`
    const merged = others.find((other) => namesBoth(letters, first.service.title, other.service.title))
    if (merged) {
      const both = `清单里既有本事项的，也有“${merged.service.title}”的材料，两处完全相同（${lines}），与名称不符，请核对各需什么，本机分别照原文显示。`
      note(sink, first, '办理材料', { severity: 'warning', rule: 'materials-merged', message: both })
    } else note(sink, first, '办理材料', { severity: 'info', rule: 'materials-same', message })
  }
}

/** True where a list names what only the one title is about, and also what only the other is about. */
function namesBoth(letters: string, one: string, other: string): boolean {
  const namesOnly = (title: string, against: string): boolean =>
    threes(lettersOf(title)).some((run) => !against.includes(run) && letters.includes(run))
  return namesOnly(one, lettersOf(other)) && namesOnly(other, lettersOf(one))
}

const threes = (letters: string): string[] =>
  Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3))

// Whom a service is for is rightly the same in many.
const scopeLine = /^(?:在?自治区)?(?:区本级|本级|所属)|^中央驻疆/

function compareBriefs(services: readonly InspectedService[], sink: FindingSink): void {
  for (const [letters, group] of groupBy(services, ({ fields }) => lettersOf(fields.事项简述.text))) {
    const [first, ...others] = group
    if (!first || others.length === 0 || letters.length < 10 || kinds(group) < 2) continue
    if (scopeLine.test(letters)) continue
    const lines = listLines(others.map(({ fields }) => fields.事项简述.lineAt(0)))
    const message = `与${titles(others)}的事项简述完全相同（${lines}），请核对是否照抄，本机分别照原文显示。`
    note(sink, first, '事项简述', { severity: 'info', rule: 'brief-same', message })
  }
}

/** A long text that stands word for word in a different field of another service. */
function findMisplaced(services: readonly InspectedService[], sink: FindingSink): void {
  const owners = new Map<string, { readonly field: FieldName; readonly each: InspectedService }>()
  const long = services.flatMap((each) =>
    fieldNames.map((field) => ({ each, field, letters: lettersOf(each.fields[field].text) })),
  )
  const texts = long.filter(({ letters }) => letters.length >= 20)
  const fits = (field: FieldName, letters: string): boolean =>
    field === '收费依据及标准' && /收费|元/.test(letters)
  for (const { each, field, letters } of texts) {
    if (!owners.has(letters) || fits(field, letters)) owners.set(letters, { field, each })
  }
  for (const { each, field, letters } of texts) {
    const owner = owners.get(letters)
    if (!owner || owner.field === field) continue
    const line = String(owner.each.fields[owner.field].lineAt(0))
    const message = `与“${owner.each.service.title}”的${owner.field}一字不差（第${line}行），不是这一栏的内容，${
      field === '办事时间' ? '没有钟点，本机不显示开放时间，也不计算是否开门。' : '请核对。'
    }`
    note(sink, each, field, { severity: 'warning', rule: 'field-misplaced', message })
  }
}

/** A place that speaks of another service's business by name: copied from there. */
function findForeignNames(services: readonly InspectedService[], sink: FindingSink): void {
  const names = new Map(services.map(({ service }) => [service.name, service.title]))
  const lengths = [...new Set([...names.keys()].map((name) => name.length))].filter(
    (length) => length >= 6 && length <= 30,
  )
  for (const each of services) {
    const { text } = each.fields.办理机构及地点
    for (const bracket of text.slice(0, 2000).match(/[（(][^（）()]{6,80}[）)]/g) ?? []) {
      const other = lengths.flatMap((length) =>
        Array.from({ length: Math.max(0, bracket.length - length + 1) }, (_, at) =>
          bracket.slice(at, at + length),
        ),
      )
      const foreign = other.find((name) => names.has(name))
      if (foreign === undefined || bracket.includes(each.service.name) || foreign === each.service.name)
        continue
      const message = `括号里说的是“${foreign}”，不是本事项，像是照抄，请核对，本机照原文显示。`
      note(sink, each, '办理机构及地点', {
        severity: 'warning',
        rule: 'place-foreign',
        message,
        words: bracket,
      })
    }
  }
}

/** One document that sets different charges in different services. */
function compareCharges(services: readonly InspectedService[], sink: FindingSink): void {
  const charged = services.filter(({ service }) => /\d{1,5}元/.test(service.fee.text))
  const shape = ({ service }: InspectedService): string => service.fee.text.replace(/\d{1,5}元/g, '元')
  for (const group of groupBy(charged, shape).values()) {
    const amounts = [...groupBy(group, ({ service }) => service.fee.text).values()]
    const rarest = amounts.sort((a, b) => a.length - b.length)[0]?.[0]
    if (amounts.length < 2 || !rarest) continue
    const lines = listLines(
      group.filter((each) => each.service.fee.text !== rarest.service.fee.text).map(feeLine),
    )
    const message = `同一份文件，其他事项写的金额不同（${lines}），请核对，本机分别照原文显示。`
    note(sink, rarest, '收费依据及标准', { severity: 'info', rule: 'fee-differs', message })
  }
}

const feeLine = ({ fields }: InspectedService): number => fields.收费依据及标准.lineAt(0)

/** Categories some of whose tables name them in the heading's bracket and others do not. */
function compareHeadings(services: readonly InspectedService[], sink: FindingSink): void {
  for (const group of groupBy(services, ({ category }) => category.id).values()) {
    const named = group.filter(({ table }) =>
      /[（(].+[）)]/.test(table.heading.map((line) => line.text).join('')),
    )
    const without = group.find((each) => !named.includes(each))
    if (named.length === 0 || !without) continue
    sink({
      severity: 'info',
      rule: 'heading-bracket',
      line: without.table.heading[0]?.number ?? without.table.line,
      service: without.service.title,
      field: null,
      message: `“${without.category.title}”的${String(group.length)}张表里只有${String(named.length)}张在表头写明类别，本机按目录归类，不受影响。`,
      text: without.table.heading.map((line) => line.text.trim()).join(''),
    })
  }
}

/** Two websites whose names differ by a few left-out characters. */
function compareSites(services: readonly InspectedService[], sink: FindingSink): void {
  const uses = services.flatMap((each) =>
    each.service.websites.map((site) => ({ each, site, name: site.name ?? '' })),
  )
  const byName = groupBy(uses, ({ name }) => (name.length >= 8 ? name : ''))
  if (byName.size > 200) return
  for (const [short, [use]] of byName) {
    const long = [...byName.keys()].find((name) => name.length > short.length && isAbbreviation(short, name))
    if (long === undefined || !use || !long.startsWith(short.slice(0, 4))) continue
    const message = `网站在别处写作“${long}”，请统一名称，本机分别照原文显示。`
    note(sink, use.each, use.site.field, { severity: 'info', rule: 'website-name', message, words: short })
  }
}

/** True where `short` is `long` with characters left out: "机关事业中心" of "区级机关事业单位管理中心". */
export function isAbbreviation(short: string, long: string): boolean {
  if (short.length < 4 || short === long) return false
  let at = 0
  for (const character of long) if (character === short[at]) at++
  return at === short.length && short.slice(-2) === long.slice(-2)
}
