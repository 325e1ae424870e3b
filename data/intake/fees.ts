import type { Service } from '../catalogue.ts'
import type { Field } from './field.ts'
import type { Report } from './source.ts'

const amount = /\d{1,5}(?:\.\d{1,5})?\s?元/

/** Reads from 收费依据及标准 whether a service is free: true only where it plainly says so, null where it does not tell. */
export function parseFee(field: Field, report: Report): Service['fee'] {
  const { text } = field
  const finding = { line: field.lineAt(0), text: text.replace(/\s+/g, ' ').slice(0, 120) }
  const states = amount.test(text)
  const waived = /未曾收费|暂不收费|暂未收费|停止收费/.test(text)
  const plain = /不收费|免费|免收|不收取/.test(text)
  const due = states || /缴纳|收取|收费标准/.test(text)
  if (plain && !states) return { free: true, text }
  if ((plain || waived) && due) {
    report({
      ...finding,
      severity: 'warning',
      rule: 'fee-contradiction',
      message: '既写了收费标准，又写了不收费或未曾收费，本机不写“免费”，照原文显示。',
    })
    return { free: null, text }
  }
  if (due) {
    if (!states) {
      report({
        ...finding,
        severity: 'warning',
        rule: 'fee-amount',
        message: '要收费，但没有写金额，本机不写“免费”，照原文显示。',
      })
    }
    return { free: false, text }
  }
  report({
    ...finding,
    severity: 'warning',
    rule: 'fee-unclear',
    message:
      text === ''
        ? '没有写是否收费，本机不写“免费”，照原文显示。'
        : '只写了文件依据，没有写收不收费、收多少，本机显示原文并提示向窗口核实。',
  })
  return { free: null, text }
}
