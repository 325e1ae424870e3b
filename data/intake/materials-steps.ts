import type { Piece } from './materials-pieces.ts'
import type { Mark, Step } from './numbering.ts'
import type { Report, SourceLine } from './source.ts'

const stepMessages: { readonly [S in Step]?: string } = {
  'starts-late': '编号不从 1 开始',
  skips: '编号有跳号',
  restarts: '编号重新从 1 开始',
  repeats: '编号重复或倒退',
}

/**
 * The pieces without a number in front of a list's first mark, where that mark counts them; none where it counts
 * others.
 */
function unnumbered(mark: Mark, pieces: readonly Piece[]): readonly Piece[] {
  const lacking = (piece: Piece) => piece.leads && piece.mark === null
  const kind = mark.style === 'chinese' ? 'heading' : 'entry'
  const from = pieces.findLastIndex((piece) => piece.mark !== null || piece.kind === 'heading') + 1
  const own = pieces
    .slice(kind === 'heading' ? 0 : from)
    .filter((piece) => piece.kind === kind && lacking(piece))
  return own.length === mark.number - 1 ? own : []
}

/** Reports a list mark that does not carry on its list; `before` are the field's pieces in front of it. */
export function reportStep(
  mark: Mark,
  step: Step,
  before: readonly Piece[],
  { number: line, text }: SourceLine,
  report: Report,
): void {
  const [first, ...others] = step === 'starts-late' ? unnumbered(mark, before) : []
  const wrong = stepMessages[step]
  if (first) {
    const message =
      first.kind === 'heading' && others.length === 0
        ? `第一种情况“${first.words.replace(/[：:]$/, '')}”前缺“${mark.text.replace('二', '一')}”，已按次序读取。`
        : `前面的${String(others.length + 1)}项没有编号，编号从“${mark.text}”开始，已按次序读取。`
    report({ severity: 'info', rule: 'material-numbering-start', line, message, text })
  } else if (wrong) {
    report({
      severity: 'warning',
      rule: 'material-numbering',
      line,
      message: `${wrong}：“${mark.text}”。`,
      text,
    })
  }
  if (/^[0-9０-９]+$/.test(mark.text)) {
    const message = `编号“${mark.text}”后缺少点或顿号，已按编号处理。`
    report({ severity: 'info', rule: 'material-numbering-dot', line, message, text })
  }
}
