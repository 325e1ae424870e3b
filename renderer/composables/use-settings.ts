import { shallowRef } from 'vue'
import type { SettingsPatch, SettingsReply, SettingsView } from '../../data/staff.ts'
import { useEdition } from '../stores/edition.ts'
import { useStaff } from './use-staff.ts'
import { useText } from './use-text.ts'

/** The settings as staff change them, and what became of the last change, in words. */
export function useSettings() {
  const { t } = useText()
  const { ask, error } = useStaff()
  const edition = useEdition()
  const view = shallowRef<SettingsView | null>(null)
  const note = shallowRef<{ readonly plain: boolean; readonly text: string } | null>(null)

  async function load(): Promise<void> {
    view.value = await ask('staff-get-settings', {})
  }

  function wordsFor(reply: SettingsReply): { readonly plain: boolean; readonly text: string } {
    if (reply.kind === 'done') {
      return {
        plain: true,
        text: t(reply.afterRestart ? 'staff.settings.afterRestart' : 'staff.settings.saved'),
      }
    }
    const why = reply.detail
    switch (reply.problem) {
      case 'busy':
        return { plain: false, text: t('staff.busy') }
      case 'no-such-printer':
        return { plain: false, text: t('staff.noSuchPrinter', { why }) }
      case 'not-kept':
        return { plain: false, text: t('staff.notKept', { why }) }
    }
  }

  async function change(patch: SettingsPatch): Promise<void> {
    note.value = null
    const reply = await ask('staff-change-settings', patch)
    if (reply === null) return
    note.value = wordsFor(reply)
    await Promise.all([load(), edition.loadKiosk()])
  }

  return { view, note, error, load, change }
}
