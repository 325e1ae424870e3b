import { type KioskInfo, type PrintOutcome } from '../../data/contract.ts'

/** Bytes of a sound PDF, ready to be put on paper. */
export type PrintDocument = { readonly bytes: Uint8Array }

/** Somewhere slips go. `print` says how it ended and does not reject for what is expected to go wrong. */
export type Printer = {
  readonly kind: KioskInfo['printer']['kind']
  readonly print: (document: PrintDocument) => Promise<PrintOutcome>
}
