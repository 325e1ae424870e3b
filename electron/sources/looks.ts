/** What a file is by its first bytes; `unknown` where they say nothing. */
export type Looks =
  | 'bmp'
  | 'gif'
  | 'heic'
  | 'jpeg'
  | 'ole'
  | 'pdf'
  | 'png'
  | 'program'
  | 'rar'
  | 'rtf'
  | 'unknown'
  | 'webp'
  | 'zip'

const signatures: readonly (readonly [at: number, bytes: string, Looks])[] = [
  [0, 'PK\u0003\u0004', 'zip'],
  [0, '\u00D0\u00CF\u0011\u00E0', 'ole'],
  [0, '\u00FF\u00D8\u00FF', 'jpeg'],
  [0, '\u0089PNG', 'png'],
  [0, 'GIF8', 'gif'],
  [0, '%PDF', 'pdf'],
  [0, 'Rar!', 'rar'],
  [0, '{\\rtf', 'rtf'],
  [8, 'WEBP', 'webp'],
  [4, 'ftyp', 'heic'],
  [0, '\u007FELF', 'program'],
  [0, 'MZ\u0090\u0000', 'program'],
  [0, 'BM', 'bmp'],
]

/** Looks at the first bytes of a file. */
export function looksOf(bytes: Uint8Array): Looks {
  const head = String.fromCharCode(...bytes.subarray(0, 16))
  return signatures.find(([at, text]) => head.startsWith(text, at))?.[2] ?? 'unknown'
}
