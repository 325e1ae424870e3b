import type { PrinterStatus } from '../../data/printing.ts'
import type { Log } from '../log.ts'
import type { Printer } from './printer.ts'

/** Knows how the printer is, without asking it more often than need be. */
export type PrinterWatch = {
  /** What it says of itself, at most `fresh` milliseconds old; null of a folder, which has nothing to say. */
  readonly status: () => Promise<PrinterStatus | null>
}

/** Milliseconds for which an answer is as good as a new one. */
const fresh = 4000

/** Watches `printer`; staff are told in the log whenever something begins or ceases to keep it from printing. */
export function createPrinterWatch(
  { kind, name, device }: Printer,
  log: Log,
  elapsed: () => number = () => performance.now(),
): PrinterWatch {
  let last: { readonly at: number; readonly status: Promise<PrinterStatus> } | null = null
  let told = ''

  async function ask(): Promise<PrinterStatus> {
    const status = await device.status()
    const words = status.kind === 'blocked' ? status.problem : status.warnings.join(' ')
    if (words !== told) {
      told = words
      const isWell = words === ''
      log[isWell ? 'info' : 'warn'](isWell ? 'The printer is ready again' : 'The printer needs somebody', {
        printer: name,
        status,
      })
    }
    return status
  }

  return {
    status: async () => {
      if (kind === 'folder') return null
      if (last === null || elapsed() - last.at > fresh) last = { at: elapsed(), status: ask() }
      return last.status
    },
  }
}
