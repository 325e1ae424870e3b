import { describe, expect, it } from 'vitest'
import { hasPaper, isPaperAnswer, statusOf } from '../../../../../electron/printing/escpos/status.ts'

const ready = { kind: 'ready', warnings: [] }
const blocked = (problem: string) => ({ kind: 'blocked', problem })

describe('the answers to DLE EOT', () => {
  it.each([
    ['nothing amiss', { 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12 }, ready],
    ['only the paper sensor known', { 4: 0x12 }, ready],
    ['the drawer’s pin, of no concern', { 1: 0x16, 2: 0x12, 4: 0x12 }, ready],
    ['paper near its end', { 1: 0x12, 2: 0x12, 4: 0x1e }, { kind: 'ready', warnings: ['paper-low'] }],
    ['one of the two near-end bits', { 4: 0x16 }, { kind: 'ready', warnings: ['paper-low'] }],
    ['no paper', { 1: 0x1a, 2: 0x32, 3: 0x12, 4: 0x7e }, blocked('paper-empty')],
    ['one of the two paper bits', { 4: 0x32 }, blocked('paper-empty')],
    ['printing stopped by paper end, sensor silent', { 2: 0x32 }, blocked('paper-empty')],
    ['the cover open, and thus no paper felt', { 1: 0x1a, 2: 0x36, 4: 0x72 }, blocked('cover-open')],
    ['the cutter stuck', { 1: 0x1a, 2: 0x52, 3: 0x1a, 4: 0x12 }, blocked('paper-jam')],
    ['a hot head, which cools', { 1: 0x1a, 2: 0x52, 3: 0x52, 4: 0x12 }, blocked('busy')],
    ['a fault that needs repair', { 1: 0x1a, 2: 0x52, 3: 0x32, 4: 0x12 }, blocked('unknown')],
    ['a fault a hand can undo', { 1: 0x1a, 2: 0x52, 3: 0x16, 4: 0x12 }, blocked('unknown')],
    ['hot and in need of repair', { 2: 0x52, 3: 0x72, 4: 0x12 }, blocked('unknown')],
    ['an error it does not name', { 2: 0x52, 4: 0x12 }, blocked('unknown')],
    ['paper fed by the button', { 1: 0x1a, 2: 0x1a, 4: 0x12 }, blocked('busy')],
    ['offline for no reason given', { 1: 0x1a, 2: 0x12, 4: 0x12 }, blocked('unknown')],
    ['a byte of another form beside a good one', { 2: 0xff, 4: 0x12 }, ready],
  ])('%s', (_name, answers, status) => {
    expect(statusOf(answers)).toStrictEqual(status)
  })

  it.each([[{}], [{ 4: 0x00 }], [{ 4: 0xff }], [{ 1: 0x10, 2: 0x13, 3: 0x92, 4: 0x02 }]])(
    'that are none mean nothing: %o',
    (answers) => {
      expect(statusOf(answers)).toBeNull()
    },
  )
})

it.each([
  [0x00, true, true],
  [0x03, true, true],
  [0x0c, true, false],
  [0x0f, true, false],
  [0x6f, true, false],
  [0x12, false, null],
  [0x80, false, null],
])('GS r answered by %i: an answer %s, paper %s', (byte, isAnswer, paper) => {
  expect(isPaperAnswer(byte)).toBe(isAnswer)
  if (paper !== null) expect(hasPaper(byte)).toBe(paper)
})
