import type { Printer } from './printer.ts'

/** A printer that can be exchanged for another while the kiosk runs; it is whatever was set last. */
export type SwitchablePrinter = Printer & { readonly switchTo: (next: Printer) => void }

/** Begins as `first`. Whoever exchanges it sees to it that no job is under way: tickets are the old printer's. */
export function switchablePrinter(first: Printer): SwitchablePrinter {
  let current = first
  return {
    get kind() {
      return current.kind
    },
    get name() {
      return current.name
    },
    device: {
      status: () => current.device.status(),
      submit: (document, onTicket) => current.device.submit(document, onTicket),
      ask: (ticket) => current.device.ask(ticket),
      cancel: (ticket) => current.device.cancel(ticket),
      cancelNamed: async (name) => (await current.device.cancelNamed?.(name)) ?? false,
    },
    switchTo: (next) => {
      current = next
    },
  }
}
