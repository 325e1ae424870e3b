import { onScopeDispose, shallowRef } from 'vue'
import type { CallArgs, CallName, CallReply } from '../../data/contract.ts'
import { KioskError } from '../../data/errors.ts'
import { host } from '../host.ts'
import { useNavigation } from './use-navigation.ts'

/** Milliseconds between two words to the host that staff are still there. */
const pace = 10_000

/**
 * What every staff page needs: calls that lead back to the door where nobody is logged in any more, and the last
 * that failed for another reason. While the page stands, touches keep staff logged in.
 */
export function useStaff() {
  const { begin } = useNavigation()
  const error = shallowRef<KioskError | null>(null)
  let told = -Infinity
  /** The page is left: what comes now is no reason to lead anywhere. */
  let isLeft = false

  /** The reply; null where there is none, and then `error` says why, or the door is shown. */
  async function ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallReply<N> | null> {
    try {
      const reply = await host.call(name, args)
      error.value = null
      return reply
    } catch (thrown) {
      const fault = KioskError.from(thrown)
      if (fault.code !== 'not-allowed') error.value = fault
      else if (!isLeft) await begin({ name: 'staff' })
      return null
    }
  }

  function stay(): void {
    if (performance.now() - told < pace) return
    told = performance.now()
    // Nobody has to be logged in to touch the door: whoever was is sent there by the next call that matters.
    host.call('staff-stay', {}).catch(() => undefined)
  }

  const signs = ['pointerdown', 'keydown'] as const
  for (const sign of signs) window.addEventListener(sign, stay, { capture: true, passive: true })
  onScopeDispose(() => {
    isLeft = true
    for (const sign of signs) window.removeEventListener(sign, stay, { capture: true })
  })

  return { ask, error }
}
