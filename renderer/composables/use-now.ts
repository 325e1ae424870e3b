import { onScopeDispose, type Ref, ref } from 'vue'

/** Milliseconds between two looks at the clock. */
const pace = 10_000

/** The time on the machine's clock, looked at every ten seconds. */
export function useNow(): Readonly<Ref<Date>> {
  const now = ref(new Date())
  const timer = window.setInterval(() => {
    now.value = new Date()
  }, pace)
  onScopeDispose(() => window.clearInterval(timer))
  return now
}
