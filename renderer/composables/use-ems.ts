import { onScopeDispose, type Ref, ref, watchEffect } from 'vue'

/**
 * How many ems wide `box` is, followed through changes of its size and of its text's; null until it is drawn.
 * `ruler` is an element one em wide inside it: its size changes where only the text's does.
 */
export function useEms(
  box: Readonly<Ref<HTMLElement | null>>,
  ruler: Readonly<Ref<HTMLElement | null>>,
): Readonly<Ref<number | null>> {
  const ems = ref<number | null>(null)
  // A renderer without a screen has no such thing, and nothing to measure.
  if (!('ResizeObserver' in globalThis)) return ems
  const observer = new ResizeObserver(() => {
    const width = box.value?.getBoundingClientRect().width ?? 0
    const em = ruler.value?.getBoundingClientRect().width ?? 0
    ems.value = width > 0 && em > 0 ? width / em : null
  })
  watchEffect(() => {
    observer.disconnect()
    if (box.value) observer.observe(box.value)
    if (ruler.value) observer.observe(ruler.value)
  })
  onScopeDispose(() => observer.disconnect())
  return ems
}
