import type { PrinterStatus } from '../../../data/printing.ts'
import { within } from '../../time-limit.ts'
import { createAnswerReader } from './answers.ts'
import { openConnection, type Target } from './connection.ts'
import { askAtTheEnd } from './raster.ts'
import { ask, type Question, statusOf } from './status.ts'

/** Milliseconds: to reach the printer, to wait for an answer, and from the last byte sent to the end of a job. */
export type Timeouts = { readonly connect: number; readonly answer: number; readonly finish: number }

/** Questions to a printer and its answers, over one line. Nothing here rejects but `send`. */
export type Conversation = {
  readonly send: (bytes: Uint8Array) => Promise<void>
  /** What the printer says of itself in real time; null where it does not answer in time. */
  readonly status: () => Promise<PrinterStatus | null>
  /** The answer to GS r, which waits for all that was sent before; null where the line ends first. */
  readonly askAtTheEnd: () => Promise<number | null>
  /** Has it throw away what it has not printed; true only where it says that it has. */
  readonly clear: () => Promise<boolean>
  readonly end: () => void
  readonly drop: () => void
}

/** DLE DC4 (fn = 8): empties the buffers for received and composed data, in real time. */
const clearBuffers = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8)

type Waiting<T> = { readonly answer: Promise<T | null>; readonly settle: (value: T | null) => void }

function waiting<T>(): Waiting<T> {
  const { promise, resolve } = Promise.withResolvers<T | null>()
  return { answer: promise, settle: resolve }
}

/**
 * Opens a conversation; rejects where the printer cannot be reached. All answers to DLE EOT look alike, so they
 * are matched to the questions in order, and one that is late stays owed. A question never yet answered is not
 * asked again: cheap printers know only some.
 */
export async function converse(
  target: Target,
  timeouts: Timeouts,
  onClose: () => void,
): Promise<Conversation> {
  const read = createAnswerReader()
  let owed: (Waiting<number> & { readonly question: Question })[] = []
  let atTheEnd: Waiting<number> | null = null
  let clearing: Waiting<true> | null = null
  const answered = new Set<Question>()
  const unknown = new Set<Question>()
  let isOpen = true

  function take(byte: number): void {
    const answer = read(byte)
    if (answer?.kind === 'real-time') owed.shift()?.settle(answer.byte)
    if (answer?.kind === 'paper') atTheEnd?.settle(answer.byte)
    if (answer?.kind === 'cleared') clearing?.settle(true)
  }
  const line = await openConnection(target, timeouts.connect, {
    onByte: take,
    onClose: () => {
      isOpen = false
      for (const { settle } of owed) settle(null)
      atTheEnd?.settle(null)
      clearing?.settle(null)
      onClose()
    },
  })
  /** Without waiting for room: a question stands behind what was sent before it anyway. */
  const say = (bytes: Uint8Array): void => void line.send(bytes).catch(() => {})
  const inTime = <T>(answer: Promise<T | null>): Promise<T | null> =>
    within(timeouts.answer, answer).catch(() => null)

  async function askFor(question: Question): Promise<number | null> {
    if (!isOpen || unknown.has(question)) return null
    let asked = owed.find((each) => each.question === question)
    if (!asked) {
      asked = { question, ...waiting<number>() }
      owed.push(asked)
      say(ask(question))
    }
    const byte = await inTime(asked.answer)
    if (byte !== null) answered.add(question)
    else if (!answered.has(question)) {
      unknown.add(question)
      owed = owed.filter((each) => each !== asked)
    }
    return byte
  }

  async function round(): Promise<PrinterStatus | null> {
    const answers: Partial<Record<Question, number | null>> = {}
    const questions: Question[] = [4, 2, 1]
    for (const question of questions) {
      const byte = await askFor(question)
      // Every printer that answers at all tells of its paper.
      if (byte === null && (question === 4 || !unknown.has(question))) return null
      answers[question] = byte
      const hasError = question === 2 && byte !== null && (byte & 0x40) !== 0
      if (hasError) questions.push(3)
    }
    return statusOf(answers)
  }

  async function status(): Promise<PrinterStatus | null> {
    const said = await round()
    // What happens between two questions leaves a trouble without its cause: the next round has the cause.
    return said?.kind === 'blocked' && said.problem === 'unknown' ? await round() : said
  }

  return {
    send: line.send,
    status,
    askAtTheEnd: async () => {
      if (!isOpen) return null
      atTheEnd = waiting<number>()
      say(askAtTheEnd)
      return await atTheEnd.answer
    },
    clear: async () => {
      if (!isOpen) return false
      clearing = waiting<true>()
      say(clearBuffers)
      return (await inTime(clearing.answer)) === true
    },
    end: line.end,
    drop: line.drop,
  }
}
