import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeMessage } from '../../../../../electron/printing/ipp/decode.ts'
import {
  encodeMessage,
  type IppAttributes,
  IppFormatError,
  type IppMessage,
  type IppValue,
} from '../../../../../electron/printing/ipp/message.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s+/g, ''), 'hex'))

const message = (changes: Partial<IppMessage>): IppMessage => ({
  version: 0x0101,
  code: 0x000b,
  requestId: 1,
  groups: [],
  data: new Uint8Array(),
  ...changes,
})

const withValues = (...values: IppValue[]): IppMessage =>
  message({ groups: [{ tag: 2, attributes: new Map([['a', values]]) }] })

describe('bytes on the wire', () => {
  // RFC 8010, appendix A.1, cut to its first attributes.
  test('are those of RFC 8010', () => {
    const print = message({
      code: 2,
      groups: [
        {
          tag: 1,
          attributes: new Map<string, IppValue[]>([
            ['attributes-charset', [{ tag: 'charset', value: 'utf-8' }]],
            ['ipp-attribute-fidelity', [{ tag: 'boolean', value: true }]],
          ]),
        },
        { tag: 2, attributes: new Map([['copies', [{ tag: 'integer', value: 20 }]]]) },
      ],
      data: bytes('25504446'),
    })
    const wire = bytes(
      `0101 0002 00000001 01
       47 0012 617474726962757465732d63686172736574 0005 7574662d38
       22 0016 6970702d6174747269627574652d666964656c697479 0001 01
       02 21 0006 636f70696573 0004 00000014
       03 25504446`,
    )
    expect(encodeMessage(print)).toEqual(wire)
    expect(decodeMessage(wire)).toEqual(print)
  })

  test.each<[string, IppValue, string]>([
    ['a range', { tag: 'range', lower: -1, upper: 257 }, '33 0001 61 0008 ffffffff 00000101'],
    ['an enum', { tag: 'enum', value: 5 }, '23 0001 61 0004 00000005'],
    [
      'a resolution',
      { tag: 'resolution', across: 600, along: 300, units: 3 },
      '32 0001 61 0009 00000258 0000012c 03',
    ],
    ['no value', { tag: 'noValue' }, '13 0001 61 0000'],
    [
      'a text in a language',
      { tag: 'nameWithLanguage', language: 'zh', value: '单' },
      '36 0001 61 0009 0002 7a68 0003 e58d95',
    ],
    [
      'a time west of Greenwich (RFC 2579: 1992-5-26,13:30:15.0,-4:0)',
      {
        tag: 'dateTime',
        value: { year: 1992, month: 5, day: 26, hour: 13, minute: 30, second: 15, tenths: 0, offset: -240 },
      },
      '31 0001 61 000b 07c8 05 1a 0d 1e 0f 00 2d 04 00',
    ],
    [
      'a collection (RFC 8010 section 3.1.6)',
      {
        tag: 'collection',
        members: new Map([
          [
            'x',
            [
              { tag: 'integer', value: 1 },
              { tag: 'integer', value: 2 },
            ],
          ],
        ]),
      },
      '34 0001 61 0000  4a 0000 0001 78  21 0000 0004 00000001  21 0000 0004 00000002  37 0000 0000',
    ],
  ])('of %s', (_, value, hex) => {
    const wire = bytes(`0101 000b 00000001 02 ${hex} 03`)
    expect(encodeMessage(withValues(value))).toEqual(wire)
    expect(decodeMessage(wire)).toEqual(withValues(value))
  })

  test.each([
    ['nothing', ''],
    ['no end', '0101 000b 00000001 02'],
    ['a value before any group', '0101 000b 00000001 21 0001 61 0004 00000001 03'],
    ['a second value without a first', '0101 000b 00000001 02 21 0000 0004 00000001 03'],
    ['an integer of three octets', '0101 000b 00000001 02 21 0001 61 0003 000001 03'],
    ['an integer of five octets', '0101 000b 00000001 02 21 0001 61 0005 0000000100 03'],
    ['a value longer than the message', '0101 000b 00000001 02 41 0001 61 7fff 03'],
    ['a collection without an end', '0101 000b 00000001 02 34 0001 61 0000 03'],
    ['a member without a value', '0101 000b 00000001 02 34 0001 61 0000 4a 0000 0001 78 37 0000 0000 03'],
    [
      'collections without an end, one in the other',
      `0101 000b 00000001 02 34 0001 61 0000 ${'4a 0000 0001 78 34 0000 0000'.repeat(5000)} 03`,
    ],
  ])('that are none: %s', (_, hex) => {
    expect(() => decodeMessage(bytes(hex))).toThrow(IppFormatError)
  })

  test.each<[string, IppMessage]>([
    [
      'an attribute without a name',
      message({ groups: [{ tag: 1, attributes: new Map([['', [{ tag: 'unknown' }]]]) }] }),
    ],
    ['an attribute without a value', withValues()],
    ['a value too long', withValues({ tag: 'text', value: 'x'.repeat(0x8000) })],
    ['a number too large', withValues({ tag: 'integer', value: 2 ** 33 })],
    ['half a number', withValues({ tag: 'integer', value: 0.5 })],
    ['a group that is the end', message({ groups: [{ tag: 3, attributes: new Map() }] })],
  ])('are refused for %s', (_, unsayable) => {
    expect(() => encodeMessage(unsayable)).toThrow(IppFormatError)
  })
})

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const integer = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const octet = fc.integer({ min: 0, max: 255 })
const anyBytes = fc.uint8Array({ maxLength: 40 }).map((each) => Uint8Array.from(each))

const simpleValue: fc.Arbitrary<IppValue> = fc.oneof(
  fc.record({
    tag: fc.constantFrom(
      'text',
      'name',
      'keyword',
      'uri',
      'uriScheme',
      'charset',
      'naturalLanguage',
      'mimeMediaType',
    ),
    value: text,
  }),
  fc.record({ tag: fc.constantFrom('integer', 'enum'), value: integer }),
  fc.record({ tag: fc.constant('boolean'), value: fc.boolean() }),
  fc.record({ tag: fc.constant('octetString'), value: anyBytes }),
  fc.record({
    tag: fc.constant('dateTime'),
    value: fc.record({
      year: fc.integer({ min: 0, max: 65535 }),
      month: octet,
      day: octet,
      hour: octet,
      minute: octet,
      second: octet,
      tenths: octet,
      offset: fc.integer({ min: -15299, max: 15299 }),
    }),
  }),
  fc.record({
    tag: fc.constant('resolution'),
    across: integer,
    along: integer,
    units: fc.integer({ min: -128, max: 127 }),
  }),
  fc.record({ tag: fc.constant('range'), lower: integer, upper: integer }),
  fc.record({ tag: fc.constantFrom('textWithLanguage', 'nameWithLanguage'), language: text, value: text }),
  fc.record({ tag: fc.constantFrom('unsupported', 'unknown', 'noValue') }),
  fc.record({
    tag: fc.constant('other'),
    code: fc.constantFrom(0x11, 0x15, 0x2f, 0x43, 0x7f),
    value: anyBytes,
  }),
)

const attributesOf = (value: fc.Arbitrary<IppValue>): fc.Arbitrary<IppAttributes> =>
  fc
    .array(
      fc.tuple(fc.string({ minLength: 1, maxLength: 12 }), fc.array(value, { minLength: 1, maxLength: 3 })),
      {
        maxLength: 4,
      },
    )
    .map((entries) => new Map(entries))

const { value: anyValue } = fc.letrec<{ value: IppValue; collection: IppValue }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, simpleValue, tie('collection')),
  collection: attributesOf(tie('value')).map((members) => ({ tag: 'collection', members })),
}))

const anyMessage: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.integer({ min: 0, max: 0xffff }),
  code: fc.integer({ min: 0, max: 0xffff }),
  requestId: integer,
  groups: fc.array(
    fc.record({ tag: fc.constantFrom(1, 2, 4, 5, 9, 15), attributes: attributesOf(anyValue) }),
    {
      maxLength: 4,
    },
  ),
  data: anyBytes,
})

/** What becomes of bytes: a message, or the one error; any other error fails the test. */
function decoded(wire: Uint8Array): IppMessage | null {
  try {
    return decodeMessage(wire)
  } catch (error) {
    expect(error).toBeInstanceOf(IppFormatError)
    return null
  }
}

describe('any message and any bytes', { timeout: 30_000 }, () => {
  test('a message put into bytes is read again as it was', () => {
    fc.assert(
      fc.property(anyMessage, (each) => {
        expect(decodeMessage(encodeMessage(each))).toEqual(each)
      }),
      { numRuns: 150 },
    )
  })

  test('arbitrary bytes are a message or no IPP', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (each) => void decoded(each)),
      { numRuns: 2000 },
    )
  })

  test('a message cut short anywhere before its end is no IPP', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (each, cut) => {
        const wire = encodeMessage({ ...each, data: new Uint8Array() })
        expect(decoded(wire.slice(0, cut % wire.length))).toBeNull()
      }),
      { numRuns: 150 },
    )
  })

  test('a message with octets changed is another message or no IPP', () => {
    const changes = fc.array(fc.tuple(fc.nat(), octet), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(anyMessage, changes, (each, changed) => {
        const wire = encodeMessage(each)
        for (const [at, value] of changed) wire[at % wire.length] = value
        decoded(wire)
      }),
      { numRuns: 150 },
    )
  })
})
