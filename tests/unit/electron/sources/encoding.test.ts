import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decodeText, encodingFinding } from '../../../../electron/sources/encoding.ts'

const text = '（一）社会保险\n\t办理材料\n\t1.身份证原件1份；㐀𠮷\r\n'

describe('the encodings people save text in', () => {
  test.each([
    ['UTF-8', 'utf8', false, 'UTF-8', false, null],
    ['UTF-8 with its mark', 'utf8', true, 'UTF-8', false, null],
    ['"Unicode" of the Windows editor', 'utf-16le', true, 'UTF-16LE', false, 'info'],
    ['big-endian UTF-16', 'utf-16be', true, 'UTF-16BE', false, 'info'],
    ['UTF-16 without a mark', 'utf-16le', false, 'UTF-16LE', true, 'warning'],
    ['big-endian UTF-16 without a mark', 'utf-16be', false, 'UTF-16BE', true, 'warning'],
    ['GB18030', 'gb18030', false, 'GB18030', true, 'warning'],
  ] as const)('%s', (_, name, addBOM, encoding, assumed, severity) => {
    const decoded = decodeText(iconv.encode(text, name, { addBOM }))
    expect(decoded).toMatchObject({ kind: 'text', encoding, assumed })
    if (decoded.kind !== 'text') throw new Error()
    expect(decoded.text.replace(/^\uFEFF/, '')).toBe(text)
    expect(encodingFinding(decoded)?.severity ?? null).toBe(severity)
  })

  test('GBK, as its old name has it', () => {
    expect(decodeText(iconv.encode('办事指南', 'gbk'))).toMatchObject({
      text: '办事指南',
      encoding: 'GB18030',
    })
  })
})

test.each([
  ['a picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0)],
  ['half a character', iconv.encode('办事指南', 'gb18030').subarray(0, 7)],
  ['zeros', new Uint8Array(64)],
  ['UTF-16 cut in a character', iconv.encode('办事', 'utf-16le', { addBOM: true }).subarray(0, 5)],
])('%s is no text', (_, bytes) => {
  expect(decodeText(bytes)).toEqual({ kind: 'not-text' })
})

const written = fc.string({
  unit: fc.constantFrom('办', '事', '指', '南', '0991', '—', '（', '）', 'a', ' ', '\n', '\t', '㐀', '𠮷'),
  minLength: 1,
})

test('whatever is written in an encoding with a mark comes back', () => {
  fc.assert(
    fc.property(written, fc.constantFrom('utf8', 'utf-16le', 'utf-16be'), (said, name) => {
      expect(decodeText(iconv.encode(said, name, { addBOM: true }))).toMatchObject({
        text: expect.stringMatching(/^/),
      })
      const decoded = decodeText(iconv.encode(said, name, { addBOM: true }))
      expect(decoded.kind === 'text' && decoded.text.replace(/^\uFEFF/, '')).toBe(said)
    }),
  )
})

test('bytes of any kind never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(['text', 'not-text']).toContain(decodeText(bytes).kind)
    }),
  )
})
