import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf, keepsWithNext } from '../../../renderer/slip/blocks.ts'
import { aService } from '../../fixtures/catalogue.ts'

const material = (text: string, kind: 'document' | 'action' | 'note' = 'document') => ({
  kind,
  text,
  originals: null,
  photocopies: null,
  asks: [],
  inspectOnly: false,
  when: null,
})
const service = (...texts: string[]) =>
  aService({
    materials: [{ when: '单位', within: [], note: null, materials: texts.map((text) => material(text)) }],
  })
const words = { enquiries: ['0991-3689725'], hours: ['工作日 10:00–13:30'], fee: '不收费' }
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

describe('blocksOf', () => {
  it('heads cases and gives boxes to what is to bring or to do', () => {
    const blocks = blocksOf(
      aService({
        materials: [
          { when: null, within: [], note: null, materials: [material('申请表（原件1份）')] },
          {
            when: '单位',
            within: [],
            note: '需提供：',
            materials: [material('缴费', 'action'), material('无', 'note')],
          },
        ],
      }),
      words,
    )
    expect(blocks.map(({ kind }) => kind)).toEqual([
      'title',
      'place',
      'fact',
      'fact',
      'materials',
      'entry',
      'case',
      'entry',
      'entry',
      'fact',
    ])
    expect(blocks.flatMap((block) => (block.kind === 'entry' ? [block.mark] : []))).toEqual([
      'box',
      'box',
      'dash',
    ])
    expect(blocks.filter(keepsWithNext).map(({ kind }) => kind)).toEqual(['materials', 'case'])
  })

  it('cuts an entry longer than a page’s piece, with one box and nothing lost', () => {
    const texts = fc.array(fc.constantFrom('工作单位', '、', '，', '职务', '。', '2015年'), {
      minLength: 100,
      maxLength: 900,
    })
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('')
        const entries = blocksOf(service(text), words).flatMap((block) =>
          block.kind === 'entry' ? [block] : [],
        )
        expect(entries.map(({ label }) => letters(label.name + label.tail)).join('')).toBe(letters(text))
        expect(entries.filter(({ mark }) => mark === 'box')).toHaveLength(1)
        for (const { label } of entries) expect(label.name.length).toBeLessThanOrEqual(260)
      }),
      { numRuns: 50 },
    )
  })

  it('leads with the website, not with a door, where nothing is brought to a counter', () => {
    const online = aService({
      channels: ['online'],
      materials: [
        { when: null, within: [], note: null, materials: [material('自行报名，无需现场办理', 'action')] },
      ],
    })
    const fields = { ...online.fields, 办理方式: '网上办理（中国人事考试网）' }
    const blocks = blocksOf({ ...online, fields }, words)
    expect(blocks.slice(0, 3)).toEqual([
      { kind: 'title' },
      { kind: 'fact', name: 'channels', text: '网上办理（中国人事考试网）' },
      { kind: 'fact', name: 'office', text: '北京南路445号2楼205室' },
    ])
    expect(blocks.flatMap((block) => (block.kind === 'entry' ? [block.mark] : []))).toEqual(['dash'])
  })
})
