import { fieldNames, type Catalogue, type FieldName, type Service } from '../catalogue.ts'
import { parseAcceptance } from './acceptance.ts'
import { parseChannels } from './channels.ts'
import { inspectGuide } from './clerk.ts'
import { readDocument, type GuideTable } from './document.ts'
import { parseFee } from './fees.ts'
import { eachField, readField, type Fields } from './field.ts'
import { arrangeFindings, reportFor, type FindingSink } from './findings.ts'
import { parseHours } from './hours.ts'
import { assignIds, type KnownService } from './identity.ts'
import type { InspectedService } from './inspected.ts'
import { placeTables, type PlacedTable } from './listing.ts'
import { parseMaterials } from './materials.ts'
import { parsePhones } from './phones.ts'
import { parsePlaces, type Buildings } from './places.ts'
import { createReader, type CuratedReadings } from './readings.ts'
import type { Finding, Report } from './source.ts'
import { assignSynonyms, type CuratedSynonyms } from './synonyms.ts'
import { parseWebsites, websiteFields } from './websites.ts'

export type ImportOptions = {
  /** The guide's file name, and the SHA-256 of its bytes in hexadecimal: kept with the catalogue. */
  readonly file: string
  readonly sha256: string
  /** "2026-11-23.1" */
  readonly edition: string
  readonly site: Buildings
  /** The catalogue in force, whose ids are kept; null for the first. */
  readonly previous: { readonly services: readonly KnownService[] } | null
  readonly curatedReadings: CuratedReadings
  readonly curatedSynonyms: CuratedSynonyms
}

export type Imported = { readonly catalogue: Catalogue; readonly findings: Finding[] }

/**
 * Reads the department's service guide. Pure and total: any text gives a catalogue that fits its schema;
 * what could not be read, or only by assuming something, is a finding. A text without a single table gives
 * no services and an `error`.
 */
export function importGuide(text: string, options: ImportOptions): Imported {
  const findings: Finding[] = []
  const sink: FindingSink = (finding) => findings.push(finding)
  const ofDocument: Finding[] = []
  const document = readDocument(text, (finding) => {
    ofDocument.push({ service: null, ...finding, field: finding.field ?? null })
  })
  const { categories, placed } = placeTables(document, sink)
  for (const finding of ofDocument) sink({ ...finding, service: titleAt(placed, finding) })
  const drafts = placed.map((table) => draftService(table, options.site, sink))
  const identity = assignIds(
    drafts.map((draft) => draft.service),
    options.previous?.services ?? [],
  )
  for (const { index, before, id } of identity.reworded) {
    const draft = drafts[index]
    sink({
      severity: 'info',
      rule: 'title-reworded',
      line: draft?.fields.事项名称.lineAt(0) ?? null,
      service: draft?.service.title ?? null,
      field: '事项名称',
      message: `与上一版的“${before}”是同一事项，名称改了，沿用原来的编号 ${id}。`,
      text: draft?.fields.事项名称.text.trim() ?? '',
    })
  }
  const read = createReader(options.curatedReadings)
  const synonyms = assignSynonyms(
    drafts.map(({ service }) => service.title),
    options.curatedSynonyms,
    read,
    sink,
  )
  const services = drafts.map(({ service }, index): Service => ({
    id: identity.ids[index] ?? '',
    ...service,
    readings: read(service.title),
    synonyms: [...(synonyms[index] ?? [])],
  }))
  inspectGuide(document, drafts, sink)
  return {
    catalogue: {
      format: 1,
      edition: options.edition,
      department: document.department,
      source: { file: options.file, sha256: options.sha256 },
      categories: [...categories],
      services,
    },
    findings: arrangeFindings(findings),
  }
}

function draftService(
  { table, title, category }: PlacedTable,
  site: Buildings,
  sink: FindingSink,
): InspectedService {
  const fields = readFields(table)
  const report = (name: FieldName): Report => reportFor(sink, title.title, name)
  reportMissing(table, fields, report)
  const sitesTold = new Set<string>()
  const places = parsePlaces(fields.办理机构及地点, site, report('办理机构及地点'))
  const service = {
    title: title.title,
    family: title.family,
    name: title.name,
    category: category.id,
    fields: textsOf(fields),
    materials: parseMaterials(table.fields.get('办理材料')?.lines ?? [], report('办理材料')),
    places,
    phones: [
      ...parsePhones(fields.办理材料, 'enquiry', 'clear', report('办理材料')),
      ...parsePhones(fields.咨询查询途径, 'enquiry', 'all', report('咨询查询途径')),
      ...parsePhones(fields.监督投诉渠道, 'complaint', 'all', report('监督投诉渠道')),
    ],
    websites: websiteFields.flatMap((name) => parseWebsites(fields[name], report(name), sitesTold)),
    channels: parseChannels(fields.办理方式, places, report('办理方式')),
    fee: parseFee(fields.收费依据及标准, report('收费依据及标准')),
    hours: parseHours(fields.办事时间, report('办事时间')),
    acceptance: parseAcceptance(fields.办事时间, fields.办理时限, {
      hours: report('办事时间'),
      limit: report('办理时限'),
    }),
  }
  return { service, fields, table, category }
}

const readFields = (table: GuideTable): Fields =>
  eachField((name) => readField(name, table.fields.get(name), table.line))

const textsOf = (fields: Fields): Service['fields'] => eachField((name) => fields[name].text)

/** The title of the table a finding of the document lies in; null above the first and for the list. */
function titleAt(placed: readonly PlacedTable[], { rule, line }: Finding): string | null {
  if (line === null || !rule.startsWith('field-')) return null
  return placed.findLast(({ table }) => table.line <= line)?.title.title ?? null
}

/** Fields without which a visitor would be sent away badly told. */
const vital: readonly FieldName[] = ['办理材料', '办理机构及地点']

function reportMissing(table: GuideTable, fields: Fields, report: (name: FieldName) => Report): void {
  for (const name of fieldNames) {
    if (fields[name].text !== '' || name === '事项名称') continue
    const heading = table.fields.get(name)?.heading
    report(name)({
      severity: vital.includes(name) ? 'error' : 'warning',
      rule: heading ? 'field-empty' : 'field-missing',
      line: heading?.number ?? table.line,
      message: heading
        ? `“${name}”是空的，本机这一项没有内容可显示。`
        : `表里没有“${name}”一栏，本机这一项没有内容可显示。`,
      text: heading?.text.trim() ?? '',
    })
  }
}
