import { inject, type InjectionKey, onScopeDispose, provide, type Ref, ref, watchEffect } from 'vue'

/**
 * The shape of the stage, which is the screen or the part of it within reach. Styles ask for `wide` by a
 * container query of 6/5; the other two they cannot ask for themselves, since `rem` in a container query
 * does not follow a root whose size changes, and find them as attributes of the stage.
 */
export type StageShape = {
  /** Wider than high by so much that two columns stand beside each other. */
  readonly wide: Readonly<Ref<boolean>>
  /** Narrow for its kind: high, or wide and yet too narrow for a keyboard in one of its columns. */
  readonly narrow: Readonly<Ref<boolean>>
  /** So low that every line counts. */
  readonly low: Readonly<Ref<boolean>>
}

/** As in the styles' container queries. */
const wideFrom = 6 / 5
/** In root sizes. */
const narrowBelow = { wide: 82, high: 60 }
const lowBelow = 60

const key: InjectionKey<StageShape> = Symbol('stage')

/** Follows the size of `stage` for the components on it; `rem` is the root's size in CSS pixels. */
export function provideStage(
  stage: Readonly<Ref<HTMLElement | null>>,
  rem: Readonly<Ref<number>>,
): StageShape {
  const wide = ref(false)
  const narrow = ref(false)
  const low = ref(false)
  const observer = new ResizeObserver(measure)

  function measure(): void {
    const box = stage.value?.getBoundingClientRect()
    if (!box) return
    wide.value = box.width >= box.height * wideFrom
    narrow.value = box.width < (wide.value ? narrowBelow.wide : narrowBelow.high) * rem.value
    low.value = box.height < lowBelow * rem.value
  }

  watchEffect(() => {
    observer.disconnect()
    if (!stage.value) return
    measure()
    observer.observe(stage.value)
  })
  onScopeDispose(() => observer.disconnect())
  const shape = { wide, narrow, low }
  provide(key, shape)
  return shape
}

/** The shape of the stage this component stands on. */
export function useStage(): StageShape {
  const shape = inject(key)
  if (!shape) throw new Error('There is no stage around this component')
  return shape
}
