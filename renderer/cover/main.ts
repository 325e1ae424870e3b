import '../styles/tokens.css'
import { afterFrame } from '../composables/after-frame.ts'
import { lockDown } from '../lock-down.ts'
import read from '../fonts/noto-sans-sc-500.woff2?url'
import strong from '../fonts/noto-sans-sc-700.woff2?url'
import shout from '../fonts/noto-sans-sc-900.woff2?url'
import './cover.css'

/*
 * The first a visitor sees, before the program is read: it has to be drawn before that keeps the page busy, and
 * words whose letters have not come are drawn as nothing.
 */

/** Milliseconds letters are waited for. */
const patience = 1000
/** Milliseconds after which a program that could not be read is asked for again, with its page. */
const untilAgain = 2000

lockDown()

const letters = Promise.allSettled([...document.fonts].map((face) => face.load()))
const enough = new Promise((resolve) => {
  window.setTimeout(resolve, patience)
})
await Promise.race([letters, enough])
// Only now: what is fetched, unpacked and compiled before keeps the first frame waiting.
afterFrame(() => {
  import('../main.ts').catch(() => window.setTimeout(() => window.location.reload(), untilAgain))
  for (const href of [read, strong, shout]) fetchFont(href)
})

/** Fetches the letters of the first screen beside the program, whose styles would ask for them only once they are read. */
function fetchFont(href: string): void {
  const link = document.createElement('link')
  Object.assign(link, { rel: 'preload', as: 'font', crossOrigin: 'anonymous', href })
  document.head.append(link)
}
