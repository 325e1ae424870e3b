import type { MaterialGroup } from '../catalogue.ts'
import type { Counts } from './counts.ts'
import type { Piece } from './materials-pieces.ts'
import type { Report } from './source.ts'

const otherList = /除[^，,。；;：:]{2,40}外/
const listAbove = /除[^，,。；;：:]{0,20}(?:上述|以上|前述|前款)[^，,。；;：:]{0,20}外/
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
  if (counts.joint !== null) {
    const message = counts.joint.includes('电子版')
      ? `“${counts.joint}”按原件的份数处理，电子版只在文字里显示。`
      : `“${counts.joint}”没有写明是否含原件，按复印件的份数处理，原件的份数不明。`
    report({ severity: 'info', rule: 'material-count', line, message, text })
  }
  if (counts.either !== null) {
    const message = `“${counts.either}”有一样就行，本机的标记只能两样都标，以文字为准。`
    report({ severity: 'info', rule: 'material-either', line, message, text })
  }
  if (counts.uncounted !== null) {
    const message = `“${counts.uncounted}”不计入份数，只在文字里显示。`
    report({ severity: 'info', rule: 'material-uncounted', line, message, text })
  }
  if (otherList.test(text)) reportReference(text, line, listAbove.test(text), report)
  if (person.test(text)) {
    const message = '材料清单里有联系人姓名，请确认是否仍然有效、是否应放在咨询途径里。'
    report({ severity: 'info', rule: 'material-contact', line, message, text })
  }
}

function reportReference(text: string, line: number, above: boolean, report: Report): void {
  if (above) {
    const message = '引用的是本栏前面的清单，那一份也要，本机按原来的次序显示在前面。'
    report({ severity: 'info', rule: 'material-reference-above', line, message, text })
    return
  }
  const message = '引用了另一事项的清单，这里没有列出，本机只显示写明的部分，请写明是哪一项。'
  report({ severity: 'warning', rule: 'material-reference', line, message, text })
}

/** Reports what is odd about a group as a whole; `pieces` are what it was made of, between its neighbours. */
export function reportGroup(
  group: MaterialGroup,
  pieces: readonly Piece[],
  { before, next }: { readonly before: MaterialGroup | null; readonly next: MaterialGroup | null },
  report: Report,
): void {
  const [opening] = pieces
  const line = opening?.line ?? null
  const words = opening ? textOf(opening) : ''
  if (line !== null && otherList.test(group.note ?? '')) {
    reportReference(words, line, before !== null && listAbove.test(group.note ?? ''), report)
  }
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
  // Where the first numbers alone are missing, the first number there is has been reported.
  const countedOn = leading[unmarked.length]?.mark?.number === unmarked.length + 1
  const startsLate = countedOn && leading.slice(0, unmarked.length).every(({ mark }) => mark === null)
  if (odd && !startsLate) {
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

const textOf = (piece: Piece) => (piece.kind === 'entry' ? piece.text : piece.words)

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
