import '@fontsource-variable/noto-sans-sc'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import AppShell from './AppShell.vue'
import { host } from './host.ts'
import { i18n } from './i18n/index.ts'
import { router } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'

const app = createApp(AppShell).use(createPinia()).use(i18n).use(router)

app.config.errorHandler = (thrown, _instance, where) => {
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  host
    .call('report-fault', { message: message.slice(0, 2000), where: where.slice(0, 200) })
    .catch(() => undefined)
}

app.mount('#app')
