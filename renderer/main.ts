import '@fontsource-variable/noto-sans-arabic'
import '@fontsource-variable/noto-sans-sc'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import AppShell from './AppShell.vue'
import { i18n } from './i18n/index.ts'
import { reportFaults } from './report-faults.ts'
import { router } from './router.ts'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

const app = createApp(AppShell).use(createPinia()).use(i18n).use(router)
reportFaults(app)
app.mount('#app')
