import { computed, onScopeDispose, ref } from 'vue'
import { useText } from './use-text.ts'

/** Seconds that count down to 0, and the same in words. */
export function useWait() {
  const { t } = useText()
  const seconds = ref(0)
  const timer = window.setInterval(() => {
    if (seconds.value > 0) seconds.value -= 1
  }, 1000)
  onScopeDispose(() => window.clearInterval(timer))

  /** "45 秒", "12 分钟": never less than there is. */
  const words = computed(() =>
    seconds.value < 100
      ? t('staff.seconds', { count: seconds.value })
      : t('staff.minutes', { count: Math.ceil(seconds.value / 60) }),
  )
  return { seconds, words }
}
