import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type FloorPlan,
  type Point,
  readFloorPlan,
  routeOn,
  routeToNearest,
} from '../../../data/floor-plan.ts'
import { labelsOn } from '../../../data/floor-plan/labels.ts'
import { marksAlong } from '../../../data/floor-plan/marks.ts'
import { lengthOf } from '../../../data/floor-plan/route.ts'

const sample = readFileSync(new URL('../../fixtures/floor-plan.svg', import.meta.url), 'utf8')

const drawn = (inside: string, attributes = 'viewBox="0 0 100 100"'): string =>
  `<svg ${attributes}>${inside}</svg>`

function planOf(svg: string): FloorPlan {
  const reading = readFloorPlan(svg)
  if (!('plan' in reading)) throw new Error(reading.problems.join('\n'))
  return reading.plan
}

function notesOf(svg: string): readonly string[] {
  const reading = readFloorPlan(svg)
  return 'notes' in reading ? reading.notes : []
}

function problemsOf(svg: string): readonly string[] {
  const reading = readFloorPlan(svg)
  return 'problems' in reading ? reading.problems : []
}

const rounded = (value: number): number => Math.round(value * 100) / 100 + 0

/** The points of every outline, "x,y x,y"; a closed one ends in Z. */
const outlines = (svg: string): readonly string[] =>
  planOf(svg).shapes.map(
    ({ points, closed }) =>
      points.map(({ x, y }) => `${rounded(x)},${rounded(y)}`).join(' ') + (closed ? ' Z' : ''),
  )

describe('an element', () => {
  it.each([
    ['<rect x="1" y="2" width="3" height="4"/>', ['1,2 4,2 4,6 1,6 Z']],
    ['<rect x="1px" width="+3" height=".5e1"/>', ['1,0 4,0 4,5 1,5 Z']],
    ['<rect width="0" height="4"/>', []],
    ['<polygon points="0,0 10,0 10,10"/>', ['0,0 10,0 10,10 Z']],
    ['<polyline points="0 0,10 0 10-5"/>', ['0,0 10,0 10,-5']],
    ['<line x1="1" y1="2" x2="3" y2="4"/>', ['1,2 3,4']],
    ['<path d="M1 2L3 4H5V6Z"/>', ['1,2 3,4 5,4 5,6 Z']],
    ['<path d="m1 2 3 4h5v6z"/>', ['1,2 4,6 9,6 9,12 Z']],
    ['<path d="M0 0L1 1zl5 5"/>', ['0,0 1,1 Z', '0,0 5,5']],
    ['<path d="M0,0 10,0M20,0 30,0"/>', ['0,0 10,0', '20,0 30,0']],
    ['<path d=""/>', []],
    ['<svg:rect width="1" height="1"/>', ['0,0 1,0 1,1 0,1 Z']],
    ['<g><g><line x2="1"/></g></g>', ['0,0 1,0']],
  ])('%s', (element, expected) => {
    expect(outlines(drawn(element))).toEqual(expected)
  })

  it.each([
    ['C', 'M0 0C0 10 10 10 10 0', { x: 5, y: 7.5 }],
    ['S after C', 'M-10 0C-10 5 0 -10 0 0S10 10 10 0', { x: 5, y: 7.5 }],
    ['Q', 'M0 0Q5 10 10 0', { x: 5, y: 5 }],
    ['T after Q', 'M-10 0Q-5 -10 0 0T10 0', { x: 5, y: 5 }],
    ['A', 'M0 0A5 5 0 0 0 10 0', { x: 5, y: 5 }],
    ['a with its flags run together', 'M0 0a5 5 0 0010 0', { x: 5, y: 5 }],
    ['A too small for its ends', 'M0 0A1 1 0 0 0 10 0', { x: 5, y: 5 }],
    ['A turned a quarter', 'M0 0A8 5 90 0 0 10 0', { x: 5, y: 8 }],
  ])('path: %s passes its crown', (_, d, crown) => {
    const points = planOf(drawn(`<path d="${d}"/>`)).shapes[0]?.points ?? []
    expect(points.at(-1)).toEqual({ x: 10, y: 0 })
    expect(Math.min(...points.map(({ x, y }) => Math.hypot(x - crown.x, y - crown.y)))).toBeLessThan(0.01)
  })

  it.each([
    ['the short way, clockwise', 'M10 0A10 10 0 0 1 0 10', { x: 0, y: 0 }, { x: 7.07, y: 7.07 }],
    ['the long way, against the clock', 'M10 0A10 10 0 1 0 0 10', { x: 0, y: 0 }, { x: -7.07, y: -7.07 }],
    ['the short way, against the clock', 'M10 0A10 10 0 0 0 0 10', { x: 10, y: 10 }, { x: 2.93, y: 2.93 }],
    ['the long way, clockwise', 'M10 0A10 10 0 1 1 0 10', { x: 10, y: 10 }, { x: 17.07, y: 17.07 }],
  ])('path: A goes %s', (_, d, centre, through) => {
    const points = planOf(drawn(`<path d="${d}"/>`)).shapes[0]?.points ?? []
    for (const { x, y } of points) expect(Math.hypot(x - centre.x, y - centre.y)).toBeCloseTo(10)
    expect(Math.min(...points.map(({ x, y }) => Math.hypot(x - through.x, y - through.y)))).toBeLessThan(0.5)
  })

  it.each(['<circle cx="10" cy="20" r="5"/>', '<ellipse cx="10" cy="20" rx="5" ry="5"/>'])(
    '%s',
    (element) => {
      const [shape] = planOf(drawn(element)).shapes
      expect(shape?.closed).toBe(true)
      expect(shape?.points.every(({ x, y }) => Math.abs(Math.hypot(x - 10, y - 20) - 5) < 1e-9)).toBe(true)
    },
  )

  it.each([
    ['<text x="10" y="50" font-size="10" text-anchor="middle">卫生间</text>', '卫生间', { x: 10, y: 46.4 }],
    ['<text x="10" y="50" style="font-size:10px;text-anchor:end">大厅</text>', '大厅', { x: 0, y: 46.4 }],
    ['<text x="10" y="50" font-size="10"> 大\n 厅 </text>', '大 厅', { x: 22.9, y: 46.4 }],
    [
      '<g font-size="10"><text><tspan x="10" y="50">大&#x5385;&amp;</tspan></text></g>',
      '大厅&',
      { x: 22.9, y: 46.4 },
    ],
  ])('%s', (element, text, at) => {
    const [label] = planOf(drawn(element)).shapes
    expect(label).toMatchObject({ kind: 'label', text })
    expect(label?.points.map(({ x, y }) => ({ x: rounded(x), y: rounded(y) }))).toEqual([at])
  })
})

describe('a transform', () => {
  it.each([
    ['translate(10)', '10,0 11,0'],
    ['translate(10,20)', '10,20 11,20'],
    ['scale(2) translate(3)', '6,0 8,0'],
    ['translate(3) scale(2,5)', '3,0 5,0'],
    ['matrix(0 1 -1 0 5 6)', '5,6 5,7'],
    ['rotate(90)', '0,0 0,1'],
    ['rotate(90 1 0)', '1,-1 1,0'],
    ['skewY(45)', '0,0 1,1'],
  ])('%s', (transform, expected) => {
    expect(outlines(drawn(`<g transform="${transform}"><line x2="1"/></g>`))).toEqual([expected])
    expect(outlines(drawn(`<line x2="1" transform="${transform}"/>`))).toEqual([expected])
  })

  it('is done after those inside it', () => {
    expect(
      outlines(drawn('<g transform="translate(10 0)"><g transform="scale(3)"><line x2="1"/></g></g>')),
    ).toEqual(['10,0 13,0'])
  })
})

describe('an id', () => {
  const parts = (inside: string) => planOf(drawn(inside)).shapes.map(({ kind, target }) => [kind, target])

  it.each([
    ['<rect id="room-616" width="9" height="9"/>', [['room', 'room-616']]],
    ['<g id="counter-13"><rect width="9" height="9"/></g>', [['counter', 'counter-13']]],
    ['<g inkscape:label="lift-a" id="g12"><rect width="9" height="9"/></g>', [['lift', 'lift-a']]],
    ['<rect id="roomy" width="9" height="9"/>', [['wall', null]]],
    ['<rect id="room-" width="9" height="9"/>', [['wall', null]]],
    [
      '<g id="area-南侧"><rect width="9" height="9"/><line id="door-area-南侧" x2="1"/></g>',
      [
        ['area', 'area-南侧'],
        ['door', 'area-南侧'],
      ],
    ],
    [
      '<line id="door-13" x2="1"/><rect id="counter-13" width="9" height="9"/>',
      [
        ['door', 'counter-13'],
        ['counter', 'counter-13'],
      ],
    ],
    ['<line id="door-99" x2="1"/>', [['door', null]]],
  ])('%s', (inside, expected) => {
    expect(parts(inside)).toEqual(expected)
  })

  it.each([
    '<line class="walk" x2="1"/>',
    '<line class="thin walkway" x2="1"/>',
    '<line id="walk-3" x2="1"/>',
    '<g id="walks"><path d="M0 0H1"/></g>',
  ])('%s is where people walk', (inside) => {
    const { shapes, walks } = planOf(drawn(inside))
    expect(shapes).toEqual([])
    expect(walks).toEqual([
      [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
      ],
    ])
  })

  it('closes the way round of a closed walk', () => {
    expect(planOf(drawn('<path class="walk" d="M0 0H9V9Z"/>')).walks[0]).toHaveLength(4)
  })
})

describe('a spot', () => {
  const walk = '<line class="walk" y1="50" x2="100" y2="50"/>'
  it.each([
    ['the walk nearest to the edge', '<rect id="room-1" x="20" y="60" width="10" height="20"/>', 50],
    ['the walk that runs into it', '<rect id="room-1" x="20" y="45" width="10" height="20"/>', 50],
    [
      'the middle of its door',
      '<rect id="room-1" x="20" y="60" width="10" height="20"/><line id="door-1" x1="21" y1="60" x2="25" y2="60"/>',
      60,
    ],
    ['where the kiosk stands', '<circle id="kiosk-1" cx="25" cy="62" r="2"/>', 62],
  ])('is %s', (_, inside, y) => {
    const [spot] = planOf(drawn(walk + inside)).spots.values()
    expect(spot?.y).toBeCloseTo(y)
  })

  it('is not behind another room', () => {
    const between = '<rect id="room-2" x="10" y="55" width="40" height="10"/>'
    const room = '<rect id="room-1" x="20" y="70" width="10" height="20"/>'
    const plan = planOf(drawn(walk + between + room))
    expect([...plan.spots.keys()]).toEqual(['room-2'])
    expect(notesOf(drawn(walk + between + room))).toEqual([expect.stringContaining('room-1')])
  })

  it('may be behind the thickness of a wall', () => {
    const room = '<rect id="room-1" x="20" y="60" width="10" height="20"/>'
    expect(planOf(drawn(`${walk}<line y1="59.5" x2="100" y2="59.5"/>${room}`)).spots.size).toBe(1)
    expect(planOf(drawn(`${walk}<line y1="55" x2="100" y2="55"/>${room}`)).spots.size).toBe(0)
  })
})

/** Cases of hostile text, each under its beginning: the whole of it is no title. */
const titled = (cases: readonly (readonly [text: string, problem: string])[]) =>
  cases.map(([text, problem]) => [text.slice(0, 60), text, problem] as const)

describe('what may not be in a plan', () => {
  it.each(
    titled([
      ['<script>alert(1)</script>', '第 1 行 <script>'],
      ['<defs><script href="#a"/></defs>', '<script>'],
      ['<foreignObject/>', '<foreignObject>'],
      ['<rect width="1" height="1" onclick="x()"/>', 'onclick'],
      ['<image href="https://example.org/a.png"/>', '文件以外的内容'],
      ['<use xlink:href="other.svg#a"/>', '文件以外的内容'],
      ['<g>&bomb;</g>', '&bomb;'],
      ['<g>&#0;</g>', '&#0;'],
      ['\n\n<rect width="abc" height="1"/>', '第 3 行 <rect>：宽“abc”不是数字'],
      ['<rect width="-1" height="1"/>', '负数'],
      ['<rect width="5mm" height="1"/>', '不是数字'],
      ['<rect width="1e400" height="1"/>', '不是数字'],
      ['<rect width="1e300" height="1"/>', '坐标太大'],
      ['<g transform="scale(1e300)"><g transform="scale(1e300)"><line x2="1"/></g></g>', '坐标太大'],
      ['<g transform="spin(3)"/>', 'transform'],
      ['<g transform="translate()"/>', 'transform'],
      ['<path d="L1 1"/>', '路径'],
      ['<path d="M1"/>', '路径'],
      ['<path d="M1 1 X"/>', '路径'],
      ['<polygon points="1 2 3"/>', 'points'],
      ['<rect class="walk" width="1" height="1"/>', '走道'],
      ['<g id="room-1"/>', '没有图形'],
      ['<text id="room-1">1</text>', '没有图形'],
      ['<rect id="room-1" x="200" width="1" height="1"/>', '图框'],
      [
        '<rect id="room-1" width="1" height="1"/>\n<rect id="room-1" width="1" height="1"/>',
        '第 2 行 <rect>：编号“room-1”在第 1 行已经用过',
      ],
      [`<text>${'字'.repeat(41)}</text>`, '文字太长'],
      ['<g>', '没有'],
      ['</g>', '没有用 </svg> 结束'],
      ['<g a="1" a="2"/>', '写了两次'],
      ['<g a=1/>', '没有写完'],
      ['<!-- ', '注释没有结束'],
      ['<g'.repeat(3), '没有写完'],
      ['<g>'.repeat(10_000), '层次'],
      ['<g/>'.repeat(5_001), '5000'],
      [`<path d="M0 0${'h1'.repeat(20_001)}"/>`, '20000'],
      [`<polyline class="walk" points="${'1 1 '.repeat(502)}"/>`, '500'],
      [Array.from({ length: 501 }, (_, n) => `<rect id="room-${n}" width="1" height="1"/>`).join(''), '500'],
    ]),
  )('%s', (_, inside, problem) => {
    expect(problemsOf(drawn(inside)).join('\n')).toContain(problem)
  })

  it.each(
    titled([
      ['', '没有 <svg>'],
      ['hello', '这不是 SVG 文件'],
      ['<html/>', '<svg>'],
      ['<svg/>', 'viewBox'],
      [drawn('', 'viewBox="0 0 0 9"'), 'viewBox'],
      [drawn('', 'viewBox="0 0 1e9 9"'), 'viewBox'],
      [drawn('') + drawn(''), '一个 <svg>'],
      [`<?xml-stylesheet href="a.css"?>${drawn('')}`, '文件以外的内容'],
      [
        `<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${drawn('<text>&b;</text>')}`,
        '实体',
      ],
      [drawn('') + ' '.repeat(2_000_000), '2 MB'],
    ]),
  )('%s', (_, svg, problem) => {
    expect(problemsOf(svg).join('\n')).toContain(problem)
  })

  it('is named at most twenty times', () => {
    const problems = problemsOf(drawn('<rect width="x"/>'.repeat(30)))
    expect(problems).toHaveLength(21)
    expect(problems.at(-1)).toBe('另有 10 处')
  })

  it.each([
    ['<image href="data:image/png;base64,AA=="/>', '<image>'],
    ['<style>.a { display: none }</style>', '<style>'],
    ['<use href="#a"/><use href="#b"/>', '共 2 处'],
    ['<line id="door-9" x2="1"/>', 'door-9'],
    ['', '没有走道'],
  ])('is left out and noted: %s', (inside, note) => {
    expect(notesOf(drawn(inside)).join('\n')).toContain(note)
  })

  it.each([
    '<title>平面图</title>',
    '<sodipodi:namedview id="a"/>',
    '<defs><rect width="1" height="1"/></defs>',
    '<g style="fill:red; display : none"><rect id="room-1" width="1" height="1"/></g>',
    '<g display="none"><text>草稿</text></g>',
    '<!-- <rect/> -->',
  ])('is left out without a word: %s', (inside) => {
    const svg = drawn(`${inside}<line class="walk" x2="1"/>`)
    expect(notesOf(svg)).toEqual([])
    expect(planOf(svg).shapes).toEqual([])
  })
})

describe('any text', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '<svg viewBox="0 0 9 9">',
      '</svg>',
      '<g>',
      '</g>',
      '<g id="room-1">',
      '<text>',
      '</text>',
      '<tspan y="1">',
      '</tspan>',
      '<rect width="1" height="1"/>',
      '<path d="',
      '"/>',
      'M0 0',
      'A1 1 0 1 1 2 2',
      'a',
      '<!--',
      '-->',
      '&',
      ';',
      '<line class="walk" x2="5"/>',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!',
      '>',
      '"',
      '1e99',
      ' ',
      '\n',
      '616',
    ),
    { maxLength: 40 },
  )

  it('gives a plan or says why not, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((each) => each.join('')),
          pieces.map((each) => drawn(each.join(''))),
        ),
        (svg) => {
          const reading = readFloorPlan(svg)
          expect('plan' in reading || reading.problems.length > 0).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    ['spaces in a tag', `<svg${' '.repeat(1_900_000)}`],
    ['comments', drawn('<!---->'.repeat(250_000))],
    ['lines', drawn('\n<?a?>'.repeat(300_000))],
    ['words in pieces', drawn(`<text>${'a<!---->'.repeat(230_000)}</text>`)],
    ['ampersands', drawn(`<g a="${'&amp;'.repeat(380_000)}"/>`)],
    ['numbers', drawn(`<path d="M${' 1'.repeat(900_000)}"/>`)],
    ['digits', drawn(`<polygon points="${'1'.repeat(1_900_000)}"/>`)],
    ['a path of spaces', drawn(`<path d="M0 0${' '.repeat(1_900_000)}x"/>`)],
    ['a transform of spaces', drawn(`<g transform="scale(${' '.repeat(1_900_000)}"/>`)],
    ['openings', '<'.repeat(1_900_000)],
  ])('of two megabytes is read in one go: %s', (_, svg) => {
    const started = performance.now()
    readFloorPlan(svg)
    // Reading any of these twice over, once for each character, would take hours.
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

/** A plan of walks and spots alone. */
function walksOnly(walks: FloorPlan['walks'], spots: Readonly<Record<string, Point>>, size = 10): FloorPlan {
  const viewBox = { x: 0, y: 0, width: size, height: size }
  return { viewBox, shapes: [], walks, spots: new Map(Object.entries(spots)) }
}

const side = 5
type GridLine = readonly [Point, Point]
const gridLines: readonly GridLine[] = Array.from({ length: side * side }, (_, index) => {
  const point = { x: index % side, y: Math.floor(index / side) }
  const right: GridLine = [point, { ...point, x: point.x + 1 }]
  const down: GridLine = [point, { ...point, y: point.y + 1 }]
  return [...(point.x < side - 1 ? [right] : []), ...(point.y < side - 1 ? [down] : [])]
}).flat()
const cell = fc.record({ x: fc.nat(side - 1), y: fc.nat(side - 1) })
const grids = fc.record({
  lines: fc.subarray([...gridLines], { minLength: 12 }),
  from: cell,
  to: cell,
})
const isAt = (a: Point) => (b: Point) => a.x === b.x && a.y === b.y

/** The fewest lines from one point of a grid to another, by breadth first. */
function fewestLines(lines: readonly GridLine[], from: Point, to: Point): number | null {
  const seen = [from]
  let edge = [from]
  for (let count = 0; edge.length > 0; count += 1) {
    if (edge.some(isAt(to))) return count
    edge = edge
      .flatMap((point) => lines.flatMap(([a, b]) => (isAt(point)(a) ? [b] : isAt(point)(b) ? [a] : [])))
      .filter((point) => {
        if (seen.some(isAt(point))) return false
        seen.push(point)
        return true
      })
  }
  return null
}

describe('a route', () => {
  const onAWalk = (lines: readonly GridLine[], point: Point): boolean =>
    lines.some((line) => line.some(isAt(point)))

  it('is the shortest there is, the same way back, and only along walks', () => {
    fc.assert(
      fc.property(grids, ({ lines, from, to }) => {
        fc.pre(onAWalk(lines, from) && onAWalk(lines, to))
        const plan = walksOnly(lines, { 'kiosk-1': from, 'room-1': to })
        const route = routeOn(plan, 'kiosk-1', 'room-1')
        const fewest = fewestLines(lines, from, to)
        expect(route && rounded(lengthOf(route))).toBe(fewest)
        expect(routeOn(plan, 'room-1', 'kiosk-1')).toEqual(route?.toReversed() ?? null)
        for (const [index, b] of (route ?? []).entries()) {
          const a = route?.[index - 1]
          if (!a) continue
          // Every unit of it is a line of the grid.
          const count = Math.round(Math.hypot(b.x - a.x, b.y - a.y))
          const at = (step: number): Point => ({
            x: Math.round(a.x + ((b.x - a.x) * step) / count),
            y: Math.round(a.y + ((b.y - a.y) * step) / count),
          })
          for (let step = 0; step < count; step += 1)
            expect(lines.some((line) => line.some(isAt(at(step))) && line.some(isAt(at(step + 1))))).toBe(
              true,
            )
        }
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    [
      'where they cross',
      [
        [
          [0, 5],
          [10, 5],
        ],
        [
          [5, 0],
          [5, 10],
        ],
      ],
      [
        [0, 5],
        [5, 5],
        [5, 10],
      ],
    ],
    [
      'where one ends on the other',
      [
        [
          [0, 5],
          [10, 5],
        ],
        [
          [5, 5],
          [5, 10],
        ],
      ],
      [
        [0, 5],
        [5, 5],
        [5, 10],
      ],
    ],
    [
      'where they nearly touch',
      [
        [
          [0, 5],
          [10, 5],
        ],
        [
          [5, 5.04],
          [5, 10],
        ],
      ],
      [
        [0, 5],
        [5, 5],
        [5, 10],
      ],
    ],
    [
      'not where they do not',
      [
        [
          [0, 5],
          [10, 5],
        ],
        [
          [5, 5.2],
          [5, 10],
        ],
      ],
      null,
    ],
    [
      'where they overlap',
      [
        [
          [0, 5],
          [6, 5],
        ],
        [
          [4, 5],
          [10, 5],
          [10, 10],
          [5, 10],
        ],
      ],
      [
        [0, 5],
        [10, 5],
        [10, 10],
        [5, 10],
      ],
    ],
  ])('joins walks %s', (_, walks, expected) => {
    const points = (pairs: readonly (readonly number[])[]) => pairs.map(([x = 0, y = 0]) => ({ x, y }))
    const spots = { 'kiosk-1': { x: 0, y: 5 }, 'room-1': { x: 5, y: 10 } }
    for (const each of [walks, walks.toReversed()])
      expect(routeOn(walksOnly(each.map(points), spots), 'kiosk-1', 'room-1')).toEqual(
        expected && points(expected),
      )
  })

  it('is none to what has no spot, and of no length to where one is', () => {
    const plan = walksOnly(
      [
        [
          { x: 0, y: 0 },
          { x: 9, y: 0 },
        ],
      ],
      { 'kiosk-1': { x: 1, y: 0 } },
    )
    expect(routeOn(plan, 'kiosk-1', 'room-1')).toBeNull()
    expect(routeOn(plan, 'kiosk-1', 'kiosk-1')).toEqual([{ x: 1, y: 0 }])
  })

  it('does not leave a walk through a wall', () => {
    const wall = '<line y1="55" x2="100" y2="55"/>'
    const room =
      '<rect id="room-1" y="60" width="10" height="9"/><line id="door-1" x1="1" y1="60" x2="3" y2="60"/>'
    const inside = `<line class="walk" y1="50" x2="100" y2="50"/><circle id="kiosk-1" cx="50" cy="50" r="1"/>${room}`
    expect(routeOn(planOf(drawn(inside)), 'kiosk-1', 'room-1')).toHaveLength(3)
    expect(routeOn(planOf(drawn(inside + wall)), 'kiosk-1', 'room-1')).toBeNull()
  })
})

describe('the sample floor', () => {
  const plan = planOf(sample)

  it('is read whole and without a word', () => {
    expect(notesOf(sample)).toEqual([])
    expect([...plan.spots.keys()].filter((id) => id.startsWith('room-'))).toHaveLength(8)
  })

  it('leads from the lift round the corner to the door', () => {
    expect(routeOn(plan, 'lift-a', 'room-616')).toEqual([
      { x: 1080, y: 455 },
      { x: 1020, y: 455 },
      { x: 1020, y: 320 },
      { x: 430, y: 320 },
      { x: 430, y: 390 },
    ])
  })

  it('leads to the nearer of two doors', () => {
    expect(routeToNearest(plan, 'kiosk-6', ['room-605', 'room-608'])?.at(-1)).toEqual({ x: 680, y: 250 })
    expect(routeToNearest(plan, 'kiosk-6', ['room-700'])).toBeNull()
  })

  const names = { here: '您在这里', lift: '电梯', stairs: '楼梯' }
  const look = { targets: ['room-616'], from: 'kiosk-6', route: routeOn(plan, 'kiosk-6', 'room-616'), names }

  it('names every room once, the department in the room, and where you are', () => {
    const labels = labelsOn(plan, { ...look, em: 33 })
    expect(labels.map(({ text }) => text).toSorted()).toEqual(
      [
        '605',
        '606',
        '607',
        '608',
        '615',
        '616',
        '617',
        '618',
        '养老保险处',
        '卫生间',
        '失业保险处',
        '您在这里',
        '楼梯',
        '电梯',
      ].toSorted(),
    )
    expect(
      labels.filter(({ kind }) => kind === 'target' || kind === 'within').map(({ text }) => text),
    ).toEqual(['616', '养老保险处'])
  })

  it.each([10, 33, 60, 120, 400])('at %i units to the em keeps what matters, in the picture', (em) => {
    const labels = labelsOn(plan, { ...look, em })
    expect(labels.map(({ text }) => text)).toEqual(expect.arrayContaining(['616', '您在这里']))
    const others = labels.filter(({ kind }) => kind === 'number' || kind === 'word')
    for (const [index, a] of others.entries())
      for (const b of others.slice(index + 1))
        expect(Math.abs(a.at.x - b.at.x) >= em || Math.abs(a.at.y - b.at.y) >= em).toBe(true)
    if (em === 400) expect(others).toEqual([])
  })
})

describe('words on a plan', () => {
  const look = { targets: [], from: null, route: null, names: {}, em: 4 }
  const text = (x: number, y: number, words: string): string =>
    `<text x="${x}" y="${y}" font-size="4" text-anchor="middle">${words}</text>`

  it.each([
    ['side by side', text(20, 50, '走廊') + text(40, 50, '大厅'), ['走廊', '大厅']],
    ['one over the other', text(20, 50, '走廊') + text(24, 51, '大厅'), ['走廊']],
    ['out of the picture', text(1, 50, '走廊'), []],
    [
      'wider than their room',
      `<g id="room-1"><rect x="9" y="9" width="16" height="30"/>${text(17, 24, '养老保险处')}</g>`,
      ['1'],
    ],
    [
      'the number on a door of its own',
      `<g id="room-1"><rect x="9" y="9" width="30" height="30"/>${text(20, 24, '1室')}</g>`,
      ['1'],
    ],
    ['the name of an area', `<rect id="area-a" width="90" height="90"/>${text(40, 50, '大厅')}`, ['大厅']],
  ])('%s', (_, inside, expected) => {
    expect(labelsOn(planOf(drawn(inside)), look).map((label) => label.text)).toEqual(expected)
  })

  it('leave the way free', () => {
    const way = [
      { x: 0, y: 49 },
      { x: 90, y: 49 },
    ]
    const plan = planOf(drawn(text(20, 50, '走廊') + text(20, 70, '大厅')))
    expect(labelsOn(plan, { ...look, route: way }).map((label) => label.text)).toEqual(['大厅'])
  })
})

describe('marks on a way', () => {
  it('point where it goes, clear of its corners', () => {
    const way = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: -4 },
      { x: 9, y: -4 },
    ]
    expect(marksAlong(way, 5)).toEqual([
      { at: { x: 2.5, y: 0 }, angle: 0 },
      { at: { x: 7.5, y: 0 }, angle: 0 },
      { at: { x: 10, y: -2 }, angle: -90 },
    ])
  })
})
