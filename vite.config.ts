import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { coverPage } from './build/cover.ts'

const inRenderer = (path: string): string => fileURLToPath(new URL(`renderer/${path}`, import.meta.url))

/**
 * The touch UI: two pages (the kiosk's and the slip's) into dist/renderer, for both hosts.
 *
 * Both hosts serve it at the root of an origin under a policy that allows no inline script, no inline
 * style and no `data:` font, so every asset stays a file of its own.
 */
export default defineConfig({
  root: inRenderer(''),
  base: '/',
  plugins: [vue(), coverPage(import.meta.dirname)],
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: [inRenderer('index.html'), inRenderer('slip.html')] },
  },
})
