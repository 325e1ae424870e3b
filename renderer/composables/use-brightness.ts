import { type Ref, computed } from 'vue'
import { wallClock } from '../../data/calendar.ts'
import { brightnessAt } from '../../data/night.ts'
import { useEdition } from '../stores/edition.ts'
import { useNow } from './use-now.ts'

/** How dark the picture is laid over, from 0 to 1: nothing while someone is there, nor before the kiosk knows itself. */
export function useBrightness(visit: Readonly<Ref<boolean>>): Readonly<Ref<number>> {
  const now = useNow()
  const edition = useEdition()
  return computed(() => {
    if (visit.value || !edition.loaded) return 0
    const { kiosk, site } = edition.loaded
    return 1 - brightnessAt(kiosk.brightness, wallClock(now.value, site.timeZone).time) / 100
  })
}
