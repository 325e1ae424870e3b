import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Service } from '../../../data/catalogue.ts'
import { composeSlip, type Slip } from '../../../data/slip.ts'
import { blocksOf, keepsWithNext, type SlipBlock, type SlipWords } from '../../../renderer/slip/blocks.ts'
import { aCatalogue, aRequest, aService, someContent } from '../../fixtures/catalogue.ts'
import { noon } from '../../fixtures/hosts.ts'

const material = (text: string, kind: 'document' | 'action' | 'note' = 'document') => ({
  kind,
  text,
  originals: null,
  photocopies: null,
  asks: [],
  inspectOnly: false,
  when: null,
})
const group = (...texts: string[]) => ({
  when: null,
  within: [],
  note: null,
  materials: texts.map((text) => material(text)),
})

/** Words that only say what they were asked. */
const words: SlipWords = {
  enquiries: ({ name }) => [`${name}的电话`],
  hours: () => ['工作日 10:00–13:30'],
  acceptance: () => null,
  fee: () => '不收费',
  materials: () => '要带的材料',
  count: (documents) => `共${documents}样`,
  caseHeading: ({ cases }) => (cases.length === 0 ? null : cases.join('，')),
  sharedHeading: () => '共用',
  sharedCount: ({ photocopies }) => `复印件${photocopies}份`,
  copies: ({ copies }) => copies.map(({ name, count }) => `${name}${count}`).join('；'),
  cases: (cases) => cases.join('、'),
  without: ({ kind }) => (kind === 'door' ? null : kind),
  uncertain: () => '不一定',
  forService: (service, text) => `${service}：${text}`,
}

const slipOf = (...services: readonly Service[]): Slip =>
  composeSlip(
    aRequest('', { services: services.map(({ id }) => ({ id, answers: {} })) }),
    { ...someContent(), catalogue: aCatalogue({ services: [...services] }) },
    { now: noon },
    'slip-1',
  )
const blocks = (...services: readonly Service[]) => blocksOf(slipOf(...services), words)
const marks = (all: readonly SlipBlock[]) =>
  all.flatMap((block) => (block.kind === 'entry' ? [block.mark] : []))
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

describe('a slip for one service', () => {
  it('heads cases and gives boxes to what is to bring or to do', () => {
    const made = blocks(
      aService({
        materials: [
          group('申请表（原件1份）'),
          {
            when: '单位',
            within: [],
            note: '需提供：',
            materials: [material('缴费', 'action'), material('无', 'note')],
          },
        ],
      }),
    )
    expect(made.map(({ kind }) => kind)).toEqual([
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
    expect(marks(made)).toEqual(['box', 'box', 'dash'])
    expect(made.filter(keepsWithNext).map(({ kind }) => kind)).toEqual(['materials', 'case'])
  })

  it('cuts an entry longer than a page’s piece, with one box and nothing lost', () => {
    const texts = fc.array(fc.constantFrom('工作单位', '、', '，', '职务', '。', '2015年'), {
      minLength: 100,
      maxLength: 900,
    })
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('')
        const entries = blocks(aService({ materials: [group(text)] })).flatMap((block) =>
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
    const made = blocks({ ...online, fields: { ...online.fields, 办理方式: '网上办理（中国人事考试网）' } })
    expect(made.slice(0, 3)).toEqual([
      { kind: 'title', family: null, names: ['工伤认定申请'] },
      { kind: 'fact', name: 'channels', text: '网上办理（中国人事考试网）' },
      { kind: 'fact', name: 'office', text: '北京南路445号2楼205室' },
    ])
    expect(marks(made)).toEqual(['dash'])
  })
})

describe('a slip for several services', () => {
  const one = aService({
    id: 'a',
    name: '甲事',
    title: '甲事',
    materials: [group('身份证复印件2份', '甲表')],
  })
  const other = aService({
    id: 'b',
    name: '乙事',
    title: '乙事',
    materials: [group('本人身份证复印件', '乙表')],
  })
  const withCounts = (service: Service, copies: number | null): Service => ({
    ...service,
    materials: service.materials.map((each) => ({
      ...each,
      materials: each.materials.map((entry, at) =>
        at === 0 ? { ...entry, photocopies: copies, asks: ['photocopy' as const] } : entry,
      ),
    })),
  })

  it('goes stop by stop: what they share first and once, then each with its own', () => {
    const made = blocks(withCounts(one, 2), withCounts(other, null))
    expect(made.filter(({ kind }) => kind === 'stop')).toHaveLength(1)
    expect(
      made.flatMap((block) =>
        block.kind === 'entry' ? [[block.label.name + block.label.tail, ...block.uses]] : [],
      ),
    ).toEqual([['身份证复印件3份', '乙事：本人身份证复印件', '甲事：身份证复印件2份'], ['乙表'], ['甲表']])
    expect(made.at(-1)).toEqual({ kind: 'fact', name: 'copies', text: '身份证3' })
  })

  it('says whose numbers are whose only where they differ, and every line once', () => {
    const lines = blocks(one, { ...other, name: '甲事' }).flatMap((block) =>
      block.kind === 'fact' && block.name === 'enquiries' ? [block.text] : [],
    )
    expect(lines).toEqual(['甲事的电话'])
  })

  it('never ends a page with a heading', () => {
    const made = blocks(one, other)
    for (const [index, block] of made.entries())
      if (keepsWithNext(block)) expect(index).toBeLessThan(made.length - 1)
  })
})
