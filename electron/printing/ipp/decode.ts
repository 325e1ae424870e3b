import {
  deepestNesting,
  delimiters,
  type IppAttributes,
  type IppDateTime,
  IppFormatError,
  type IppGroup,
  type IppMessage,
  type IppValue,
  tagOfCode,
} from './message.ts'

/** Bytes read from the front; throws IppFormatError where they end too early. */
class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Where the next `octets` begin. */
  #step(octets: number): number {
    const at = this.#at
    if (at + octets > this.#bytes.length) throw new IppFormatError('it ends too early')
    this.#at += octets
    return at
  }

  byte = (): number => this.#view.getUint8(this.#step(1))
  signedByte = (): number => this.#view.getInt8(this.#step(1))
  short = (): number => this.#view.getUint16(this.#step(2))
  integer = (): number => this.#view.getInt32(this.#step(4))
  bytes(octets: number): Uint8Array {
    const at = this.#step(octets)
    // A copy: a Buffer's own slice would hold on to all that was received.
    return new Uint8Array(this.#bytes.subarray(at, at + octets))
  }
  counted = (): Uint8Array => this.bytes(this.short())
  text = (): string => asText(this.counted())
  rest = (): Uint8Array => this.bytes(this.#bytes.length - this.#at)
  isAtEnd = (): boolean => this.#at === this.#bytes.length
}

const asText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/**
 * The message in bytes from anywhere (RFC 8010); throws IppFormatError and nothing else where they are none.
 * Takes time and memory in proportion to the bytes. Of two attributes of one name the first counts.
 */
export function decodeMessage(bytes: Uint8Array): IppMessage {
  const reader = new Reader(bytes)
  const version = reader.short()
  const code = reader.short()
  const requestId = reader.integer()
  const groups: IppGroup[] = []
  let tag = reader.byte()
  while (tag !== delimiters.end) {
    if (tag === 0 || tag >= delimiters.firstValue) throw new IppFormatError('a value before any group')
    const group = readGroup(reader)
    groups.push({ tag, attributes: group.attributes })
    tag = group.next
  }
  return { version, code, requestId, groups, data: reader.rest() }
}

/** One group's attributes, and the delimiter after them. */
function readGroup(reader: Reader): { readonly attributes: IppAttributes; readonly next: number } {
  const attributes = new Map<string, IppValue[]>()
  let values: IppValue[] | null = null
  for (;;) {
    const tag = reader.byte()
    if (tag < delimiters.firstValue) return { attributes, next: tag }
    const name = reader.text()
    if (name !== '') {
      values = []
      if (!attributes.has(name)) attributes.set(name, values)
    }
    if (values === null) throw new IppFormatError('a value of no attribute')
    values.push(readValue(reader, tag, 0))
  }
}

function readValue(reader: Reader, code: number, depth: number): IppValue {
  const bytes = reader.counted()
  if (code !== delimiters.beginCollection) return valueOf(code, bytes)
  if (depth >= deepestNesting) throw new IppFormatError('values nested too deep')
  return { tag: 'collection', members: readMembers(reader, depth + 1) }
}

/** A collection's members up to its end (RFC 8010 section 3.1.6). */
function readMembers(reader: Reader, depth: number): IppAttributes {
  const members = new Map<string, IppValue[]>()
  let values: IppValue[] | null = null
  for (;;) {
    const tag = reader.byte()
    if (tag < delimiters.firstValue) throw new IppFormatError('a collection without an end')
    // The names of values inside a collection are empty.
    reader.counted()
    if (tag === delimiters.memberName || tag === delimiters.endCollection) {
      if (values?.length === 0) throw new IppFormatError('a member without a value')
      const name = reader.text()
      if (tag === delimiters.endCollection) return members
      if (name === '') throw new IppFormatError('a member without a name')
      values = []
      if (!members.has(name)) members.set(name, values)
    } else if (values === null) throw new IppFormatError('a value of no member')
    else values.push(readValue(reader, tag, depth))
  }
}

function valueOf(code: number, bytes: Uint8Array): IppValue {
  const reader = new Reader(bytes)
  const value = readContent(code, reader)
  // What stands in the value of an out-of-band tag means nothing.
  const isWhole = reader.isAtEnd() || value.tag in outOfBand
  if (!isWhole) throw new IppFormatError(`${bytes.length} octets in a value of kind ${code}`)
  return value
}

const outOfBand = { unsupported: true, unknown: true, noValue: true }

function readContent(code: number, reader: Reader): IppValue {
  const tag = tagOfCode(code)
  switch (tag) {
    case 'integer':
    case 'enum':
      return { tag, value: reader.integer() }
    case 'boolean':
      return { tag, value: reader.byte() !== 0 }
    case 'octetString':
      return { tag, value: reader.rest() }
    case 'other':
      return { tag, code, value: reader.rest() }
    case 'dateTime':
      return { tag, value: readDateTime(reader) }
    case 'resolution':
      return { tag, across: reader.integer(), along: reader.integer(), units: reader.signedByte() }
    case 'range':
      return { tag, lower: reader.integer(), upper: reader.integer() }
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return { tag, language: reader.text(), value: reader.text() }
    case 'unsupported':
    case 'unknown':
    case 'noValue':
      return { tag }
    case 'collection':
      throw new IppFormatError('a collection inside a value')
    default:
      return { tag, value: asText(reader.rest()) }
  }
}

function readDateTime(reader: Reader): IppDateTime {
  const year = reader.short()
  const month = reader.byte()
  const day = reader.byte()
  const hour = reader.byte()
  const minute = reader.byte()
  const second = reader.byte()
  const tenths = reader.byte()
  const sign = reader.byte()
  if (sign !== 0x2b && sign !== 0x2d) throw new IppFormatError('a time without a direction from UTC')
  const minutes = 60 * reader.byte() + reader.byte()
  // Not -0: 0 minutes west is 0 minutes east.
  const offset = sign === 0x2d && minutes > 0 ? -minutes : minutes
  return { year, month, day, hour, minute, second, tenths, offset }
}
