import { computed, type ComputedRef, onScopeDispose, type Ref, ref, watch } from 'vue'

/** What is added each time, and at first: more than a screen of the smallest rows. */
const step = 40

/**
 * As much of a long list as is near the screen: it grows as its `end` comes near, so that a touch that opens
 * thousands of rows is answered as fast as one that opens ten.
 */
export function useGrowing<T>(
  all: () => readonly T[],
  end: Readonly<Ref<HTMLElement | null>>,
): { readonly near: ComputedRef<readonly T[]>; readonly isWhole: ComputedRef<boolean> } {
  const most = ref(step)
  const near = computed(() => all().slice(0, most.value))
  const isWhole = computed(() => all().length <= most.value)
  watch(all, () => {
    most.value = step
  })

  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.at(-1)?.isIntersecting) grow()
    },
    // A pane's height ahead.
    { scrollMargin: '0% 0% 100%' },
  )
  function grow(): void {
    most.value += step
    // Looked at anew: an end that is still near after that would not be told of again.
    const element = end.value
    if (element === null) return
    observer.unobserve(element)
    requestAnimationFrame(() => observer.observe(element))
  }
  watch(
    end,
    (element, before) => {
      if (before) observer.unobserve(before)
      if (element) observer.observe(element)
    },
    { flush: 'post' },
  )
  onScopeDispose(() => observer.disconnect())
  return { near, isWhole }
}
