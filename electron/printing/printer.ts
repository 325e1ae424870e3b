import type { PrinterKind } from '../../data/printing.ts'
import type { Log } from '../log.ts'
import type { PrintDevice } from './device.ts'
import { createFolderDevice } from './folder.ts'

/** The printer a kiosk is set to. */
export type Printer = {
  readonly kind: PrinterKind
  /** How the journal and staff name it. */
  readonly name: string
  readonly device: PrintDevice
}

/** What stands for a printer where none is set: a folder of PDF files. */
export function folderPrinter(folder: string, now: () => Date, log: Log): Printer {
  return { kind: 'folder', name: 'folder', device: createFolderDevice({ folder, now, log }) }
}
