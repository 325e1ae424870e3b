import iconv from 'iconv-lite'
import type { Finding } from '../../data/intake/source.ts'

/** A text and how it was written down; `assumed` where nothing in the file says so. */
export type DecodedText = {
  readonly kind: 'text'
  readonly text: string
  readonly encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030'
  readonly assumed: boolean
}

// Tab, line feed, form feed and carriage return are text; other control characters are not.
const controls = new RegExp('[\\u0000-\\u0008\\u000B\\u000E-\\u001F\\uFFFD]', 'u')

/**
 * Reads bytes as text: by their byte order mark, else as UTF-8 where they are that without a fault, else as
 * UTF-16 where every other byte says so, else as GB18030 (GBK, GB2312), which Chinese Windows writes. Bytes
 * that would leave a single character unknown are no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | { readonly kind: 'not-text' } {
  for (const { encoding, text, assumed } of readings(bytes)) {
    if (text !== null && !controls.test(text)) return { kind: 'text', text, encoding, assumed }
  }
  return { kind: 'not-text' }
}

type Reading = Pick<DecodedText, 'encoding' | 'assumed'> & { readonly text: string | null }

function* readings(bytes: Uint8Array): Generator<Reading> {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    yield { encoding: 'UTF-8', assumed: false, text: strictUtf8(bytes) }
    return
  }
  if (first === 0xff && second === 0xfe) {
    yield { encoding: 'UTF-16LE', assumed: false, text: utf16(bytes, 'utf-16le') }
    return
  }
  if (first === 0xfe && second === 0xff) {
    yield { encoding: 'UTF-16BE', assumed: false, text: utf16(bytes, 'utf-16be') }
    return
  }
  yield { encoding: 'UTF-8', assumed: false, text: strictUtf8(bytes) }
  // A line feed of UTF-16 has a zero beside it, which no other encoding of text has.
  if (bytes.includes(0)) {
    yield { encoding: 'UTF-16LE', assumed: true, text: utf16(bytes, 'utf-16le') }
    yield { encoding: 'UTF-16BE', assumed: true, text: utf16(bytes, 'utf-16be') }
  }
  yield { encoding: 'GB18030', assumed: true, text: iconv.decode(bytes, 'gb18030') }
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Null where half a character is left over, or where two characters read the wrong way round give a line feed. */
function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string | null {
  if (bytes.length % 2 !== 0) return null
  const text = iconv.decode(bytes, encoding, { stripBOM: true })
  return text.includes('\u0A00') || /[\uD800-\uDFFF]/u.test(text) ? null : text
}

/** What staff are told of an encoding that is not the usual one; null for UTF-8. */
export function encodingFinding({ encoding, assumed }: DecodedText): Finding | null {
  if (encoding === 'UTF-8') return null
  const name = encoding === 'GB18030' ? 'GBK（GB18030）' : encoding
  const message = assumed
    ? `文件没有注明编码，不是 UTF-8，已按 ${name} 读取；请看一看预览里的汉字对不对。`
    : `文件的编码是 ${name}，已照此读取。`
  return {
    severity: assumed ? 'warning' : 'info',
    rule: 'text-encoding',
    line: null,
    service: null,
    field: null,
    message,
    text: '',
  }
}
