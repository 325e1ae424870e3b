import { isPaperAnswer, isRealTimeAnswer } from './status.ts'

/** One thing a printer has said; `cleared` is its word that the clear command has emptied its buffers. */
export type Answer =
  | { readonly kind: 'real-time'; readonly byte: number }
  | { readonly kind: 'paper'; readonly byte: number }
  | { readonly kind: 'cleared' }

/** First bytes of Epson's blocks, which end with a zero. */
const blockHeaders = [0x37, 0x3b, 0x3d, 0x5f]
const clearIdentifier = 0x25
/** Longer than any block the kiosk could have asked for. */
const longestBlock = 64

/**
 * Takes a printer's bytes one after the other and gives back what each completes; null for most. Status the
 * printer sends unasked (four bytes, the first of which matches 0x10 under 0x93) and flow control are passed over,
 * since single bytes of theirs look like answers.
 */
export function createAnswerReader(): (byte: number) => Answer | null {
  let block: number[] | null = null
  let unaskedLeft = 0

  return (byte) => {
    if (block) {
      block.push(byte)
      if (byte !== 0 && block.length < longestBlock) return null
      const isCleared = block[0] === 0x37 && block[1] === clearIdentifier
      block = null
      return isCleared ? { kind: 'cleared' } : null
    }
    if (unaskedLeft > 0) {
      unaskedLeft -= 1
      return null
    }
    if (isRealTimeAnswer(byte)) return { kind: 'real-time', byte }
    if (isPaperAnswer(byte)) return { kind: 'paper', byte }
    if (blockHeaders.includes(byte)) block = [byte]
    if ((byte & 0x93) === 0x10) unaskedLeft = 3
    return null
  }
}
