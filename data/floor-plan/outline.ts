import type { Point } from './model.ts'
import { ellipse, readPath, type Run } from './path-data.ts'
import { short } from './markup.ts'
import { readNumbers } from './transform.ts'

type Attributes = ReadonlyMap<string, string>

/** The basic shapes of SVG 2, chapter 10, and the names in Chinese of the lengths they are made of. */
const lengths: Readonly<Record<string, string>> = {
  x: '左边',
  y: '上边',
  width: '宽',
  height: '高',
  x1: '起点 x1',
  y1: '起点 y1',
  x2: '终点 x2',
  y2: '终点 y2',
  cx: '圆心 cx',
  cy: '圆心 cy',
  r: '半径 r',
  rx: '半径 rx',
  ry: '半径 ry',
}

/**
 * The runs of an SVG shape in its own coordinates; in words for staff what is wrong with it, or `too-long`
 * past `most` points. Rounded corners are left square.
 */
export function outlineOf(
  name: string,
  attributes: Attributes,
  most: number,
): readonly Run[] | 'too-long' | (string & {}) {
  if (name === 'path') {
    const d = attributes.get('d') ?? ''
    const runs = readPath(d, most)
    return runs === 'malformed' ? `看不懂路径 d“${short(d)}”` : runs
  }
  const points = name.startsWith('poly') ? listed(attributes.get('points') ?? '') : measured(name, attributes)
  if (typeof points === 'string') return points
  if (points.length > most) return 'too-long'
  return points.length === 0 ? [] : [{ points, closed: name !== 'line' && name !== 'polyline' }]
}

function listed(text: string): readonly Point[] | string {
  const numbers = readNumbers(text)
  if (!numbers || numbers.length % 2 === 1) return `看不懂 points“${short(text)}”`
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    x: numbers[index * 2] ?? 0,
    y: numbers[index * 2 + 1] ?? 0,
  }))
}

function measured(name: string, attributes: Attributes): readonly Point[] | string {
  const keys = {
    rect: ['x', 'y', 'width', 'height'],
    line: ['x1', 'y1', 'x2', 'y2'],
    circle: ['cx', 'cy', 'r'],
    ellipse: ['cx', 'cy', 'rx', 'ry'],
  }[name]
  const values: number[] = []
  for (const key of keys ?? []) {
    const written = attributes.get(key) ?? '0'
    const number = Number(
      /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:px)?\s*$/i.exec(written)?.[1] ?? Number.NaN,
    )
    if (!Number.isFinite(number)) return `${lengths[key] ?? key}“${short(written)}”不是数字`
    values.push(number)
  }
  const [a = 0, b = 0, c = 0, d = c] = values
  if (name === 'line')
    return [
      { x: a, y: b },
      { x: c, y: d },
    ]
  if (c < 0 || d < 0) return '宽、高或半径是负数'
  if (c === 0 || d === 0) return []
  if (name !== 'rect') return ellipse({ x: a, y: b }, c, d)
  return [
    { x: a, y: b },
    { x: a + c, y: b },
    { x: a + c, y: b + d },
    { x: a, y: b + d },
  ]
}
