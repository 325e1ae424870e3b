import { onScopeDispose, ref, shallowRef } from 'vue'
import type { PrinterStatus } from '../../data/printing.ts'
import { host } from '../host.ts'
import { afterFrame } from './after-frame.ts'

/** Milliseconds between two looks at the printer. */
const pace = 10_000

/** What the printer says of itself while a screen shows it; null where it has said nothing, or there is none. */
export function usePrinter() {
  const status = shallowRef<PrinterStatus | null>(null)
  const isOver = ref(false)

  async function look(): Promise<void> {
    const seen = await host.call('get-printer', {}).catch(() => ({ status: null }))
    if (!isOver.value) status.value = seen.status
  }

  afterFrame(() => void look())
  const timer = window.setInterval(() => void look(), pace)
  onScopeDispose(() => {
    isOver.value = true
    window.clearInterval(timer)
  })
  return status
}
