import type { Point } from './model.ts'

/** A number as SVG writes it, with what separates it from the one before. */
export const numberAt = /[\s,]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/iy

const onlySeparators = /[\s,]*$/y

/** The numbers of a list as SVG separates them (`points`, `viewBox`, `matrix()`); null where one is none. */
export function readNumbers(text: string): readonly number[] | null {
  const found: number[] = []
  numberAt.lastIndex = 0
  let at = 0
  for (let match = numberAt.exec(text); match; match = numberAt.exec(text)) {
    found.push(Number(match[1]))
    at = numberAt.lastIndex
  }
  onlySeparators.lastIndex = at
  return onlySeparators.test(text) && found.every(Number.isFinite) ? found : null
}

/** An affine map as SVG writes it: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** The map that does `inner` first and then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

export function mapped({ x, y }: Point, [a, b, c, d, e, f]: Matrix): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}

const functionCall = /[\s,]*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)/y

/** The map a `transform` stands for (SVG 2, 8.5); null where it is not written as one. */
export function readTransform(text: string): Matrix | null {
  let matrix = identity
  let at = 0
  functionCall.lastIndex = 0
  for (let found = functionCall.exec(text); found; found = functionCall.exec(text)) {
    at = functionCall.lastIndex
    const values = readNumbers(found[2] ?? '')
    const next = values && transformOf(found[1] ?? '', values)
    if (!next) return null
    matrix = compose(matrix, next)
  }
  onlySeparators.lastIndex = at
  return onlySeparators.test(text) && matrix.every(Number.isFinite) ? matrix : null
}

function transformOf(name: string, values: readonly number[]): Matrix | null {
  const [one, two, three, four, five, six] = values
  const count = values.length
  if (one === undefined) return null
  const angle = (one * Math.PI) / 180
  if (name === 'matrix' && count === 6) return [one, two ?? 0, three ?? 0, four ?? 0, five ?? 0, six ?? 0]
  if (name === 'translate' && count <= 2) return [1, 0, 0, 1, one, two ?? 0]
  if (name === 'scale' && count <= 2) return [one, 0, 0, two ?? one, 0, 0]
  if (name === 'skewX' && count === 1) return [1, 0, Math.tan(angle), 1, 0, 0]
  if (name === 'skewY' && count === 1) return [1, Math.tan(angle), 0, 1, 0, 0]
  if (name !== 'rotate' || (count !== 1 && count !== 3)) return null
  const turn: Matrix = [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]
  const [x, y] = [two ?? 0, three ?? 0]
  return compose(compose([1, 0, 0, 1, x, y], turn), [1, 0, 0, 1, -x, -y])
}
