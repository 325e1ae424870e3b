import { onScopeDispose, shallowRef } from 'vue'
import type { StickView } from '../../data/updates.ts'
import { useStaff } from './use-staff.ts'

/** Milliseconds between two looks: a stick is on the screen within two seconds. */
const pace = 1000

/** The sticks that are plugged in, followed while the page stands; null until the first look. */
export function useSticks() {
  const { ask } = useStaff()
  const sticks = shallowRef<readonly StickView[] | null>(null)
  let isAsking = false

  async function look(): Promise<void> {
    if (isAsking) return
    isAsking = true
    const seen = await ask('staff-get-sticks', {})
    isAsking = false
    if (seen && JSON.stringify(seen) !== JSON.stringify(sticks.value)) sticks.value = seen
  }

  void look()
  const timer = window.setInterval(() => void look(), pace)
  onScopeDispose(() => window.clearInterval(timer))
  return sticks
}
