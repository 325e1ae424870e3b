import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { KioskError } from '../../data/errors.ts'
import { hasEnded, type JobView, type PrintReply, type Refusal } from '../../data/printing.ts'
import { host } from '../host.ts'
import { reportFault } from '../report-faults.ts'
import { useVisit } from '../stores/visit.ts'

/** Milliseconds between two looks at a job. */
const pace = 500
/** Milliseconds after which a visitor is offered another way, and may leave. */
const patience = 20_000
/** One look may be lost; after so many in a row nobody knows any more. */
const mostMissed = 4

/** One slip on its way to paper: what has become of it, and how to give it up. The visit is held for 20 seconds at most. */
export function usePrintJob() {
  const visit = useVisit()
  const job = shallowRef<JobView | null>(null)
  const refusal = ref<Refusal | null>(null)
  const error = shallowRef<KioskError | null>(null)
  /** True from the tap on, until the job has ended. */
  const underWay = ref(false)
  /** True once the visitor has waited long enough. */
  const slow = ref(false)
  const stopping = ref(false)
  let timer: number | undefined
  let patienceTimer: number | undefined
  /** Looks in a row that got no answer. */
  let missed = 0

  function begin(): void {
    job.value = null
    refusal.value = null
    error.value = null
    underWay.value = true
    slow.value = false
    visit.hold(true)
    patienceTimer = window.setTimeout(() => {
      slow.value = true
      visit.hold(false)
    }, patience)
  }

  function end(): void {
    window.clearTimeout(timer)
    window.clearTimeout(patienceTimer)
    underWay.value = false
    stopping.value = false
    visit.letGo()
  }

  function show(seen: JobView): void {
    job.value = seen
    missed = 0
    if (hasEnded(seen.state)) end()
    else timer = window.setTimeout(() => void look(seen.id), pace)
  }

  async function look(id: string): Promise<void> {
    try {
      const seen = await host.call('get-job', { id })
      if (underWay.value) show(seen)
    } catch (thrown) {
      missed += 1
      if (underWay.value && KioskError.from(thrown).code === 'unreachable' && missed < mostMissed) {
        timer = window.setTimeout(() => void look(id), pace)
        return
      }
      // The host knows no more of it, or does not answer: whether it lies in the tray nobody here can say.
      const wasUnderWay = underWay.value
      end()
      if (wasUnderWay) job.value = { id, state: 'unknown', reason: null, file: null }
      reportFault(thrown, 'print job')
    }
  }

  /** Asks for a slip to be printed; a second touch while that is under way does nothing. */
  const print = (slip: string): Promise<void> => printBy(() => host.call('print-slip', { id: slip }))

  /** The same, by a call of its own. */
  async function printBy(ask: () => Promise<PrintReply>): Promise<void> {
    if (underWay.value) return
    begin()
    try {
      const reply = await ask()
      if (reply.kind === 'job') return show(reply.job)
      refusal.value = reply.reason
    } catch (thrown) {
      error.value = KioskError.from(thrown)
    }
    end()
  }

  /** The visitor will not wait: the host takes the slip back as far as that can be. */
  async function stop(): Promise<void> {
    const current = job.value
    if (current === null || stopping.value) return
    stopping.value = true
    try {
      show(await host.call('withdraw-job', { id: current.id }))
    } catch (thrown) {
      stopping.value = false
      reportFault(thrown, 'print job')
    }
  }

  onScopeDispose(end)

  return {
    job,
    refusal,
    error,
    underWay,
    slow: computed(() => slow.value && underWay.value),
    stopping,
    print,
    printBy,
    stop,
  }
}
