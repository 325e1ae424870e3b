import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parseMaterials } from '../../../data/intake/materials.ts'
import { materialGroupSchema, type MaterialGroup } from '../../../data/catalogue.ts'
import { readDocument } from '../../../data/intake/document.ts'

const guide = readFileSync(new URL('../../../data/content/guide.txt', import.meta.url), 'utf8')
const fields = readDocument(guide, () => undefined).tables.map(
  ({ fields: of }) =>
    of
      .get('办理材料')
      ?.lines.map(({ text }) => text)
      .join('\n') ?? '',
)

const parse = (text: string) =>
  parseMaterials(
    text.split('\n').map((line, index) => ({ number: index + 1, text: line })),
    () => undefined,
  )

const isLetter = (sign: string) => /[\p{L}\p{N}]/u.test(sign)

/** Every letter and digit of the result, in reading order. */
const lettersOf = (groups: readonly MaterialGroup[]) =>
  [
    ...groups
      .map(
        ({ when, note, materials }) =>
          `${when ?? ''}${note ?? ''}${materials.map(({ text }) => text).join('')}`,
      )
      .join(''),
  ].filter(isLetter)

const amounts = '年月日号时分秒份张页本册寸人名位个次种类级项条款元万千百天周岁楼层室倍式'

const lineBreak = '(?:\\s*\\n\\s*)?'

/**
 * A list mark: a number and its sign, a number in brackets, or a number that lost its dot and counts
 * nothing; a line may break inside the mark.
 */
const mark = new RegExp(
  `[1-9１-９][0-9０-９]?${lineBreak}(?:[)）]|[.．、](?![0-9０-９]))` +
    `|[1-9１-９][0-9０-９]?(?=[一-鿿《“])(?![${amounts}])` +
    `|[（(]${lineBreak}[1-9１-９][0-9０-９]?${lineBreak}[)）]` +
    `|[一二三四五六七八九十]{1,3}${lineBreak}[、.．](?![一二三四五六七八九十])` +
    `|[（(]${lineBreak}[一二三四五六七八九十]{1,3}${lineBreak}[)）]|[①-⑳]`,
  'uy',
)

/**
 * What the result lacks of `field`, or null where it lacks nothing. Walks field and result side by side; a
 * list mark may be missing, but only where one can stand: at the start of a line, behind punctuation that
 * ends an entry or a heading, behind a bracket or a space, or behind another mark.
 */
function lost(field: string, groups: readonly MaterialGroup[]): string | null {
  const source = [...field]
  const text = source.join('')
  const got = lettersOf(groups)
  const places = new Map<number, Set<number>>([[0, new Set([0])]])
  let furthest = 0
  let offset = 0
  const ends = new Set<number>()
  const marksAt = new Map<number, number>()
  let canStand = true
  for (const sign of source) {
    if (canStand || ends.has(offset)) {
      mark.lastIndex = offset
      const found = mark.exec(text)
      if (found) {
        marksAt.set(offset, offset + found[0].length)
        ends.add(offset + found[0].length)
      }
    }
    canStand = /[\s；;。：:)）》”]/.test(sign) || (canStand && /\s/.test(sign))
    offset += sign.length
  }
  offset = 0
  for (const sign of source) {
    const here = places.get(offset) ?? new Set<number>()
    const reach = (to: number, at: number) => places.set(to, (places.get(to) ?? new Set<number>()).add(at))
    for (const at of here) {
      const skipped = marksAt.get(offset)
      if (skipped !== undefined) reach(skipped, at)
      if (!isLetter(sign)) reach(offset + sign.length, at)
      else if (got[at] === sign) {
        reach(offset + sign.length, at + 1)
        furthest = Math.max(furthest, offset)
      }
    }
    places.delete(offset)
    offset += sign.length
  }
  return places.get(text.length)?.has(got.length) ? null : text.slice(furthest, furthest + 40)
}

const inserted = fc.constantFrom(
  ...'（）()《》“”：；。，、,;: \t一二1２39.．①',
  '1.',
  '2、',
  '3）',
  '（2）',
  '二、',
  '1．',
  '一、',
  '2015年',
  '12333',
  '原件1份',
  '提供',
  '需提供：',
  '的，',
  '材料：',
  '如',
  '除上述材料外，还需提供：',
  '根据情况提供以下材料：',
  '委托他人办理的，需提供：',
  '𠮷',
  'ياردەم',
)

const edit = fc.oneof(
  fc.record({ how: fc.constant('delete' as const), at: fc.nat(2000), many: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ how: fc.constant('double' as const), at: fc.nat(2000), many: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ how: fc.constant('insert' as const), at: fc.nat(2000), what: inserted }),
  fc.record({ how: fc.constant('split' as const), at: fc.nat(2000) }),
  fc.record({ how: fc.constant('merge' as const), at: fc.nat(40) }),
  fc.record({ how: fc.constant('swap' as const), at: fc.nat(40), with: fc.nat(40) }),
  fc.record({
    how: fc.constant('renumber' as const),
    at: fc.nat(30),
    number: fc.integer({ min: 0, max: 120 }),
  }),
)

type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never

function apply(text: string, change: Edit): string {
  const lines = text.split('\n')
  const at = change.at % Math.max(1, text.length)
  switch (change.how) {
    case 'delete':
      return text.slice(0, at) + text.slice(at + change.many)
    case 'double':
      return text.slice(0, at) + text.slice(at, at + change.many) + text.slice(at)
    case 'insert':
      return text.slice(0, at) + change.what + text.slice(at)
    case 'split':
      return `${text.slice(0, at)}\n${text.slice(at)}`
    case 'merge': {
      const line = change.at % lines.length
      return [...lines.slice(0, line), lines.slice(line, line + 3).join(''), ...lines.slice(line + 3)].join(
        '\n',
      )
    }
    case 'swap': {
      const [one, other] = [change.at % lines.length, change.with % lines.length]
      return lines
        .map((line, index) => lines[index === one ? other : index === other ? one : index] ?? line)
        .join('\n')
    }
    case 'renumber': {
      let seen = 0
      return text.replace(/[0-9]+/g, (digits) => (seen++ === change.at ? String(change.number) : digits))
    }
  }
}

const mutatedField = fc
  .tuple(fc.constantFrom(...fields), fc.array(edit, { minLength: 1, maxLength: 8 }))
  .map(([field, edits]) => edits.reduce(apply, field).toWellFormed())

const piecesOfText = fc
  .array(
    fc.oneof(inserted, fc.constantFrom('\n', '身份证', '复印件一份', '职工本人', '表', '8号', '1寸照片2张')),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

const anyText = fc.oneof(
  { weight: 6, arbitrary: mutatedField },
  { weight: 3, arbitrary: piecesOfText },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)

const runs = { numRuns: 3000 }

describe('laws of the material lists', () => {
  test('the checker itself notices a lost character, and forgives only numbering', () => {
    expect(lost('1.身份证原件；2.照片', parse('身份证原件；照片'))).toBeNull()
    expect(lost('1.身份证原件；2.照片', parse('身份证原；照片'))).not.toBeNull()
    expect(lost('身份证2015年', parse('身份证年'))).not.toBeNull()
    expect(lost('2015年的表', parse('15年的表'))).not.toBeNull()
    expect(lost('表2.照片', parse('表照片'))).not.toBeNull()
    expect(lost('2张照片', parse('张照片'))).not.toBeNull()
    expect(lost('身份证；照片', parse('照片；身份证'))).not.toBeNull()
    expect(lost('身份证', parse('身份证；身份证'))).not.toBeNull()
  })

  test('nothing of the guide is lost', () => {
    expect(fields).toHaveLength(132)
    for (const field of fields) expect(lost(field, parse(field))).toBeNull()
  })

  test('nothing is lost, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lost(text, parse(text))).toBeNull()
      }),
      runs,
    )
  })

  test('every text says something, and every condition is quoted from it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { when, note, within, materials } of parse(text)) {
          for (const words of [when, note, ...within]) expect(words === null || isSaying(words)).toBe(true)
          for (const material of materials) {
            expect(isSaying(material.text)).toBe(true)
            if (material.when !== null) expect(material.text).toContain(material.when)
            if (material.when !== null) expect(isSaying(material.when)).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  test('every result has the shape of the catalogue', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(v.is(v.array(materialGroupSchema), parse(text))).toBe(true)
      }),
      runs,
    )
  })

  test('counts come with what is asked for, and notes ask for nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const material of parse(text).flatMap(({ materials }) => materials)) {
          if (material.originals !== null) expect(material.asks).toContain('original')
          if (material.photocopies !== null) expect(material.asks).toContain('photocopy')
          if (material.kind === 'note') expect(material.asks).toEqual([])
        }
      }),
      runs,
    )
  })

  test('every finding names a line of the field and has words for staff', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = text.split('\n').map((line, index) => ({ number: index + 1, text: line }))
        parseMaterials(lines, ({ line, message, rule }) => {
          expect(line === null || (line >= 1 && line <= lines.length)).toBe(true)
          expect(message).toMatch(/[一-鿿]/)
          expect(rule).toMatch(/^material-[a-z-]+$/)
        })
      }),
      { numRuns: 300 },
    )
  })

  const units = [
    '（',
    '）',
    '《',
    '（《',
    '1.',
    '1.表；',
    '2）',
    '；',
    '；（',
    '。（表）',
    '。',
    '：',
    '材料：',
    '：1.',
    '，提供',
    '表；证，',
    '1企业；',
    '如',
    '的',
    '的，需',
    '原件1份',
    '原件及',
    '一式',
    '根据情况提供',
    '除上述材料外，还需提供：',
    '甲者，',
    '（甲提供',
    '企业上传照，',
    '二、',
    '（一）',
    ' ',
    ' 2.',
    '\n',
    '（\n',
    '，\n',
    '1.\n',
    '甲：\n',
    '1.甲：\n',
    '一、甲：\n',
    '的，需提供：\n',
    '本人证\n代理人证\n',
    '\t表\n\n',
    '除',
    '各一式',
    '1.5',
    '一、二、',
    '1.    ',
    '表2.照',
    '1.表2.证3.照',
    '\n2最近；',
    '近3年',
    '①表②',
  ]
  test.each(units)('200 kB of %j take no longer than their length, on a busy machine too', (unit) => {
    const text = unit.repeat(Math.ceil(67_000 / unit.length))
    const start = performance.now()
    parse(text)
    // Well under a second on a quiet one; what looks back over all that was read would take minutes.
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

const isSaying = (words: string) => [...words].some(isLetter)
