import { onScopeDispose } from 'vue'

/** Keeps the panel from being switched off while the page is shown (Screen Wake Lock); a host that forbids it has its own way. */
export function useAwake(): void {
  let lock: WakeLockSentinel | null = null
  let isOver = false

  async function hold(): Promise<void> {
    if (document.hidden || isOver || !('wakeLock' in navigator)) return
    lock = await navigator.wakeLock.request('screen').catch(() => null)
    if (isOver) await lock?.release()
  }

  // The browser takes the lock away whenever the page is out of sight.
  const onReturn = (): void => void hold()
  document.addEventListener('visibilitychange', onReturn)
  void hold()
  onScopeDispose(() => {
    isOver = true
    document.removeEventListener('visibilitychange', onReturn)
    void lock?.release()
  })
}
