import { onMounted, onScopeDispose } from 'vue'
import { useEdition } from '../stores/edition.ts'

/** Milliseconds between two looks: a new edition is on the screen within two seconds. */
const pace = 1000

/** Has the screen show the edition in force, while it stands where no visit is under way. */
export function useFreshEdition(): void {
  const { refresh } = useEdition()
  let isAsking = false

  async function look(): Promise<void> {
    if (isAsking) return
    isAsking = true
    await refresh()
    isAsking = false
  }

  const timer = window.setInterval(() => void look(), pace)
  onMounted(look)
  onScopeDispose(() => window.clearInterval(timer))
}
