import type { Findings } from './findings.ts'
import { MarkupError, readMarkup, short } from './markup.ts'
import { planLimits, type Shape, type TargetKind, targetKinds, type Point, type ViewBox } from './model.ts'
import { widthOf } from './labels.ts'
import { outlineOf } from './outline.ts'
import { type Matrix, compose, identity, mapped, readNumbers, readTransform } from './transform.ts'

type Attributes = ReadonlyMap<string, string>

/** An outline or a word of the file, in the coordinates of the viewBox. */
export type Piece = Omit<Shape, 'kind'> & { readonly kind: Shape['kind'] | 'walk' }

/** A target as the file names it: the element that bears its id. */
type Named = { readonly kind: TargetKind; readonly element: string; readonly line: number }

/** What a file draws. */
export type Drawing = {
  readonly viewBox: ViewBox
  readonly pieces: readonly Piece[]
  readonly targets: ReadonlyMap<string, Named>
}

/** What an element hands on to those inside it. */
type Frame = {
  readonly name: string
  readonly matrix: Matrix
  readonly part: { readonly kind: Piece['kind']; readonly target: string | null }
  /** Nothing below is drawn. */
  readonly hidden: boolean
  readonly fontSize: number
  readonly anchor: string
}

/** The words of a `text` while they are read. */
type Words = { readonly frame: Frame; readonly line: number; at: Point | null; text: string }

const outlines = new Set(['rect', 'polygon', 'polyline', 'line', 'path', 'circle', 'ellipse'])
const walkable = new Set(['polyline', 'line', 'path'])
/** What drawing programs write beside the drawing, and what nobody misses. */
const passedOver = new Set(['defs', 'metadata', 'title', 'desc'])
const forbidden = new Set([
  'script',
  'foreignObject',
  'iframe',
  'object',
  'embed',
  'audio',
  'video',
  'handler',
])

const outermost: Frame = {
  name: '',
  matrix: identity,
  part: { kind: 'wall', target: null },
  hidden: false,
  fontSize: 16,
  anchor: 'start',
}

/** Reads what an SVG text draws; what it may not hold goes to `findings`. Null without a usable `viewBox`. Throws `MarkupError`. */
export function readDrawing(svg: string, findings: Findings): Drawing | null {
  const pieces: Piece[] = []
  const targets = new Map<string, Named>()
  const frames: Frame[] = []
  let root: { viewBox: ViewBox | null } | null = null
  let words: Words | null = null
  let pointsLeft: number = planLimits.points

  const drawOutline = (frame: Frame, attributes: Attributes, line: number): void => {
    const { name, part, matrix } = frame
    const outline = outlineOf(name, attributes, pointsLeft)
    if (outline === 'too-long') throw stopped(line, name, `全图的点超过 ${planLimits.points} 个，请简化`)
    if (typeof outline === 'string') return findings.refuse(line, name, outline)
    if (part.kind === 'walk' && !walkable.has(name))
      return findings.refuse(line, name, '走道（walk）只能用直线、折线或路径画')
    for (const run of outline) {
      const points = run.points.map((point) => mapped(point, matrix))
      pointsLeft -= points.length
      if (!points.every(isNearEnough)) return findings.refuse(line, name, '坐标太大，或不是数字')
      pieces.push({ ...part, points, closed: run.closed || isFilled(part), text: null })
    }
  }
  const nameTarget = ({ name, part }: Frame, line: number): void => {
    const kind = targetKinds.find((known) => known === part.kind)
    if (!kind || part.target === null) return
    const known = targets.get(part.target)
    if (known) findings.refuse(line, name, `编号“${part.target}”在第 ${known.line} 行已经用过`)
    else if (targets.size < planLimits.targets) targets.set(part.target, { kind, element: name, line })
    else throw stopped(line, name, `编号超过 ${planLimits.targets} 个，请简化`)
  }

  for (const token of readMarkup(svg)) {
    const parent = frames.at(-1) ?? outermost
    if (token.kind === 'skipped') findings.ignore(token.line, token.name)
    else if (token.kind === 'text') {
      if (words && !parent.hidden) words.text += token.text
    } else if (token.kind === 'close') {
      frames.pop()
      if (parent !== words?.frame) continue
      const label = labelOf(words, findings)
      if (label) pieces.push(label)
      words = null
    } else {
      const { attributes, line } = token
      const name = token.name.replace(/^svg:/, '')
      if (frames.length === 0) {
        if (root || name !== 'svg') throw stopped(line, name, '文件要以一个 <svg> 包住全部')
        root = { viewBox: viewBoxOf(attributes) }
        if (!root.viewBox) findings.refuse(line, name, '没有可用的 viewBox（四个数字，宽和高大于 0）')
      }
      refuseForeign(name, attributes, line, findings)
      const frame = frameIn(parent, name, attributes, line, findings)
      const isDrawn = !frame.hidden && (frames.length === 0 || parent.name === 'svg' || parent.name === 'g')
      if (isDrawn && ownTarget(attributes)) nameTarget(frame, line)

      const isText = isDrawn && name === 'text'
      const isSpan = !frame.hidden && words !== null && name === 'tspan'
      const isGroup = isDrawn && (name === 'g' || frames.length === 0)
      frames.push(isText || isSpan || isGroup ? frame : { ...frame, hidden: true })
      if (isText) words = { frame, line, at: positionOf(attributes), text: '' }
      else if (words && isSpan) {
        words.at ??= positionOf(attributes)
        // A span with a height of its own is a line of its own.
        if (attributes.has('y')) words.text += ' '
      } else if (isDrawn && outlines.has(name)) drawOutline(frame, attributes, line)
      else if (isDrawn && !isGroup && !passedOver.has(name) && !name.includes(':'))
        findings.ignore(line, name)
    }
  }
  if (!root) throw new MarkupError('第 1 行：文件里没有 <svg>')
  return root.viewBox && { viewBox: root.viewBox, pieces, targets }
}

function stopped(line: number, element: string, problem: string): MarkupError {
  return new MarkupError(`第 ${line} 行 <${short(element)}>：${problem}`)
}

function frameIn(
  parent: Frame,
  name: string,
  attributes: Attributes,
  line: number,
  findings: Findings,
): Frame {
  const style = attributes.get('style') ?? ''
  const declared = (property: string): string | undefined =>
    style
      .split(';')
      .map((declaration) => declaration.split(':'))
      .findLast(([key]) => key?.trim() === property)?.[1]
      ?.trim() ?? attributes.get(property)?.trim()
  const written = attributes.get('transform')
  const matrix = written === undefined ? identity : readTransform(written)
  if (!matrix) findings.refuse(line, name, `看不懂 transform“${short(written ?? '')}”`)
  return {
    name,
    part: partOf(parent, attributes, name),
    matrix: compose(parent.matrix, matrix ?? identity),
    hidden: parent.hidden || declared('display') === 'none',
    fontSize: Number(
      /^(\d{1,6}(?:\.\d{1,9})?)(?:px)?$/.exec(declared('font-size') ?? '')?.[1] ?? parent.fontSize,
    ),
    anchor: declared('text-anchor') ?? parent.anchor,
  }
}

const targetId = new RegExp(`^(${[...targetKinds, 'door'].join('|')})-(.{1,60})$`, 'u')

/** The target an element names itself as: by its id, or by the name Inkscape shows. */
function ownTarget(attributes: Attributes): RegExpExecArray | null {
  return targetId.exec(attributes.get('id') ?? '') ?? targetId.exec(attributes.get('inkscape:label') ?? '')
}

/** What an element, and all inside it that says nothing else, is part of. */
function partOf(parent: Frame, attributes: Attributes, name: string): Frame['part'] {
  const found = ownTarget(attributes)
  const kind = [...targetKinds, 'door' as const].find((known) => known === found?.[1])
  if (found && kind) return { kind, target: found[0] }
  const names = [attributes.get('id'), ...(attributes.get('class') ?? '').split(/\s+/)]
  return names.some((each) => each?.startsWith('walk')) && name !== 'text'
    ? { kind: 'walk', target: null }
    : parent.part
}

/** What is an area of the floor, however its outline ends. */
function isFilled({ kind }: Frame['part']): boolean {
  return kind !== 'wall' && kind !== 'door' && kind !== 'walk'
}

function refuseForeign(name: string, attributes: Attributes, line: number, findings: Findings): void {
  if (forbidden.has(name)) findings.refuse(line, name, '平面图里不能有这种内容，请删去')
  for (const [key, value] of attributes) {
    if (/^on/i.test(key)) findings.refuse(line, name, `不能有事件属性 ${short(key)}`)
    else if (/^(?:.*:)?(?:href|src|base)$/i.test(key) && !/^\s*(?:#|data:image\/|$)/i.test(value))
      findings.refuse(line, name, `引用了文件以外的内容“${short(value)}”`)
  }
}

function viewBoxOf(attributes: Attributes): ViewBox | null {
  const written = attributes.get('viewBox')
  const size = (key: string): number =>
    Number((attributes.get(key) ?? '').replace(/px\s*$/, '') || Number.NaN)
  const numbers = written === undefined ? [0, 0, size('width'), size('height')] : readNumbers(written)
  if (numbers?.length !== 4) return null
  const [x = 0, y = 0, width = 0, height = 0] = numbers
  const isUsable =
    width > 0 && height > 0 && [x, y, width, height].every((each) => Math.abs(each) <= planLimits.coordinate)
  return isUsable ? { x, y, width, height } : null
}

function isNearEnough({ x, y }: Point): boolean {
  return Math.abs(x) <= planLimits.coordinate && Math.abs(y) <= planLimits.coordinate
}

/** Where words begin; of several positions, one per letter, the first. */
function positionOf(attributes: Attributes): Point | null {
  const first = (key: string): number | undefined => readNumbers(attributes.get(key) ?? '')?.[0]
  const [x, y] = [first('x'), first('y')]
  return x === undefined && y === undefined ? null : { x: x ?? 0, y: y ?? 0 }
}

function labelOf({ frame, line, at, text: written }: Words, findings: Findings): Piece | null {
  const text = written.trim().replace(/\s+/g, ' ')
  if (text === '' || frame.hidden) return null
  if (text.length > 40) {
    findings.refuse(line, 'text', `文字太长：“${short(text)}”`)
    return null
  }
  const { x, y } = at ?? { x: 0, y: 0 }
  const width = widthOf(text) * frame.fontSize
  const shift = frame.anchor === 'middle' ? 0 : frame.anchor === 'end' ? -width / 2 : width / 2
  // Words stand on their line: the middle of a Chinese character is about a third of its size above it.
  const middle = mapped({ x: x + shift, y: y - frame.fontSize * 0.36 }, frame.matrix)
  if (!isNearEnough(middle)) {
    findings.refuse(line, 'text', '坐标太大，或不是数字')
    return null
  }
  const target = frame.part.kind === 'door' ? null : frame.part.target
  return { kind: 'label', points: [middle], closed: false, text, target }
}
