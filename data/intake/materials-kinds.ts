import type { Material } from '../catalogue.ts'

const reach = 400

/** How the office works, what is shared, whom to ask: nothing to bring and nothing to do. */
const notes = [
  /^无[。.]?$/,
  /^(?:无|不)(?:需|须)/,
  /数据共享/,
  /^本人不得/,
  /^(?:联系人|联系电话|联系方式|咨询电话|电话|注|备注|说明|温馨提示)[：:]/,
  /^其中/,
  /^配备/,
  /网址[：:]|登录网址/,
  /直接办理[。]?$/,
  /^(?:由|对).{0,40}(?:移交|转递|归档|登记|整理|审核|鉴别|装订|入库)/,
  /^审核通过后.{0,20}可/,
  /将.{0,20}邮寄/,
  /^(?:申报材料)?(?:经|由)?.{0,30}(?:组织机构|专技处|评审委员会|工作人员).{0,30}(?:审核|组织|筛选|备案|反馈|形成)/,
]

/** What the visitor does, as against what he brings. */
const actions = [
  /^缴费(?=[，。、；（(]|$)|^缴纳/,
  /^.{0,6}签订(?!的).{0,8}(?:合同|协议)/,
  /结清/,
  /(?:进行|完成)(?:注册|登记)/,
  /报名、缴费/,
  /平台”?.{0,4}(?:提交|填报|申报)/,
  /^走访/,
]

/** Whether an entry is to bring, to do or to know. */
export function kindOf(text: string): Material['kind'] {
  const start = text.slice(0, reach)
  if (notes.some((pattern) => pattern.test(start))) return 'note'
  return actions.some((pattern) => pattern.test(start)) ? 'action' : 'document'
}
