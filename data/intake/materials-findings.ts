import { type MaterialGroup } from '../catalogue.ts'
import { type Counts } from './counts.ts'
import { type Piece } from './materials-pieces.ts'
import { type Report } from './source.ts'

const otherList = /除[^，,。；;：:]{2,40}外/
const person = /联系人[：:]/

/** Reports what had to be assumed of one entry. */
export function reportMaterial(text: string, line: number, counts: Counts, report: Report): void {
  if (counts.bare !== null) {
    const message = `“${counts.bare}”没有写明原件或复印件，按原件的份数处理。`
    report({ severity: 'info', rule: 'material-count', line, message, text })
  }
  if (counts.duplicate !== null) {
    report({ severity: 'info', rule: 'material-duplicate', line, message: '“副本”按复印件处理。', text })
  }
  if (otherList.test(text)) reportReference(text, line, report)
  if (person.test(text)) {
    const message = '材料清单里有联系人姓名，请确认是否仍然有效、是否应放在咨询途径里。'
    report({ severity: 'warning', rule: 'material-contact', line, message, text })
  }
}

function reportReference(text: string, line: number, report: Report): void {
  const message = '要求里引用了另一份清单，此处只列出写明的部分，请核对引用的是哪一项。'
  report({ severity: 'warning', rule: 'material-reference', line, message, text })
}

/** Reports what is odd about a group as a whole; `pieces` are what it was made of, `next` the group after it. */
export function reportGroup(
  group: MaterialGroup,
  pieces: readonly Piece[],
  next: MaterialGroup | null,
  report: Report,
): void {
  const line = pieces[0]?.line ?? null
  const words = `${group.when ?? ''}${group.note ?? ''}`
  if (line !== null && otherList.test(group.note ?? '')) reportReference(words, line, report)
  if (
    group.materials.length === 0 &&
    (next === null || group.when === null || !next.within.includes(group.when))
  ) {
    report({
      severity: 'warning',
      rule: 'material-heading-empty',
      line,
      message: '标题下面没有材料。',
      text: words,
    })
  }
  if (group.within.length > 0) {
    const message = `清单里还有一层清单，已归入“${group.within.join('”“')}”。`
    report({ severity: 'info', rule: 'material-nested', line, message, text: words })
  }
  const leading = pieces.filter((piece) => piece.kind === 'entry' && piece.leads)
  const unmarked = leading.filter(({ mark }) => mark === null)
  const odd = unmarked.length === leading.length ? undefined : unmarked[0]
  if (odd) {
    const message = '同一清单里有的项有编号，有的没有。'
    report({
      severity: 'warning',
      rule: 'material-numbering-partial',
      line: odd.line,
      message,
      text: textOf(odd),
    })
  }
  const signs = new Set(
    leading.flatMap(({ mark }) => (mark?.style === 'plain' ? mark.text.replace(/[0-9０-９]/g, '') : [])),
  )
  signs.delete('')
  if (signs.size > 1) {
    const message = `同一清单的编号写法不一（${[...signs].join(' ')}）。`
    report({ severity: 'info', rule: 'material-numbering-mixed', line, message, text: words })
  }
  reportAlternatives(pieces, report)
}

const textOf = (piece: Piece) =>
  piece.kind === 'entry' ? piece.text : `${piece.heading.when ?? ''}${piece.heading.note ?? ''}`

/** "本人身份证…" beside "代理人身份证…": either will do, but the guide does not say so. */
function reportAlternatives(pieces: readonly Piece[], report: Report): void {
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1]
    if (piece.kind !== 'entry' || next?.kind !== 'entry' || piece.when !== null || next.when !== null) return
    if (!/^(?:参保人)?本人.*[证卡]/.test(piece.text)) return
    if (!/^(?:代理人|代办人|被委托人|委托人).*[证卡]/.test(next.text)) return
    const message = '“本人”与“代理人”两项应是二者选一，指南没有写明。'
    report({ severity: 'warning', rule: 'material-alternatives', line: next.line, message, text: next.text })
  })
}
