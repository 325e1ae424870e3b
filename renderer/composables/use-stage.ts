import { onScopeDispose, type Ref, ref } from 'vue'

/** True while the screen is wide enough for two columns; the styles ask the same question. */
export function useWideScreen(): Readonly<Ref<boolean>> {
  const query = window.matchMedia('(min-aspect-ratio: 6/5)')
  const wide = ref(query.matches)
  const follow = (event: MediaQueryListEvent): void => {
    wide.value = event.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return wide
}
