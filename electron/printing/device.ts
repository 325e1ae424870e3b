import type { PrinterProblem, PrinterStatus } from '../../data/printing.ts'
import type { Paper } from '../../data/slip.ts'

/** Black and white dots, row by row from the top, as a thermal head burns them. */
export type Dots = {
  readonly width: number
  readonly height: number
  /** One bit a dot, 1 is black, most significant bit first, each row filled up to a whole byte. */
  readonly bits: Uint8Array
}

/** A sound slip, ready to be put on paper. */
export type PrintDocument = {
  readonly pdf: Uint8Array
  readonly pages: number
  readonly paper: Paper
  /** What the job is called at the printer; says nothing of the visit. */
  readonly name: string
  /** The same slip `width` dots wide, for a printer that takes no PDF. */
  readonly dots: (width: number) => Promise<Dots>
}

/** What became of handing a document over. */
export type Handover =
  /** It has it, and answers questions about it by `ticket`. */
  | { readonly kind: 'taken'; readonly ticket: string }
  /** It has said no: nothing of the document will come out. */
  | { readonly kind: 'refused'; readonly problem: PrinterProblem }
  /** The connection broke on the way: whether it has the document cannot be said. */
  | { readonly kind: 'unknown' }

/** What the printer says of a document it has. */
export type JobReport =
  /** Before its turn, or being printed. */
  | { readonly kind: 'printing' }
  /** It would go on if somebody helped. */
  | { readonly kind: 'stuck'; readonly problem: PrinterProblem }
  /** The printer itself reported it completed. */
  | { readonly kind: 'printed' }
  /** A folder stands for the printer: the PDF was written, read back and lies there under this name. */
  | { readonly kind: 'saved'; readonly file: string }
  /** It is over and did not come out whole; `paused` and `unknown` for a job cancelled at the printer. */
  | { readonly kind: 'failed'; readonly problem: PrinterProblem }
  /** No answer, or the printer knows of no such job. */
  | { readonly kind: 'unknown' }

/**
 * One printer. Its methods say what the printer said and do not reject for what is expected to go wrong;
 * each answers within its own time limit. Retries, time limits for a whole job and what a visitor is told
 * are not its business.
 */
export type PrintDevice = {
  /** Asked at the device itself where it can be reached, since a queue's word may be stale. */
  readonly status: () => Promise<PrinterStatus>
  /** `onTicket` hears the ticket as soon as there is one, before the printer has the document, to be written down. */
  readonly submit: (document: PrintDocument, onTicket?: (ticket: string) => void) => Promise<Handover>
  /** `ticket` may be of an earlier run of the kiosk. */
  readonly ask: (ticket: string) => Promise<JobReport>
  /** Takes a document back; true only where the printer confirmed that nothing more of it will come out. */
  readonly cancel: (ticket: string) => Promise<boolean>
  /**
   * Takes back what lies unfinished at the printer under a document's name and has no ticket: the kiosk lost its
   * power before it had written one down. True only where something was found and nothing more of it will come out.
   */
  readonly cancelNamed?: (name: string) => Promise<boolean>
}
