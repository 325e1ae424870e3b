import '@fontsource-variable/noto-sans-arabic'
import '@fontsource-variable/noto-sans-sc'
import { createPinia } from 'pinia'
import { type App, createApp, h } from 'vue'
import { forgetTexts } from '../../data/line-breaks.ts'
import type { Printable } from '../../data/printable.ts'
import { paperOf, papers } from '../../data/slip.ts'
import { host } from '../host.ts'
import { i18n } from '../i18n/index.ts'
import { reportFault } from '../report-faults.ts'
import '../styles/fonts.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/paper.css'
import GuideSheet from './GuideSheet.vue'
import SlipSheet from './SlipSheet.vue'

const root = document.documentElement
let shown: { readonly id: string; readonly end: () => void } | null = null

/** Forgets the slip that is shown: nothing of it stays on the page. */
function clear(): void {
  shown?.end()
  shown = null
  delete root.dataset['id']
  delete root.dataset['slip']
  delete root.dataset['pages']
  document.adoptedStyleSheets = []
  forgetTexts()
}

/** Says how drawing the slip `id` went; one that failed stays failed: nothing that comes later makes it ready. */
function settle(id: string, how: 'ready' | 'failed'): void {
  if (shown?.id !== id) return
  root.dataset['id'] = id
  root.dataset['slip'] ??= how
}

function fail(id: string, thrown: unknown): void {
  settle(id, 'failed')
  reportFault(thrown, 'slip')
}

/** Gives the printed page the size of the paper; of a roll, as much as the slip takes. `height` in CSS pixels. */
function setPaper({ format }: Printable, height: number): void {
  const paper = papers[paperOf[format]]
  const long = paper.height ?? Math.ceil((height / 96) * 25.4)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`@page { size: ${paper.width}mm ${long}mm; margin: 0 }`)
  document.adoptedStyleSheets = [sheet]
}

/** What a sheet says of itself once it is laid out. */
type Heard = {
  readonly onLaidOut: (pages: number, height: number) => void
  readonly onMisfit: (what: string) => void
}

const sheetOf = (printable: Printable, heard: Heard): App =>
  createApp(() =>
    printable.kind === 'slip'
      ? h(SlipSheet, { slip: printable, ...heard })
      : h(GuideSheet, { guide: printable, ...heard }),
  )

/** Draws a slip, or the staff's guide, and tells the renderer of PDFs when it stands: `data-slip` on the root, and which in `data-id`. */
async function draw(id: string): Promise<void> {
  const printable = await host.call('get-slip', { id })
  if (shown?.id !== id) return
  root.lang = printable.language
  const app = sheetOf(printable, {
    onLaidOut: (pages, height) => {
      setPaper(printable, height)
      root.dataset['pages'] = String(pages)
      settle(id, 'ready')
    },
    onMisfit: (what) => fail(id, new Error(`Does not fit its page: ${what}`)),
  })
    .use(createPinia())
    .use(i18n)
  app.config.errorHandler = (thrown) => fail(id, thrown)
  shown = { id, end: () => app.unmount() }
  app.mount('#slip')
}

/** The slip named in the address: "?id=…", or "#…" for one slip after the other on a page that stays; or none yet. */
function show(): void {
  clear()
  const { search, hash } = window.location
  const id = decodeURIComponent(hash.slice(1)) || (new URLSearchParams(search).get('id') ?? '')
  if (id === '') return
  shown = { id, end: () => {} }
  draw(id).catch((thrown: unknown) => fail(id, thrown))
}

window.addEventListener('hashchange', show)
show()
