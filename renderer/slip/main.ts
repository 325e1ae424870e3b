import '@fontsource-variable/noto-sans-sc'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { paperOf, papers, type Slip } from '../../data/slip.ts'
import { host } from '../host.ts'
import { i18n } from '../i18n/index.ts'
import { reportFault } from '../report-faults.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/paper.css'
import SlipSheet from './SlipSheet.vue'

const root = document.documentElement

/** A slip that failed once stays failed: nothing that comes later makes it ready. */
function fail(thrown: unknown): void {
  root.dataset['slip'] = 'failed'
  reportFault(thrown, 'slip')
}

/** Gives the printed page the size of the paper; of a roll, as much as the slip takes. `height` in CSS pixels. */
function setPaper({ format }: Slip, height: number): void {
  const paper = papers[paperOf[format]]
  const long = paper.height ?? Math.ceil((height / 96) * 25.4)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`@page { size: ${paper.width}mm ${long}mm; margin: 0 }`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}

/** Draws the slip named in the address and tells the renderer of PDFs when it stands: `data-slip` on the root. */
async function draw(): Promise<void> {
  const id = new URLSearchParams(window.location.search).get('id') ?? ''
  const slip = await host.call('get-slip', { id })
  root.lang = slip.language
  const app = createApp(SlipSheet, {
    slip,
    onLaidOut: (pages: number, height: number) => {
      setPaper(slip, height)
      root.dataset['pages'] = String(pages)
      root.dataset['slip'] ??= 'ready'
    },
    onMisfit: (what: string) => fail(new Error(`Does not fit its page: ${what}`)),
  })
    .use(createPinia())
    .use(i18n)
  app.config.errorHandler = fail
  app.mount('#slip')
}

draw().catch(fail)
