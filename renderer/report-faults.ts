import type { App } from 'vue'
import { host } from './host.ts'

/** Tells the host's log of a fault on the screen; a host that cannot be told is the log's loss only. */
export function reportFault(thrown: unknown, where: string): void {
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  host
    .call('report-fault', { message: message.slice(0, 2000), where: where.slice(0, 200) })
    .catch(() => undefined)
}

/** Reports every fault nothing else has dealt with: in components, in handlers, in promises. */
export function reportFaults(app: App): void {
  app.config.errorHandler = (thrown, _instance, where) => reportFault(thrown, where)
  window.addEventListener('error', ({ error, message, filename }) => reportFault(error ?? message, filename))
  window.addEventListener('unhandledrejection', ({ reason }) => reportFault(reason, 'promise'))
  // Without its own fonts the page takes the system's, which may know no Chinese: staff must hear of it.
  document.fonts.addEventListener(
    'loadingerror',
    ({ fontfaces: [face] }) => reportFault(`A font cannot be loaded: ${face?.family ?? ''}`, 'fonts'),
    { once: true },
  )
}
