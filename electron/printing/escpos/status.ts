import type { PrinterProblem, PrinterStatus } from '../../../data/printing.ts'

/** What DLE EOT can be asked for: the printer, why it is offline, which error, the paper sensors. */
export type Question = 1 | 2 | 3 | 4

/** The bytes answered, by question; null or none where it did not answer. */
export type Answers = Readonly<Partial<Record<Question, number | null>>>

/** DLE EOT n: answered at once, ahead of all that waits to be printed. */
export function ask(question: Question): Uint8Array {
  return Uint8Array.of(0x10, 0x04, question)
}

/** Whether a byte has the form of every answer to DLE EOT: bits 1 and 4 set, 0 and 7 clear. */
export function isRealTimeAnswer(byte: number): boolean {
  return (byte & 0x93) === 0x12
}

/** Whether a byte has the form of the answer to GS r: bits 4 and 7 clear. */
export function isPaperAnswer(byte: number): boolean {
  return (byte & 0x90) === 0
}

/** Whether an answer to GS r says that there is paper; near its end counts as paper. */
export function hasPaper(answer: number): boolean {
  return (answer & 0x0c) === 0
}

/**
 * What the answers to DLE EOT 1 to 4 mean together; null where none has the form of an answer.
 * Epson's ESC/POS reference, "Transmit real-time status". An error of the cutter is told as a jam.
 */
export function statusOf(answers: Answers): PrinterStatus | null {
  const known = (question: Question): number | null => {
    const byte = answers[question] ?? null
    return byte !== null && isRealTimeAnswer(byte) ? byte : null
  }
  const bytes = { printer: known(1), offline: known(2), error: known(3), paper: known(4) }
  if (Object.values(bytes).every((byte) => byte === null)) return null
  const problem = problemOf(bytes)
  if (problem !== null) return { kind: 'blocked', problem }
  return { kind: 'ready', warnings: has(bytes.paper, 0x0c) ? ['paper-low'] : [] }
}

type Bytes = Readonly<Record<'printer' | 'offline' | 'error' | 'paper', number | null>>

const has = (byte: number | null, mask: number): boolean => ((byte ?? 0) & mask) !== 0

/** The cover comes first: while it is open, the sensors feel no paper either. */
function problemOf({ printer, offline, error, paper }: Bytes): PrinterProblem | null {
  if (has(offline, 0x04)) return 'cover-open'
  if (has(paper, 0x60) || has(offline, 0x20)) return 'paper-empty'
  if (has(error, 0x08)) return 'paper-jam'
  // Too hot a head cools by itself (bit 6); the others want somebody.
  if (has(error, 0x40) && !has(error, 0x24)) return 'busy'
  if (has(error, 0x24) || has(offline, 0x40)) return 'unknown'
  if (has(offline, 0x08)) return 'busy'
  return has(printer, 0x08) ? 'unknown' : null
}
