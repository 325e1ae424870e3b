import '@fontsource-variable/noto-sans-sc'
import { createApp } from 'vue'
import { host } from '../host.ts'
import { i18n } from '../i18n/index.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/paper.css'
import SlipPages from './SlipPages.vue'

/** Draws the slip named in the address and tells the renderer of PDFs when it stands: `data-slip` on the root. */
async function draw(): Promise<void> {
  const id = new URLSearchParams(window.location.search).get('id') ?? ''
  const slip = await host.call('get-slip', { id })
  createApp(SlipPages, {
    slip,
    onLaidOut: (pages: number) => {
      document.documentElement.dataset['pages'] = String(pages)
      document.documentElement.dataset['slip'] = 'ready'
    },
  })
    .use(i18n)
    .mount('#slip')
}

draw().catch((thrown: unknown) => {
  document.documentElement.dataset['slip'] = 'failed'
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return host.call('report-fault', { message: message.slice(0, 2000), where: 'slip' }).catch(() => undefined)
})
