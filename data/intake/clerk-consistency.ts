import type { FieldName } from '../catalogue.ts'
import type { FindingSink } from './findings.ts'
import { lettersOf, note, type InspectedService } from './inspected.ts'

/** What one service's fields say against each other, or leave out that another needs. */
export function checkConsistency(each: InspectedService, sink: FindingSink): void {
  checkLimit(each, sink)
  checkDelivery(each, sink)
  checkCharges(each, sink)
  checkReach(each, sink)
  checkDescription(each, sink)
  checkPlaces(each, sink)
}

const immediate = /即时|即来即办|即办即结|当场|现场办结|当天|当日|立等/

function checkLimit(each: InspectedService, sink: FindingSink): void {
  const { text } = each.fields.办理时限
  const say = (severity: 'warning' | 'info', rule: string, message: string): void => {
    note(sink, each, '办理时限', { severity, rule, message })
  }
  if (/\d{1,5}日内申请/.test(text)) {
    say('info', 'limit-filing', '写的是申请人要在多久之内来申请，不是办理要多久，本机照原文显示。')
  } else if (
    text !== '' &&
    !immediate.test(text) &&
    !/\d{1,5}\s?(?:个?工作日|日|天|个月|之内)|隔天/.test(text)
  ) {
    say('info', 'limit-none', '没有写办理要多久，本机照原文显示。')
  }
  const bounds = [...text.matchAll(/(?:(\d{1,5})[天日]以内|不超过(\d{1,5})[天日])/g)].map(
    (match) => match[1] ?? match[2],
  )
  if (new Set(bounds).size > 1)
    say('warning', 'limit-contradiction', '写了两个不同的期限，互相矛盾，本机照原文显示。')
  if (/即来即办|即时办/.test(text) && /\d{1,5}(?:天|日|个工作日)内/.test(text)) {
    say('warning', 'limit-contradiction', '既写了几天之内，又写了即来即办，本机照原文显示。')
  }
  if (/批准成立之日/.test(text) && /变更|注销/.test(each.service.name)) {
    say('warning', 'limit-copied', '期限从“批准成立之日”算起，像是照抄登记事项，与本事项不符，请核对。')
  }
}

function checkDelivery(each: InspectedService, sink: FindingSink): void {
  const { 办理时限: limit, 结果送达: delivery } = each.fields
  const say = (rule: string, message: string): void => {
    note(sink, each, '结果送达', { severity: 'warning', rule, message })
  }
  if (delivery.text !== '' && delivery.text.trim() === limit.text.trim()) {
    say('field-copied', '结果送达与办理时限一字不差，没有说明怎样领取，本机照原文显示。')
  }
  const handedOver = /当场送达/.test(delivery.text)
  if (handedOver && /\d{1,5}个?工作日/.test(limit.text)) {
    say('delivery-contradiction', '办理时限要几个工作日，结果送达却写当场送达，本机照原文显示。')
  } else if (handedOver && /通知[^，。；]{0,8}领取/.test(delivery.text)) {
    say('delivery-contradiction', '既写通知领取，又写当场送达，本机照原文显示。')
  } else if (
    /^(?:现场办结|即时办结|即办即结|当场办结)/.test(limit.text) &&
    /通知[^，。；]{0,8}领取|邮寄/.test(delivery.text)
  ) {
    say('delivery-contradiction', '办理时限写当场办结，结果送达却写通知领取或邮寄，本机照原文显示。')
  }
  if (/^无[。.]?$/.test(delivery.text.trim()) && /领取/.test(each.fields.办理材料.text)) {
    say('delivery-contradiction', '结果送达写“无”，办理材料里却说要领取，本机照原文显示。')
  }
}

function checkCharges(each: InspectedService, sink: FindingSink): void {
  const { fee, materials } = each.service
  const paying = materials
    .flatMap((group) => group.materials)
    .find(
      ({ kind, text }) => kind === 'action' && /^缴费|结清[^，。；]{0,20}费|缴纳[^，。；]{0,8}费/.test(text),
    )
  if (paying && fee.free === null) {
    const message = '要求缴费，收费一栏却看不出收多少，本机不写“免费”，照原文显示。'
    note(sink, each, '办理材料', { severity: 'warning', rule: 'fee-action', message, words: paying.text })
  } else if (paying && fee.free === true) {
    const message = '材料里要求结清或缴纳费用，收费一栏却写不收费，本机两处都照原文显示。'
    note(sink, each, '办理材料', { severity: 'warning', rule: 'fee-action', message, words: paying.text })
  }
  if (/邮寄/.test(fee.text) && /现场领取/.test(each.fields.结果送达.text)) {
    const message = '收费含邮寄资费，结果送达却只有现场领取，本机照原文显示。'
    note(sink, each, '收费依据及标准', { severity: 'warning', rule: 'fee-mail', message })
  }
}

/** Ways of doing a service that lack what one needs to go them. */
function checkReach(each: InspectedService, sink: FindingSink): void {
  const { channels, websites, places, phones } = each.service
  const { text } = each.fields.办理方式
  const say = (message: string, words?: string): void => {
    const rule = 'channel-address'
    note(sink, each, '办理方式', {
      severity: 'warning',
      rule,
      message,
      ...(words !== undefined && { words }),
    })
  }
  const mail = /电子邮箱|电子邮件/.exec(text)?.[0]
  if (mail !== undefined && !text.includes('@'))
    say('可以通过电子邮箱办理，却没有写邮箱地址，本机照原文显示。', mail)
  else if (channels.includes('online') && websites.length === 0) {
    say('可以在网上办理，却没有写是哪个网站，本机照原文显示。')
  }
  if (/传真/.test(text) && !/传真[^，。；]{0,6}\d{7}/.test(text))
    say('可以用传真，却没有写传真号码，本机照原文显示。', '传真')
  const owners = new Set(phones.filter((phone) => phone.use === 'enquiry').map((phone) => phone.owner))
  const [owner] = owners
  const nameless = places.find((place) => place.kind === 'site' && place.department === null)
  if (nameless && owners.size === 1 && owner) {
    const message = `没有写是哪个部门，咨询电话写的是“${owner}”，本机只显示地点，不代为填写，请在指南里补上。`
    note(sink, each, '办理机构及地点', {
      severity: 'info',
      rule: 'place-owner',
      message,
      words: nameless.text,
    })
  }
}

function checkDescription(each: InspectedService, sink: FindingSink): void {
  const { service, fields } = each
  const brief = lettersOf(fields.事项简述.text)
  if (brief !== '' && (brief === lettersOf(service.name) || brief === lettersOf(service.title))) {
    const message = '简述只是重复事项名称，没有说明内容，本机照原文显示。'
    note(sink, each, '事项简述', { severity: 'info', rule: 'brief-repeats', message })
  }
  const ending = (text: string): string | undefined => /(?:审批|审核|备案)$/.exec(text)?.[0]
  const halves = [ending(service.family ?? ''), ending(service.name)]
  if (halves[0] !== undefined && halves[1] !== undefined && halves[0] !== halves[1]) {
    const message = `事项名称前半写“${halves[0]}”，后半写“${halves[1]}”，请核对，本机照原文显示。`
    note(sink, each, '事项名称', { severity: 'info', rule: 'title-halves', message })
  }
}

const branch = /\p{Script=Han}{0,16}(?:网点|银行柜[面台])/u
const goTo = /(?<![受收达得直遇报])到(\p{Script=Han}{2,14}?(?:处|科|中心|市场))/u

/** Places other fields send visitors to, which 办理机构及地点 leaves out. */
function checkPlaces(each: InspectedService, sink: FindingSink): void {
  const places = each.fields.办理机构及地点.text
  const say = (field: FieldName, words: string): void => {
    const message = `这里提到“${words}”，办理机构及地点没有列出这一处，办事人不知道去哪里，请补上。`
    note(sink, each, field, { severity: 'warning', rule: 'place-unlisted', message, words })
  }
  if (places === '') return
  if (!/网点|银行/.test(places)) {
    const field = (['办事时间', '结果送达', '办理时限', '办理方式', '办理材料'] as const).find((name) =>
      branch.test(each.fields[name].text),
    )
    const words = field && branch.exec(each.fields[field].text)?.[0]
    if (field && words !== undefined) say(field, words)
  }
  for (const field of ['办理材料', '办理方式'] as const) {
    const office = goTo.exec(each.fields[field].text)?.[1]
    if (office !== undefined && !places.includes(office.replace(/^自治区/, ''))) say(field, office)
  }
}
