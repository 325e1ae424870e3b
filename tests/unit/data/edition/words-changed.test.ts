import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mark, wordsChanged } from '../../../../data/edition/words-changed.ts'

const without = (kind: Mark['kind'], marks: readonly Mark[]): string =>
  marks.flatMap((mark) => (mark.kind === kind ? [] : [mark.text])).join('')

/** Marks as one reads them: [-gone-] and {+new+}. */
const read = (marks: readonly Mark[]): string =>
  marks
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('')

describe('the words that differ', () => {
  it.each([
    ['2楼205室', '2楼305室', '2楼[-205-]{+305+}室'],
    ['身份证原件', '身份证原件及复印件', '身份证原件{+及复印件+}'],
    ['工作日 10:00-14:00', '工作日 10:30-14:00', '工作日 10:[-00-]{+30+}-14:00'],
    ['不收费', '', '[-不收费-]'],
    ['', '不收费', '{+不收费+}'],
    ['同样', '同样', '同样'],
    ['咨询电话0991-3689687', '咨询电话0991-3689688', '咨询电话0991-[-3689687-]{+3689688+}'],
    ['按月申报缴费', '每季申领待遇', '[-按月申报缴费-]{+每季申领待遇+}'],
  ])('from %j to %j are %s', (before, after, marked) => {
    expect(read(wordsChanged(before, after))).toBe(marked)
  })

  const guideText = fc.string({ unit: fc.constantFrom(...'身份证原件及复印1份、12\n ab𠀀'), maxLength: 60 })
  const anyText = fc.oneof(guideText, fc.string({ unit: 'binary', maxLength: 40 }))

  it('leave every character of both texts accounted for', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const marks = wordsChanged(before, after)
        expect(without('added', marks)).toBe(before)
        expect(without('removed', marks)).toBe(after)
        expect(marks.every(({ text }) => text !== '')).toBe(true)
        expect(marks.some(({ kind }, index) => kind === marks[index - 1]?.kind)).toBe(false)
      }),
    )
  })

  it('are none where nothing differs', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(wordsChanged(text, text).every(({ kind }) => kind === 'same')).toBe(true)
      }),
    )
  })

  it('are found at once in long texts that have nothing in common', () => {
    const [before, after] = ['甲乙丙丁'.repeat(3000), '子丑寅卯'.repeat(3000)]
    const start = performance.now()
    expect(read(wordsChanged(before, after))).toBe(`[-${before}-]{+${after}+}`)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
