import type { Channel, Place } from '../catalogue.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

const marks: readonly (readonly [Channel, RegExp])[] = [
  ['counter', /现场|柜台|当面|经办大厅|窗口|上门|走访/],
  ['online', /网上|线上|APP|网站|网址|平台|电子邮箱|电子邮件|www\.|https?:/i],
  ['phone', /电话咨询|电话办理|电话查询|拨打/],
  ['mail', /邮寄|邮递|寄送/],
]

/** The ways of doing a service that 办理方式 names; where it names none, the counter if a place has one. */
export function parseChannels(field: Field, places: readonly Place[], report: Report): Channel[] {
  // Booking online is not doing it online: "网上预约，柜台办理".
  const text = field.text.replace(/网上预约|线上预约|网上经办大厅|(?:电子)?邮箱报名/g, (words) =>
    words === '网上经办大厅' ? '网上' : words.endsWith('报名') ? '网上' : '预约',
  )
  const named = marks.filter(([, pattern]) => pattern.test(text)).map(([channel]) => channel)
  const counter = places.some((place) => place.kind === 'site')
  if (named.length > 0) {
    reportContradiction(named, field, places, report)
    return named
  }
  const finding = { line: field.lineAt(0), text: field.text.replace(/\s+/g, ' ') }
  if (counter) {
    const message = '办理方式没有说明在哪里办，本机按办理地点当作现场办理。'
    report({ ...finding, severity: 'info', rule: 'channel-none', message })
  } else {
    const message = '办理方式没有说明在哪里办，也没有可去的地点，本机不显示办理渠道。'
    report({ ...finding, severity: 'warning', rule: 'channel-unknown', message })
  }
  return counter ? ['counter'] : []
}

function reportContradiction(
  named: readonly Channel[],
  field: Field,
  places: readonly Place[],
  report: Report,
): void {
  const place = places.find((each) => each.kind === 'site')
  if (named.includes('counter') || !place) return
  report({
    severity: 'warning',
    rule: 'channel-place',
    line: field.lineAt(0),
    message: '办理方式只有网上办理，办理地点又写了可去的地方，请核对是否只供咨询，本机两样都显示。',
    text: field.text.replace(/\s+/g, ' '),
  })
}
