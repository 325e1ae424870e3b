import { onScopeDispose, ref, watchEffect } from 'vue'
import { physicalSize, usualPanel } from '../../data/physical-size.ts'
import { useEdition } from '../stores/edition.ts'

/** Keeps the sizes of styles/tokens.css true to the panel: `--root-size`, `--mm`, `--below-reach`, `--reach`. */
export function usePanel() {
  const edition = useEdition()
  const window = ref(windowExtent())
  const follow = (): void => {
    window.value = windowExtent()
  }
  globalThis.addEventListener('resize', follow)
  onScopeDispose(() => globalThis.removeEventListener('resize', follow))
  const canComeDown = ref(false)
  const rem = ref(0)

  watchEffect(() => {
    const panel = edition.loaded?.kiosk.panel ?? usualPanel
    const size = physicalSize(panel, screenExtent(), window.value)
    const { style } = document.documentElement
    style.setProperty('--root-size', `${size.rem}px`)
    style.setProperty('--mm', `${size.millimetre}px`)
    style.setProperty('--below-reach', `${size.belowReach}px`)
    style.setProperty('--reach', `${size.reach}px`)
    rem.value = size.rem
    // Where everything is within reach as it is, there is nothing to bring down.
    canComeDown.value = size.reach < window.value.height - size.belowReach - 1
  })

  return { canComeDown, rem }
}

const windowExtent = () => ({ width: globalThis.innerWidth, height: globalThis.innerHeight })
const screenExtent = () => ({ width: globalThis.screen.width, height: globalThis.screen.height })
