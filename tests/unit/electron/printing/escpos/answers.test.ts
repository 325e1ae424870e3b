import { expect, it } from 'vitest'
import { type Answer, createAnswerReader } from '../../../../../electron/printing/escpos/answers.ts'

const paper = (byte: number): Answer => ({ kind: 'paper', byte })
const realTime = (byte: number): Answer => ({ kind: 'real-time', byte })

it.each([
  [
    'answers of both kinds',
    [0x12, 0x00, 0x7e, 0x0f],
    [realTime(0x12), paper(0), realTime(0x7e), paper(0x0f)],
  ],
  ['the word that buffers are empty', [0x37, 0x25, 0x00, 0x12], [{ kind: 'cleared' }, realTime(0x12)]],
  ['another block', [0x37, 0x22, 0x31, 0x32, 0x00], []],
  ['a model’s name', [0x5f, 0x54, 0x4d, 0x00, 0x12], [realTime(0x12)]],
  ['a block without end', [0x5f, ...Array<number>(63).fill(0x41), 0x12], [realTime(0x12)]],
  ['status sent unasked', [0x10, 0x00, 0x0c, 0x0f, 0x12], [realTime(0x12)]],
  ['flow control', [0x13, 0x11], []],
  ['noise', [0xff, 0x93, 0x80], []],
])('%s', (_name, bytes, answers) => {
  const read = createAnswerReader()
  expect(bytes.map(read).filter((answer) => answer !== null)).toStrictEqual(answers)
})
