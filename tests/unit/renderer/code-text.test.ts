import { describe, expect, it } from 'vitest'
import { codesOf } from '../../../data/qr.ts'
import { slipFormats } from '../../../data/slip.ts'
import type { SlipBlock } from '../../../renderer/slip/blocks.ts'
import {
  codeText,
  type CodeWords,
  codeWidth,
  textWidth,
  withCodes,
} from '../../../renderer/slip/code-text.ts'
import { aService } from '../../fixtures/catalogue.ts'

const [place] = aService().places
const words: CodeWords = {
  heading: '办事清单',
  stop: (number) => `第${number}站`,
  fact: (name) => name,
  place: ({ text }) => text,
  foot: ['编号 7K4-M2P'],
}
const title: SlipBlock = { kind: 'title', family: null, names: ['工伤认定申请'] }
const hours: SlipBlock = { kind: 'fact', name: 'hours', text: '工作日 10:00–13:30' }
const entry: SlipBlock = {
  kind: 'entry',
  mark: 'box',
  label: { name: '身份证', counts: '复印件1份', tail: '（复印件1份）' },
  uses: ['甲：身份证'],
}
const where: SlipBlock[] = place ? [{ kind: 'place', place }] : []
const fee: SlipBlock = { kind: 'fact', name: 'fee', text: '不收费' }
const all: readonly SlipBlock[] = [title, ...where, hours, entry, fee]

it('carries every block in order, entries with a box to tick', () => {
  expect(codeText(all, words).split('\n')).toEqual([
    '办事清单',
    '工伤认定申请',
    '北京南路445号2楼205室',
    'hours 工作日 10:00–13:30',
    '□ 身份证（复印件1份）',
    '  甲：身份证',
    'fee 不收费',
    '编号 7K4-M2P',
  ])
})

describe('a code', () => {
  const small = codesOf('一张小清单')
  const large = codesOf('字'.repeat(600))
  const several = codesOf('字'.repeat(1500))

  it('stands beside where and when', () => {
    const [placed = [], atEnd = []] = withCodes(all, small, 'a4')
    expect(placed.map(({ kind }) => kind)).toEqual(['title', 'beside', 'entry', 'fact'])
    expect(placed[1]).toMatchObject({ blocks: [...where, hours] })
    expect(atEnd).toEqual([...all, { kind: 'codes', codes: small, from: 0, of: 1 }])
    for (const way of [placed, atEnd]) expect(codeText(way, words)).toBe(codeText(all, words))
  })

  it.each([
    { title: 'there are several', blocks: all, codes: several, format: 'a4' },
    { title: 'it is too wide', blocks: all, codes: large, format: 'a5' },
    { title: 'the roll has no room beside it', blocks: all, codes: small, format: 'roll' },
    {
      title: 'the list goes stop by stop',
      blocks: [{ kind: 'stop', number: 1, without: null }, ...all],
      codes: small,
      format: 'a4',
    },
    {
      title: 'where and when is long',
      blocks: [title, { ...hours, text: '时'.repeat(301) }, entry],
      codes: small,
      format: 'a4',
    },
  ] as const)('stands at the end where $title', ({ blocks, codes, format }) => {
    const [atEnd = [], ...others] = withCodes(blocks, codes, format)
    expect(others).toEqual([])
    const rows = atEnd.slice(blocks.length).flatMap((block) => (block.kind === 'codes' ? [block] : []))
    expect([...atEnd.slice(0, blocks.length), ...rows]).toEqual(atEnd)
    expect(atEnd.slice(0, blocks.length)).toEqual(blocks)
    expect(rows.flatMap((row) => row.codes)).toEqual(codes)
    expect(rows.map(({ from }) => from)).toEqual(
      rows.map((_, index) => rows.slice(0, index).flatMap((row) => row.codes).length),
    )
    for (const row of rows) {
      expect(row.of).toBe(codes.length)
      const width = row.codes.reduce((sum, code) => sum + codeWidth(code, format) + 6, -6)
      expect(width).toBeLessThanOrEqual(textWidth[format])
    }
  })

  it('is never wider than its paper lets it be', () => {
    const widest = codesOf('字'.repeat(650))
    expect(widest).toHaveLength(1)
    for (const format of slipFormats)
      for (const code of widest) expect(codeWidth(code, format)).toBeLessThanOrEqual(textWidth[format])
  })
})
