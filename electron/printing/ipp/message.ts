import { KioskError } from '../../../data/errors.ts'

/** Codes of the attribute groups (RFC 8010 section 3.5.1). */
export const groupTags = { operation: 1, job: 2, printer: 4, unsupported: 5 } as const

/** Codes of values that are one text (RFC 8010 section 3.5.2). */
const textTags = {
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  uriScheme: 0x46,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const

const otherTags = {
  unsupported: 0x10,
  unknown: 0x12,
  noValue: 0x13,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  range: 0x33,
  collection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
} as const

/** Codes that hold a message together; those below `firstValue` end a group. */
export const delimiters = {
  end: 0x03,
  firstValue: 0x10,
  beginCollection: otherTags.collection,
  endCollection: 0x37,
  memberName: 0x4a,
} as const

/** Values inside values, at most: real printers nest three deep. */
export const deepestNesting = 16

/** Octets of one name or value: their length is a signed 16-bit number (RFC 8010 section 3.2). */
const longest = 0x7fff

/** A day and time as the printer's clock shows it, `offset` minutes east of UTC (RFC 2579 DateAndTime). */
export type IppDateTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly tenths: number
  readonly offset: number
}

/** One value of an attribute, by its syntax (RFC 8011 section 5.1). */
export type IppValue =
  | { readonly tag: keyof typeof textTags; readonly value: string }
  | { readonly tag: 'integer' | 'enum'; readonly value: number }
  | { readonly tag: 'boolean'; readonly value: boolean }
  | { readonly tag: 'octetString'; readonly value: Uint8Array }
  | { readonly tag: 'dateTime'; readonly value: IppDateTime }
  /** `units` 3: dots per inch; 4: dots per centimetre. */
  | { readonly tag: 'resolution'; readonly across: number; readonly along: number; readonly units: number }
  | { readonly tag: 'range'; readonly lower: number; readonly upper: number }
  | { readonly tag: 'collection'; readonly members: IppAttributes }
  | {
      readonly tag: 'textWithLanguage' | 'nameWithLanguage'
      readonly language: string
      readonly value: string
    }
  /** Out of band: there is no value, and why. */
  | { readonly tag: 'unsupported' | 'unknown' | 'noValue' }
  /** Of a syntax this file does not know, as it came. */
  | { readonly tag: 'other'; readonly code: number; readonly value: Uint8Array }

/** Attributes by name; each has one value or more. */
export type IppAttributes = ReadonlyMap<string, readonly IppValue[]>

/** Attributes of one kind: of the operation, a job, a printer, or those refused. */
export type IppGroup = { readonly tag: number; readonly attributes: IppAttributes }

/** A request or an answer (RFC 8010 section 3.1.1). */
export type IppMessage = {
  /** Major version in the upper, minor in the lower eight bits: 0x0101 is 1.1. */
  readonly version: number
  /** The operation of a request, the status of an answer. */
  readonly code: number
  readonly requestId: number
  readonly groups: readonly IppGroup[]
  /** What follows the attributes: the document. */
  readonly data: Uint8Array
}

/** Bytes that are no IPP message, or a message that cannot be put into bytes. */
export class IppFormatError extends KioskError {
  constructor(what: string) {
    super('printing-failed', `Not IPP: ${what}`)
  }
}

/** Bytes put one behind the other. */
class Writer {
  #bytes = new Uint8Array(1024)
  #length = 0

  raw(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(bytes, this.#length)
    this.#length = needed
  }

  /** A number of 1, 2 or 4 octets, the most significant first; negative ones as two's complement. */
  number(value: number, octets: 1 | 2 | 4): void {
    const top = 2 ** (8 * octets)
    if (!Number.isInteger(value) || value < -top / 2 || value >= top)
      throw new IppFormatError(`${value} does not fit ${octets} octets`)
    const shifts = octets === 1 ? [0] : octets === 2 ? [8, 0] : [24, 16, 8, 0]
    this.raw(Uint8Array.from(shifts, (shift) => (value >> shift) & 0xff))
  }

  counted(bytes: Uint8Array): void {
    if (bytes.length > longest) throw new IppFormatError(`${bytes.length} octets in one value`)
    this.number(bytes.length, 2)
    this.raw(bytes)
  }

  text(text: string): void {
    this.counted(new TextEncoder().encode(text))
  }

  finished(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}

/** What `fill` writes. */
function written(fill: (writer: Writer) => void): Uint8Array {
  const writer = new Writer()
  fill(writer)
  return writer.finished()
}

/** The message in bytes (RFC 8010); throws IppFormatError where a name is empty or a value does not fit. */
export function encodeMessage(message: IppMessage): Uint8Array {
  return written((writer) => {
    writer.number(message.version, 2)
    writer.number(message.code, 2)
    writer.number(message.requestId, 4)
    for (const { tag, attributes } of message.groups) {
      if (tag < 1 || tag >= delimiters.firstValue || tag === delimiters.end)
        throw new IppFormatError(`a group of kind ${tag}`)
      writer.number(tag, 1)
      for (const [name, values] of attributes) writeAttribute(writer, name, values)
    }
    writer.number(delimiters.end, 1)
    writer.raw(message.data)
  })
}

function writeAttribute(writer: Writer, name: string, values: readonly IppValue[]): void {
  if (name === '' || values.length === 0) throw new IppFormatError('an attribute without a name or a value')
  for (const [index, value] of values.entries()) writeValue(writer, index === 0 ? name : '', value, 0)
}

function writeValue(writer: Writer, name: string, value: IppValue, depth: number): void {
  writer.number(codeOf(value), 1)
  writer.text(name)
  if (value.tag !== 'collection') {
    writer.counted(written((inner) => writeContent(inner, value)))
    return
  }
  if (depth >= deepestNesting) throw new IppFormatError('values nested too deep')
  writer.text('')
  for (const [member, values] of value.members) {
    if (member === '' || values.length === 0) throw new IppFormatError('a member without a name or a value')
    writer.number(delimiters.memberName, 1)
    writer.text('')
    writer.text(member)
    for (const each of values) writeValue(writer, '', each, depth + 1)
  }
  writer.number(delimiters.endCollection, 1)
  writer.text('')
  writer.text('')
}

const known = { ...textTags, ...otherTags }

const isKnown = (tag: string): tag is keyof typeof known => Object.hasOwn(known, tag)

const tagsByCode = new Map<number, keyof typeof known>(
  Object.entries(known).flatMap(([tag, code]) => (isKnown(tag) ? [[code, tag] as const] : [])),
)

/** The syntax a value's code stands for; `other` where this file does not know it. */
export const tagOfCode = (code: number): IppValue['tag'] => tagsByCode.get(code) ?? 'other'

const isText = (tag: string): tag is keyof typeof textTags => Object.hasOwn(textTags, tag)

function codeOf(value: IppValue): number {
  if (value.tag === 'other') return value.code
  return isText(value.tag) ? textTags[value.tag] : otherTags[value.tag]
}

function writeContent(writer: Writer, value: Exclude<IppValue, { tag: 'collection' }>): void {
  switch (value.tag) {
    case 'integer':
    case 'enum':
      return writer.number(value.value, 4)
    case 'boolean':
      return writer.number(value.value ? 1 : 0, 1)
    case 'octetString':
    case 'other':
      return writer.raw(value.value)
    case 'dateTime':
      return writeDateTime(writer, value.value)
    case 'resolution':
      writer.number(value.across, 4)
      writer.number(value.along, 4)
      return writer.number(value.units, 1)
    case 'range':
      writer.number(value.lower, 4)
      return writer.number(value.upper, 4)
    case 'textWithLanguage':
    case 'nameWithLanguage':
      writer.text(value.language)
      return writer.text(value.value)
    case 'unsupported':
    case 'unknown':
    case 'noValue':
      return
    default:
      return writer.raw(new TextEncoder().encode(value.value))
  }
}

function writeDateTime(writer: Writer, { year, offset, ...rest }: IppDateTime): void {
  writer.number(year, 2)
  for (const part of [rest.month, rest.day, rest.hour, rest.minute, rest.second, rest.tenths])
    writer.number(part, 1)
  writer.number(offset < 0 ? 0x2d : 0x2b, 1)
  writer.number(Math.floor(Math.abs(offset) / 60), 1)
  writer.number(Math.abs(offset) % 60, 1)
}
