import type { Material } from '../catalogue.ts'
import type { FindingSink } from './findings.ts'
import { groupBy, lettersOf, note, type InspectedService } from './inspected.ts'

/** What a list of materials says against its service's title and other fields, or against itself. */
export function checkMaterials(each: InspectedService, sink: FindingSink): void {
  const materials = each.service.materials.flatMap((group) => group.materials)
  checkNone(each, materials, sink)
  checkTitle(each, sink)
  checkPaper(each, materials, sink)
  checkConditions(each, materials, sink)
}

const paperInHand = /(?:填报|填写|填好)[^，。；]{0,40}[表书单]|盖章|携带/

/** Lists that name nothing to bring: steps to take, or how the office works. */
function checkNone(each: InspectedService, materials: readonly Material[], sink: FindingSink): void {
  if (materials.length === 0 || materials.some((material) => material.kind === 'document')) return
  const form = materials.find(({ kind, text }) => kind === 'action' && paperInHand.test(text))
  if (form) {
    const message = '要填表或盖章，写在步骤里，没有单独列为材料，本机作为步骤显示。'
    note(sink, each, '办理材料', { severity: 'info', rule: 'materials-steps', message, words: form.text })
    return
  }
  const message = '办理材料里没有要带的东西，写的是步骤、说明或“无”，本机作为说明显示，请核对是否漏写。'
  note(sink, each, '办理材料', { severity: 'info', rule: 'materials-none', message })
}

/** Acts of which a service is one: a list that speaks of another was taken from there. */
const acts: readonly (readonly string[])[] = [
  ['补发', '换发'],
  ['补领', '换领'],
  ['暂停', '恢复'],
]

function checkTitle(each: InspectedService, sink: FindingSink): void {
  const { title } = each.service
  const { text } = each.fields.办理材料
  for (const kind of acts) {
    const own = kind.filter((act) => title.includes(act))
    const foreign = kind.find((act) => !own.includes(act) && text.includes(act))
    if (own.length === 0 || foreign === undefined) continue
    const message = `事项是“${own.join('、')}”，材料里却写“${foreign}”，像是照抄，请核对，本机照原文显示。`
    const words =
      new RegExp(`[^，。；：（）()\\n]{0,12}${foreign}[^，。；：（）()\\n]{0,12}`).exec(text)?.[0] ?? foreign
    note(sink, each, '办理材料', { severity: 'warning', rule: 'materials-act', message, words })
  }
  if (/直系亲属待遇/.test(title) && /丧葬费/.test(text)) {
    const message = '事项名称是亲属待遇，材料却是丧葬费、抚恤金的申请表，请核对，本机照原文显示。'
    note(sink, each, '办理材料', { severity: 'warning', rule: 'materials-title', message })
  }
}

/** Paper asked for where everything is done online. */
function checkPaper(each: InspectedService, materials: readonly Material[], sink: FindingSink): void {
  const { channels } = each.service
  const { text } = each.fields.办理材料
  if (!channels.includes('online') || channels.some((channel) => channel === 'counter' || channel === 'mail'))
    return
  const heading = /纸质[^，。；：:\n]{0,12}/.exec(text)?.[0]
  const words = heading ?? materials.find(({ originals, photocopies }) => originals ?? photocopies)?.text
  if (words === undefined || /(?:递交|送交|寄送|邮寄|交)(?:至|到|给)/.test(text)) return
  const message = `办理材料要纸质的（“${words}”），办理方式却只有网上，没有写交到哪里，请补上，本机两处都照原文显示。`
  note(sink, each, '办理方式', { severity: 'warning', rule: 'paper-online', message })
}

const withoutBrackets = (text: string): string => lettersOf(text.replace(/[（(][^（）()]*[）)]/g, ''))

/** One paper that is asked for on a condition in one case of the service and without it in another. */
function checkConditions(each: InspectedService, materials: readonly Material[], sink: FindingSink): void {
  const documents = materials.filter(({ kind }) => kind === 'document')
  for (const group of groupBy(documents, ({ text }) => withoutBrackets(text)).values()) {
    const bound = group.find(({ when }) => when !== null)
    const free = group.find(({ when }) => when === null)
    if (!bound || !free) continue
    const message = `同一份材料，一处写了条件（“${bound.text}”），另一处没有写（“${free.text}”），请统一，本机分别照原文显示。`
    note(sink, each, '办理材料', {
      severity: 'warning',
      rule: 'material-condition',
      message,
      words: bound.text,
    })
  }
}
