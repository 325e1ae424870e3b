import type { FieldName, Website } from '../catalogue.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

const address = /(?:https?:\/\/|www\.)[A-Za-z0-9\-._~:/?#[\]@!$&'*+,;=%]+/gi
// A named site ends in one of these words and begins after a word or mark that cannot be part of a name.
// Apps and public accounts are no websites.
const siteWord =
  /(?:门户网站|网站|经办平台|服务平台|管理平台|考务平台|政务平台|平台|人才网|考试网|博士后网|学信网|信息网|管理系统)/g
const beforeName =
  /(?:自行通过|自行登陆|自行登录|登陆|登录|通过|进入|使用|利用|现场|网上(?!经办)|查询|在(?!线)|从|由|到|至|于|和|与|或|及|、|，|。|；|：|:|,|;|（|）|\(|\)|“|”|\s|\d[.．、]|[.．])/g

type Named = { readonly name: string; readonly at: number }

/**
 * The websites a field names: with their address where it gives one, by name alone where it does not.
 *
 * @param told the addresses and names the service's earlier fields have been reported for; this field's are
 * added, so that each is reported once a service.
 */
export function parseWebsites(field: Field, report: Report, told: Set<string> = new Set()): Website[] {
  const isNew = (words: string): boolean => !told.has(words) && told.add(words).has(words)
  const sites: Website[] = []
  const covered: { from: number; to: number }[] = []
  for (const match of field.text.matchAll(address)) {
    const url = match[0].replace(/[.,;:]+$/, '')
    const label = labelBefore(field.text, match.index)
    sites.push({ url, name: label?.name ?? null, field: field.name })
    if (label) covered.push({ from: label.from, to: match.index })
    if (isNew(url)) reportAddress(url, field.lineAt(match.index), report)
  }
  const named = namedSites(field.text).filter(({ name }) => !name.endsWith('系统'))
  for (const { name, at } of [...named, ...labelledSites(field.text)]) {
    if (
      covered.some((range) => at >= range.from && at < range.to) ||
      sites.some((site) => site.name === name)
    )
      continue
    sites.push({ url: null, name, field: field.name })
    if (!isNew(name)) continue
    report({
      severity: 'info',
      rule: 'website-address',
      line: field.lineAt(at),
      message: '写了网站或平台的名称，没有写网址，本机只显示名称，请补上网址。',
      text: name,
    })
  }
  return sites.filter(
    (site, index) => sites.findIndex((other) => other.url === site.url && other.name === site.name) === index,
  )
}

function reportAddress(url: string, line: number, report: Report): void {
  if (!/^https?:/i.test(url)) {
    report({
      severity: 'info',
      rule: 'website-scheme',
      line,
      message: '网址没有写 http:// 或 https://，本机照原样显示。',
      text: url,
    })
  }
  if (/^https?:\/\/[^/]*:\d+/i.test(url)) {
    report({
      severity: 'info',
      rule: 'website-port',
      line,
      message: '网址带端口号，抄写时容易出错，本机照原样显示，请核对是否仍可使用。',
      text: url,
    })
  }
}

/** The name right before an address: "（中国博士后网：\nhttp://…". */
function labelBefore(text: string, at: number): { readonly name: string; readonly from: number } | null {
  const start = Math.max(0, at - 60)
  const before = text.slice(start, at).replace(/[）)”：:\s]+$/, '')
  const named = namedSites(before).at(-1)
  if (!named || named.at + named.name.length !== before.length) return quotedBefore(before, start)
  return { name: named.name, from: start + named.at }
}

/** A site whose section is quoted behind its name: "…门户网站“网上经办大厅”）http://…". */
function quotedBefore(
  before: string,
  start: number,
): { readonly name: string; readonly from: number } | null {
  const section = /“[^“”]{1,20}$/.exec(before)
  if (!section) return null
  const named = namedSites(before.slice(0, section.index)).at(-1)
  return named ? { name: `${before.slice(named.at)}”`, from: start + named.at } : null
}

/** Every site a text names, with the offset its name begins at. */
function namedSites(text: string): Named[] {
  const found: Named[] = []
  for (const match of text.matchAll(siteWord)) {
    const end = match.index + match[0].length
    const from = Math.max(0, end - 40)
    const boundaries = [...text.slice(from, end).matchAll(beforeName)]
    const cut = boundaries.findLast((boundary) => from + boundary.index + boundary[0].length <= match.index)
    const at = cut ? from + cut.index + cut[0].length : from
    const longer = found.at(-1)
    if (longer && at < longer.at + longer.name.length) {
      found[found.length - 1] = { name: text.slice(longer.at, end), at: longer.at }
    } else if (end - at > match[0].length) found.push({ name: text.slice(at, end), at })
  }
  return found
}

/** A site a label announces but gives no address of: "登录网址：…厅--公众查询。". */
function labelledSites(text: string): Named[] {
  return [...text.matchAll(/网址[：:][ \t]*([^\s。；;，,（）()]{2,40})/g)].flatMap((match) => {
    const name = match[1] ?? ''
    return /^(?:https?:|www\.)/i.test(name) ? [] : [{ name, at: match.index + match[0].length - name.length }]
  })
}

/** Fields that may name a website, in the guide's order. */
export const websiteFields: readonly FieldName[] = [
  '办理材料',
  '办理方式',
  '结果送达',
  '办理机构及地点',
  '咨询查询途径',
]
