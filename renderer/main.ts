import '@fontsource-variable/noto-sans-arabic'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import AppShell from './AppShell.vue'
import { afterFrame } from './composables/after-frame.ts'
import { i18n } from './i18n/index.ts'
import { reportFault, reportFaults } from './report-faults.ts'
import { router } from './router.ts'
import { useEdition } from './stores/edition.ts'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

const pinia = createPinia()
const app = createApp(AppShell).use(pinia).use(i18n).use(router)
reportFaults(app)
// Asked for first: it comes while the screen is being set up.
void useEdition(pinia).load()
app.mount('#app')

// Characters that are met once in a thousand pages, in a hundred slices: nobody waits for their list.
afterFrame(() => {
  import('@fontsource-variable/noto-sans-sc').catch((thrown: unknown) =>
    reportFault(thrown, 'rare characters'),
  )
})
